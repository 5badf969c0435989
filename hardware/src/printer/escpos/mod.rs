//! A thermal printer that speaks ESC/POS. One task owns its line: it connects, connects again by itself, asks
//! how the printer is while nothing is printed, and prints one slip at a time.

mod link;
mod slip;
mod worker;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::timeout;

use super::{Outcome, PrintJob, Printer, PrinterFault, PrinterStatus, Profile};
use crate::line::Address;
use crate::{About, Answer};
use worker::{Errand, Known, Worker};

/// How long a caller waits to hear how the printer is; then it is silent.
const PATIENCE: Duration = Duration::from_millis(1_900);
/// Errands that may wait for the task; a caller beyond them waits to hand in its own.
const ERRANDS: usize = 16;

/// A printer on a line. Dropping it ends its task, after the slip in hand.
pub struct EscposPrinter {
    known: watch::Receiver<Known>,
    errands: mpsc::Sender<Errand>,
    /// The task, until it is first needed: a printer can be made where no runtime is.
    worker: Mutex<Option<Worker>>,
}

impl EscposPrinter {
    /// A printer at an address. Nothing is opened before it is first asked for something.
    #[must_use]
    pub fn new(address: Address, profile: Profile) -> Self {
        let (errands, waiting) = mpsc::channel(ERRANDS);
        let (worker, known) = Worker::new(address, profile, waiting);
        Self { known, errands, worker: Mutex::new(Some(worker)) }
    }

    /// The same, with the beginning of a slip on its paper, which an earlier program did not finish: it is cut
    /// off before the next slip.
    #[must_use]
    pub fn with_slip_begun(mut self) -> Self {
        let worker = self.worker.get_mut().unwrap_or_else(PoisonError::into_inner);
        worker.iter_mut().for_each(Worker::expect_begun);
        self
    }

    async fn hand_in(&self, errand: Errand) {
        let worker = self.worker.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(worker) = worker {
            tokio::spawn(worker.run());
        }
        // If the task is gone, its answer will not come either, and the caller takes that for silence.
        let _ = self.errands.send(errand).await;
    }

    async fn ask(&self) -> PrinterStatus {
        let (reply, answer) = oneshot::channel();
        self.hand_in(Errand::Look(reply)).await;
        answer.await.unwrap_or(PrinterStatus::Down(PrinterFault::Silent))
    }
}

impl Printer for EscposPrinter {
    fn print(&self, job: PrintJob) -> Answer<'_, Outcome> {
        Box::pin(async move {
            let (reply, answer) = oneshot::channel();
            self.hand_in(Errand::Print(job, reply)).await;
            answer.await.unwrap_or(Outcome::Doubtful(PrinterFault::Silent))
        })
    }

    /// Asks the printer, or says what is known while it prints. Silence is known within two seconds.
    fn status(&self) -> Answer<'_, PrinterStatus> {
        Box::pin(async move {
            let known = self.known.borrow().clone();
            if known.printing {
                return known.status;
            }
            timeout(PATIENCE, self.ask()).await.unwrap_or_else(|_| {
                let known = self.known.borrow();
                // A slip may have gone ahead of the question.
                if known.printing {
                    known.status
                } else {
                    PrinterStatus::Down(PrinterFault::Silent)
                }
            })
        })
    }

    fn about(&self) -> About {
        self.known.borrow().about.clone()
    }
}
