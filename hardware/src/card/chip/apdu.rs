//! Commands to chip cards and their answers (ISO 7816-4).

use std::fmt;
use std::str::FromStr;

use crate::card::CardFault;

/// The longest short command: header, length, data, expected length.
const LONGEST: usize = 4 + 1 + 255 + 1;
/// How often a card may put off its answer before it is given up.
const DETOURS: u8 = 8;
/// It was done.
const DONE: [u8; 2] = [0x90, 0x00];
/// More is waiting: so many bytes are to be fetched.
const MORE: u8 = 0x61;
/// Ask again, for exactly so many bytes.
const WRONG_LENGTH: u8 = 0x6c;

/// Sends a command to a card, and gives what comes back with its two bytes of status.
pub type Transmit<'a> = dyn FnMut(&[u8]) -> Result<Vec<u8>, CardFault> + 'a;

/// A command to a chip card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apdu(Vec<u8>);

/// Why a text is no command.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no command to a card; write 4 to 261 bytes in hexadecimal, as 00 B2 08 00 14")]
pub struct ApduFault(String);

impl FromStr for Apdu {
    type Err = ApduFault;

    /// Reads hexadecimal digits, with or without blanks.
    fn from_str(text: &str) -> Result<Self, ApduFault> {
        let digits: Option<Vec<u8>> = text
            .chars()
            .filter(|character| *character != ' ')
            .map(|character| character.to_digit(16).map(|digit| digit as u8))
            .collect();
        let digits = digits.filter(|it| it.len().is_multiple_of(2));
        let bytes =
            digits.map(|it| it.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect());
        bytes
            .filter(|bytes: &Vec<u8>| (4..=LONGEST).contains(&bytes.len()))
            .map(Self)
            .ok_or_else(|| ApduFault(text.to_owned()))
    }
}

impl fmt::Display for Apdu {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02X}"))
    }
}

impl Apdu {
    pub(super) fn new(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }

    /// Says it to a card and gives what the card answers, without the status.
    pub(super) fn say(&self, transmit: &mut Transmit<'_>) -> Result<Vec<u8>, CardFault> {
        let mut command = self.0.clone();
        for _ in 0..DETOURS {
            let mut answer = transmit(&command)?;
            let data = answer.len().checked_sub(2).ok_or(CardFault::Unreadable)?;
            match answer.split_off(data)[..] {
                [first, second] if [first, second] == DONE => return Ok(answer),
                [MORE, length] => command = vec![0x00, 0xc0, 0x00, 0x00, length],
                [WRONG_LENGTH, length] => *command.last_mut().unwrap_or(&mut 0) = length,
                _ => break,
            }
        }
        Err(CardFault::Unreadable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_written_in_hexadecimal() {
        let apdu: Apdu = "00 b2 08 00 14".parse().expect("a command");
        assert_eq!(
            (apdu.to_string().as_str(), apdu),
            ("00B2080014", Apdu::new(&[0, 0xb2, 8, 0, 20]))
        );
        for text in ["", "00B208", "00B20800 1", "00B2080x14", &"00".repeat(262)] {
            assert!(text.parse::<Apdu>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_card_may_put_off_its_answer_but_not_for_ever() {
        let apdu: Apdu = "00B2080000".parse().expect("a command");
        let mut heard = Vec::new();
        let mut answers = [vec![0x6c, 0x14], vec![0x61, 0x02], vec![7, 8, 0x90, 0]].into_iter();
        let answer = apdu.say(&mut |command| {
            heard.push(command.to_vec());
            Ok(answers.next().expect("three are enough"))
        });
        assert_eq!(answer, Ok(vec![7, 8]));
        assert_eq!(heard[1], [0, 0xb2, 8, 0, 0x14]);
        assert_eq!(heard[2], [0, 0xc0, 0, 0, 2]);
        assert_eq!(apdu.say(&mut |_| Ok(vec![0x61, 1])), Err(CardFault::Unreadable));
        assert_eq!(apdu.say(&mut |_| Ok(vec![0x6a, 0x82])), Err(CardFault::Unreadable));
        assert_eq!(apdu.say(&mut |_| Ok(vec![0x90])), Err(CardFault::Unreadable));
    }
}
