//! Numbers of identity cards: who they can belong to, the date of birth inside, the check digit at the end.
//!
//! Eighteen characters (GB 11643): six of a region, eight of the birth, three of order, a check digit by
//! ISO 7064 MOD 11-2. Residents have them, residents from Hong Kong, Macau and Taiwan (regions 810000,
//! 820000, 830000), and foreign permanent residents since 2023 (beginning with a 9).
//!
//! Fifteen characters (foreign permanent residents, 2017 to 2023): three letters of a country, four digits
//! of a region, six of the birth, one of order, a check digit by the weights 7, 3, 1. That the letters count
//! 10 to 35 and the sum is taken modulo 10, as in travel documents (ICAO 9303), is from memory and not
//! verified on a real card.
//!
//! The hall checks numbers once more, by the same rules in a file of its own: it must not believe a kiosk,
//! and it must not depend on devices.

use super::CardKind;
use super::day::{Day, two};

/// What each of the first seventeen digits counts.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// The check digit for each remainder.
const CHECK_DIGITS: &[u8; 11] = b"10X98765432";
/// What the characters of a number of 2017 count, over and over.
const WEIGHTS_2017: [u32; 3] = [7, 3, 1];
/// How long a number of 2017 is, without its check digit.
const DIGITS_2017: usize = 14;
/// The last year in which numbers of 2017 were given: its two digits of a year mean no later one.
const LAST_YEAR_2017: u8 = 23;
/// Regions of people from Hong Kong, Macau and Taiwan.
const HMT_REGIONS: [&str; 3] = ["810000", "820000", "830000"];
/// How every foreigner's number begins since 2023, and nobody else's.
const FOREIGNER: char = '9';

/// What is wrong with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberFault {
    /// Neither eighteen characters nor fifteen.
    #[error("an identity number has 18 characters, or 15")]
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
    /// A good number, but not one that such a card carries.
    #[error("the number belongs to another kind of card")]
    Kind,
}

/// Checks a number of any kind and reads the date of birth in it.
///
/// # Errors
/// If the number cannot be anybody's.
pub fn birth_of(number: &str) -> Result<Day, NumberFault> {
    match number.as_bytes() {
        [digits @ .., last] if digits.len() == WEIGHTS.len() => birth_in_18(digits, *last),
        [digits @ .., last] if digits.len() == DIGITS_2017 => birth_in_15(digits, *last),
        _ => Err(NumberFault::Length),
    }
}

/// Checks the number on a card of a kind and reads the date of birth in it.
///
/// # Errors
/// If the number cannot be anybody's, or stands on the wrong kind of card.
pub fn check(kind: CardKind, number: &str) -> Result<Day, NumberFault> {
    let birth = birth_of(number)?;
    let long = number.len() == WEIGHTS.len() + 1;
    let fits = match kind {
        CardKind::Resident => long && !number.starts_with(FOREIGNER),
        CardKind::HmtResident => long && HMT_REGIONS.iter().any(|it| number.starts_with(it)),
        CardKind::Foreigner2023 => long && number.starts_with(FOREIGNER),
        CardKind::Foreigner2017 => !long,
        CardKind::SocialSecurity => true,
    };
    if fits { Ok(birth) } else { Err(NumberFault::Kind) }
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

/// The fifteenth character of a number of 2017; `None` if the others are not three letters and eleven
/// digits.
#[must_use]
pub fn check_digit_2017(digits: &[u8]) -> Option<u8> {
    let (country, rest) = digits.split_at_checked(3)?;
    let shaped = digits.len() == DIGITS_2017
        && country.iter().all(u8::is_ascii_uppercase)
        && rest.iter().all(u8::is_ascii_digit);
    let counts = |it: u8| u32::from(if it.is_ascii_digit() { it - b'0' } else { it - b'A' + 10 });
    let weights = WEIGHTS_2017.iter().cycle();
    let sum = || digits.iter().zip(weights).map(|(it, weight)| counts(*it) * weight).sum::<u32>();
    shaped.then(|| b'0' + (sum() % 10) as u8)
}

fn birth_in_18(digits: &[u8], last: u8) -> Result<Day, NumberFault> {
    let check = check_digit(digits).ok_or(NumberFault::Character)?;
    if !(last.is_ascii_digit() || last.eq_ignore_ascii_case(&b'X')) {
        return Err(NumberFault::Character);
    }
    if !last.eq_ignore_ascii_case(&check) {
        return Err(NumberFault::CheckDigit);
    }
    digits.get(6..14).and_then(Day::from_digits).ok_or(NumberFault::Date)
}

fn birth_in_15(digits: &[u8], last: u8) -> Result<Day, NumberFault> {
    let check = check_digit_2017(digits).ok_or(NumberFault::Character)?;
    if !last.is_ascii_digit() {
        return Err(NumberFault::Character);
    }
    if last != check {
        return Err(NumberFault::CheckDigit);
    }
    digits.get(7..13).and_then(birth_of_2017).ok_or(NumberFault::Date)
}

/// The day of `YYMMDD`. Numbers were given until 2023, so a later year is one of the century before; whoever
/// was born before 1924 counts as a child.
fn birth_of_2017(digits: &[u8]) -> Option<Day> {
    let [y1, y2, m1, m2, d1, d2] = digits else { return None };
    let year = two(*y1, *y2)?;
    let century = if year <= LAST_YEAR_2017 { 2000 } else { 1900 };
    Day::new(century + u16::from(year), two(*m1, *m2)?, two(*d1, *d2)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A made-up number: a country, no region, born on a day, the first of that day.
    fn number_of_2017(country: &str, birth: &str) -> String {
        let digits = format!("{country}0000{birth}1");
        let check = check_digit_2017(digits.as_bytes()).expect("letters and digits");
        format!("{digits}{}", char::from(check))
    }

    #[test]
    fn published_examples_are_valid_on_their_own_cards_only() {
        for (number, kind) in [
            ("11010519491231002X", CardKind::Resident),
            ("11010519491231002x", CardKind::Resident),
            ("440524188001010014", CardKind::Resident),
            ("810000199408230021", CardKind::HmtResident),
            ("830000199201300022", CardKind::HmtResident),
            ("911124198108030024", CardKind::Foreigner2023),
        ] {
            assert!(check(kind, number).is_ok(), "{number}");
            assert_eq!(check(CardKind::Foreigner2017, number), Err(NumberFault::Kind));
        }
        for (number, kind) in [
            ("911124198108030024", CardKind::Resident),
            ("11010519491231002X", CardKind::HmtResident),
            ("810000199408230021", CardKind::Foreigner2023),
        ] {
            assert_eq!(check(kind, number), Err(NumberFault::Kind), "{number}");
        }
    }

    #[test]
    fn a_number_of_2017_has_a_birth_and_a_check_digit() {
        // Worked by hand: 33*7 + 33*3 + 33*1 + 8*3 + 5*3 + 2*7 + 1*3 = 419.
        assert_eq!(check_digit_2017(b"XXX00008005021"), Some(b'9'));
        let born = |number: &str| check(CardKind::Foreigner2017, number);
        let number = number_of_2017("XXX", "800502");
        assert_eq!(born(&number), Ok(Day { year: 1980, month: 5, day: 2 }));
        assert_eq!(born(&number_of_2017("XXX", "230502")).map(|it| it.year), Ok(2023));
        assert_eq!(born(&number_of_2017("XXX", "240502")).map(|it| it.year), Ok(1924));
        assert_eq!(born(&number_of_2017("XXX", "801302")), Err(NumberFault::Date));
        assert_eq!(check(CardKind::Resident, &number), Err(NumberFault::Kind));
        for (at, wrong) in [(0, "1"), (2, "x"), (5, "A"), (14, "X")] {
            let mut broken = number.clone();
            broken.replace_range(at..=at, wrong);
            assert_eq!(born(&broken), Err(NumberFault::Character), "{broken}");
        }
        let mut wrong = number;
        wrong.replace_range(5..6, "1");
        assert_eq!(born(&wrong), Err(NumberFault::CheckDigit));
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
        // The old fifteen digits of residents are no valid card any more.
        assert_eq!(birth_of("110105491231002"), Err(NumberFault::Character));
    }

    #[test]
    fn a_day_that_never_was_is_refused() {
        for date in ["20230229", "20231301"] {
            let digits = format!("110105{date}002");
            let check = check_digit(digits.as_bytes()).expect("these are seventeen digits");
            let number = format!("{digits}{}", char::from(check));
            assert_eq!(birth_of(&number), Err(NumberFault::Date), "{number}");
        }
    }
}
