//! The text block of a card: 256 bytes of UTF-16LE in fields of fixed width, padded with blanks. At byte 248
//! stands which card it is; only the fields a hall needs are read.

use std::ops::Range;

use crate::card::day::Day;
use crate::card::identity::{self, NumberFault};
use crate::card::{Card, CardFault, CardKind, Wiped};

/// How long a block is, in bytes.
pub const BLOCK: usize = 256;
/// Where the kind of the card stands.
const KIND: Range<usize> = 248..250;
/// Where every card says from when until when it is valid.
const VALID_FROM: Range<usize> = 188..204;
const VALID_UNTIL: Range<usize> = 204..220;
/// "Without end" instead of a date, in UTF-16.
const WITHOUT_END: [u16; 2] = [0x957f, 0x671f];

/// Where the other fields stand, in bytes.
struct Layout {
    name: Range<usize>,
    /// The Latin name in two pieces, which may be empty.
    latin: [Range<usize>; 2],
    birth: Range<usize>,
    number: Range<usize>,
}

const RESIDENT: Layout =
    Layout { name: 0..30, latin: [0..0, 0..0], birth: 36..52, number: 122..158 };
const FOREIGNER_2017: Layout =
    Layout { name: 158..188, latin: [0..120, 0..0], birth: 220..236, number: 122..152 };
const FOREIGNER_2023: Layout =
    Layout { name: 0..30, latin: [52..122, 220..242], birth: 36..52, number: 122..158 };

/// Why a block is not the text of a valid card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextFault {
    /// Not 256 bytes.
    #[error("a card's text has 256 bytes")]
    Length,
    /// A card of a kind that is not known.
    #[error("an unknown kind of card")]
    Kind,
    /// Bytes that are no text.
    #[error("a field is no text")]
    Text,
    /// Nobody's name stands on it.
    #[error("a card without a name")]
    Name,
    /// A day that never was, or an end before the beginning.
    #[error("a date that cannot be")]
    Date,
    /// The number is wrong.
    #[error("{0}")]
    Number(#[from] NumberFault),
    /// The number was given for another birthday.
    #[error("the number and the date of birth do not agree")]
    Birth,
}

impl From<TextFault> for CardFault {
    fn from(fault: TextFault) -> Self {
        match fault {
            TextFault::Length | TextFault::Kind | TextFault::Text => Self::Unreadable,
            TextFault::Name | TextFault::Date | TextFault::Number(_) | TextFault::Birth => {
                Self::Invalid
            }
        }
    }
}

/// Reads a block and checks what stands in it.
///
/// # Errors
/// If it is no card's, or not a valid card's. That it may have expired is for the caller to see, who knows
/// the day.
pub fn parse(block: &[u8]) -> Result<Card, TextFault> {
    let block: &[u8; BLOCK] = block.try_into().map_err(|_| TextFault::Length)?;
    let (kind, layout) = kind_of(block)?;
    let valid_until = valid_until(block)?;
    let birth = date(block, &layout.birth)?;
    let mut name = name(block, layout)?;
    let mut number = text(block, std::slice::from_ref(&layout.number))?;
    if name.text().is_empty() {
        return Err(TextFault::Name);
    }
    let born = identity::check(kind, number.text())?;
    if !agrees(birth, born, kind) {
        return Err(TextFault::Birth);
    }
    Ok(Card { kind, name: name.take(), number: number.take(), birth, valid_until })
}

fn kind_of(block: &[u8; BLOCK]) -> Result<(CardKind, &'static Layout), TextFault> {
    match units(block, &KIND).next().map(u32::from).and_then(char::from_u32) {
        Some(' ') => Ok((CardKind::Resident, &RESIDENT)),
        Some('J') => Ok((CardKind::HmtResident, &RESIDENT)),
        Some('I') => Ok((CardKind::Foreigner2017, &FOREIGNER_2017)),
        Some('Y') => Ok((CardKind::Foreigner2023, &FOREIGNER_2023)),
        _ => Err(TextFault::Kind),
    }
}

/// The Chinese name if there is one, otherwise the Latin one.
fn name(block: &[u8; BLOCK], layout: &Layout) -> Result<Wiped, TextFault> {
    let name = text(block, std::slice::from_ref(&layout.name))?;
    if name.text().is_empty() { text(block, &layout.latin) } else { Ok(name) }
}

/// A number of 2017 says no century.
fn agrees(birth: Day, in_number: Day, kind: CardKind) -> bool {
    let century = if kind == CardKind::Foreigner2017 { birth.year / 100 * 100 } else { 0 };
    let year = if century > 0 { century + in_number.year % 100 } else { in_number.year };
    birth == Day { year, ..in_number }
}

fn valid_until(block: &[u8; BLOCK]) -> Result<Option<Day>, TextFault> {
    let from = date(block, &VALID_FROM)?;
    let blank = u16::from(b' ');
    let mut without_end = WITHOUT_END.into_iter().chain(std::iter::repeat(blank));
    if units(block, &VALID_UNTIL).all(|unit| without_end.next() == Some(unit)) {
        return Ok(None);
    }
    let until = date(block, &VALID_UNTIL)?;
    if from <= until { Ok(Some(until)) } else { Err(TextFault::Date) }
}

fn date(block: &[u8; BLOCK], field: &Range<usize>) -> Result<Day, TextFault> {
    let mut digits = [0; 8];
    for (digit, unit) in digits.iter_mut().zip(units(block, field)) {
        *digit = u8::try_from(unit).map_err(|_| TextFault::Date)?;
    }
    Day::from_digits(&digits).ok_or(TextFault::Date)
}

/// A text without its padding; one text may stand in several fields.
fn text(block: &[u8; BLOCK], fields: &[Range<usize>]) -> Result<Wiped, TextFault> {
    // Room for the longest UTF-8, so that the text never moves and leaves a copy behind.
    let room = fields.iter().map(|field| field.len() / 2 * 3).sum();
    let mut text = Wiped(String::with_capacity(room));
    let units = fields.iter().flat_map(|field| units(block, field));
    for character in char::decode_utf16(units) {
        match character {
            Ok(character) if !character.is_control() || character == '\0' => text.0.push(character),
            _ => return Err(TextFault::Text),
        }
    }
    // Some makers pad with zeros.
    let length = text.0.trim_end_matches([' ', '\0']).len();
    text.0.truncate(length);
    if text.0.contains('\0') { Err(TextFault::Text) } else { Ok(text) }
}

fn units<'a>(block: &'a [u8; BLOCK], field: &Range<usize>) -> impl Iterator<Item = u16> + use<'a> {
    let bytes = block.get(field.clone()).unwrap_or_default();
    bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
}
