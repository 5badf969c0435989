//! From "take my number" to the slip: orders, their answers, and what the printer says.

use std::time::Instant;

use hardware::printer::Outcome;
use protocol::kiosk::{TakeTicket, TicketTaken, Visitor};
use protocol::{Identity, Language};

use super::Flow;
use super::errand::Errand;
use super::event::{Copy, Effect, Order};
use super::screen::{Screen, Slip, Trouble};
use super::visit::Visit;
use crate::hall::HallFault;

impl Flow {
    pub(super) fn take(&mut self) -> Vec<Effect> {
        if self.visit.screen != Screen::Confirm || self.visit.basket.is_empty() {
            return Vec::new();
        }
        let mut effects = Vec::new();
        let order = match self.visit.unsettled.take() {
            // The hall may have heard it, so it must go out under its own key again.
            Some(order) if self.asks_the_same(&order) => order,
            other => {
                effects.extend(other.map(|order| Effect::GiveUp(order.key)));
                self.new_order()
            }
        };
        effects.extend(self.ask(Errand::Take(order)));
        effects
    }

    fn new_order(&mut self) -> Order {
        let attempt = self.attempt();
        Order {
            attempt,
            key: self.key_of(attempt),
            take: TakeTicket {
                services: self.visit.basket.services().to_vec(),
                visitor: self.needed_visitor(),
                language: self.visit.language,
                ..TakeTicket::default()
            },
        }
    }

    fn asks_the_same(&self, order: &Order) -> bool {
        order.take.services == self.visit.basket.services()
            && order.take.visitor == self.needed_visitor()
    }

    /// Who it is, only if a service asks for it.
    fn needed_visitor(&self) -> Option<Visitor> {
        let needed = self.menu.as_ref().map(|menu| self.visit.basket.identity(menu))?;
        self.visit.visitor.clone().filter(|_| needed > Identity::None)
    }

    /// Asks the hall and shows that it is being asked.
    pub(super) fn ask(&mut self, errand: Errand) -> Vec<Effect> {
        let effect = errand.effect(self.visit.language);
        self.visit.screen = Screen::Asking(errand);
        vec![effect]
    }

    /// Asks the same again, under the same key: if the hall had heard it, it gives the first answer.
    pub(super) fn retry(&mut self) -> Vec<Effect> {
        match &self.visit.screen {
            Screen::Trouble(trouble) if trouble.may_retry() => {
                let errand = trouble.errand.clone();
                self.ask(errand)
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn taken(
        &mut self,
        attempt: u64,
        answer: Result<TicketTaken, HallFault>,
        now: Instant,
    ) -> Vec<Effect> {
        let is_ours = |it: &Errand| matches!(it, Errand::Take(_) | Errand::CheckIn { .. });
        let Some(errand) = self.awaited(attempt, is_ours) else {
            return Vec::new();
        };
        self.visit.touched = now;
        match answer {
            Ok(taken) => self.print(taken, Copy::First),
            Err(fault) => self.fail(errand, fault),
        }
    }

    pub(super) fn reprinted(
        &mut self,
        attempt: u64,
        answer: Result<TicketTaken, HallFault>,
        now: Instant,
    ) -> Vec<Effect> {
        let is_ours = |it: &Errand| matches!(it, Errand::Reprint { .. });
        let Some(errand) = self.awaited(attempt, is_ours) else {
            return Vec::new();
        };
        self.visit.touched = now;
        match answer {
            Ok(taken) => self.print(taken, Copy::Again),
            Err(fault) => self.fail(errand, fault),
        }
    }

    /// The errand an answer is for; `None` if nobody waits for it any more.
    pub(super) fn awaited(
        &self,
        attempt: u64,
        is_ours: impl Fn(&Errand) -> bool,
    ) -> Option<Errand> {
        match &self.visit.screen {
            Screen::Asking(errand) if errand.attempt() == attempt && is_ours(errand) => {
                Some(errand.clone())
            }
            _ => None,
        }
    }

    fn print(&mut self, taken: TicketTaken, copy: Copy) -> Vec<Effect> {
        // Who it is has been said and is not needed again.
        self.visit.visitor = None;
        let taken = Box::new(taken);
        self.visit.screen = Screen::Printing(taken.clone(), copy);
        vec![Effect::Print(taken, self.visit.language, copy)]
    }

    /// Shows why the hall did not do it. An order that may have been heard is remembered.
    pub(super) fn fail(&mut self, errand: Errand, fault: HallFault) -> Vec<Effect> {
        let answered = matches!(fault, HallFault::Refused(_) | HallFault::NotAdmitted);
        if let Errand::Take(order) = &errand
            && !answered
        {
            self.visit.unsettled = Some(order.clone());
        }
        self.visit.screen = Screen::Trouble(Trouble { errand, fault });
        Vec::new()
    }

    /// The ticket is valid whatever became of the slip.
    pub(super) fn printed(&mut self, outcome: Outcome, now: Instant) {
        if let Screen::Printing(taken, copy) = &self.visit.screen {
            let (taken, copy) = (taken.clone(), *copy);
            self.visit.screen = Screen::Farewell { taken, slip: outcome.into(), copy };
            self.visit.touched = now;
        }
    }

    /// Shows a number whose slip was not done when the kiosk stopped, unless somebody else has come meanwhile.
    pub(super) fn interrupted(
        &mut self,
        taken: Box<TicketTaken>,
        begun: bool,
        language: Language,
        now: Instant,
    ) {
        if self.visit.screen.is_idle() {
            let slip = Slip::Interrupted { begun };
            let screen = Screen::Farewell { taken, slip, copy: Copy::First };
            self.visit = Visit { language, screen, ..Visit::new(now) };
        }
    }
}
