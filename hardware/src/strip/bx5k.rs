//! The BX-5K and BX-6K cards with fonts of their own: a dynamic area is given a text. TCP port 5005, or
//! RS-485 at 57600 8N1.

use std::ops::RangeInclusive;
use std::time::Duration;

use super::{Charset, Colour, Driver, Face, Flashes, Reading, Seen, Strip, crc16, fit, text};

/// Begins a frame, several times.
const START: u8 = 0xa5;
/// How often it is sent.
const STARTS_SENT: usize = 8;
/// How often it must have come: a bus loses the first ones.
const STARTS_NEEDED: usize = 2;
/// Ends a frame.
const END: u8 = 0x5a;
/// What stands for bytes that would be taken for another's beginning or end.
const ESCAPES: [(u8, [u8; 2]); 4] =
    [(0xa5, [0xa6, 2]), (0xa6, [0xa6, 1]), (0x5a, [0x5b, 2]), (0x5b, [0x5b, 1])];
/// From the address to the length: address, source, reserved, device, version, length.
const HEADER: usize = 14;
/// The command, in one group: refresh dynamic areas at once.
const REFRESH: [u8; 2] = [0xa3, 0x06];
/// The card need not answer.
const NO_ANSWER: u8 = 2;
/// One line, broken nowhere.
const ONE_LINE: [u8; 2] = [1, 1];
/// Stands still; leaves without an effect; the speed and stay of the maker's example.
const STANDS: [u8; 4] = [1, 0, 4, 5];
/// From an area's kind to its text.
const AREA_HEADER: usize = 27;
/// Half a minute: a text that is not refreshed stays anyway.
const TIMEOUT_S: u16 = 30;
/// How high a text is, in dots.
const HEIGHT: u16 = 16;
/// The longest text, in bytes.
const LONGEST_TEXT: u16 = 512;

/// A BX-5K card.
///
/// `A5×8 | address u16 | 00 80 | 6 reserved | FE | 02 | length u16 | A3 06 answer 00 00 | areas deleted |
/// areas | area length u16 | 00, x, y, w, h u16, area, line gap, mode, timeout u16, 3 reserved, one line,
/// breaks, effect, exit, speed, stay, text length u32, GBK | CRC-16/ARC u16 | 5A`, little-endian, everything
/// between `A5` and `5A` escaped. Sources: the maker's protocol tool and a published logistics program, as the
/// facts have them; the maker's published example is understood, and its own checksum fits.
///
/// A strip's address is its card's. How wide an area is depends on the model, so it can be set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bx5k {
    /// Which dynamic area.
    pub area: u8,
    /// x, y, width and height of the area as the card counts them; without it, the strip's width in columns of
    /// 8 dots and 16 dots of height.
    pub place: Option<[u16; 4]>,
    /// What the card wants before a text that is red, green, yellow; nothing for cards with one colour.
    pub marks: Option<[String; 3]>,
    /// The characters of its font.
    pub charset: Charset,
}

impl Bx5k {
    fn mark(&self, colour: Colour) -> &str {
        let index = usize::from(colour.bits() - 1);
        self.marks.as_ref().map_or("", |marks| &marks[index])
    }

    fn data(&self, strip: Strip, face: &Face) -> Vec<u8> {
        let shown = fit(&face.text, self.charset, strip.width.min(LONGEST_TEXT));
        let text = text::encode(&format!("{}{shown}", self.mark(face.colour)));
        let mut data = Vec::from(REFRESH);
        data.extend([NO_ANSWER, 0, 0]);
        data.extend([0, 1]);
        data.extend(((AREA_HEADER + text.len()) as u16).to_le_bytes());
        data.push(0);
        let place = self.place.unwrap_or([0, 0, strip.width, HEIGHT]);
        data.extend(place.into_iter().flat_map(u16::to_le_bytes));
        data.extend([self.area, 0, 0]);
        data.extend(TIMEOUT_S.to_le_bytes());
        data.extend([0; 3]);
        data.extend(ONE_LINE);
        data.extend(STANDS);
        data.extend((text.len() as u32).to_le_bytes());
        data.extend(text);
        data
    }

    fn understand(&self, packed: &[u8]) -> Option<Seen> {
        let plain = unescape(packed)?;
        let (body, crc) = plain.split_last_chunk::<2>()?;
        if crc16(body) != u16::from_le_bytes(*crc) {
            return None;
        }
        let (header, data) = body.split_at_checked(HEADER)?;
        let area = data.strip_prefix(&REFRESH)?.get(3..)?;
        let (&deleted, rest) = area.split_first()?;
        let (&areas, area) = rest.get(usize::from(deleted)..)?.split_first()?;
        let length = usize::from(u16::from_le_bytes(*area.first_chunk()?));
        let area = area.get(2..2 + length)?;
        let (area_header, text) = area.split_at_checked(AREA_HEADER)?;
        let text_length = u32::from_le_bytes(*area_header.last_chunk()?);
        let ours = areas == 1 && area_header[9] == self.area;
        if !ours || usize::try_from(text_length) != Ok(text.len()) {
            return None;
        }
        let address = u16::from_le_bytes([header[0], header[1]]);
        Some(Seen { address, face: self.face(&text::decode(text)?) })
    }

    fn face(&self, text: &str) -> Face {
        let marks = self.marks.iter().flatten().zip([Colour::Red, Colour::Green, Colour::Yellow]);
        let marked = marks.filter(|(mark, _)| !mark.is_empty());
        marked
            .filter_map(|(mark, colour)| Some(Face::steady(text.strip_prefix(mark)?, colour)))
            .next()
            .unwrap_or_else(|| Face::steady(text, Colour::Red))
    }
}

impl Driver for Bx5k {
    fn frame(&self, strip: Strip, face: &Face) -> Vec<u8> {
        let data = self.data(strip, face);
        let mut body = Vec::from(strip.address.to_le_bytes());
        body.extend([0x00, 0x80]);
        body.extend([0; 6]);
        body.extend([0xfe, 0x02]);
        body.extend((data.len() as u16).to_le_bytes());
        body.extend(data);
        body.extend(crc16(&body).to_le_bytes());
        let mut frame = vec![START; STARTS_SENT];
        frame.extend(escape(&body));
        frame.push(END);
        frame
    }

    fn read(&self, bytes: &[u8], _ended: bool) -> Reading {
        let starts = bytes.iter().take_while(|byte| **byte == START).count();
        if starts == bytes.len() {
            return Reading::More;
        }
        if starts < STARTS_NEEDED {
            return Reading::Nothing;
        }
        let packed = &bytes[starts..];
        match packed.iter().position(|byte| [START, END].contains(byte)) {
            Some(end) if packed[end] == END => match self.understand(&packed[..end]) {
                Some(seen) => Reading::Frame(starts + end + 1, seen),
                None => Reading::Nothing,
            },
            // Another frame begins within this one.
            Some(_) => Reading::Nothing,
            None => Reading::More,
        }
    }

    fn flashes(&self) -> Flashes {
        Flashes::ByTurns
    }

    fn gap(&self) -> Duration {
        Duration::from_millis(100)
    }

    fn addresses(&self) -> RangeInclusive<u16> {
        1..=0xfffd
    }
}

fn escape(plain: &[u8]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(plain.len() + 8);
    for byte in plain {
        match ESCAPES.iter().find(|(escaped, _)| escaped == byte) {
            Some((_, pair)) => packed.extend(pair),
            None => packed.push(*byte),
        }
    }
    packed
}

fn unescape(packed: &[u8]) -> Option<Vec<u8>> {
    let mut plain = Vec::with_capacity(packed.len());
    let mut bytes = packed.iter();
    while let Some(byte) = bytes.next() {
        if ESCAPES.iter().any(|(_, pair)| pair[0] == *byte) {
            let pair = [*byte, *bytes.next()?];
            plain.push(ESCAPES.iter().find(|(_, it)| *it == pair)?.0);
        } else {
            plain.push(*byte);
        }
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The maker's published example, with the area's width as its checksum has it.
    const EXAMPLE: [u8; 75] = [
        0xa5, 0xa5, 0xa5, 0xa5, 0xa5, 0xa5, 0xa5, 0xa5, 0x01, 0x00, 0x00, 0x80, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0xfe, 0x02, 0x32, 0x00, 0xa3, 0x06, 0x01, 0x2d, 0x00, 0x00, 0x01, 0x29,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x18, 0x00, 0x20, 0x00, 0x00, 0x00, 0x00, 0x02, 0x00,
        0x00, 0x00, 0x00, 0x02, 0x02, 0x03, 0x00, 0x04, 0x05, 0x0e, 0x00, 0x00, 0x00, 0x30, 0x31,
        0x32, 0x33, 0x34, 0x35, 0x51, 0x52, 0x53, 0x54, 0x54, 0x56, 0x27, 0x42, 0xa8, 0x7d, 0x5a,
    ];

    #[test]
    fn the_makers_example_is_understood_and_its_checksum_fits() {
        assert_eq!(crc16(&EXAMPLE[8..72]).to_le_bytes(), [0xa8, 0x7d]);
        let seen = Seen { address: 1, face: Face::steady("012345QRSTTV'B", Colour::Red) };
        assert_eq!(Bx5k::default().read(&EXAMPLE, false), Reading::Frame(75, seen));
    }

    #[test]
    fn a_frame_differs_from_the_makers_only_where_it_must() {
        let card = Bx5k { place: Some([0, 0, 0x18, 0x20]), ..Bx5k::default() };
        let frame = card
            .frame(Strip { address: 1, width: 14 }, &Face::steady("012345QRSTTV'B", Colour::Red));
        let mut expected = EXAMPLE;
        // No answer; reserved; timeout; one line; stands still.
        for (at, byte) in [(24, 2), (25, 0), (43, 30), (48, 1), (49, 1), (50, 1)] {
            expected[at] = byte;
        }
        assert_eq!(frame[..72], expected[..72]);
    }

    #[test]
    fn every_byte_that_means_something_else_is_escaped_once() {
        let plain = [0xa5, 0xa6, 0x5a, 0x5b, 0x01, 0x02];
        let packed = [0xa6, 2, 0xa6, 1, 0x5b, 2, 0x5b, 1, 1, 2];
        assert_eq!(escape(&plain), packed);
        assert_eq!(unescape(&packed).as_deref(), Some(&plain[..]));
        assert_eq!(unescape(&[0xa6]), None);
        assert_eq!(unescape(&[0x5b, 3]), None);
    }

    #[test]
    fn an_address_that_looks_like_a_beginning_is_no_beginning() {
        let (card, face) = (Bx5k::default(), Face::steady("ＺA001", Colour::Red));
        for address in [0xa5, 0xa6, 0x5a5a, 0x5b] {
            let frame = card.frame(Strip { address, width: 6 }, &face);
            assert_eq!(frame.iter().filter(|byte| **byte == END).count(), 1);
            let seen = Seen { address, face: face.clone() };
            assert_eq!(card.read(&frame, false), Reading::Frame(frame.len(), seen));
        }
    }
}
