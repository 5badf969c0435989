//! The CX-H card: one UDP datagram for each text, to port 8453, never answered.

use std::ops::RangeInclusive;
use std::time::Duration;

use super::{Charset, Colour, Driver, Face, Flashes, Reading, Seen, Strip, fit, text};

/// How every datagram begins: the command, then the head of the data.
const HEAD: [u8; 4] = [0x21, 0x21, 0x55, 0xaa];
/// Bytes before the text.
const BEFORE_TEXT: usize = 14;
/// The longest text of a zone, in bytes.
const LONGEST_TEXT: usize = 500;
/// The last zone.
const LAST_ZONE: u8 = 15;
/// The last of its effects: turn, up, down, left.
const LAST_EFFECT: u8 = 3;
/// The fastest speed.
const FASTEST: u8 = 9;
/// Black, which is no colour of a text.
const BLACK: u8 = 0;

/// The CX-H card.
///
/// `21 21 | 55 AA | zone | colour | effect | speed | stay, 4 bytes of 0.1 s | bytes of text, 2 | GBK`, numbers
/// little-endian. Source: the maker's page of the card, with the example
/// `21 21 55 AA 00 01 03 08 10 00 00 00 04 00 B0 A1 B0 A2`. A strip's address is its zone, 0 to 15.
#[derive(Clone, Copy, Debug)]
pub struct Cx {
    /// How a text comes in: 0 turns the page, 1 moves up, 2 down, 3 left.
    pub effect: u8,
    /// From 0 to 9, the fastest.
    pub speed: u8,
    /// How long a page stays, in tenths of a second.
    pub stay: u32,
}

impl Default for Cx {
    fn default() -> Self {
        Self { effect: 0, speed: FASTEST, stay: 100 }
    }
}

impl Driver for Cx {
    fn frame(&self, strip: Strip, face: &Face) -> Vec<u8> {
        let width = strip.width.min(LONGEST_TEXT as u16);
        let text = text::encode(&fit(&face.text, Charset::Gbk, width));
        let zone = u8::try_from(strip.address).unwrap_or(LAST_ZONE).min(LAST_ZONE);
        let mut frame = HEAD.to_vec();
        frame.extend([zone, face.colour.bits(), self.effect, self.speed]);
        frame.extend(self.stay.to_le_bytes());
        frame.extend((text.len() as u16).to_le_bytes());
        frame.extend(text);
        frame
    }

    fn read(&self, bytes: &[u8], _ended: bool) -> Reading {
        let known = bytes.len().min(HEAD.len());
        if bytes[..known] != HEAD[..known] {
            return Reading::Nothing;
        }
        let Some(head) = bytes.get(..BEFORE_TEXT) else { return Reading::More };
        let (zone, colour, effect, speed) = (head[4], head[5], head[6], head[7]);
        let length = usize::from(u16::from_le_bytes([head[12], head[13]]));
        if zone > LAST_ZONE || effect > LAST_EFFECT || speed > FASTEST || length > LONGEST_TEXT {
            return Reading::Nothing;
        }
        let Some(text) = bytes.get(BEFORE_TEXT..BEFORE_TEXT + length) else {
            return Reading::More;
        };
        let face = match (text::decode(text), Colour::of_bits(colour)) {
            (Some(text), Some(colour)) => Face::steady(text, colour),
            (Some(_), None) if colour == BLACK => Face::default(),
            _ => return Reading::Nothing,
        };
        Reading::Frame(BEFORE_TEXT + length, Seen { address: zone.into(), face })
    }

    fn flashes(&self) -> Flashes {
        Flashes::ByTurns
    }

    fn gap(&self) -> Duration {
        Duration::from_millis(50)
    }

    fn addresses(&self) -> RangeInclusive<u16> {
        0..=u16::from(LAST_ZONE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: [u8; 18] = [
        0x21, 0x21, 0x55, 0xaa, 0x00, 0x01, 0x03, 0x08, 0x10, 0x00, 0x00, 0x00, 0x04, 0x00, 0xb0,
        0xa1, 0xb0, 0xa2,
    ];

    #[test]
    fn the_makers_example_is_made_and_understood() {
        let card = Cx { effect: 3, speed: 8, stay: 16 };
        let face = Face::steady("啊阿", Colour::Red);
        assert_eq!(card.frame(Strip { address: 0, width: 4 }, &face), EXAMPLE);
        assert_eq!(card.read(&EXAMPLE, true), Reading::Frame(18, Seen { address: 0, face }));
    }
}
