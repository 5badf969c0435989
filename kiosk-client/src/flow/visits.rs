//! What a visitor has already: live tickets and appointments, found by card or code; checking in, and
//! slips printed again. All of it needs the hall.

use std::time::Instant;

use protocol::kiosk::{Proof, TicketTaken, VisitsFound};
use protocol::{ServiceId, TicketId};

use super::Flow;
use super::basket::{Basket, find};
use super::code::{self, Code};
use super::errand::Errand;
use super::event::Effect;
use super::screen::{Notice, Screen, Want, Why};
use crate::hall::HallFault;

impl Flow {
    pub(super) fn ask_for(&mut self, want: Want) {
        if self.away.is_some() {
            self.visit.notice = Some(Notice::NeedsHall);
        } else if self.visit.screen == Screen::Welcome {
            self.visit.screen = Screen::Ask { want, fault: None };
        }
    }

    pub(super) fn type_code(&mut self) {
        if matches!(self.visit.screen, Screen::Ask { .. }) {
            self.visit.screen = Screen::TypeCode { code: String::new(), wrong: false };
        }
    }

    pub(super) fn code_done(&mut self, typed: Option<String>) -> Vec<Effect> {
        let Screen::TypeCode { code, wrong } = &mut self.visit.screen else {
            return Vec::new();
        };
        if let Some(typed) = typed {
            *code = code::characters(&typed);
        }
        match code::typed(code) {
            Some(code) => self.look_up(Proof::Appointment(code)),
            None => {
                *wrong = true;
                Vec::new()
            }
        }
    }

    /// A code was shown to the scanner, on whatever page.
    pub(super) fn scanned(&mut self, text: &str, now: Instant) -> Vec<Effect> {
        if self.visit.screen.is_busy() || !self.gives_numbers() {
            return Vec::new();
        }
        // Whoever shows a code to a kiosk that says farewell is the next one.
        let over = matches!(self.visit.screen, Screen::Farewell { .. } | Screen::Attract { .. });
        let mut effects = if over { self.leave(now) } else { Vec::new() };
        self.touch(now);
        self.visit.notice = None;
        match code::read(text) {
            Code::Ticket(token) => effects.extend(self.look_up_instead(Proof::Ticket(token))),
            Code::Appointment(code) => {
                effects.extend(self.look_up_instead(Proof::Appointment(code)));
            }
            Code::Form(service) if self.offers(&service) => self.choose(&service),
            Code::Form(_) | Code::Unknown => self.visit.notice = Some(Notice::UnknownCode),
        }
        effects
    }

    /// Whoever shows a ticket or an appointment has come for that, not for what was chosen before.
    fn look_up_instead(&mut self, by: Proof) -> Vec<Effect> {
        self.visit.basket = Basket::default();
        self.look_up(by)
    }

    fn offers(&self, service: &ServiceId) -> bool {
        self.menu.as_ref().is_some_and(|menu| find(menu, service).is_some())
    }

    /// Asks what a visitor has, while they wait.
    pub(super) fn look_up(&mut self, by: Proof) -> Vec<Effect> {
        if self.away.is_some() {
            self.visit.notice = Some(Notice::NeedsHall);
            return Vec::new();
        }
        let attempt = self.attempt();
        self.ask(Errand::Find { attempt, by })
    }

    /// Asks the same while they go on.
    pub(super) fn look_meanwhile(&mut self, by: Proof) -> Vec<Effect> {
        if self.away.is_some() {
            return Vec::new();
        }
        let attempt = self.attempt();
        self.visit.looking = Some(attempt);
        vec![Effect::Find { attempt, by, language: self.visit.language }]
    }

    pub(super) fn visits_came(
        &mut self,
        attempt: u64,
        answer: Result<VisitsFound, HallFault>,
        now: Instant,
    ) -> Vec<Effect> {
        if self.visit.looking == Some(attempt) {
            self.visit.looking = None;
            // No answer is no reason to stop: the hall says it again when the number is taken.
            if let Ok(found) = answer {
                self.found_meanwhile(found);
            }
            return Vec::new();
        }
        let Some(errand) = self.awaited(attempt, |it| matches!(it, Errand::Find { .. })) else {
            return Vec::new();
        };
        self.visit.touched = now;
        match answer {
            Ok(found) => {
                self.visit.screen = Screen::Found { found: Box::new(found), why: Why::Asked };
                Vec::new()
            }
            Err(fault) => self.fail(errand, fault),
        }
    }

    /// Says that a visitor who is about to take a number has one, or an appointment.
    fn found_meanwhile(&mut self, found: VisitsFound) {
        let has_any = !found.tickets.is_empty() || !found.appointments.is_empty();
        if has_any && self.visit.screen == Screen::Confirm {
            let same = found.tickets.iter().any(|ticket| self.is_for_chosen(ticket));
            let why = if same { Why::TakingSame } else { Why::TakingOther };
            self.visit.screen = Screen::Found { found: Box::new(found), why };
        }
    }

    /// Whether a ticket is for a service that is chosen now. Tickets carry names, which are unique in a hall.
    fn is_for_chosen(&self, ticket: &TicketTaken) -> bool {
        let chosen = self.visit.basket.services().iter();
        let mut names = chosen.filter_map(|id| Some(&find(self.menu.as_ref()?, id)?.1.name));
        names.any(|name| ticket.services.contains(name))
    }

    /// Goes on to a further number.
    pub(super) fn take_another(&mut self) {
        if matches!(self.visit.screen, Screen::Found { why: Why::TakingOther, .. }) {
            self.visit.screen = Screen::Confirm;
        }
    }

    pub(super) fn check_in(&mut self, place: usize) -> Vec<Effect> {
        let Screen::Found { found, .. } = &self.visit.screen else {
            return Vec::new();
        };
        let Some(appointment) = found.appointments.get(place) else {
            return Vec::new();
        };
        let code = appointment.code.clone();
        let attempt = self.attempt();
        let key = self.key_of(attempt);
        self.ask(Errand::CheckIn { attempt, key, code })
    }

    pub(super) fn reprint(&mut self, ticket: TicketId) -> Vec<Effect> {
        let Screen::Found { found, .. } = &self.visit.screen else {
            return Vec::new();
        };
        if !found.tickets.iter().any(|known| known.ticket == ticket) {
            return Vec::new();
        }
        let attempt = self.attempt();
        self.ask(Errand::Reprint { attempt, ticket })
    }
}
