//! People who do not exist: their region codes belong to no place, their check digits are right.

use crate::card::identity::{check_digit, check_digit_2017};
use crate::card::{CardKind, Day};

/// A region code that was never given to a place, so no number made here is a resident's.
const NOWHERE: u32 = 219_900;
/// Where the cards of people from Hong Kong, Macau and Taiwan say they come from.
const HMT_REGIONS: [u32; 3] = [810_000, 820_000, 830_000];
/// The codes of foreigners: no region, and a country that is none (900 to 999 are never given).
const FOREIGN_2023: &str = "900999";
/// The same in 2017: passports say XXX for somebody without a nationality.
const FOREIGN_2017: &str = "XXX0000";
const FAMILY_NAMES: [&str; 12] =
    ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "欧阳", "上官"];
const GIVEN_NAMES: [&str; 10] =
    ["秀英", "伟", "芳", "建国", "静", "志强", "丽娟", "明", "晓东", "桂兰"];
/// Long enough for the second field that newer cards have for it.
const LATIN_NAME: &str = "SYNTHETIC, ALEXANDRA MAXIMILIANA FREDERICA";
const VALID_FROM: Day = Day { year: 2015, month: 6, day: 1 };
/// Later than any test.
const VALID_UNTIL: Day = Day { year: 2095, month: 6, day: 1 };
const EXPIRED: Day = Day { year: 2020, month: 6, day: 1 };

/// What is placed on the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyntheticCard {
    /// The next person of working age.
    Next,
    /// The next old person, with a card without end.
    Elder,
    /// The next person from Hong Kong, Macau or Taiwan.
    HmtResident,
    /// The next foreigner with a card of 2017.
    Foreigner2017,
    /// The next foreigner with a card of 2023.
    Foreigner2023,
    /// The next person whose card has expired.
    Expired,
    /// The person whose card was placed last, once more.
    Same,
    /// A card that is no identity card.
    Unreadable,
}

/// What stands on a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Holder {
    pub(super) kind: CardKind,
    /// Empty if the holder has none.
    pub(super) name: String,
    pub(super) latin: &'static str,
    pub(super) female: bool,
    pub(super) birth: Day,
    pub(super) number: String,
    pub(super) valid_from: Day,
    pub(super) valid_until: Option<Day>,
}

/// The holder of a synthetic card: the same one every time for the same serial. `None` for a card that is
/// nobody's.
pub(super) fn holder(card: SyntheticCard, serial: u32) -> Option<Holder> {
    let birth = birth(card, serial);
    let sequence = serial % 1000;
    let hmt = HMT_REGIONS[serial as usize % HMT_REGIONS.len()];
    let (kind, number) = match card {
        SyntheticCard::Next | SyntheticCard::Elder | SyntheticCard::Expired => {
            (CardKind::Resident, number(&NOWHERE.to_string(), birth, sequence))
        }
        SyntheticCard::HmtResident => {
            (CardKind::HmtResident, number(&hmt.to_string(), birth, sequence))
        }
        SyntheticCard::Foreigner2023 => {
            (CardKind::Foreigner2023, number(FOREIGN_2023, birth, sequence))
        }
        SyntheticCard::Foreigner2017 => (CardKind::Foreigner2017, number_2017(birth, serial)),
        SyntheticCard::Same | SyntheticCard::Unreadable => return None,
    };
    let is_foreign = matches!(kind, CardKind::Foreigner2017 | CardKind::Foreigner2023);
    Some(Holder {
        kind,
        name: if kind == CardKind::Foreigner2017 { String::new() } else { name(serial as usize) },
        latin: if is_foreign { LATIN_NAME } else { "" },
        female: sequence.is_multiple_of(2),
        birth,
        number: number?,
        valid_from: VALID_FROM,
        valid_until: match card {
            SyntheticCard::Elder => None,
            SyntheticCard::Expired => Some(EXPIRED),
            _ => Some(VALID_UNTIL),
        },
    })
}

fn birth(card: SyntheticCard, serial: u32) -> Day {
    let year = match card {
        SyntheticCard::Elder => 1940 + (serial % 15) as u16,
        _ => 1975 + (serial % 30) as u16,
    };
    Day { year, month: (serial % 12 + 1) as u8, day: (serial % 28 + 1) as u8 }
}

fn name(serial: usize) -> String {
    let family = FAMILY_NAMES[serial % FAMILY_NAMES.len()];
    // Steps with no common divisor, so that names repeat late.
    let given = GIVEN_NAMES[serial * 7 / FAMILY_NAMES.len() % GIVEN_NAMES.len()];
    format!("{family}{given}")
}

fn number(region: &str, birth: Day, sequence: u32) -> Option<String> {
    let Day { year, month, day } = birth;
    let digits = format!("{region}{year}{month:02}{day:02}{sequence:03}");
    let check = check_digit(digits.as_bytes())?;
    Some(format!("{digits}{}", char::from(check)))
}

fn number_2017(birth: Day, serial: u32) -> Option<String> {
    let Day { year, month, day } = birth;
    let digits = format!("{FOREIGN_2017}{:02}{month:02}{day:02}{}", year % 100, serial % 10);
    let check = check_digit_2017(digits.as_bytes())?;
    Some(format!("{digits}{}", char::from(check)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::card::identity;

    #[test]
    fn every_synthetic_person_is_valid_and_nobody_twice() {
        for card in [
            SyntheticCard::Next,
            SyntheticCard::Elder,
            SyntheticCard::HmtResident,
            SyntheticCard::Foreigner2023,
        ] {
            let people: Vec<_> = (0..2000).filter_map(|serial| holder(card, serial)).collect();
            let numbers: BTreeSet<&str> = people.iter().map(|it| it.number.as_str()).collect();
            assert_eq!((numbers.len(), people.len()), (2000, 2000), "{card:?}");
            let valid = |it: &Holder| identity::check(it.kind, &it.number) == Ok(it.birth);
            assert!(people.iter().all(valid), "{card:?}");
        }
    }
}
