//! Numbers of identity cards: eighteen characters, the date of birth inside, a check digit at the end
//! (GB 11643). The numbers of residents, of residents from Hong Kong, Macau and Taiwan, and of foreign
//! permanent residents since 2023 are all built this way.

use super::Birth;

/// What each of the first seventeen digits counts.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// The check digit for each remainder.
const CHECK_DIGITS: &[u8; 11] = b"10X98765432";
/// Nobody alive was born before.
const FIRST_YEAR: u16 = 1850;

/// What is wrong with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberFault {
    /// Not eighteen characters.
    #[error("an identity number has 18 characters")]
    Length,
    /// A character that does not belong.
    #[error("an identity number has digits only, and perhaps an X at the end")]
    Character,
    /// A date of birth that never was.
    #[error("the date of birth in the number does not exist")]
    Date,
    /// The last character does not fit the others.
    #[error("the check digit does not fit")]
    CheckDigit,
}

/// Checks a number and reads the date of birth in it.
///
/// # Errors
/// If the number cannot be anybody's.
pub fn birth_of(number: &str) -> Result<Birth, NumberFault> {
    let bytes = number.as_bytes();
    let (digits, last) = match bytes {
        [digits @ .., last] if digits.len() == WEIGHTS.len() => (digits, last),
        _ => return Err(NumberFault::Length),
    };
    let check = check_digit(digits).ok_or(NumberFault::Character)?;
    if !(last.is_ascii_digit() || last.eq_ignore_ascii_case(&b'X')) {
        return Err(NumberFault::Character);
    }
    if !last.eq_ignore_ascii_case(&check) {
        return Err(NumberFault::CheckDigit);
    }
    birth_in(digits).ok_or(NumberFault::Date)
}

/// The eighteenth character for seventeen digits; `None` if they are not seventeen digits.
#[must_use]
pub fn check_digit(digits: &[u8]) -> Option<u8> {
    if digits.len() != WEIGHTS.len() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let sum: u32 =
        digits.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    CHECK_DIGITS.get((sum % 11) as usize).copied()
}

fn birth_in(digits: &[u8]) -> Option<Birth> {
    let number = |from: usize, to: usize| -> Option<u16> {
        std::str::from_utf8(digits.get(from..to)?).ok()?.parse().ok()
    };
    let (year, month, day) = (number(6, 10)?, number(10, 12)?, number(12, 14)?);
    let exists = year >= FIRST_YEAR && (1..=days_in(year, month)?).contains(&day);
    exists.then_some(Birth { year, month: month as u8, day: day as u8 })
}

fn days_in(year: u16, month: u16) -> Option<u16> {
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
    fn published_examples_are_valid() {
        for number in [
            "11010519491231002X",
            "11010519491231002x",
            "440524188001010014",
            "810000199408230021",
            "830000199201300022",
            "911124198108030024",
        ] {
            assert!(birth_of(number).is_ok(), "{number}");
        }
    }

    #[test]
    fn every_single_wrong_digit_is_found() {
        let right = b"11010519491231002X";
        for place in 0..17 {
            for digit in b'0'..=b'9' {
                let mut number = *right;
                number[place] = digit;
                let number = std::str::from_utf8(&number).expect("digits are text");
                assert_eq!(birth_of(number).is_ok(), digit == right[place], "{number}");
            }
        }
    }

    #[test]
    fn each_fault_is_named() {
        assert_eq!(birth_of(""), Err(NumberFault::Length));
        assert_eq!(birth_of("1101051949123100"), Err(NumberFault::Length));
        assert_eq!(birth_of("11010519491231002Y"), Err(NumberFault::Character));
        assert_eq!(birth_of("1101051949123100２"), Err(NumberFault::Length));
        assert_eq!(birth_of("A1010519491231002X"), Err(NumberFault::Character));
        assert_eq!(birth_of("110105194912310021"), Err(NumberFault::CheckDigit));
    }

    #[test]
    fn a_day_that_never_was_is_refused() {
        for date in ["20230229", "19000229", "20231301", "20230431", "20230500", "02000101"] {
            let mut digits = b"11010500000000002".to_vec();
            digits.splice(6..14, date.bytes());
            let check = check_digit(&digits).expect("these are seventeen digits");
            digits.push(check);
            let number = String::from_utf8(digits).expect("digits are text");
            assert_eq!(birth_of(&number), Err(NumberFault::Date), "{number}");
        }
    }
}
