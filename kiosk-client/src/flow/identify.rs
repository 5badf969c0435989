//! Who it is: a phone number that was typed, a card that was read. What the visitor has already is asked
//! at once, so that they hear of it before they confirm.

use std::time::Instant;

use hardware::card::{Card, CardFault, identity};
use protocol::kiosk::{Proof, Visitor};

use super::Flow;
use super::event::Effect;
use super::screen::Screen;
use super::typing::PHONE_DIGITS;

impl Flow {
    pub(super) fn phone_done(&mut self, typed: Option<String>) {
        let Screen::Phone { digits, wrong } = &mut self.visit.screen else {
            return;
        };
        if let Some(typed) = typed {
            *digits = typed.chars().filter(char::is_ascii_digit).take(PHONE_DIGITS).collect();
        }
        *wrong = !is_phone(digits);
        if !*wrong {
            self.visit.visitor = Some(Visitor::Phone { number: digits.clone() });
            self.next_step();
        }
    }

    pub(super) fn use_card(&mut self) {
        if matches!(self.visit.screen, Screen::Phone { .. }) {
            self.visit.screen = Screen::Card { fault: None };
        }
    }

    pub(super) fn card_read(&mut self, read: Result<Card, CardFault>, now: Instant) -> Vec<Effect> {
        if !self.visit.screen.wants_card() {
            return Vec::new();
        }
        self.touch(now);
        let valid = read.and_then(|card| match identity::check(card.kind, &card.number) {
            Ok(_) => Ok(card),
            Err(_) => Err(CardFault::Invalid),
        });
        match valid {
            Ok(card) => {
                self.card_is(Visitor::Card { name: card.name.clone(), number: card.number.clone() })
            }
            Err(fault) => self.card_failed(fault),
        }
    }

    fn card_is(&mut self, visitor: Visitor) -> Vec<Effect> {
        if matches!(self.visit.screen, Screen::Ask { .. }) {
            return self.look_up(Proof::Visitor(visitor));
        }
        self.visit.visitor = Some(visitor.clone());
        self.next_step();
        self.look_meanwhile(Proof::Visitor(visitor))
    }

    /// Says what is wrong and waits for another card.
    fn card_failed(&mut self, failed: CardFault) -> Vec<Effect> {
        if let Screen::Card { fault } | Screen::Ask { fault, .. } = &mut self.visit.screen {
            *fault = Some(failed);
        }
        vec![Effect::WaitForCard]
    }
}

fn is_phone(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    bytes.len() == PHONE_DIGITS && bytes[0] == b'1' && (b'3'..=b'9').contains(&bytes[1])
}
