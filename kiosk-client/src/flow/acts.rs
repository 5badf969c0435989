//! What a person's touch does, and the ways through the pages: in, back and out.

use std::time::Instant;

use protocol::Language;

use super::Flow;
use super::act::Act;
use super::event::Effect;
use super::screen::{Help, Screen, Want, Why};
use super::visit::Visit;

impl Flow {
    pub(super) fn act(&mut self, act: Act, now: Instant) -> Vec<Effect> {
        self.touch(now);
        self.wake();
        let is_about_look = matches!(act, Act::Language(_) | Act::Elder(_) | Act::Voice(_));
        let is_about_help = matches!(act, Act::Help | Act::HelpDone);
        if self.visit.screen.is_busy() && !is_about_look && !is_about_help {
            return Vec::new();
        }
        if act != Act::Stay {
            self.visit.notice = None;
        }
        match act {
            Act::Help => self.call_help(),
            Act::HelpDone => self.help_done(),
            Act::End => self.leave(now),
            Act::Back => self.back(now),
            Act::Take => self.take(),
            Act::Retry => self.retry(),
            Act::CheckIn(place) => self.check_in(place),
            Act::Reprint(ticket) => self.reprint(ticket),
            Act::Code(typed) => self.code_done(typed),
            act => {
                self.act_on_screen(act);
                Vec::new()
            }
        }
    }

    /// The acts that choose and type; they only change what is shown.
    fn act_on_screen(&mut self, act: Act) {
        match act {
            Act::Language(language) => self.visit.language = language,
            Act::Elder(elder) => self.visit.elder = elder,
            Act::Voice(on) => self.visit.voice = Some(on),
            Act::Begin { language, elder } => self.begin(language, elder),
            Act::Ask(want) => self.ask_for(want),
            Act::TypeCode => self.type_code(),
            Act::Another => self.take_another(),
            Act::Home => self.home(),
            Act::Department(id) => self.open_department(id),
            Act::Search => self.open_search(),
            Act::Query(text) => self.set_query(&text),
            Act::Letter(letter) => self.add_letter(letter),
            Act::Erase => self.erase(),
            Act::Service(id) => self.choose_service(&id),
            Act::Remove(id) => self.remove_service(&id),
            Act::Add => self.add_another(),
            Act::Digit(digit) => self.add_digit(digit),
            Act::Phone(typed) => self.phone_done(typed),
            Act::UseCard => self.use_card(),
            // Any touch wakes the screen and puts a message away; the others were done before.
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
        if self.visit.screen.is_idle() {
            return;
        }
        self.visit.basket = Default::default();
        self.visit.visitor = None;
        self.visit.screen = Screen::Departments;
    }

    /// The visit is over. A call for help that reached nobody ends with it, one that did goes on; an order
    /// without an answer is given up.
    pub(super) fn leave(&mut self, now: Instant) -> Vec<Effect> {
        let left = std::mem::replace(&mut self.visit, Visit::new(now));
        if self.help == Help::Failed {
            self.help = Help::None;
        }
        left.unsettled.map(|order| Effect::GiveUp(order.key)).into_iter().collect()
    }

    fn back(&mut self, now: Instant) -> Vec<Effect> {
        let chose_nothing = self.visit.basket.is_empty();
        match &self.visit.screen {
            Screen::Services(_) | Screen::Search { .. } => self.visit.screen = Screen::Departments,
            Screen::TypeCode { .. } => {
                self.visit.screen = Screen::Ask { want: Want::Appointment, fault: None };
            }
            // One step back from here is to take the last choice back.
            Screen::Phone { .. } | Screen::Card { .. } | Screen::Confirm => self.undo_choice(),
            Screen::Found { why: Why::TakingSame | Why::TakingOther, .. } => self.undo_choice(),
            Screen::Departments | Screen::Found { .. } | Screen::Trouble(_) if !chose_nothing => {
                self.next_step();
            }
            _ => return self.leave(now),
        }
        Vec::new()
    }
}
