//! How the display is: what its outputs said last, how many pages are open, since when it runs. Also turns
//! what outputs gave out into acknowledgements.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use protocol::Timestamp;
use protocol::live::{ClientMessage, Output};
use protocol::wall::{DisplayReport, OutputReport};
use tokio::sync::{mpsc, watch};

use crate::outputs::{Clock, Told};
use crate::relay::Relay;
use crate::shared::told_to_stop;

/// What is said of this display to the hall.
pub(crate) struct Health {
    relay: Arc<Relay>,
    clock: Clock,
    began: Instant,
    restarted: Option<u64>,
    said: Mutex<Said>,
    changes: watch::Sender<()>,
}

#[derive(Default)]
struct Said {
    /// The last word of each output.
    outputs: BTreeMap<(Output, String), OutputReport>,
    /// Since when it runs; settled once the hall's time is known, so that it never moves.
    started_at: Option<Timestamp>,
}

impl Health {
    /// The health of a display that has just begun, the last order to restart it has followed with it.
    pub(crate) fn new(relay: Arc<Relay>, restarted: Option<u64>) -> Arc<Self> {
        let clock = relay.clock();
        let (began, said, changes) = (Instant::now(), Mutex::default(), watch::Sender::new(()));
        Arc::new(Self { relay, clock, began, restarted, said, changes })
    }

    fn said(&self) -> MutexGuard<'_, Said> {
        // Each entry is whole, whoever panicked beside it.
        self.said.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wakes when the hall should hear a new report.
    pub(crate) fn changes(&self) -> watch::Receiver<()> {
        self.changes.subscribe()
    }

    /// How the display is now. To be asked while the hall is there, whose time it tells.
    pub(crate) fn report(&self) -> DisplayReport {
        let mut said = self.said();
        let uptime = i64::try_from(self.began.elapsed().as_millis()).unwrap_or(i64::MAX);
        let began = || Timestamp(self.clock.now().0.saturating_sub(uptime));
        DisplayReport {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            started_at: *said.started_at.get_or_insert_with(began),
            pages: *self.relay.pages().borrow(),
            outputs: said.outputs.values().cloned().collect(),
            restarted: self.restarted,
        }
    }

    /// Takes in what outputs tell until the display stops.
    pub(crate) async fn listen(
        self: Arc<Self>,
        mut told: mpsc::Receiver<Told>,
        mut stop: watch::Receiver<bool>,
    ) {
        let mut pages = self.relay.pages();
        loop {
            tokio::select! {
                Some(told) = told.recv() => self.hear(told),
                Ok(()) = pages.changed() => self.changes.send_modify(|()| {}),
                () = told_to_stop(&mut stop) => return,
            }
        }
    }

    fn hear(&self, told: Told) {
        match told {
            Told::GivenOut { announcement, output, at } => {
                self.relay.upward(ClientMessage::Acknowledge { announcement, output, at });
            }
            Told::Report(report) => {
                if self.keep(report) {
                    self.changes.send_modify(|()| {});
                }
            }
        }
    }

    /// Keeps an output's word; whether it is a new one.
    fn keep(&self, report: OutputReport) -> bool {
        let key = (report.output, report.name.clone());
        let mut said = self.said();
        let before = said.outputs.get(&key);
        if before == Some(&report) {
            return false;
        }
        if before.map(|it| &it.fault) != Some(&report.fault) {
            log(&report);
        }
        said.outputs.insert(key, report);
        true
    }
}

/// One sentence for each change, at the start and later.
fn log(report: &OutputReport) {
    let (output, name, address) = (report.output, &report.name, &report.address);
    match &report.fault {
        Some(fault) => {
            tracing::warn!(?output, name, address, "{fault}; the display goes on without it");
        }
        None => tracing::info!(?output, name, address, "it works"),
    }
}
