//! The way of a visitor through the kiosk, as a pure state machine: an event goes in, effects come out.
//! It reads no clock, speaks to nobody and holds what a person said only until the ticket is taken or
//! they have gone.

mod act;
mod acts;
mod attract;
mod basket;
mod choose;
mod code;
mod errand;
mod event;
mod help;
mod identify;
mod idle;
mod order;
mod reach;
mod screen;
mod search;
mod settings;
mod status;
#[cfg(test)]
mod tests;
mod typing;
mod visit;
mod visits;
mod voice;

use std::collections::BTreeMap;
use std::time::Instant;

use hardware::lamp::Light;
use hardware::printer::PrinterStatus;
use protocol::kiosk::Menu;
use protocol::{Language, SeriesId};

pub use act::Act;
pub use basket::{Basket, find};
pub use errand::Errand;
pub use event::{Copy, Effect, Event, Order};
pub use screen::{Help, Notice, Screen, Slip, Step, Trouble, Want, Why};
pub use search::{Hit, search};
pub use settings::{Patience, Settings};

use crate::hall::HallFault;
use visit::Visit;

/// The whole kiosk.
#[derive(Debug)]
pub struct Flow {
    settings: Settings,
    /// Random for each start of the kiosk, so that its keys are no other's.
    nonce: String,
    attempts: u64,
    menu: Option<Menu>,
    misses: u32,
    away: Option<HallFault>,
    /// Leased numbers that are left, by series.
    leases: BTreeMap<SeriesId, u32>,
    /// Whether there ever were any.
    had_leases: bool,
    printer: PrinterStatus,
    pictures: Vec<String>,
    /// Stays when a visit ends: whoever was called is on the way.
    help: Help,
    visit: Visit,
    /// What the lamp was last told.
    light: Light,
    /// What was last said aloud.
    said: Option<(&'static str, Language)>,
    revision: u64,
}

impl Flow {
    /// A kiosk with nobody at it that has not heard from the hall.
    #[must_use]
    pub fn new(settings: Settings, nonce: String, now: Instant) -> Self {
        Self {
            settings,
            nonce,
            attempts: 0,
            menu: None,
            misses: 0,
            away: None,
            leases: BTreeMap::new(),
            had_leases: false,
            printer: PrinterStatus::Ready,
            pictures: Vec::new(),
            help: Help::None,
            visit: Visit::new(now),
            light: Light::Off,
            said: None,
            revision: 0,
        }
    }

    /// Takes one event and says what is to be done.
    pub fn step(&mut self, event: Event, now: Instant) -> Vec<Effect> {
        let before = self.visit.screen.clone();
        let changes = self.is_news(&event);
        let mut effects = self.happen(event, now);
        self.switch_card_reader(&before, &mut effects);
        self.switch_light(&mut effects);
        self.speak(&mut effects);
        if changes || !effects.is_empty() || self.visit.screen != before {
            self.revision += 1;
        }
        effects
    }

    fn happen(&mut self, event: Event, now: Instant) -> Vec<Effect> {
        match event {
            Event::Act(act) => return self.act(act, now),
            Event::Taken { attempt, answer } => return self.taken(attempt, *answer, now),
            Event::Visits { attempt, answer } => return self.visits_came(attempt, *answer, now),
            Event::Reprinted { attempt, answer } => return self.reprinted(attempt, *answer, now),
            Event::CardRead(read) => return self.card_read(read, now),
            Event::Scanned(text) => return self.scanned(&text, now),
            Event::Tick => return self.tick(now),
            Event::Menu(menu) => self.menu_came(menu),
            Event::NoMenu(fault) => self.menu_failed(fault),
            Event::Leases(left) => self.leases_are(left),
            Event::Printed(outcome) => self.printed(outcome, now),
            Event::Interrupted { taken, begun, language } => {
                self.interrupted(taken, begun, language, now);
            }
            Event::Printer(status) => self.printer = status,
            Event::HelpAnswered(reached) => self.help_answered(reached),
            Event::HelpCleared => self.help = Help::None,
            Event::Pictures(names) => self.pictures = names,
        }
        Vec::new()
    }

    /// Whether a page may look different afterwards. Time and repeated words are no news by themselves.
    fn is_news(&self, event: &Event) -> bool {
        match event {
            Event::Tick => false,
            Event::Leases(left) => *left != self.leases,
            Event::Printer(status) => *status != self.printer,
            Event::Pictures(names) => *names != self.pictures,
            Event::HelpCleared => self.help != Help::None,
            _ => true,
        }
    }

    /// The reader is on exactly while a card is wanted.
    fn switch_card_reader(&self, before: &Screen, effects: &mut Vec<Effect>) {
        match (before.wants_card(), self.visit.screen.wants_card()) {
            (false, true) => effects.push(Effect::WaitForCard),
            (true, false) => effects.push(Effect::ForgetCard),
            _ => {}
        }
    }

    /// The lamp blinks for help, shines while numbers are given, and is dark otherwise.
    fn switch_light(&mut self, effects: &mut Vec<Effect>) {
        let light = match self.help {
            Help::Calling | Help::Coming | Help::Failed => Light::Blinking,
            Help::None if self.gives_numbers() => Light::Steady,
            Help::None => Light::Off,
        };
        if std::mem::replace(&mut self.light, light) != light {
            effects.push(Effect::Show(light));
        }
    }

    /// The next attempt at something the hall is asked.
    fn attempt(&mut self) -> u64 {
        self.attempts += 1;
        self.attempts
    }

    /// A key under which the hall knows an attempt.
    fn key_of(&self, attempt: u64) -> String {
        format!("{}-{attempt}", self.nonce)
    }
}
