//! The classic strip of queueing halls: frames of 69 bytes at 9600 8N1, never answered.

use std::ops::RangeInclusive;
use std::time::Duration;

use super::{Charset, Colour, Driver, Face, Flashes, Reading, Seen, Strip, fit, sum8, text};

/// Bytes of a frame.
const LENGTH: usize = 69;
/// Where the characters stand.
const CONTENT: std::ops::Range<usize> = 8..68;
/// Appears at once, at the highest speed.
const AT_ONCE: u8 = 12;
/// Stays as long as it can.
const LONGEST_STAY: u8 = 0xe0;
/// The kinds of page: shown three times, stored, temporary.
const KINDS: [u8; 3] = [1, 3, 4];
/// Where a character's attribute has its colour.
const COLOUR_SHIFT: u8 = 5;
/// The attribute's mark of a half-width character.
const HALF: u8 = 1;

/// The 69-byte hall strip.
///
/// `255-address | kind | page lo | page hi | characters | in-mode | out-mode | stay | 60 bytes | sum`, the sum
/// over bytes 1 to 67. Each character is an attribute and its GBK bytes; bits 5 to 7 of the attribute are the
/// colour, bit 0 says half-width: `20` is full-width red, `21` half-width red. Source: the facts that several
/// published queueing programs agree on. That colours are counted red 1, green 2, both 3 is the usual
/// meaning of two bits; strips with one colour do not care.
#[derive(Clone, Copy, Debug)]
pub struct Hall69 {
    /// 4 shows a page without storing it, which wears nothing out; 3 stores it.
    pub kind: u8,
    /// Which page.
    pub page: u16,
}

impl Default for Hall69 {
    fn default() -> Self {
        Self { kind: 4, page: 0 }
    }
}

impl Driver for Hall69 {
    fn frame(&self, strip: Strip, face: &Face) -> Vec<u8> {
        let (count, content) = content(&fit(&face.text, Charset::Gbk, strip.width), face.colour);
        let [low, high] = self.page.to_le_bytes();
        let address = 255u8.saturating_sub(u8::try_from(strip.address).unwrap_or(u8::MAX));
        let mut frame = vec![address, self.kind, low, high, count, AT_ONCE, AT_ONCE, LONGEST_STAY];
        frame.extend(content);
        frame.resize(CONTENT.end, 0);
        frame.push(sum8(&frame[1..]));
        frame
    }

    fn read(&self, bytes: &[u8], _ended: bool) -> Reading {
        if bytes.get(1).is_some_and(|kind| !KINDS.contains(kind)) {
            return Reading::Nothing;
        }
        let Some(frame) = bytes.get(..LENGTH) else { return Reading::More };
        match understand(frame) {
            Some(seen) => Reading::Frame(LENGTH, seen),
            None => Reading::Nothing,
        }
    }

    fn flashes(&self) -> Flashes {
        Flashes::ByTurns
    }

    fn gap(&self) -> Duration {
        Duration::from_millis(300)
    }

    fn addresses(&self) -> RangeInclusive<u16> {
        1..=254
    }
}

/// The characters with their attributes, as many as there is room for, and how many.
fn content(shown: &str, colour: Colour) -> (u8, Vec<u8>) {
    let mut content = Vec::new();
    let mut count = 0;
    for character in shown.chars() {
        let bytes = text::encode(character.encode_utf8(&mut [0; 4]));
        if content.len() + 1 + bytes.len() > CONTENT.len() {
            break;
        }
        let half = if bytes.len() == 1 { HALF } else { 0 };
        content.push(colour.bits() << COLOUR_SHIFT | half);
        content.extend(bytes);
        count += 1;
    }
    (count, content)
}

fn understand(frame: &[u8]) -> Option<Seen> {
    let (sum, body) = frame[1..].split_last()?;
    if sum8(body) != *sum {
        return None;
    }
    let mut content = &frame[CONTENT];
    let mut characters = Vec::new();
    let mut colour = None;
    for _ in 0..frame[4] {
        let (attribute, rest) = content.split_first()?;
        let length = match attribute & !(u8::MAX << COLOUR_SHIFT) {
            0 => 2,
            HALF => 1,
            _ => return None,
        };
        colour = colour.or(Some(Colour::of_bits(attribute >> COLOUR_SHIFT)?));
        let (character, rest) = rest.split_at_checked(length)?;
        characters.extend(character);
        content = rest;
    }
    let blank = content.iter().all(|byte| *byte == 0);
    let text = text::decode(&characters)?;
    let face = Face::steady(text, colour.unwrap_or_default());
    blank.then(|| Seen { address: 255 - u16::from(frame[0]), face })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Put together by hand from the description.
    #[test]
    fn a_frame_is_what_the_description_says() {
        let frame = Hall69::default()
            .frame(Strip { address: 3, width: 8 }, &Face::steady("请A005号", Colour::Red));
        let mut expected = vec![252, 4, 0, 0, 6, 12, 12, 0xe0];
        expected.extend([0x20, 0xc7, 0xeb, 0x21, b'A', 0x21, b'0', 0x21, b'0', 0x21, b'5']);
        expected.extend([0x20, 0xba, 0xc5]);
        expected.resize(68, 0);
        let sum = expected[1..].iter().map(|byte| u32::from(*byte)).sum::<u32>() % 256;
        expected.push(u8::try_from(sum).unwrap());
        assert_eq!(frame, expected);
        assert_eq!(frame.len(), 69);
    }

    #[test]
    fn more_than_sixty_bytes_are_never_sent() {
        let strip = Strip { address: 1, width: 80 };
        let frame = Hall69::default().frame(strip, &Face::steady("热".repeat(40), Colour::Green));
        assert_eq!((frame.len(), frame[4], frame[8], frame[67]), (69, 20, 0x40, 0xc8));
    }
}
