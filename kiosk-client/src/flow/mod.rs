//! The way of a visitor through the kiosk, as a pure state machine: an event goes in, effects come out.
//! It reads no clock, speaks to nobody and holds what a person said only until the ticket is taken or
//! they have gone.

mod acts;
mod basket;
mod event;
mod idle;
mod screen;
mod search;
#[cfg(test)]
mod tests;

use std::time::Instant;

use hardware::lamp::Light;
use hardware::printer::PrinterStatus;
use protocol::Language;
use protocol::kiosk::{Menu, TicketTaken, Visitor};

pub use basket::{Basket, find};
pub use event::{Act, Effect, Event, Order};
pub use idle::Patience;
pub use screen::{Help, Notice, Screen, Step, Trouble};
pub use search::{Hit, search};

use crate::hall::HallFault;

/// Menus that may fail to come before the kiosk says that the hall is away: one lost answer is nothing.
const MISSES_FORGIVEN: u32 = 1;

/// The whole kiosk.
#[derive(Debug)]
pub struct Flow {
    patience: Patience,
    /// Random for each start of the kiosk, so that its keys are no other's.
    nonce: String,
    attempts: u64,
    menu: Option<Menu>,
    misses: u32,
    away: Option<HallFault>,
    printer: PrinterStatus,
    /// Stays when a visit ends: whoever was called is on the way.
    help: Help,
    visit: Visit,
    revision: u64,
}

/// One person at the kiosk.
#[derive(Debug)]
struct Visit {
    language: Language,
    elder: bool,
    screen: Screen,
    basket: Basket,
    visitor: Option<Visitor>,
    /// An order that may or may not have reached the hall.
    unsettled: Option<Order>,
    notice: Option<Notice>,
    touched: Instant,
    warned: bool,
}

impl Visit {
    fn new(now: Instant) -> Self {
        Self {
            language: Language::default(),
            elder: false,
            screen: Screen::Welcome,
            basket: Basket::default(),
            visitor: None,
            unsettled: None,
            notice: None,
            touched: now,
            warned: false,
        }
    }
}

impl Flow {
    /// A kiosk with nobody at it that has not heard from the hall.
    #[must_use]
    pub fn new(patience: Patience, nonce: String, now: Instant) -> Self {
        Self {
            patience,
            nonce,
            attempts: 0,
            menu: None,
            misses: 0,
            away: None,
            printer: PrinterStatus::Ready,
            help: Help::None,
            visit: Visit::new(now),
            revision: 0,
        }
    }

    /// Takes one event and says what is to be done.
    pub fn step(&mut self, event: Event, now: Instant) -> Vec<Effect> {
        let before = self.visit.screen.clone();
        let changed = !matches!(event, Event::Tick);
        let mut effects = match event {
            Event::Act(act) => self.act(act, now),
            Event::Menu(menu) => self.menu_came(menu),
            Event::NoMenu(fault) => self.menu_failed(fault),
            Event::Taken { attempt, answer } => self.taken(attempt, *answer, now),
            Event::Printed(outcome) => self.printed(outcome.err(), now),
            Event::Printer(status) => {
                self.printer = status;
                Vec::new()
            }
            Event::CardRead(read) => self.card_read(read, now),
            Event::HelpAnswered(reached) => self.help_answered(reached),
            Event::Tick => self.tick(now),
        };
        self.watch_the_card_reader(&before, &mut effects);
        if changed || !effects.is_empty() || self.visit.screen != before {
            self.revision += 1;
        }
        effects
    }

    /// The reader is on exactly while its page is shown.
    fn watch_the_card_reader(&self, before: &Screen, effects: &mut Vec<Effect>) {
        let was = matches!(before, Screen::Card { .. });
        let is = matches!(self.visit.screen, Screen::Card { .. });
        if is && !was {
            effects.push(Effect::WaitForCard);
        } else if was && !is {
            effects.push(Effect::ForgetCard);
        }
    }

    fn menu_came(&mut self, menu: Menu) -> Vec<Effect> {
        self.misses = 0;
        let was_away = self.away.take().is_some();
        self.visit.basket.keep_only(&menu);
        if self.visit.screen == Screen::Confirm && self.visit.basket.is_empty() {
            self.visit.screen = Screen::Departments;
        }
        let first = self.menu.replace(menu).is_none();
        if first || was_away { vec![Effect::Show(Light::Steady)] } else { Vec::new() }
    }

    fn menu_failed(&mut self, fault: HallFault) -> Vec<Effect> {
        self.misses += 1;
        let forgiven = matches!(fault, HallFault::Away(_))
            && self.menu.is_some()
            && self.misses <= MISSES_FORGIVEN;
        if forgiven {
            return Vec::new();
        }
        let first = self.away.replace(fault).is_none();
        if first { vec![Effect::Show(Light::Off)] } else { Vec::new() }
    }

    /// Goes to whatever must be known before the ticket can be taken.
    fn next_step(&mut self) {
        let needed =
            self.menu.as_ref().map(|menu| self.visit.basket.identity(menu)).unwrap_or_default();
        self.visit.screen = match needed {
            _ if self.visit.basket.is_empty() => Screen::Departments,
            needed if identity_of(self.visit.visitor.as_ref()) >= needed => Screen::Confirm,
            protocol::Identity::Card => Screen::Card { fault: None },
            _ => Screen::Phone { digits: String::new(), wrong: false },
        };
    }

    fn taken(
        &mut self,
        attempt: u64,
        answer: Result<TicketTaken, HallFault>,
        now: Instant,
    ) -> Vec<Effect> {
        let order = match &self.visit.screen {
            Screen::Taking(order) if order.attempt == attempt => order.clone(),
            // An answer nobody waits for any more.
            _ => return Vec::new(),
        };
        self.visit.touched = now;
        match answer {
            Ok(taken) => {
                // Who it is has been said and is not needed again.
                self.visit.visitor = None;
                let taken = Box::new(taken);
                self.visit.screen = Screen::Printing(taken.clone());
                vec![Effect::Print(taken, self.visit.language)]
            }
            Err(fault) => {
                if matches!(fault, HallFault::Away(_)) {
                    self.visit.unsettled = Some(order.clone());
                }
                self.visit.screen = Screen::Trouble(Trouble::of(fault, order));
                Vec::new()
            }
        }
    }

    /// The ticket is valid whatever became of the slip.
    fn printed(
        &mut self,
        fault: Option<hardware::printer::PrinterFault>,
        now: Instant,
    ) -> Vec<Effect> {
        if let Screen::Printing(taken) = &self.visit.screen {
            self.visit.screen = Screen::Farewell { taken: taken.clone(), no_slip: fault };
            self.visit.touched = now;
        }
        Vec::new()
    }

    fn help_answered(&mut self, reached: bool) -> Vec<Effect> {
        if self.help == Help::Calling {
            self.help = if reached { Help::Coming } else { Help::Failed };
        }
        Vec::new()
    }
}

/// What the pages ask for.
impl Flow {
    /// Counts what has changed, so that a page knows when to look again.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The page that is shown.
    #[must_use]
    pub fn screen(&self) -> &Screen {
        &self.visit.screen
    }

    /// What there is to choose, as last heard.
    #[must_use]
    pub fn menu(&self) -> Option<&Menu> {
        self.menu.as_ref()
    }

    /// Why nothing can be chosen now, while that is so and the page needs it.
    #[must_use]
    pub fn out_of_service(&self) -> Option<&HallFault> {
        self.away.as_ref().filter(|_| self.menu.is_none() || self.visit.screen.needs_menu())
    }

    /// How the printer is.
    #[must_use]
    pub fn printer(&self) -> PrinterStatus {
        self.printer
    }

    /// The visitor's language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.visit.language
    }

    /// Whether everything is larger.
    #[must_use]
    pub fn elder(&self) -> bool {
        self.visit.elder
    }

    /// What was chosen.
    #[must_use]
    pub fn basket(&self) -> &Basket {
        &self.visit.basket
    }

    /// What is to be explained.
    #[must_use]
    pub fn notice(&self) -> Option<&Notice> {
        self.visit.notice.as_ref()
    }

    /// Where a call for help stands.
    #[must_use]
    pub fn help(&self) -> Help {
        self.help
    }

    /// How the visitor has made themselves known.
    #[must_use]
    pub fn identified(&self) -> protocol::Identity {
        identity_of(self.visit.visitor.as_ref())
    }
}

fn identity_of(visitor: Option<&Visitor>) -> protocol::Identity {
    match visitor {
        None => protocol::Identity::None,
        Some(Visitor::Phone { .. }) => protocol::Identity::Phone,
        Some(Visitor::Card { .. }) => protocol::Identity::Card,
    }
}
