//! What is typed, on the screen's keys or on a keyboard. Nothing typed is longer than it can be right.

use super::Flow;
use super::code;
use super::screen::Screen;

/// Letters of a question, at most.
const LONGEST_QUERY: usize = 20;

/// A mobile phone number of mainland China.
pub(super) const PHONE_DIGITS: usize = 11;

impl Flow {
    /// Replaces what was typed so far.
    pub(super) fn set_query(&mut self, text: &str) {
        match &mut self.visit.screen {
            Screen::Search { query } => {
                *query = text.chars().filter(|it| !it.is_control()).take(LONGEST_QUERY).collect();
            }
            Screen::TypeCode { code, wrong } => {
                *code = code::characters(text);
                *wrong = false;
            }
            _ => {}
        }
    }

    pub(super) fn add_letter(&mut self, letter: char) {
        match &mut self.visit.screen {
            Screen::Search { query }
                if letter.is_alphanumeric() && query.chars().count() < LONGEST_QUERY =>
            {
                query.push(letter);
            }
            Screen::TypeCode { code, wrong }
                if code::is_typed(letter) && code.len() < code::LONGEST_TYPED =>
            {
                code.push(letter);
                *wrong = false;
            }
            _ => {}
        }
    }

    pub(super) fn add_digit(&mut self, digit: char) {
        if let Screen::Phone { digits, wrong } = &mut self.visit.screen
            && digit.is_ascii_digit()
            && digits.len() < PHONE_DIGITS
        {
            digits.push(digit);
            *wrong = false;
        }
    }

    pub(super) fn erase(&mut self) {
        match &mut self.visit.screen {
            Screen::Search { query } => {
                query.pop();
            }
            Screen::Phone { digits: typed, wrong } | Screen::TypeCode { code: typed, wrong } => {
                typed.pop();
                *wrong = false;
            }
            _ => {}
        }
    }
}
