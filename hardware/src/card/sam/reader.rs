//! The driver of a reader with a security module: opens its line when somebody wants a card, and again
//! after it broke.

use std::io;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::time::sleep_until;

use super::command::{Command, Word, id_text};
use super::cycle::{Cycle, Heard, Step, Timing};
use super::link::Link;
use crate::card::{Card, CardFault, CardReader};
use crate::line::{self, Address};
use crate::{About, Answer};

/// Until a reader that could not be reached is tried again.
const REOPENING: Duration = Duration::from_secs(1);

/// A reader of identity cards. It is asked for cards only while somebody waits for one.
pub struct SamReader {
    address: Address,
    timing: Timing,
    state: tokio::sync::Mutex<State>,
    known: Mutex<Known>,
}

struct State {
    link: Option<Link>,
    cycle: Cycle,
    /// When the line was last found broken.
    broke: Option<Instant>,
}

/// What can be said without asking the reader.
struct Known {
    health: Result<(), CardFault>,
    module: Option<String>,
}

impl SamReader {
    /// The reader at an address. Nothing is opened yet.
    #[must_use]
    pub fn new(address: Address) -> Self {
        Self::with_timing(address, Timing::default())
    }

    /// The same with times of one's own.
    #[must_use]
    pub fn with_timing(address: Address, timing: Timing) -> Self {
        let state = State { link: None, cycle: Cycle::new(timing), broke: None };
        let known = Known { health: Err(CardFault::ReaderGone), module: None };
        Self { address, timing, state: tokio::sync::Mutex::new(state), known: Mutex::new(known) }
    }

    async fn wait_for_card(&self, state: &mut State) -> Result<Card, CardFault> {
        state.cycle.begin(Instant::now());
        if let Some(until) = state.broke.map(|broke| broke + REOPENING) {
            sleep_until(until.into()).await;
        }
        let outcome = match self.follow(state).await {
            Ok(outcome) => outcome,
            Err(fault) => Err(self.gone(&fault)),
        };
        if outcome == Err(CardFault::ReaderGone) {
            state.break_off();
            self.note(Err(CardFault::ReaderGone));
        }
        outcome
    }

    /// Does what the cycle says until it has a result.
    async fn follow(&self, state: &mut State) -> io::Result<Result<Card, CardFault>> {
        self.connect(state).await?;
        let State { link: Some(link), cycle, .. } = state else {
            return Err(io::ErrorKind::NotConnected.into());
        };
        loop {
            match cycle.step(Instant::now()) {
                Step::Rest(until) => sleep_until(until.into()).await,
                Step::Send(command) => link.send(command, &self.timing).await?,
                Step::Listen(until) => {
                    let heard = link.listen(until).await?;
                    if let Heard::Reply(_) = heard {
                        self.note(Ok(()));
                    }
                    if let Some(outcome) = cycle.heard(&heard, Instant::now()) {
                        return Ok(outcome);
                    }
                }
            }
        }
    }

    /// Opens the line, unless it is open, and asks which module is there.
    async fn connect(&self, state: &mut State) -> io::Result<()> {
        if state.link.as_ref().is_some_and(|link| !link.is_confused()) {
            return Ok(());
        }
        state.close();
        let mut link = Link::new(line::open(&self.address).await?);
        // Some modules do not say who they are, and work.
        if let Heard::Reply(id) = link.ask(Command::Id, &self.timing).await? {
            self.note(Ok(()));
            self.known().module = id_text(id.data());
        }
        state.link = Some(link);
        state.broke = None;
        Ok(())
    }

    /// Asks the reader how it is, unless it is busy with a card and has just said so.
    async fn ask_status(&self) -> Result<(), CardFault> {
        let Ok(mut state) = self.state.try_lock() else { return self.known().health };
        let now = Instant::now();
        let resting = state.broke.is_some_and(|broke| now < broke + REOPENING);
        if resting || state.cycle.is_awaiting(now) {
            return self.known().health;
        }
        let well = match self.is_well(&mut state).await {
            Ok(true) => Ok(()),
            Ok(false) => Err(CardFault::ReaderGone),
            Err(fault) => Err(self.gone(&fault)),
        };
        if well.is_err() {
            state.break_off();
        }
        self.note(well);
        well
    }

    async fn is_well(&self, state: &mut State) -> io::Result<bool> {
        self.connect(state).await?;
        let Some(link) = &mut state.link else { return Ok(false) };
        let answer = link.ask(Command::Status, &self.timing).await?;
        Ok(matches!(answer, Heard::Reply(reply) if reply.word() == Word::Done))
    }

    fn gone(&self, fault: &io::Error) -> CardFault {
        tracing::debug!(address = %self.address, %fault, "the card reader cannot be reached");
        CardFault::ReaderGone
    }

    fn note(&self, health: Result<(), CardFault>) {
        let before = std::mem::replace(&mut self.known().health, health);
        match (before, health) {
            (Ok(()), Err(_)) => tracing::warn!(address = %self.address, "the card reader is gone"),
            (Err(_), Ok(())) => tracing::info!(address = %self.address, "the card reader answers"),
            _ => {}
        }
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Known> {
        // What is known is whole at any time, also after a panic.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn close(&mut self) {
        self.link = None;
        self.cycle.forget();
    }

    /// The line broke: it is not opened again at once.
    fn break_off(&mut self) {
        self.close();
        self.broke = Some(Instant::now());
    }
}

impl CardReader for SamReader {
    fn read(&self) -> Answer<'_, Result<Card, CardFault>> {
        Box::pin(async {
            let mut state = self.state.lock().await;
            self.wait_for_card(&mut state).await
        })
    }

    fn status(&self) -> Answer<'_, Result<(), CardFault>> {
        Box::pin(self.ask_status())
    }

    fn about(&self) -> About {
        let module = self.known().module.clone();
        About {
            address: self.address.to_string(),
            model: module.is_some().then(|| "SAM".to_owned()),
            firmware: module,
        }
    }
}
