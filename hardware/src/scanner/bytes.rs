//! What a serial scanner sends, taken apart into codes. Nothing here waits or reads: bytes go in, texts
//! come out.

use encoding_rs::GB18030;

use super::LONGEST_CODE;

/// Takes the bytes of a scanner apart into codes. CR, LF and TAB end a code, and so does a gap. Whatever
/// comes in, it holds at most [`LONGEST_CODE`] bytes.
#[derive(Clone, Debug, Default)]
pub struct SerialDecoder {
    code: Vec<u8>,
    /// More came than a code may hold: the whole code is dropped, for half a code could be another one.
    too_long: bool,
}

impl SerialDecoder {
    /// Takes bytes as they come; answers the codes they bring to an end.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<String> {
        bytes.iter().filter_map(|byte| self.take(*byte)).collect()
    }

    /// Takes one byte. Neither UTF-8 nor GB18030 has an end mark inside a character.
    pub(super) fn take(&mut self, byte: u8) -> Option<String> {
        match byte {
            b'\r' | b'\n' | b'\t' => return self.end(),
            _ if self.code.len() < LONGEST_CODE => self.code.push(byte),
            _ => self.too_long = true,
        }
        None
    }

    /// Nothing came for [`GAP`](super::GAP): what came before is a whole code.
    pub fn end(&mut self) -> Option<String> {
        let whole = !std::mem::take(&mut self.too_long);
        let text = if whole { text_of(&self.code) } else { None };
        self.code.clear();
        text
    }

    /// Whether a code has begun, so that a gap would end it.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        !self.code.is_empty()
    }
}

/// The text of a code; `None` if it is empty or in no known encoding.
fn text_of(code: &[u8]) -> Option<String> {
    let text = match std::str::from_utf8(code) {
        Ok(text) => text.to_owned(),
        Err(_) => GB18030.decode_without_bom_handling_and_without_replacement(code)?.into_owned(),
    };
    // Some scanners wrap a code in STX and ETX, and some codes begin with a byte order mark.
    let text: String = text.chars().filter(|it| !it.is_control() && *it != '\u{feff}').collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(bytes: &[u8]) -> Vec<String> {
        let mut decoder = SerialDecoder::default();
        let mut codes = decoder.feed(bytes);
        codes.extend(decoder.end());
        codes
    }

    #[test]
    fn each_end_mark_and_a_gap_end_a_code() {
        assert_eq!(
            codes(b"one\r\ntwo\rthree\nfour\tfive"),
            ["one", "two", "three", "four", "five"]
        );
        assert_eq!(codes(b"\r\n\r\n"), Vec::<String>::new());
    }

    #[test]
    fn a_code_may_come_in_pieces() {
        let mut decoder = SerialDecoder::default();
        assert!(decoder.feed(b"http://hall/t/").is_empty() && decoder.has_begun());
        assert_eq!(decoder.feed(b"abc\r"), ["http://hall/t/abc"]);
        assert!(!decoder.has_begun());
        assert_eq!(decoder.end(), None);
    }

    #[test]
    fn chinese_is_read_in_either_encoding() {
        assert_eq!(codes("预约 A001\r".as_bytes()), ["预约 A001"]);
        let (gb18030, ..) = GB18030.encode("预约䶮𠮷\r");
        assert_eq!(codes(&gb18030), ["预约䶮𠮷"]);
    }

    #[test]
    fn what_is_too_long_is_dropped_whole_and_the_next_is_read() {
        let longest = "9".repeat(LONGEST_CODE);
        let mut bytes = format!("{longest}\r{longest}9\rnext\r").into_bytes();
        assert_eq!(codes(&bytes), [longest.as_str(), "next"]);
        bytes.truncate(LONGEST_CODE * 2 + 2);
        assert_eq!(codes(&bytes), [longest.as_str()], "a gap ends what is too long as well");
    }

    #[test]
    fn control_characters_and_noise_are_no_part_of_a_code() {
        assert_eq!(codes(b"\x02 A001 \x03\x00\x1b\r"), ["A001"]);
        assert_eq!(codes("\u{feff}A002\r".as_bytes()), ["A002"]);
        assert_eq!(codes(b"\xff\xff\xff\rA003\r"), ["A003"]);
    }
}
