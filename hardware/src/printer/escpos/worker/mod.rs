//! The task that owns a printer's line.

mod looking;
mod printing;

use std::io;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Instant, sleep_until};

use super::link::{Link, listen};
use crate::About;
use crate::line::Address;
use crate::printer::{Outcome, PrintJob, PrinterFault, PrinterStatus, Profile};

/// The first pause before connecting again; it doubles up to the longest.
const SHORTEST_PAUSE: Duration = Duration::from_millis(250);

/// What the task is asked to do.
pub(super) enum Errand {
    /// Print a slip.
    Print(PrintJob, oneshot::Sender<Outcome>),
    /// See how the printer is.
    Look(oneshot::Sender<PrinterStatus>),
}

/// What is known of the printer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) status: PrinterStatus,
    pub(super) about: About,
    /// A slip is being printed.
    pub(super) printing: bool,
}

/// What may still be in the printer of a slip that it did not finish.
#[derive(Clone, Copy, Debug, Default)]
struct Leftover {
    /// Bytes that may not have reached it: it may be waiting for them in the middle of a picture.
    missing: usize,
    /// Some of it may be on the paper.
    begun: bool,
}

/// What the task waits for.
enum Wake {
    Errand(Option<Errand>),
    Heard(io::Result<()>),
    Time,
}

/// The task.
pub(super) struct Worker {
    address: Address,
    profile: Profile,
    errands: mpsc::Receiver<Errand>,
    known: watch::Sender<Known>,
    link: Option<Link>,
    /// The printer on this link was told what we expect of it.
    greeted: bool,
    leftover: Option<Leftover>,
    hot_since: Option<Instant>,
    freed: Option<Instant>,
    slips: u32,
    next_look: Instant,
    pause: Duration,
}

impl Worker {
    /// A task for a printer, and what it will know of it.
    pub(super) fn new(
        address: Address,
        profile: Profile,
        errands: mpsc::Receiver<Errand>,
    ) -> (Self, watch::Receiver<Known>) {
        let about = About { address: address.to_string(), ..About::default() };
        let status = PrinterStatus::Down(PrinterFault::Silent);
        let (known, watching) = watch::channel(Known { status, about, printing: false });
        let worker = Self {
            address,
            profile,
            errands,
            known,
            link: None,
            greeted: false,
            // A program that ended in the middle of a slip may have left some.
            leftover: Some(Leftover::default()),
            hot_since: None,
            freed: None,
            slips: 0,
            next_look: Instant::now(),
            pause: SHORTEST_PAUSE,
        };
        (worker, watching)
    }

    /// Some of a slip is on the paper from the start.
    pub(super) fn expect_begun(&mut self) {
        self.leftover.get_or_insert_default().begun = true;
    }

    /// Serves until nobody can ask any more.
    pub(super) async fn run(mut self) {
        loop {
            match self.wait().await {
                Wake::Errand(None) => return,
                // Who no longer waits needs no answer, and shall not keep a slip waiting.
                Wake::Errand(Some(Errand::Look(reply))) if reply.is_closed() => {}
                Wake::Errand(Some(Errand::Look(reply))) => {
                    let _ = reply.send(self.look().await);
                }
                Wake::Errand(Some(Errand::Print(job, reply))) => {
                    let _ = reply.send(self.print(&job).await);
                }
                Wake::Heard(Ok(())) => self.heard().await,
                // Some printers close a line that is quiet; the next look opens another.
                Wake::Heard(Err(_)) => {
                    self.hang_up();
                    self.look().await;
                }
                Wake::Time => {
                    self.look().await;
                }
            }
        }
    }

    async fn wait(&mut self) -> Wake {
        tokio::select! {
            biased;
            errand = self.errands.recv() => Wake::Errand(errand),
            heard = listen(self.link.as_mut()) => Wake::Heard(heard),
            () = sleep_until(self.next_look) => Wake::Time,
        }
    }

    /// The printer said something unasked. If it changes whether it can print, it is examined at once.
    async fn heard(&mut self) {
        if self.status() != self.known.borrow().status {
            self.look().await;
        }
    }
}
