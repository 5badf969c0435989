//! Texts as a strip can show them: in its characters, cut to its width, in the middle. Latin is half as wide
//! as Chinese, and a character is never cut in two.

use std::ops::RangeInclusive;

use encoding_rs::{GB18030, GBK};

/// Shown for a character the card does not have.
const NO_GLYPH: char = '〓';
/// Two-byte codes that GBK left to users and GB 18030 gave to characters such as 䶮; cards with GBK fonts
/// show nothing there.
const LATER: RangeInclusive<u16> = 0xfe50..=0xfea0;

/// The characters a card has a font for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Charset {
    /// GBK: 21 thousand characters, two bytes each.
    #[default]
    Gbk,
    /// All of GB 18030, the four-byte characters of rare names too.
    Gb18030,
}

impl Charset {
    fn has(self, character: char) -> bool {
        if character.is_ascii() {
            return true;
        }
        let mut buffer = [0; 4];
        let text = character.encode_utf8(&mut buffer);
        let (bytes, _, unknown) = GB18030.encode(text);
        // What does not come back as it went is a hole in the table.
        if unknown || decode(&bytes).as_deref() != Some(text) {
            return false;
        }
        match self {
            Self::Gb18030 => true,
            Self::Gbk => in_gbk(character),
        }
    }
}

fn in_gbk(character: char) -> bool {
    let mut buffer = [0; 4];
    let (bytes, _, unknown) = GBK.encode(character.encode_utf8(&mut buffer));
    let code = match (unknown, bytes.as_ref()) {
        (false, &[first, second]) => u16::from_be_bytes([first, second]),
        _ => return false,
    };
    let private = ('\u{e000}'..='\u{f8ff}').contains(&character);
    !private && !LATER.contains(&code)
}

/// How many half-widths a character takes.
#[must_use]
pub fn width_of(character: char) -> u16 {
    if character.is_ascii() { 1 } else { 2 }
}

/// A text as a strip of so many half-widths shows it: what the card lacks is replaced by 〓, what does not
/// fit is left out, and blanks put it into the middle. It is exactly as wide as the strip.
#[must_use]
pub fn fit(text: &str, charset: Charset, width: u16) -> String {
    let clean: String = text.chars().filter(|it| !is_unseen(*it)).collect();
    let mut fitted = String::new();
    let mut used = 0;
    for character in clean.trim().chars() {
        let shown = if charset.has(character) { character } else { NO_GLYPH };
        used += width_of(shown);
        if used > width {
            break;
        }
        fitted.push(shown);
    }
    let fitted = fitted.trim_end();
    let free =
        usize::from(width) - fitted.chars().map(|it| usize::from(width_of(it))).sum::<usize>();
    let left = free / 2;
    format!("{}{fitted}{}", " ".repeat(left), " ".repeat(free - left))
}

/// Commands, and the marks between characters that only a screen understands.
fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

/// The bytes of a text that was [`fit`].
pub(super) fn encode(text: &str) -> Vec<u8> {
    GB18030.encode(text).0.into_owned()
}

/// The text of some bytes, if all of them are text.
pub(super) fn decode(bytes: &[u8]) -> Option<String> {
    let text = GB18030.decode_without_bom_handling_and_without_replacement(bytes)?;
    (!text.chars().any(char::is_control)).then(|| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_its_width_and_never_within_a_character() {
        assert_eq!(fit("请A005号", Charset::Gbk, 8), "请A005号");
        assert_eq!(fit("请A005号", Charset::Gbk, 7), "请A005 ");
        assert_eq!(fit("热情为您服务", Charset::Gbk, 7), "热情为 ");
        assert_eq!(fit("字", Charset::Gbk, 1), " ");
        assert_eq!(fit("x", Charset::Gbk, 0), "");
    }

    #[test]
    fn a_short_text_stands_in_the_middle() {
        assert_eq!(fit(" A005\n", Charset::Gbk, 8), "  A005  ");
        assert_eq!(fit("", Charset::Gbk, 3), "   ");
    }

    #[test]
    fn what_the_card_lacks_is_replaced_where_it_can_be_seen() {
        assert_eq!(fit("王𠮷䶮\u{1b}\u{200b}", Charset::Gbk, 6), "王〓〓");
        assert_eq!(fit("王𠮷䶮", Charset::Gb18030, 6), "王𠮷䶮");
        assert_eq!(encode("王〓A"), [0xcd, 0xf5, 0xa1, 0xfe, b'A']);
        assert_eq!(decode(&[0xcd]), None);
    }
}
