//! People who do not exist. Their cards name a district that no card has and their phones a prefix that
//! no person has, so nobody alive can be meant.

use jiff::civil::Date;
use protocol::kiosk::Visitor;

use super::dice::Dice;

/// Surnames on the first line, given names on the second.
const NAMES: &str = include_str!("names.txt");
/// No district of the province of Liaoning has this code.
const NO_DISTRICT: &str = "210199";
/// No network gives this prefix to people.
const NO_NETWORK: &str = "142";
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];

/// A visitor with a card, and their birthday.
pub(super) fn with_card(dice: &mut Dice, today: Date) -> (Visitor, Date) {
    let age = if dice.happens(0.2) { dice.between(60.0, 85.0) } else { dice.between(18.0, 60.0) };
    let year = today.year() - age as i16;
    // 28 days exist in every month.
    let (month, day) = (dice.between(1.0, 13.0) as i8, dice.between(1.0, 29.0) as i8);
    let birth = Date::new(year, month, day).unwrap_or(today);
    let serial = dice.between(1.0, 1000.0) as u32;
    let digits = format!(
        "{NO_DISTRICT}{:04}{:02}{:02}{serial:03}",
        birth.year(),
        birth.month(),
        birth.day()
    );
    let number = format!("{digits}{}", check_char(&digits));
    (Visitor::Card { name: name(dice), number }, birth)
}

/// A visitor with a phone.
pub(super) fn with_phone(dice: &mut Dice) -> Visitor {
    let rest = dice.between(0.0, 100_000_000.0) as u32;
    Visitor::Phone { number: format!("{NO_NETWORK}{rest:08}") }
}

/// Whole years from a birthday to a day.
pub(super) fn age(birth: Date, today: Date) -> u8 {
    let before_birthday = (today.month(), today.day()) < (birth.month(), birth.day());
    let years = today.year() - birth.year() - i16::from(before_birthday);
    u8::try_from(years.max(0)).unwrap_or(u8::MAX)
}

fn name(dice: &mut Dice) -> String {
    NAMES
        .lines()
        .filter_map(|line| {
            let names: Vec<&str> = line.split_whitespace().collect();
            dice.one_of(&names).copied()
        })
        .collect()
}

/// The check digit of GB 11643 for 17 digits.
fn check_char(digits: &str) -> char {
    let sum: u32 =
        digits.chars().zip(WEIGHTS).map(|(c, weight)| c.to_digit(10).unwrap_or(0) * weight).sum();
    CHECK_CHARS[(sum % 11) as usize]
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn check_digits_are_right() {
        assert_eq!(check_char("11010519491231002"), 'X');
        assert_eq!(check_char("44052418800101001"), '4');
    }

    #[test]
    fn cards_are_of_grown_people_with_names() {
        let mut dice = Dice::new(3);
        let today = date(2026, 11, 23);
        for _ in 0..500 {
            let (visitor, birth) = with_card(&mut dice, today);
            let Visitor::Card { name, number } = visitor else { panic!("a card") };
            assert!((2..=3).contains(&name.chars().count()), "{name}");
            assert_eq!((number.len(), &number[..6]), (18, NO_DISTRICT));
            assert!((17..=86).contains(&age(birth, today)), "{birth}");
        }
    }
}
