//! Writes the text block of a card, field after field as the published tables list them, and what a module
//! sends when it is read.

use super::people::Holder;
use crate::card::{CardKind, Day};

/// Characters in a block.
const CHARACTERS: usize = 128;
/// Bytes of a photo.
const PHOTO: usize = 1024;
/// "Without end", in UTF-16.
const WITHOUT_END: [u16; 2] = [0x957f, 0x671f];
const BLANK: u16 = 0x20;

/// The status, lengths, text and photo of a card.
pub(super) fn card(holder: &Holder) -> Vec<u8> {
    let text = text(holder);
    let mut body = vec![0, 0, 0x90];
    body.extend((text.len() as u16).to_be_bytes());
    body.extend((PHOTO as u16).to_be_bytes());
    body.extend(text);
    // Nobody's face. It holds what looks like the beginning of a frame, as a photo may.
    body.extend([0xaa, 0xaa, 0xaa, 0x96, 0x69, 0, 4, 0].into_iter().cycle().take(PHOTO));
    body
}

fn text(holder: &Holder) -> Vec<u8> {
    let block = Block::default();
    let block = match holder.kind {
        CardKind::Foreigner2017 => foreigner_2017(block, holder),
        CardKind::Foreigner2023 => foreigner_2023(block, holder),
        CardKind::HmtResident => resident(block, holder, "H00000000", "01", "J"),
        CardKind::Resident | CardKind::SocialSecurity => resident(block, holder, "", "", " "),
    };
    block.bytes()
}

fn resident(block: Block, it: &Holder, permit: &str, issue: &str, kind: &str) -> Block {
    let nation = if it.kind == CardKind::HmtResident { "" } else { "01" };
    block
        .field(&it.name, 15)
        .field(sex(it), 1)
        .field(nation, 2)
        .day(it.birth)
        .field("-", 35)
        .field(&it.number, 18)
        .field("-", 15)
        .day(it.valid_from)
        .end(it.valid_until)
        .field(permit, 9)
        .field(issue, 2)
        .field("", 3)
        .field(kind, 1)
}

fn foreigner_2017(block: Block, it: &Holder) -> Block {
    block
        .field(it.latin, 60)
        .field(sex(it), 1)
        .field(&it.number, 15)
        .field("XXX", 3)
        .field(&it.name, 15)
        .day(it.valid_from)
        .end(it.valid_until)
        .day(it.birth)
        .field("01", 2)
        .field("0000", 4)
        .field("I", 1)
}

fn foreigner_2023(block: Block, it: &Holder) -> Block {
    let (first, rest) = it.latin.split_at_checked(35).unwrap_or((it.latin, ""));
    block
        .field(&it.name, 15)
        .field(sex(it), 1)
        .field("01", 2)
        .day(it.birth)
        .field(first, 35)
        .field(&it.number, 18)
        .field("", 15)
        .day(it.valid_from)
        .end(it.valid_until)
        .field(rest, 11)
        .field("XXX", 3)
        .field("Y", 1)
}

fn sex(holder: &Holder) -> &'static str {
    if holder.female { "2" } else { "1" }
}

#[derive(Default)]
struct Block(Vec<u16>);

impl Block {
    /// A field of so many characters, padded with blanks.
    fn field(self, text: &str, characters: usize) -> Self {
        self.units(text.encode_utf16(), characters)
    }

    fn day(self, day: Day) -> Self {
        let Day { year, month, day } = day;
        self.field(&format!("{year:04}{month:02}{day:02}"), 8)
    }

    fn end(self, day: Option<Day>) -> Self {
        match day {
            Some(day) => self.day(day),
            None => self.units(WITHOUT_END.into_iter(), 8),
        }
    }

    fn units(mut self, units: impl Iterator<Item = u16>, characters: usize) -> Self {
        self.0.extend(units.chain(std::iter::repeat(BLANK)).take(characters));
        self
    }

    fn bytes(self) -> Vec<u8> {
        let units = self.0.into_iter().chain(std::iter::repeat(BLANK)).take(CHARACTERS);
        units.flat_map(u16::to_le_bytes).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::people::{SyntheticCard, holder};
    use crate::card::sam::text;

    #[test]
    fn every_kind_of_card_is_read_as_it_was_written() {
        for card in [
            SyntheticCard::Next,
            SyntheticCard::Elder,
            SyntheticCard::Expired,
            SyntheticCard::HmtResident,
            SyntheticCard::Foreigner2017,
            SyntheticCard::Foreigner2023,
        ] {
            let holder = holder(card, 31).expect("somebody");
            let body = super::card(&holder);
            assert_eq!(body.len(), 3 + 4 + 256 + 1024);
            let read = text::parse(&body[7..263]).expect("a valid card");
            let name = if holder.name.is_empty() { holder.latin } else { &holder.name };
            assert_eq!((read.kind, &*read.name, &read.number), (holder.kind, name, &holder.number));
            assert_eq!((read.birth, read.valid_until), (holder.birth, holder.valid_until));
        }
    }
}
