//! How a social-security card tells whose it is.

use encoding_rs::GB18030;

use super::apdu::{Apdu, Transmit};
use crate::card::{Card, CardFault, CardKind, Wiped, identity, wipe_bytes};

/// What is said to a card to learn whose it is. The last command of each list gives the answer: a record
/// with a byte of tag, a byte of length and a value padded with blanks or zeros, or the value alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApduProfile {
    /// Leads to the application.
    pub open: Vec<Apdu>,
    /// Leads to the social-security number, in ASCII.
    pub number: Vec<Apdu>,
    /// Leads to the name, in GB 18030.
    pub name: Vec<Apdu>,
}

impl Default for ApduProfile {
    /// The national layout: the directory `sx1.sh.…`, in it the file EF06, in that record 08 with the number
    /// (18 bytes) and record 09 with the name (30 bytes). From memory and not verified on a real card; where
    /// a region does otherwise, its profile goes into the configuration.
    fn default() -> Self {
        const DIRECTORY: [u8; 20] = [
            0x00, 0xa4, 0x04, 0x00, 0x0f, b's', b'x', b'1', b'.', b's', b'h', b'.', 0xc9, 0xe7,
            0xbb, 0xe1, 0xb1, 0xa3, 0xd5, 0xcf,
        ];
        const FILE: [u8; 7] = [0x00, 0xa4, 0x02, 0x00, 0x02, 0xef, 0x06];
        const NUMBER: [u8; 5] = [0x00, 0xb2, 0x08, 0x00, 2 + 18];
        const NAME: [u8; 5] = [0x00, 0xb2, 0x09, 0x00, 2 + 30];
        Self {
            open: vec![Apdu::new(&DIRECTORY), Apdu::new(&FILE)],
            number: vec![Apdu::new(&NUMBER)],
            name: vec![Apdu::new(&NAME)],
        }
    }
}

impl ApduProfile {
    /// Reads a card. `transmit` sends a command and returns answer and status.
    ///
    /// # Errors
    /// If the card is no social-security card, does not answer, or its number cannot be right.
    pub fn read(&self, transmit: &mut Transmit<'_>) -> Result<Card, CardFault> {
        last_answer(&self.open, transmit)?;
        let mut number = field(last_answer(&self.number, transmit)?)?;
        let mut name = field(last_answer(&self.name, transmit)?)?;
        let birth = identity::birth_of(number.text()).map_err(|_| CardFault::Invalid)?;
        if name.text().is_empty() {
            return Err(CardFault::Invalid);
        }
        let (name, number) = (name.take(), number.take());
        Ok(Card { kind: CardKind::SocialSecurity, name, number, birth, valid_until: None })
    }
}

fn last_answer(commands: &[Apdu], transmit: &mut Transmit<'_>) -> Result<Vec<u8>, CardFault> {
    commands.iter().try_fold(Vec::new(), |_, command| command.say(transmit))
}

/// The text of a record.
fn field(mut record: Vec<u8>) -> Result<Wiped, CardFault> {
    let value = match &record[..] {
        [_, length, value @ ..] if usize::from(*length) == value.len() => value,
        whole => whole,
    };
    let end = value.iter().rposition(|byte| !matches!(byte, 0x00 | b' ')).map_or(0, |at| at + 1);
    let (text, _, broken) = GB18030.decode(value.get(..end).unwrap_or_default());
    let text = Wiped(text.into_owned());
    wipe_bytes(&mut record);
    let sane = !broken && !text.text().chars().any(char::is_control);
    if sane { Ok(text) } else { Err(CardFault::Unreadable) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A card with these records, tag and all.
    fn card(number: &[u8], name: &[u8]) -> impl FnMut(&[u8]) -> Result<Vec<u8>, CardFault> {
        let (number, name) = (number.to_vec(), name.to_vec());
        let mut open = 0;
        move |command| {
            let answer = match command {
                [0x00, 0xa4, 0x04, 0x00, 0x0f, name @ ..] => {
                    assert_eq!(GB18030.decode(name).0, "sx1.sh.社会保障");
                    open = 1;
                    &[][..]
                }
                [0x00, 0xa4, 0x02, 0x00, 0x02, 0xef, 0x06] if open == 1 => {
                    open = 2;
                    &[]
                }
                [0x00, 0xb2, 0x08, ..] if open == 2 => &number,
                [0x00, 0xb2, 0x09, ..] if open == 2 => &name,
                _ => return Ok(vec![0x6a, 0x82]),
            };
            Ok([answer, &[0x90, 0x00]].concat())
        }
    }

    fn record(tag: u8, value: &[u8], length: u8) -> Vec<u8> {
        let mut record = vec![tag, length];
        record.extend(value);
        record.resize(2 + usize::from(length), 0);
        record
    }

    const NUMBER: &[u8] = b"219900198005020012";

    #[test]
    fn the_national_layout_is_read() {
        let name = GB18030.encode("合成").0;
        for (number, name) in [
            (record(8, NUMBER, 18), record(9, &name, 30)),
            // The value alone.
            (NUMBER.to_vec(), name.to_vec()),
        ] {
            let card = ApduProfile::default().read(&mut card(&number, &name)).expect("a card");
            assert_eq!((card.kind, &*card.name), (CardKind::SocialSecurity, "合成"));
            assert_eq!((card.number.as_bytes(), card.birth.year), (NUMBER, 1980));
        }
    }

    #[test]
    fn what_is_no_social_security_card_is_unreadable() {
        let profile = ApduProfile::default();
        let bank = profile.read(&mut |_| Ok(vec![0x6a, 0x82]));
        assert_eq!(bank, Err(CardFault::Unreadable));
        let taken_away = profile.read(&mut |_| Err(CardFault::Unreadable));
        assert_eq!(taken_away, Err(CardFault::Unreadable));
        let name = record(9, b"-", 30);
        let wrong = profile.read(&mut card(&record(8, b"219900198005020011", 18), &name));
        assert_eq!(wrong, Err(CardFault::Invalid));
        let nameless = profile.read(&mut card(&record(8, NUMBER, 18), &record(9, b"", 30)));
        assert_eq!(nameless, Err(CardFault::Invalid));
        let noise = profile.read(&mut card(&record(8, &[0xff; 18], 18), &name));
        assert_eq!(noise, Err(CardFault::Unreadable));
    }
}
