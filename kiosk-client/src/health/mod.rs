//! How the kiosk's devices are, what they have counted, and what staff want of them. A report goes to the
//! hall every few seconds, and at once when something breaks or is mended; the hall answers with errands.

mod errands;
mod look;
mod report;
mod trials;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use protocol::Timestamp;
use protocol::kiosk::{Condition, Counted, DeviceKind, TestResult};
use rusqlite::Transaction;
use tokio::sync::{Notify, oneshot};

use crate::book::store;
use crate::devices::Devices;
use crate::kiosk::Kiosk;

pub(crate) use look::{look_at_devices, look_at_printer};
pub(crate) use report::report;

/// What is known of the kiosk's devices.
pub(crate) struct Health {
    state: Mutex<State>,
    /// Wakes the reporter.
    news: Notify,
    /// Whether pictures cannot be drawn for want of a font.
    no_font: bool,
}

#[derive(Default)]
struct State {
    conditions: BTreeMap<DeviceKind, (Condition, Timestamp)>,
    /// Tests that were begun and are still listed by the hall.
    begun: BTreeSet<u64>,
    /// Results the hall has not heard.
    results: Vec<TestResult>,
    /// Since when the hall is running, as it last said.
    hall_since: Option<Timestamp>,
    /// Who waits for a code to be scanned, to see that it can be.
    scan_wanted: Option<oneshot::Sender<()>>,
}

impl Health {
    pub(crate) fn new(devices: &Devices) -> Self {
        Self { state: Mutex::default(), news: Notify::new(), no_font: devices.press.needs_font() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A device is in a condition. Reported at once if it broke or was mended.
    fn found(&self, device: DeviceKind, condition: Condition, now: Timestamp) {
        let mut state = self.state();
        let before = state.conditions.get(&device).map(|(condition, _)| *condition);
        if before == Some(condition) {
            return;
        }
        state.conditions.insert(device, (condition, now));
        drop(state);
        if condition.is_fault() || before.is_some_and(Condition::is_fault) {
            tracing::warn!(?device, ?condition, "a device has changed");
            self.wake();
        }
    }

    /// Has the next report sent at once.
    pub(crate) fn wake(&self) {
        self.news.notify_one();
    }

    /// Takes a scanned code for a test, if one waits. Says whether it did.
    pub(crate) fn takes_scan(&self) -> bool {
        let wanted = self.state().scan_wanted.take();
        wanted.is_some_and(|wanted| wanted.send(()).is_ok())
    }
}

impl Kiosk {
    /// Counts one more. What cannot be counted is no reason to stop.
    pub(crate) async fn count(&self, what: Counted) {
        if let Err(fault) = self.book().write(move |tx| count(tx, what)).await {
            tracing::error!(%fault, "a counter cannot be kept");
        }
    }
}

/// Counts one more.
pub(crate) fn count(tx: &Transaction<'_>, what: Counted) -> rusqlite::Result<()> {
    store::count(tx, name(what)).map(drop)
}

/// A counter's name in the book.
fn name(what: Counted) -> &'static str {
    match what {
        Counted::SlipsOnRoll => "slips-on-roll",
        Counted::SlipsLeft => "slips-left",
        Counted::Slips => "slips",
        Counted::SlipsFailed => "slips-failed",
        Counted::Cards => "cards",
        Counted::CardsFailed => "cards-failed",
        Counted::Codes => "codes",
    }
}
