//! The characters a printer has in its own font, and the room each takes.

use encoding_rs::{GB18030, GBK};

use crate::layout::{TYPE, Typeface};

/// Printed for a character the printer's font does not have.
const NO_GLYPH: char = '〓';
/// The two-byte codes of GB 2312, first and last of each run; what lies between them came with GBK.
const GB2312: [(u16, u16); 13] = [
    (0xa1a1, 0xa1fe),
    (0xa2b1, 0xa2e2),
    (0xa2e5, 0xa2ee),
    (0xa2f1, 0xa2fc),
    (0xa3a1, 0xa3fe),
    (0xa4a1, 0xa4f3),
    (0xa5a1, 0xa5f6),
    (0xa6a1, 0xa6d8),
    (0xa7a1, 0xa7f1),
    (0xa8a1, 0xa8e9),
    (0xa9a4, 0xa9ef),
    (0xb0a1, 0xd7f9),
    (0xd8a1, 0xf7fe),
];

/// Two-byte codes that GBK left to users and GB 18030 gave to characters such as 䶮.
const LATER: std::ops::RangeInclusive<u16> = 0xfe50..=0xfea0;

/// The characters a printer has a font for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Glyphs {
    /// GB 2312, and Latin.
    Gb2312,
    /// GBK: 21 thousand characters, two bytes each.
    #[default]
    Gbk,
    /// All of GB 18030, the four-byte characters of rare names too.
    Gb18030,
}

impl Glyphs {
    /// Whether a printer with this font prints the character.
    #[must_use]
    pub fn have(self, character: char) -> bool {
        if character.is_ascii() {
            return !character.is_ascii_control();
        }
        match self {
            Self::Gb2312 => gbk(character).is_some_and(|code| {
                code & 0xff >= 0xa1
                    && GB2312.iter().any(|(first, last)| (*first..=*last).contains(&code))
            }),
            Self::Gbk => gbk(character).is_some(),
            Self::Gb18030 => true,
        }
    }

    /// Whether it prints every character of a text, as [`plain`] writes it.
    #[must_use]
    pub(crate) fn have_all(self, text: &str) -> bool {
        plain(text).chars().all(|character| self.have(character))
    }
}

/// A character's two bytes in GBK.
fn gbk(character: char) -> Option<u16> {
    let mut buffer = [0; 4];
    let (bytes, _, unknown) = GBK.encode(character.encode_utf8(&mut buffer));
    let code = match (unknown, bytes.as_ref()) {
        (false, &[first, second]) => u16::from_be_bytes([first, second]),
        _ => return None,
    };
    let private = ('\u{e000}'..='\u{f8ff}').contains(&character);
    (!private && !LATER.contains(&code)).then_some(code)
}

/// A text with nothing in it that a printer would take for a command, and with the few marks replaced for
/// which every font has a plainer one.
pub(crate) fn plain(text: &str) -> String {
    text.chars().filter(|it| !is_unseen(*it)).map(plainer).collect()
}

fn plainer(character: char) -> char {
    match character {
        // A Chinese font would set these two columns wide.
        '–' | '‐' | '‑' => '-',
        '’' => '\'',
        '\u{a0}' => ' ',
        it => it,
    }
}

/// Commands, and the marks between characters that only a screen understands.
fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

/// A printer's own font: Latin 12 dots wide, Chinese 24, in whole multiples.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PrinterFont(pub(crate) Glyphs);

impl Typeface for PrinterFont {
    fn clean(&self, text: &str) -> String {
        plain(text).chars().map(|it| if self.0.have(it) { it } else { NO_GLYPH }).collect()
    }

    fn advance(&self, character: char, px: u32) -> f32 {
        let half = px as f32 / 2.0;
        if character.is_ascii() { half } else { 2.0 * half }
    }

    /// A printer that has no such font after all prints a four-byte character as two wrong ones, and even
    /// then no line may be too long.
    fn room(&self, character: char, px: u32) -> f32 {
        let mut buffer = [0; 4];
        let (bytes, _, _) = GB18030.encode(character.encode_utf8(&mut buffer));
        bytes.len() as f32 * px as f32 / 2.0
    }

    fn step(&self) -> u32 {
        TYPE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_font_has_its_characters() {
        let known = |glyphs: Glyphs| -> String {
            "A~大、Ⅲ囍㎡㈱龘镕喆䶮𠮷€é\u{1b}".chars().filter(|it| glyphs.have(*it)).collect()
        };
        assert_eq!(known(Glyphs::Gb2312), "A~大、Ⅲé");
        assert_eq!(known(Glyphs::Gbk), "A~大、Ⅲ囍㎡㈱龘镕喆é");
        assert_eq!(known(Glyphs::Gb18030), "A~大、Ⅲ囍㎡㈱龘镕喆䶮𠮷€é");
    }

    #[test]
    fn what_has_no_glyph_is_shown_as_missing_and_commands_are_dropped() {
        assert_eq!(PrinterFont(Glyphs::Gbk).clean("王\u{1b}@𠮷\u{200b}–"), "王@〓-");
    }
}
