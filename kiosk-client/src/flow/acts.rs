//! What a person's touch does.

use std::time::Instant;

use hardware::card::{Card, CardFault, identity};
use hardware::lamp::Light;
use protocol::kiosk::{TakeTicket, Visitor};
use protocol::{Identity, Language, ServiceId};

use super::event::{Act, Effect, Order};
use super::screen::{Help, Screen, Trouble};
use super::{Flow, Visit, find};

/// A mobile phone number of mainland China.
const PHONE_DIGITS: usize = 11;
/// Letters of a question, at most.
const LONGEST_QUERY: usize = 20;

impl Flow {
    pub(super) fn act(&mut self, act: Act, now: Instant) -> Vec<Effect> {
        self.touch(now);
        if self.visit.screen.is_busy() && !matches!(act, Act::Language(_) | Act::Elder(_)) {
            return Vec::new();
        }
        if act != Act::Stay {
            self.visit.notice = None;
        }
        match act {
            // Every other act has put the message away already.
            Act::Stay | Act::Dismiss => {}
            Act::Language(language) => self.visit.language = language,
            Act::Elder(elder) => self.visit.elder = elder,
            Act::Help => return self.call_help(),
            Act::HelpDone => return self.help_done(),
            Act::End => return self.leave(now),
            Act::Begin { language, elder } => self.begin(language, elder),
            Act::Home => self.home(),
            Act::Back => return self.back(now),
            Act::Take => return self.take(),
            Act::Retry => return self.retry(),
            choice => self.choose(choice),
        }
        Vec::new()
    }

    /// The acts that choose and type; they only change what is shown.
    fn choose(&mut self, act: Act) {
        match act {
            Act::Department(id) => {
                let known =
                    self.menu.iter().flat_map(|menu| &menu.departments).any(|it| it.id == id);
                if known {
                    self.visit.screen = Screen::Services(id);
                }
            }
            Act::Search => self.visit.screen = Screen::Search { query: String::new() },
            Act::Query(text) => self.set_query(&text),
            Act::Letter(letter) => self.add_letter(letter),
            Act::Erase => self.erase(),
            Act::Service(id) => self.choose_service(&id),
            Act::Remove(id) => {
                self.visit.basket.remove(&id);
                self.next_step();
            }
            Act::Add => self.visit.screen = Screen::Departments,
            Act::Digit(digit) => self.add_digit(digit),
            Act::Phone(typed) => self.phone_done(typed),
            Act::UseCard => {
                if matches!(self.visit.screen, Screen::Phone { .. }) {
                    self.visit.screen = Screen::Card { fault: None };
                }
            }
            _ => {}
        }
    }

    fn begin(&mut self, language: Option<Language>, elder: bool) {
        if self.visit.screen == Screen::Welcome {
            self.visit.screen = Screen::Departments;
            self.visit.elder |= elder;
            self.visit.language = language.unwrap_or(self.visit.language);
        }
    }

    fn home(&mut self) {
        self.visit.basket = Default::default();
        self.visit.visitor = None;
        self.visit.screen = Screen::Departments;
    }

    /// The visit is over. A call for help that reached nobody ends with it, one that did goes on.
    pub(super) fn leave(&mut self, now: Instant) -> Vec<Effect> {
        self.visit = Visit::new(now);
        if self.help != Help::Failed {
            return Vec::new();
        }
        self.help = Help::None;
        vec![Effect::Show(Light::Steady)]
    }

    fn back(&mut self, now: Instant) -> Vec<Effect> {
        match &self.visit.screen {
            Screen::Welcome | Screen::Farewell { .. } => return self.leave(now),
            Screen::Departments if self.visit.basket.is_empty() => return self.leave(now),
            Screen::Departments => self.next_step(),
            Screen::Services(_) | Screen::Search { .. } => self.visit.screen = Screen::Departments,
            Screen::Trouble(_) => self.next_step(),
            // One step back from here is to take the last choice back.
            Screen::Phone { .. } | Screen::Card { .. } | Screen::Confirm => self.undo_choice(),
            Screen::Taking(_) | Screen::Printing(_) => {}
        }
        Vec::new()
    }

    fn undo_choice(&mut self) {
        let last = self.visit.basket.pop();
        let department = last.and_then(|id| Some(find(self.menu.as_ref()?, &id)?.0.id.clone()));
        self.visit.screen = department.map_or(Screen::Departments, Screen::Services);
    }

    fn choose_service(&mut self, id: &ServiceId) {
        let choosing = matches!(self.visit.screen.step(), Some(super::Step::Choose));
        let Some(menu) = self.menu.as_ref().filter(|_| choosing) else {
            return;
        };
        match self.visit.basket.add(menu, id) {
            Ok(()) => self.next_step(),
            Err(notice) => self.visit.notice = Some(notice),
        }
    }

    fn set_query(&mut self, text: &str) {
        if let Screen::Search { query } = &mut self.visit.screen {
            *query = text.chars().filter(|it| !it.is_control()).take(LONGEST_QUERY).collect();
        }
    }

    fn add_letter(&mut self, letter: char) {
        if let Screen::Search { query } = &mut self.visit.screen
            && letter.is_alphanumeric()
            && query.chars().count() < LONGEST_QUERY
        {
            query.push(letter);
        }
    }

    fn add_digit(&mut self, digit: char) {
        if let Screen::Phone { digits, wrong } = &mut self.visit.screen
            && digit.is_ascii_digit()
            && digits.len() < PHONE_DIGITS
        {
            digits.push(digit);
            *wrong = false;
        }
    }

    fn erase(&mut self) {
        match &mut self.visit.screen {
            Screen::Search { query } => {
                query.pop();
            }
            Screen::Phone { digits, wrong } => {
                digits.pop();
                *wrong = false;
            }
            _ => {}
        }
    }

    fn phone_done(&mut self, typed: Option<String>) {
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

    pub(super) fn card_read(&mut self, read: Result<Card, CardFault>, now: Instant) -> Vec<Effect> {
        if !matches!(self.visit.screen, Screen::Card { .. }) {
            return Vec::new();
        }
        self.touch(now);
        let valid = read.and_then(|card| match identity::birth_of(&card.number) {
            Ok(_) => Ok(card),
            Err(_) => Err(CardFault::Invalid),
        });
        match valid {
            Ok(card) => {
                let (name, number) = (card.name.clone(), card.number.clone());
                self.visit.visitor = Some(Visitor::Card { name, number });
                self.next_step();
                Vec::new()
            }
            Err(fault) => {
                self.visit.screen = Screen::Card { fault: Some(fault) };
                vec![Effect::WaitForCard]
            }
        }
    }

    fn take(&mut self) -> Vec<Effect> {
        if self.visit.screen != Screen::Confirm || self.visit.basket.is_empty() {
            return Vec::new();
        }
        let order = self.unsettled_order().unwrap_or_else(|| self.new_order());
        self.visit.screen = Screen::Taking(order.clone());
        vec![Effect::Take(order)]
    }

    fn new_order(&mut self) -> Order {
        self.attempts += 1;
        Order {
            attempt: self.attempts,
            key: format!("{}-{}", self.nonce, self.attempts),
            take: TakeTicket {
                services: self.visit.basket.services().to_vec(),
                visitor: self.needed_visitor(),
                language: self.visit.language,
                ..TakeTicket::default()
            },
        }
    }

    /// An order for the same that was sent and never answered: the hall may have heard it, so it must go
    /// out under its own key again.
    fn unsettled_order(&mut self) -> Option<Order> {
        let visitor = self.needed_visitor();
        let order = self.visit.unsettled.take()?;
        let same =
            order.take.services == self.visit.basket.services() && order.take.visitor == visitor;
        same.then_some(order)
    }

    /// Who it is, only if a service asks for it.
    fn needed_visitor(&self) -> Option<Visitor> {
        let needed = self.menu.as_ref().map(|menu| self.visit.basket.identity(menu))?;
        self.visit.visitor.clone().filter(|_| needed > Identity::None)
    }

    /// Sends the same order under the same key: if the hall had heard it, it gives the first answer.
    fn retry(&mut self) -> Vec<Effect> {
        let Screen::Trouble(Trouble::Away(_, order)) = &self.visit.screen else {
            return Vec::new();
        };
        let order = order.clone();
        self.visit.screen = Screen::Taking(order.clone());
        vec![Effect::Take(order)]
    }

    fn call_help(&mut self) -> Vec<Effect> {
        if self.help == Help::Calling {
            return Vec::new();
        }
        self.help = Help::Calling;
        vec![Effect::CallHelp, Effect::Show(Light::Blinking)]
    }

    /// Whoever was called need not come any more.
    fn help_done(&mut self) -> Vec<Effect> {
        match std::mem::take(&mut self.help) {
            Help::None => Vec::new(),
            _ => vec![Effect::CancelHelp, Effect::Show(Light::Steady)],
        }
    }
}

fn is_phone(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    bytes.len() == PHONE_DIGITS && bytes[0] == b'1' && (b'3'..=b'9').contains(&bytes[1])
}
