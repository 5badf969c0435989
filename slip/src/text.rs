//! Line breaks: Latin at spaces, Chinese anywhere but before a closing mark.

/// Characters that do not begin a line.
const NOT_FIRST: &str = "，。、；：？！）》」』”’…·,.;:?!)]}%";

/// Breaks a text into lines of at most `width`, where `room` is the width of one character. A character
/// wider than that stands alone.
pub(crate) fn wrap(text: &str, width: f32, room: impl Fn(char) -> f32) -> Vec<String> {
    let length = |text: &str| text.chars().map(&room).sum::<f32>();
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in words(text) {
        if !line.is_empty() && length(&line) + length(word.trim_end()) > width {
            lines.push(take_line(&mut line));
        }
        for character in word.chars() {
            if length(&line) + room(character) > width {
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

    fn columns(character: char) -> f32 {
        if character.is_ascii() { 1.0 } else { 2.0 }
    }

    #[test]
    fn latin_breaks_at_spaces() {
        assert_eq!(wrap("Please wait in zone A", 12.0, columns), ["Please wait", "in zone A"]);
    }

    #[test]
    fn chinese_breaks_anywhere_but_not_before_a_closing_mark() {
        let lines = wrap("请在一楼等候，听到叫号", 12.0, columns);
        assert_eq!(lines, ["请在一楼等", "候，听到叫号"]);
    }

    #[test]
    fn a_word_longer_than_the_line_is_cut() {
        assert_eq!(wrap("abcdefgh", 3.0, columns), ["abc", "def", "gh"]);
    }

    #[test]
    fn no_line_is_too_wide() {
        let text =
            "大东区政务服务中心 Dadong Government Service Centre（一层A区）1、2、3、15号窗口";
        for width in 4u8..60 {
            let width = f32::from(width);
            let lines = wrap(text, width, columns);
            assert!(lines.iter().all(|line| line.chars().map(columns).sum::<f32>() <= width));
        }
    }
}
