//! A printer that is not there: it takes the real bytes, understands them as a thermal printer does, and
//! draws each slip it cut as a picture. A switch puts it out of paper or otherwise out of order.

mod interpreter;
mod picture;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

pub use interpreter::{Align, Interpretation, Row, Run, Style, interpret};

use super::{Paper, PrintJob, Printer, PrinterFault, PrinterStatus};
use crate::Answer;

/// Slips whose pictures are kept.
const PICTURES_KEPT: usize = 12;
/// How long a slip of usual length takes from the first byte to the cut.
const PRINTING_TIME: Duration = Duration::from_millis(700);

/// A slip that was cut, as a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Counts the slips of this printer, from 1.
    pub serial: u64,
    /// The job's name.
    pub name: String,
    /// The slip as SVG, one unit to a dot.
    pub svg: String,
}

/// A printer that draws. Cheap to clone; clones are the same printer.
#[derive(Clone)]
pub struct SimulatedPrinter {
    inner: Arc<Inner>,
}

struct Inner {
    paper: Paper,
    printing_time: Duration,
    state: Mutex<State>,
    cut: watch::Sender<u64>,
}

#[derive(Default)]
struct State {
    condition: Option<PrinterStatus>,
    pictures: VecDeque<Picture>,
}

impl SimulatedPrinter {
    /// A printer with paper, in order, as slow as a real one.
    #[must_use]
    pub fn new(paper: Paper) -> Self {
        Self::with_printing_time(paper, PRINTING_TIME)
    }

    /// The same, but a slip takes this long.
    #[must_use]
    pub fn with_printing_time(paper: Paper, printing_time: Duration) -> Self {
        let (cut, _) = watch::channel(0);
        let state = Mutex::new(State::default());
        Self { inner: Arc::new(Inner { paper, printing_time, state, cut }) }
    }

    /// Puts the printer in a condition: out of paper, low, off-line, or ready again.
    pub fn set_status(&self, status: PrinterStatus) {
        self.state().condition = Some(status);
    }

    /// Its condition now.
    #[must_use]
    pub fn condition(&self) -> PrinterStatus {
        self.state().condition.unwrap_or(PrinterStatus::Ready)
    }

    /// The slips it cut, newest first.
    #[must_use]
    pub fn pictures(&self) -> Vec<Picture> {
        self.state().pictures.iter().cloned().collect()
    }

    /// One of its slips.
    #[must_use]
    pub fn picture(&self, serial: u64) -> Option<Picture> {
        self.state().pictures.iter().find(|it| it.serial == serial).cloned()
    }

    /// How many slips it has cut; wakes after each.
    #[must_use]
    pub fn slips_cut(&self) -> watch::Receiver<u64> {
        self.inner.cut.subscribe()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.inner.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn run(&self, job: PrintJob) -> Result<(), PrinterFault> {
        self.usable()?;
        tokio::time::sleep(self.inner.printing_time).await;
        // The roll may have ended in the middle of the slip.
        self.usable()?;
        let read = interpret(&job.bytes);
        if !read.unknown.is_empty() || !read.was_cut() {
            tracing::warn!(job = job.name, unknown = ?read.unknown, "the slip's bytes make no sense");
            return Err(PrinterFault::BadJob);
        }
        let svg = picture::draw(&read.rows, self.inner.paper).ok_or(PrinterFault::BadJob)?;
        self.keep(job.name, svg);
        Ok(())
    }

    fn usable(&self) -> Result<(), PrinterFault> {
        self.condition().fault().map_or(Ok(()), Err)
    }

    fn keep(&self, name: String, svg: String) {
        let serial = *self.inner.cut.borrow() + 1;
        {
            let mut state = self.state();
            state.pictures.push_front(Picture { serial, name, svg });
            state.pictures.truncate(PICTURES_KEPT);
        }
        self.inner.cut.send_replace(serial);
    }
}

impl Printer for SimulatedPrinter {
    fn print(&self, job: PrintJob) -> Answer<'_, Result<(), PrinterFault>> {
        Box::pin(self.run(job))
    }

    fn status(&self) -> Answer<'_, PrinterStatus> {
        Box::pin(async { self.condition() })
    }
}
