//! A printer that is not there: it takes the real bytes over real lines, understands them as a thermal
//! printer does, answers as one, and draws each slip it cut as a picture. A switch puts it out of paper or
//! otherwise out of order.

mod bitmap;
mod machine;
mod picture;
mod rows;
mod sensors;
mod serve;
mod sheet;
mod tokens;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::AbortHandle;

pub use rows::{Align, Row, Run, Slip, Style};
pub use sheet::interpret;

use super::PrinterStatus;
use machine::Machine;
use tokens::Token;

/// Slips whose pictures are kept.
const PICTURES_KEPT: usize = 12;
/// How long a slip of usual length takes from the first byte to the cut.
const PRINTING_TIME: Duration = Duration::from_millis(700);

/// A slip that was cut, as a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Counts the slips of this printer, from 1.
    pub serial: u64,
    /// The slip as SVG, one unit to a dot.
    pub svg: String,
    /// The slip as PNG, exactly dot by dot, if it consists of pictures alone.
    pub png: Option<Vec<u8>>,
    /// Bytes that were not understood; a real printer prints rubbish for them.
    pub unknown: usize,
    /// What is on it.
    pub rows: Vec<Row>,
}

/// A printer that draws. Cheap to clone; clones are the same printer. It is there until the last one is
/// dropped.
#[derive(Clone)]
pub struct SimulatedPrinter {
    inner: Arc<Inner>,
    running: Arc<Running>,
}

/// What runs for the printer, and ends with it.
#[derive(Default)]
struct Running(Mutex<Vec<AbortHandle>>);

impl Drop for Running {
    fn drop(&mut self) {
        let tasks = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        tasks.iter().for_each(AbortHandle::abort);
    }
}

struct Inner {
    dots: u32,
    pace: Mutex<Pace>,
    machine: Mutex<Machine>,
    pictures: Mutex<VecDeque<Picture>>,
    /// Counts slips.
    cut: watch::Sender<u64>,
    /// Something happened that the head or a line may wait for.
    stirred: watch::Sender<()>,
}

/// How fast it is.
struct Pace {
    /// From the first byte to the cut.
    printing_time: Duration,
    /// Bytes a second, if it is slow.
    speed: Option<u32>,
}

impl SimulatedPrinter {
    /// A printer that prints so many dots in a line, with paper, in order, as slow as a real one.
    #[must_use]
    pub fn new(dots: u32) -> Self {
        Self::with_printing_time(dots, PRINTING_TIME)
    }

    /// The same, but a slip takes this long.
    #[must_use]
    pub fn with_printing_time(dots: u32, printing_time: Duration) -> Self {
        let inner = Inner {
            dots,
            pace: Mutex::new(Pace { printing_time, speed: None }),
            machine: Mutex::default(),
            pictures: Mutex::default(),
            cut: watch::channel(0).0,
            stirred: watch::channel(()).0,
        };
        Self { inner: Arc::new(inner), running: Arc::default() }
    }

    /// Puts the printer in a condition: out of paper, low, off-line, silent, or ready again. What it was
    /// printing waits in it, as in a real one.
    pub fn set_status(&self, status: PrinterStatus) {
        self.change(|machine| machine.set_status(status));
    }

    /// The same, when the head has obeyed so many more bytes: in the middle of a slip, if that is wanted.
    pub fn set_status_after(&self, bytes: usize, status: PrinterStatus) {
        self.change(|machine| machine.happens_after(bytes, status));
    }

    /// Makes the head too hot to print, or lets it cool.
    pub fn set_hot(&self, hot: bool) {
        self.change(|machine| machine.set_hot(hot));
    }

    /// Makes it answer how it is and nothing else, as cheap ones do, or everything again.
    pub fn set_terse(&self, terse: bool) {
        self.change(|machine| machine.set_terse(terse));
    }

    /// Makes it obey only so many bytes a second, or as many as come.
    pub fn set_speed(&self, bytes_per_second: Option<u32>) {
        self.inner.pace().speed = bytes_per_second;
    }

    /// Drops the line when so many more bytes have come.
    pub fn drop_line_after(&self, bytes: usize) {
        self.change(|machine| machine.drop_after(bytes));
    }

    /// Switches it off and on: the line drops and its memory is empty.
    pub fn restart(&self) {
        self.change(Machine::restart);
    }

    /// Its condition now.
    #[must_use]
    pub fn condition(&self) -> PrinterStatus {
        self.inner.machine().status()
    }

    /// The slips it cut, newest first.
    #[must_use]
    pub fn pictures(&self) -> Vec<Picture> {
        self.inner.pictures().iter().cloned().collect()
    }

    /// One of its slips.
    #[must_use]
    pub fn picture(&self, serial: u64) -> Option<Picture> {
        self.inner.pictures().iter().find(|it| it.serial == serial).cloned()
    }

    /// How many slips it has cut; wakes after each.
    #[must_use]
    pub fn slips_cut(&self) -> watch::Receiver<u64> {
        self.inner.cut.subscribe()
    }

    fn change(&self, change: impl FnOnce(&mut Machine)) {
        change(&mut self.inner.machine());
        self.inner.stir();
    }

    /// Starts a task that ends with the printer, and the head with the first one.
    fn start(&self, task: impl Future<Output = ()> + Send + 'static) {
        let mut running = self.running.0.lock().unwrap_or_else(PoisonError::into_inner);
        if running.is_empty() {
            running.push(tokio::spawn(serve::head(self.inner.clone())).abort_handle());
        }
        running.push(tokio::spawn(task).abort_handle());
    }
}

impl Inner {
    fn machine(&self) -> MutexGuard<'_, Machine> {
        self.machine.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn pictures(&self) -> MutexGuard<'_, VecDeque<Picture>> {
        self.pictures.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn pace(&self) -> MutexGuard<'_, Pace> {
        self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wakes whoever waits for a change.
    fn stir(&self) {
        self.stirred.send_replace(());
    }

    /// Waits until the machine has what is wanted.
    async fn until<T>(&self, wanted: impl Fn(&Machine) -> Option<T>) -> T {
        let mut stirred = self.stirred.subscribe();
        loop {
            stirred.mark_unchanged();
            let found = wanted(&self.machine());
            if let Some(found) = found {
                return found;
            }
            // The sender lives as long as this does.
            let _ = stirred.changed().await;
        }
    }

    /// How long the head takes for a token.
    fn cost(&self, token: &Token) -> Duration {
        let pace = self.pace();
        let length = u32::try_from(token.length()).unwrap_or(u32::MAX);
        let bytes = pace
            .speed
            .map_or(Duration::ZERO, |speed| Duration::from_secs(u64::from(length)) / speed.max(1));
        if token.cuts() { bytes + pace.printing_time } else { bytes }
    }

    /// Keeps a slip that was cut. A piece of white paper is no slip.
    fn keep(&self, slip: &Slip) {
        if slip.is_blank() {
            return;
        }
        if slip.unknown > 0 {
            tracing::warn!(bytes = slip.unknown, "the slip holds bytes that make no sense");
        }
        let serial = *self.cut.borrow() + 1;
        let picture = Picture {
            serial,
            svg: picture::draw(&slip.rows, self.dots),
            png: bitmap::draw(&slip.rows, self.dots),
            unknown: slip.unknown,
            rows: slip.rows.clone(),
        };
        {
            let mut pictures = self.pictures();
            pictures.push_front(picture);
            pictures.truncate(PICTURES_KEPT);
        }
        self.cut.send_replace(serial);
    }
}
