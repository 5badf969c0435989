//! How numbers are said, as names of clips: digit by digit, or as one number. Pure.

use hardware::speaker::Tongue;

/// Numbers above it are said digit by digit.
const HIGHEST: u32 = 999;
/// The clips that are not named after a number.
const HUNDRED: &str = "hundred";
const AND: &str = "and";

/// A row of digits as one number: a window's.
pub(super) fn cardinal(tongue: Tongue, digits: &str) -> Vec<String> {
    match digits.parse::<u32>() {
        Ok(number @ 0..=HIGHEST) => match tongue {
            Tongue::Mandarin => mandarin(number),
            Tongue::English => english(number),
        },
        _ => digits.chars().map(String::from).collect(),
    }
}

/// 17 is ten seven, 117 is one hundred one ten seven, 107 is one hundred zero seven, 200 is two hundred.
fn mandarin(number: u32) -> Vec<String> {
    let (hundreds, tens, ones) = (number / 100, number / 10 % 10, number % 10);
    let mut said = Vec::new();
    if hundreds > 0 {
        said.extend([hundreds, 100]);
    }
    match (hundreds, tens, ones) {
        (1.., 0, 1..) => said.push(0),
        (0, 1, _) => said.push(10),
        (_, 1.., _) => said.extend([tens, 10]),
        _ => {}
    }
    if ones > 0 || number == 0 {
        said.push(ones);
    }
    said.iter().map(u32::to_string).collect()
}

/// 17 is seventeen, 117 is one hundred and seventeen, 200 is two hundred.
fn english(number: u32) -> Vec<String> {
    let (hundreds, rest) = (number / 100, number % 100);
    let mut said = Vec::new();
    if hundreds > 0 {
        said.extend([hundreds.to_string(), HUNDRED.to_owned()]);
        if rest == 0 {
            return said;
        }
        said.push(AND.to_owned());
    }
    match (rest / 10, rest % 10) {
        (0 | 1, _) => said.push(rest.to_string()),
        (tens, 0) => said.push((tens * 10).to_string()),
        (tens, ones) => said.extend([(tens * 10).to_string(), ones.to_string()]),
    }
    said
}
