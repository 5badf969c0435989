//! Numbers that identify a person: their check digits and what can be read from them.
//! Sources: GB 11643 (resident identity number, also used by the residence permits of Hong Kong, Macau and
//! Taiwan residents and by the 2023 foreign permanent resident card: ISO 7064 MOD 11-2).

use jiff::civil::Date;

/// Longest name a card can carry.
const NAME_CHARS: usize = 60;
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARS: &[u8; 11] = b"10X98765432";

/// Why what a visitor said of themselves cannot be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VisitorFault {
    /// The card number's length, date or check digit is wrong.
    #[error("the card number cannot be right")]
    CardNumber,
    /// The phone number is none of a mobile phone.
    #[error("the phone number cannot be right")]
    PhoneNumber,
    /// The name is empty or too long.
    #[error("the name cannot be right")]
    Name,
}

/// A card number in its one form, if its date exists and its check digit is right.
pub(super) fn card_number(text: &str) -> Result<String, VisitorFault> {
    let number = text.trim().to_ascii_uppercase();
    let shaped = number.len() == 18
        && number[..17].bytes().all(|byte| byte.is_ascii_digit())
        && birth(&number).is_some();
    if shaped && number.as_bytes()[17] == check_char(&number) {
        return Ok(number);
    }
    Err(VisitorFault::CardNumber)
}

fn check_char(number: &str) -> u8 {
    let sum: u32 =
        number.bytes().zip(WEIGHTS).map(|(byte, weight)| u32::from(byte - b'0') * weight).sum();
    CHECK_CHARS[(sum % 11) as usize]
}

/// The birthday in a card number: digits 7 to 14.
pub(super) fn birth(number: &str) -> Option<Date> {
    let digits = number.get(6..14)?;
    let part = |range: std::ops::Range<usize>| digits.get(range)?.parse::<i16>().ok();
    let (month, day) = (i8::try_from(part(4..6)?).ok()?, i8::try_from(part(6..8)?).ok()?);
    Date::new(part(0..4)?, month, day).ok()
}

/// A mobile phone number: eleven digits, beginning with 13 to 19.
pub(super) fn phone_number(text: &str) -> Result<String, VisitorFault> {
    let number: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let digits = number.len() == 11 && number.bytes().all(|byte| byte.is_ascii_digit());
    if digits && number.starts_with('1') && number.as_bytes()[1] >= b'3' {
        return Ok(number);
    }
    Err(VisitorFault::PhoneNumber)
}

/// A name without the blanks cards pad it with.
pub(super) fn name(text: &str) -> Result<String, VisitorFault> {
    let name = text.trim();
    let sane = !name.is_empty()
        && name.chars().count() <= NAME_CHARS
        && !name.chars().any(char::is_control);
    if sane { Ok(name.to_owned()) } else { Err(VisitorFault::Name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples_are_accepted() {
        for number in [
            "11010519491231002X",
            "11010519491231002x",
            "440524188001010014",
            "810000199408230021",
            "830000199201300022",
            "911124198108030024",
        ] {
            assert!(card_number(number).is_ok(), "{number}");
        }
    }

    #[test]
    fn wrong_digits_dates_and_lengths_are_refused() {
        for number in [
            "110105194912310021",
            "110105194913310022",
            "11010519491231002",
            "",
            "１１０１０５１９４９１２３１００２Ｘ",
            "11010519490230002X",
        ] {
            assert_eq!(card_number(number), Err(VisitorFault::CardNumber), "{number}");
        }
        for number in ["12012345678", "1301234567", "130123456789", "1301234567a"] {
            assert_eq!(phone_number(number), Err(VisitorFault::PhoneNumber), "{number}");
        }
        assert_eq!(phone_number("130 0000 0000").as_deref(), Ok("13000000000"));
        assert_eq!(name("  "), Err(VisitorFault::Name));
    }
}
