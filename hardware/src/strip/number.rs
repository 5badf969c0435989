//! The number board: four bytes on an RS-485 bus at 9600 8N1, never answered.

use std::ops::RangeInclusive;
use std::time::Duration;

use super::{Colour, Driver, Face, Flashes, Reading, Seen, Strip, sum8};

/// Bytes of a frame.
const LENGTH: usize = 4;

/// A board of a few digits.
///
/// `address | number hi | number lo | sum of the three`. Source: the facts with their example
/// `05 03 E7 EF`, which shows 999 on board 5. It shows a number and nothing else: of a text its first digits,
/// as many of the last ones as it has places for, and 0 of a text without any.
#[derive(Clone, Copy, Debug, Default)]
pub struct NumberBoard;

impl Driver for NumberBoard {
    fn frame(&self, strip: Strip, face: &Face) -> Vec<u8> {
        let [high, low] = number(&face.text, strip.width).to_be_bytes();
        let address = u8::try_from(strip.address).unwrap_or(u8::MAX);
        let mut frame = vec![address, high, low];
        frame.push(sum8(&frame));
        frame
    }

    fn read(&self, bytes: &[u8], _ended: bool) -> Reading {
        let Some(&[address, high, low, sum]) = bytes.first_chunk::<LENGTH>() else {
            return Reading::More;
        };
        if address == 0 || sum8(&[address, high, low]) != sum {
            return Reading::Nothing;
        }
        let text = u16::from_be_bytes([high, low]).to_string();
        let face = Face::steady(text, Colour::Red);
        Reading::Frame(LENGTH, Seen { address: address.into(), face })
    }

    fn flashes(&self) -> Flashes {
        Flashes::Never
    }

    fn gap(&self) -> Duration {
        Duration::from_millis(50)
    }

    fn addresses(&self) -> RangeInclusive<u16> {
        1..=255
    }
}

/// The number of a text, as far as so many places show it.
fn number(text: &str, places: u16) -> u16 {
    let digits = text.chars().skip_while(|it| !it.is_ascii_digit());
    let digits: Vec<u32> = digits.map_while(|it| it.to_digit(10)).collect();
    let shown = &digits[digits.len().saturating_sub(places.into())..];
    let number =
        shown.iter().fold(0u32, |number, digit| number.saturating_mul(10).saturating_add(*digit));
    u16::try_from(number).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_known_example_is_made_and_understood() {
        let frame = [0x05, 0x03, 0xe7, 0xef];
        let face = Face::steady("999", Colour::Red);
        assert_eq!(NumberBoard.frame(Strip { address: 5, width: 3 }, &face), frame);
        assert_eq!(NumberBoard.read(&frame, false), Reading::Frame(4, Seen { address: 5, face }));
    }

    #[test]
    fn of_a_text_its_first_digits_are_shown() {
        assert_eq!(number("请A005号到3号窗口", 3), 5);
        assert_eq!(number("B1234", 3), 234);
        assert_eq!(number("热情为您服务", 3), 0);
        assert_eq!(number("99999999999999", 40), u16::MAX);
    }
}
