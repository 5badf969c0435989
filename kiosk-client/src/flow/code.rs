//! What a scanned code means: a ticket from its slip or a phone, an appointment, or a paper form that
//! belongs to a service. Anything may be held before a scanner, so everything is bounded and nothing is
//! believed: the hall checks tokens and codes itself.

use protocol::ServiceId;

/// The longest text that is looked at; the address of a ticket's page is far shorter.
const LONGEST: usize = 512;
/// Characters of an appointment's code as people read and type it; the hall takes none shorter.
const TYPED: std::ops::RangeInclusive<usize> = 4..=LONGEST_TYPED;
/// The most of them.
pub(super) const LONGEST_TYPED: usize = 20;
/// Characters of a code that says of itself that it is an appointment's.
const MARKED: std::ops::RangeInclusive<usize> = 1..=64;
/// Characters of a ticket's token.
const TOKEN: std::ops::RangeInclusive<usize> = 16..=64;
/// Characters of a service's id.
const SERVICE: std::ops::RangeInclusive<usize> = 1..=64;

/// What a code means.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub(super) enum Code {
    /// A ticket, by its token.
    Ticket(String),
    /// An appointment, by its code.
    Appointment(String),
    /// A paper form for this service.
    Form(ServiceId),
    /// Nothing this kiosk knows.
    Unknown,
}

/// What a scanned text means.
pub(super) fn read(text: &str) -> Code {
    let text = text.trim();
    if text.len() > LONGEST {
        return Code::Unknown;
    }
    if let Some(service) = text.strip_prefix("form:") {
        return of(service, SERVICE, is_id).map_or(Code::Unknown, |id| Code::Form(id.into()));
    }
    if let Some(code) = text.strip_prefix("apt:") {
        return of(code, MARKED, is_id)
            .map_or(Code::Unknown, |it| Code::Appointment(it.to_owned()));
    }
    if let Some((_, rest)) = text.split_once("/t/") {
        let token = rest.split(['?', '#', '/']).next().unwrap_or_default();
        return of(token, TOKEN, is_id).map_or(Code::Unknown, |it| Code::Ticket(it.to_owned()));
    }
    match typed(text) {
        Some(code) => Code::Appointment(code),
        None => of(text, TOKEN, is_id).map_or(Code::Unknown, |it| Code::Ticket(it.to_owned())),
    }
}

/// Whether a character can stand in a typed code; a portal's codes may have dashes: `YY-2026-0042`.
pub(super) fn is_typed(it: char) -> bool {
    it.is_ascii_alphanumeric() || it == '-'
}

/// The characters of a text that can stand in a typed code; people type blanks between them.
pub(super) fn characters(text: &str) -> String {
    text.chars().filter(|it| is_typed(*it)).take(LONGEST_TYPED).collect()
}

/// An appointment's code, if that is what was typed.
pub(super) fn typed(text: &str) -> Option<String> {
    of(text, TYPED, is_typed).map(str::to_owned)
}

/// The text, if it has a length and characters that are allowed.
fn of(
    text: &str,
    length: std::ops::RangeInclusive<usize>,
    allows: impl Fn(char) -> bool,
) -> Option<&str> {
    (length.contains(&text.len()) && text.chars().all(allows)).then_some(text)
}

/// The characters of ids and of tokens in URL-safe base64.
fn is_id(it: char) -> bool {
    it.is_ascii_alphanumeric() || it == '-' || it == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    const A_TOKEN: &str = "AAAAAAAAACp3rXyGm0c1xN4nA8wq-_Zz";

    #[test]
    fn slips_phones_appointments_and_forms_are_told_apart() {
        let ticket = || Code::Ticket(A_TOKEN.to_owned());
        let appointment = |code: &str| Code::Appointment(code.to_owned());
        let cases = [
            (format!("http://hall.example:8080/t/{A_TOKEN}"), ticket()),
            (format!("https://hall.example/t/{A_TOKEN}?from=slip#top"), ticket()),
            (format!(" {A_TOKEN}\r\n"), ticket()),
            ("apt:Y-7".to_owned(), appointment("Y-7")),
            ("YY20261123A".to_owned(), appointment("YY20261123A")),
            ("123456".to_owned(), appointment("123456")),
            ("YY-2026-0042".to_owned(), appointment("YY-2026-0042")),
            ("7A3C".to_owned(), appointment("7A3C")),
            ("form:id-card_2".to_owned(), Code::Form("id-card_2".into())),
        ];
        for (text, code) in cases {
            assert_eq!(read(&text), code, "{text}");
        }
    }

    #[test]
    fn anything_else_is_unknown_and_never_a_panic() {
        let long = "9".repeat(100_000);
        let strange = [
            "",
            " ",
            "123",
            "form:",
            "form:../../x",
            "apt:",
            "apt:一",
            "/t/",
            "http://x/t/short",
            "http://x/t/十六个以上的汉字十六个以上的汉字",
            "社保卡",
            "\0\0\0\0\0\0\0",
            "WIFI:S:x;;",
            &long,
        ];
        for text in strange {
            assert_eq!(read(text), Code::Unknown, "{text:.40}");
        }
    }
}
