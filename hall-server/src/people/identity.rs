//! Numbers that identify a person: their check digits and what can be read from them.
//! Sources: GB 11643 (resident identity number, also used by the residence permits of Hong Kong, Macau and
//! Taiwan residents and by the 2023 foreign permanent resident card: ISO 7064 MOD 11-2). The foreign permanent
//! resident card of 2017 has fifteen characters: three letters of a country, four digits of a region, six of
//! the birth, one of order and a check digit by the weights 7, 3, 1 (as in ICAO 9303; not verified on a card).
//!
//! Kiosks check the numbers of cards by the same rules in a file of their own: the hall must not believe a
//! kiosk, and it must not depend on devices.

use jiff::civil::Date;

/// Longest name a card can carry.
const NAME_CHARS: usize = 60;
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARS: &[u8; 11] = b"10X98765432";
/// What the characters of a number of 2017 count, over and over.
const WEIGHTS_2017: [u32; 3] = [7, 3, 1];
/// How long a number of 2017 is.
const CHARS_2017: usize = 15;
/// The last year in which numbers of 2017 were given: its two digits of a year mean no later one.
const LAST_YEAR_2017: i16 = 23;

/// Why what a visitor said of themselves cannot be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VisitorFault {
    /// The card number's length, date or check digit is wrong.
    #[error("the card number cannot be right")]
    CardNumber,
    /// The phone number is none of a mobile phone.
    #[error("the phone number cannot be right")]
    PhoneNumber,
    /// The name is empty or too long.
    #[error("the name cannot be right")]
    Name,
}

/// A card number in its one form, if its date exists and its check digit is right.
pub(super) fn card_number(text: &str) -> Result<String, VisitorFault> {
    let number = text.trim().to_ascii_uppercase();
    let check = match number.len() {
        18 => check_char(&number),
        CHARS_2017 => check_char_2017(&number),
        _ => None,
    };
    let right = check.is_some() && number.bytes().last() == check && birth(&number).is_some();
    if right { Ok(number) } else { Err(VisitorFault::CardNumber) }
}

/// What the eighteenth character must be, if the others are digits.
fn check_char(number: &str) -> Option<u8> {
    let digits = number.as_bytes().get(..WEIGHTS.len())?;
    let sum = || digits.iter().zip(WEIGHTS).map(|(byte, it)| u32::from(byte - b'0') * it).sum();
    let sum: u32 = digits.iter().all(u8::is_ascii_digit).then(sum)?;
    CHECK_CHARS.get((sum % 11) as usize).copied()
}

/// What the fifteenth character must be, if the others are three letters and eleven digits.
fn check_char_2017(number: &str) -> Option<u8> {
    let (country, rest) = number.as_bytes().get(..CHARS_2017 - 1)?.split_at_checked(3)?;
    let shaped = country.iter().all(u8::is_ascii_uppercase) && rest.iter().all(u8::is_ascii_digit);
    let letters = country.iter().map(|letter| u32::from(letter - b'A') + 10);
    let digits = rest.iter().map(|digit| u32::from(digit - b'0'));
    let sum =
        || letters.chain(digits).zip(WEIGHTS_2017.iter().cycle()).map(|(it, by)| it * by).sum();
    let sum: u32 = shaped.then(sum)?;
    Some(b'0' + (sum % 10) as u8)
}

/// The birthday in a card number: digits 7 to 14, or in a number of 2017 characters 8 to 13 without the
/// century. Such numbers were given until 2023, so a later year is one of the century before.
pub(super) fn birth(number: &str) -> Option<Date> {
    let part = |from: usize, to: usize| number.get(from..to)?.parse::<i16>().ok();
    let (year, at) = match part(7, 9)? {
        _ if number.len() != CHARS_2017 => (part(6, 10)?, 10),
        year if year <= LAST_YEAR_2017 => (2000 + year, 9),
        year => (1900 + year, 9),
    };
    let (month, day) = (part(at, at + 2)?, part(at + 2, at + 4)?);
    Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// A mobile phone number: eleven digits, beginning with 13 to 19.
pub(super) fn phone_number(text: &str) -> Result<String, VisitorFault> {
    let number: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let digits = number.len() == 11 && number.bytes().all(|byte| byte.is_ascii_digit());
    if digits && number.starts_with('1') && number.as_bytes()[1] >= b'3' {
        return Ok(number);
    }
    Err(VisitorFault::PhoneNumber)
}

/// A name without the blanks cards pad it with.
pub(super) fn name(text: &str) -> Result<String, VisitorFault> {
    let name = text.trim();
    let sane = !name.is_empty()
        && name.chars().count() <= NAME_CHARS
        && !name.chars().any(char::is_control);
    if sane { Ok(name.to_owned()) } else { Err(VisitorFault::Name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples_are_accepted() {
        for number in [
            "11010519491231002X",
            "11010519491231002x",
            "440524188001010014",
            "810000199408230021",
            "830000199201300022",
            "911124198108030024",
        ] {
            assert!(card_number(number).is_ok(), "{number}");
        }
    }

    #[test]
    fn a_number_of_2017_is_accepted_with_its_birthday() {
        let number =
            card_number(" xxx000080050219").expect("a made-up number with a good check digit");
        assert_eq!(number, "XXX000080050219");
        assert_eq!(birth(&number), Date::new(1980, 5, 2).ok());
        // In the order: a wrong check digit, a day that never was, no letters, the old numbers of residents.
        for number in ["XXX000080050218", "XXX000080133219", "123000080050219", "110105491231002"] {
            assert_eq!(card_number(number), Err(VisitorFault::CardNumber), "{number}");
        }
    }

    #[test]
    fn wrong_digits_dates_and_lengths_are_refused() {
        for number in [
            "110105194912310021",
            "110105194913310022",
            "11010519491231002",
            "",
            "１１０１０５１９４９１２３１００２Ｘ",
            "11010519490230002X",
        ] {
            assert_eq!(card_number(number), Err(VisitorFault::CardNumber), "{number}");
        }
        for number in ["12012345678", "1301234567", "130123456789", "1301234567a"] {
            assert_eq!(phone_number(number), Err(VisitorFault::PhoneNumber), "{number}");
        }
        assert_eq!(phone_number("130 0000 0000").as_deref(), Ok("13000000000"));
        assert_eq!(name("  "), Err(VisitorFault::Name));
    }
}
