//! Text as a thermal printer sets it: columns, line breaks, and the characters it has glyphs for.

use encoding_rs::GB18030;

/// Printed for a character the printer's font does not have.
const NO_GLYPH: char = '〓';
/// Characters that do not begin a line.
const NOT_FIRST: &str = "，。、；：？！）》」』”’…,.;:?!)]}";

/// How many columns a character takes: Chinese and full-width ones take two.
pub(crate) fn columns_of(character: char) -> usize {
    if character.is_ascii() { 1 } else { 2 }
}

/// How many columns a text takes.
pub(crate) fn columns(text: &str) -> usize {
    text.chars().map(columns_of).sum()
}

/// The text with nothing in it that a printer would take for a command, or print as rubbish: printers hold
/// the two-byte characters of GB18030, the four-byte ones come out as two wrong characters each.
pub(crate) fn printable(text: &str) -> String {
    text.chars()
        .filter(|it| !it.is_control())
        .map(|it| match it {
            // A Chinese font would set these two columns wide.
            '–' => '-',
            '’' => '\'',
            it if has_glyph(it) => it,
            _ => NO_GLYPH,
        })
        .collect()
}

fn has_glyph(character: char) -> bool {
    let mut buffer = [0; 4];
    let (bytes, _, _) = GB18030.encode(character.encode_utf8(&mut buffer));
    bytes.len() <= 2
}

/// Breaks a text into lines of at most `width` columns: Latin at spaces, Chinese anywhere but before a
/// closing mark.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in words(text) {
        if !line.is_empty() && columns(&line) + columns(word.trim_end()) > width {
            lines.push(take_line(&mut line));
        }
        for character in word.chars() {
            if columns(&line) + columns_of(character) > width {
                lines.push(take_line(&mut line));
            }
            if !(line.is_empty() && character == ' ') {
                line.push(character);
            }
        }
    }
    lines.push(take_line(&mut line));
    lines.retain(|line| !line.is_empty());
    lines
}

fn take_line(line: &mut String) -> String {
    std::mem::take(line).trim_end().to_owned()
}

/// The pieces that stay together: a Latin word with the spaces after it, or one Chinese character with the
/// marks that may not begin a line.
fn words(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut previous: Option<char> = None;
    for (at, character) in text.char_indices() {
        let breaks = previous.is_some_and(|previous| {
            !NOT_FIRST.contains(character)
                && (previous == ' ' && character != ' '
                    || !previous.is_ascii()
                    || !character.is_ascii())
        });
        if breaks {
            pieces.push(&text[start..at]);
            start = at;
        }
        previous = Some(character);
    }
    pieces.push(&text[start..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_breaks_at_spaces() {
        assert_eq!(wrap("Please wait in zone A", 12), ["Please wait", "in zone A"]);
    }

    #[test]
    fn chinese_breaks_anywhere_but_not_before_a_closing_mark() {
        assert_eq!(wrap("请在一楼等候，听到叫号", 12), ["请在一楼等", "候，听到叫号"]);
    }

    #[test]
    fn a_word_longer_than_the_line_is_cut() {
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
    }

    #[test]
    fn no_line_is_too_wide() {
        let text =
            "大东区政务服务中心 Dadong Government Service Centre（一层A区）1、2、3、15号窗口";
        for width in 4..60 {
            assert!(wrap(text, width).iter().all(|line| columns(line) <= width), "at {width}");
        }
    }

    #[test]
    fn what_has_no_glyph_is_shown_as_missing_and_commands_are_dropped() {
        assert_eq!(printable("王\u{1b}@𠮷"), "王@〓");
    }
}
