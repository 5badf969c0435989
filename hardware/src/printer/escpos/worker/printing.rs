//! Printing one slip: ready or refused before the first byte, sent in one piece, confirmed after the last.

use std::io;
use std::time::Duration;

use tokio::time::{Instant, timeout};

use super::{Leftover, Worker};
use crate::line::Address;
use crate::printer::escpos::slip::Slip;
use crate::printer::status::HOT_PATIENCE;
use crate::printer::{Outcome, PrintJob, PrinterFault, PrinterStatus};

/// How often a printer is asked how it is while the end of a slip is awaited. All of the slip is sent by
/// then, so a question cannot land in the middle of a picture.
const POLL: Duration = Duration::from_millis(500);
/// Late answers to a slip that failed may come for so long.
const LATE_ANSWERS: Duration = Duration::from_millis(250);
/// Bits on a serial line for one byte.
const BITS_PER_BYTE: u64 = 10;

impl Worker {
    /// Prints a slip, once at most. Whatever fails after the first byte is left to be cleared, not tried again.
    pub(super) async fn print(&mut self, job: &PrintJob) -> Outcome {
        self.known.send_modify(|known| known.printing = true);
        let outcome = match self.look().await.fault() {
            Some(fault) => Outcome::NotPrinted(fault),
            None => self.send_slip(job).await,
        };
        if outcome != Outcome::Printed {
            tracing::warn!(slip = job.name, ?outcome, "a slip was not printed as it should");
            self.next_look = Instant::now();
        }
        self.tell();
        self.known.send_modify(|known| known.printing = false);
        outcome
    }

    async fn send_slip(&mut self, job: &PrintJob) -> Outcome {
        self.slips = self.slips.wrapping_add(1);
        let Some(link) = &mut self.link else {
            return Outcome::NotPrinted(PrinterFault::Silent);
        };
        let heard = link.heard();
        (heard.paper, heard.process) = (None, None);
        let slip = Slip::new(job, &self.profile, heard.automatic, self.slips);
        let sent = link.send(&slip.bytes, self.profile.stall).await;
        if sent == Err(slip.bytes.len()) {
            let fault = self.fault();
            self.hang_up();
            return Outcome::NotPrinted(fault);
        }
        self.leftover = Some(Leftover { missing: slip.bytes.len(), begun: true });
        let done = match sent {
            Ok(()) => self.confirmed(&slip).await,
            Err(_) => {
                let fault = self.fault();
                self.hang_up();
                Err(fault)
            }
        };
        match done {
            Ok(()) => {
                self.leftover = None;
                Outcome::Printed
            }
            Err(fault) => {
                if self.forget().await.is_err() {
                    self.hang_up();
                }
                Outcome::Doubtful(fault)
            }
        }
    }

    /// What the printer says is wrong, or that it says nothing.
    fn fault(&mut self) -> PrinterFault {
        self.status().fault().unwrap_or(PrinterFault::Silent)
    }

    /// Has the printer forget the slip at once, before somebody loads paper and it comes out after all. What
    /// is already on the paper is cut off when the printer can print again.
    async fn forget(&mut self) -> io::Result<()> {
        let clear = self.profile.clear.clone();
        self.send(&clear).await?;
        self.settle(LATE_ANSWERS).await
    }

    /// Waits for the printer to say that the slip is done, or why it stopped.
    async fn confirmed(&mut self, slip: &Slip) -> Result<(), PrinterFault> {
        let sent = Instant::now();
        let mut answers = true;
        loop {
            if self.link.as_mut().is_some_and(|link| slip.is_done(link.heard())) {
                return Ok(());
            }
            match self.status() {
                // Off-line for no reason it can name: it may come back by itself.
                PrinterStatus::Down(PrinterFault::Offline)
                | PrinterStatus::Ready
                | PrinterStatus::PaperLow => {}
                PrinterStatus::Down(fault) => return Err(fault),
            }
            if sent.elapsed() >= self.patience(slip) {
                // One that never says more than how it is was watched until now, and is well.
                let well = slip.is_never_confirmed() && answers && self.status().fault().is_none();
                return if well { Ok(()) } else { Err(self.fault()) };
            }
            match self.hear_or_ask(answers).await {
                Ok(still) => answers = still,
                Err(_) => self.hang_up(),
            }
        }
    }

    /// Listens for a while; if nothing comes, asks how the printer is, as long as it answers such questions.
    async fn hear_or_ask(&mut self, answers: bool) -> io::Result<bool> {
        let link = self.link.as_mut().ok_or(io::ErrorKind::NotConnected)?;
        match timeout(POLL, link.hear()).await {
            Ok(heard) => heard.map(|()| answers),
            Err(_) if answers => match link.examine(self.profile.answer_within).await {
                // Its answers may come later than the questions now, and would be taken for others.
                Err(fault) if fault.kind() == io::ErrorKind::TimedOut => Ok(false),
                examined => examined.map(|()| true),
            },
            Err(_) => Ok(false),
        }
    }

    /// How long the slip may take from here: what is still on a slow line, and the printer's own time. A hot
    /// head cools first.
    fn patience(&self, slip: &Slip) -> Duration {
        let line = match self.address {
            Address::Serial { baud, .. } => {
                let bits = slip.bytes.len() as u64 * BITS_PER_BYTE;
                Duration::from_millis(bits * 1_000 / u64::from(baud.max(1)))
            }
            _ => Duration::ZERO,
        };
        let own = match self.hot_since {
            Some(_) => HOT_PATIENCE,
            None if slip.is_never_confirmed() => self.profile.watch,
            None => self.profile.confirm_within,
        };
        line + own
    }
}
