//! The pages on which a visitor says who they are or what they have: phone, card, code.

use askama::Template;
use hardware::card::CardFault;

use super::screens::{Ask, Card, Phone, TypeCode};
use super::texts;
use super::view::View;
use crate::flow::Want;

/// The characters of an appointment's code, in the rows in which they are shown.
const CODE_KEYS: [&str; 4] = ["1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM-"];

impl View<'_> {
    pub(super) fn phone(self, digits: &str, wrong: bool) -> askama::Result<String> {
        let digits = digits.to_owned();
        let shown = grouped(&digits);
        Phone { page: self.page, words: self.words, frame: self.frame, digits, shown, wrong }
            .render()
    }

    pub(super) fn card(self, fault: Option<CardFault>) -> askama::Result<String> {
        let fault = fault.map(|fault| texts::card(fault, &self.words));
        Card { page: self.page, words: self.words, frame: self.frame, fault }.render()
    }

    pub(super) fn ask(self, want: Want, fault: Option<CardFault>) -> askama::Result<String> {
        let (title, hint) = match want {
            Want::Appointment => ("kiosk-ask-appointment", "kiosk-ask-appointment-hint"),
            Want::Ticket => ("kiosk-ask-ticket", "kiosk-ask-ticket-hint"),
        };
        Ask {
            title: self.words.get(title),
            hint: self.words.get(hint),
            fault: fault.map(|fault| texts::card(fault, &self.words)),
            may_type: want == Want::Appointment,
            page: self.page,
            words: self.words,
            frame: self.frame,
        }
        .render()
    }

    pub(super) fn type_code(self, code: &str, wrong: bool) -> askama::Result<String> {
        let (page, words, frame) = (self.page, self.words, self.frame);
        TypeCode { page, words, frame, code: code.to_owned(), wrong, keys: CODE_KEYS }.render()
    }
}

/// A phone number as people say it: 138 1234 5678.
fn grouped(digits: &str) -> String {
    let cut = |from: usize, to: usize| digits.get(from.min(digits.len())..to.min(digits.len()));
    [cut(0, 3), cut(3, 7), cut(7, 11)]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
