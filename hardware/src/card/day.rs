//! Calendar days as cards carry them.

/// Nobody alive was born before, and no card was issued.
const FIRST_YEAR: u16 = 1850;

/// A calendar day, as printed on a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// The year.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day of the month.
    pub day: u8,
}

impl Day {
    /// The day, if there was or will be one.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let exists =
            (FIRST_YEAR..=9999).contains(&year) && (1..=days_in(year, month)?).contains(&day);
        exists.then_some(Self { year, month, day })
    }

    /// The day written as `YYYYMMDD`.
    pub(super) fn from_digits(digits: &[u8]) -> Option<Self> {
        let [y1, y2, y3, y4, rest @ ..] = digits else { return None };
        let [m1, m2, d1, d2] = rest else { return None };
        let year = u16::from(two(*y1, *y2)?) * 100 + u16::from(two(*y3, *y4)?);
        Self::new(year, two(*m1, *m2)?, two(*d1, *d2)?)
    }
}

/// The number two digits make.
pub(super) fn two(tens: u8, ones: u8) -> Option<u8> {
    let digits = tens.is_ascii_digit() && ones.is_ascii_digit();
    digits.then(|| (tens - b'0') * 10 + (ones - b'0'))
}

fn days_in(year: u16, month: u8) -> Option<u8> {
    let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 => Some(if leap { 29 } else { 28 }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_one_of_the_calendar() {
        for there in ["19491231", "20240229", "20000229", "99991231"] {
            assert!(Day::from_digits(there.as_bytes()).is_some(), "{there}");
        }
        for not in ["20230229", "19000229", "20231301", "20230431", "20230500", "02000101"] {
            assert_eq!(Day::from_digits(not.as_bytes()), None, "{not}");
        }
        for nonsense in ["", "2023010", "202301011", "2023 101", "+2230101"] {
            assert_eq!(Day::from_digits(nonsense.as_bytes()), None, "{nonsense}");
        }
    }
}
