//! Seeing how the printer is: connecting, asking, clearing away what an unfinished slip left.

use std::io;
use std::time::Duration;

use tokio::time::Instant;

use super::{Leftover, SHORTEST_PAUSE, Worker};
use crate::line;
use crate::printer::escpos::link::Link;
use crate::printer::escpos::slip::{HOW_IS_THE_PAPER, INITIALISE, TELL_CHANGES};
use crate::printer::status::Condition;
use crate::printer::{Confirm, PrinterFault, PrinterStatus};

/// How often a printer that cannot print is asked whether it can.
const DOWN_POLL: Duration = Duration::from_secs(1);
/// The longest pause before connecting again.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// How long to wait for an answer to `GS I`, which clones may not know.
const IDENTIFY_WITHIN: Duration = Duration::from_millis(400);
/// A stuck printer is told to go on so often: each time it tries to move.
const FREE_EVERY: Duration = Duration::from_secs(15);
/// A new line on which nothing came for so long holds nothing of an earlier one.
const STALE: Duration = Duration::from_millis(80);
/// Bytes that a printer may still be waiting for if it does not answer on a new line. Few, as a slow line takes
/// a second for a thousand; they are sent with each new line.
const MORE_MISSING: usize = 1_024;
/// A printer with empty buffers answers within this.
const CLEARED_WITHIN: Duration = Duration::from_secs(1);
/// After clearing, late answers to the unfinished slip may come for so long.
const QUIET: Duration = Duration::from_millis(150);
/// `GS I 67`: the model's name.
const WHAT_MODEL: [u8; 3] = [0x1d, b'I', 67];
/// `GS I 65`: the version of its program.
const WHAT_FIRMWARE: [u8; 3] = [0x1d, b'I', 65];

impl Worker {
    /// Asks the printer how it is, connecting first if need be. A printer that can print has been cleared of
    /// what an earlier slip left in it.
    pub(super) async fn look(&mut self) -> PrinterStatus {
        if let Err(fault) = self.reach().await {
            self.lost(&fault);
            return self.tell();
        }
        self.pause = SHORTEST_PAUSE;
        let usable = self.status().fault().is_none();
        let tended = if usable { self.greet().await } else { self.free().await };
        if let Err(fault) = tended {
            self.lost(&fault);
            return self.tell();
        }
        let poll = self.profile.poll_every;
        self.next_look = Instant::now() + if usable { poll } else { poll.min(DOWN_POLL) };
        self.tell()
    }

    /// Asks every question, on a new line if the present one was dropped at the other end.
    async fn reach(&mut self) -> io::Result<()> {
        if self.link.is_some() {
            match self.examine().await {
                Err(fault) if fault.kind() != io::ErrorKind::TimedOut => self.hang_up(),
                answered => return answered,
            }
        }
        let mut link = Link::new(line::open(&self.address).await?);
        link.settle(STALE).await?;
        self.link = Some(link);
        self.greeted = false;
        self.loosen().await?;
        let answered = self.examine().await;
        if answered.is_err() {
            let leftover = self.leftover.get_or_insert_default();
            leftover.missing = leftover.missing.max(MORE_MISSING);
        }
        answered
    }

    /// Gets a printer out of what an earlier line left it in, before anything is asked: it may be waiting for
    /// the rest of a picture, and would take questions for it. Zeros end a picture as white paper, and are
    /// nothing elsewhere.
    async fn loosen(&mut self) -> io::Result<()> {
        let Some(leftover) = self.leftover else { return Ok(()) };
        let mut bytes = vec![0; leftover.missing];
        bytes.extend(&self.profile.clear);
        self.send(&bytes).await?;
        self.leftover = Some(Leftover { missing: 0, ..leftover });
        Ok(())
    }

    async fn examine(&mut self) -> io::Result<()> {
        let link = self.link.as_mut().ok_or(io::ErrorKind::NotConnected)?;
        link.examine(self.profile.answer_within).await
    }

    /// Prepares a printer that can print: clears it, and tells it what we expect.
    async fn greet(&mut self) -> io::Result<()> {
        self.clear().await?;
        if std::mem::replace(&mut self.greeted, true) {
            return Ok(());
        }
        self.send(&TELL_CHANGES).await?;
        if self.profile.identify && self.known.borrow().about.model.is_none() {
            self.identify().await;
        }
        Ok(())
    }

    /// Clears away what an unfinished slip left, so that the next visitor does not get it.
    async fn clear(&mut self) -> io::Result<()> {
        let Some(Leftover { begun, .. }) = self.leftover else { return Ok(()) };
        let mut bytes = self.profile.clear.clone();
        bytes.extend(INITIALISE);
        if begun {
            bytes.extend(&self.profile.cut);
            bytes.extend(&self.profile.present);
        }
        let answers = self.profile.confirm != Confirm::None;
        if answers {
            bytes.extend(HOW_IS_THE_PAPER);
        }
        self.send(&bytes).await?;
        if let Some(link) = self.link.as_mut().filter(|_| answers) {
            link.turn(CLEARED_WITHIN).await;
        }
        self.settle(QUIET).await?;
        self.leftover = None;
        self.greeted = false;
        Ok(())
    }

    /// Tells a stuck printer to go on: somebody may have freed it.
    async fn free(&mut self) -> io::Result<()> {
        let stuck = self.condition().is_some_and(|it| it.cutter || it.recoverable);
        if !stuck || self.freed.is_some_and(|last| last.elapsed() < FREE_EVERY) {
            return Ok(());
        }
        self.freed = Some(Instant::now());
        let clear = self.profile.clear.clone();
        self.send(&clear).await
    }

    async fn identify(&mut self) {
        let Some(link) = &mut self.link else { return };
        let Some(model) = link.text(&WHAT_MODEL, IDENTIFY_WITHIN).await else { return };
        let firmware = link.text(&WHAT_FIRMWARE, IDENTIFY_WITHIN).await;
        self.known.send_modify(|known| {
            known.about.model = Some(model);
            known.about.firmware = firmware;
        });
    }

    pub(super) async fn settle(&mut self, quiet: Duration) -> io::Result<()> {
        self.link.as_mut().ok_or(io::ErrorKind::NotConnected)?.settle(quiet).await
    }

    pub(super) async fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        let link = self.link.as_mut().ok_or(io::ErrorKind::NotConnected)?;
        link.send(bytes, self.profile.stall).await.map_err(|_| io::ErrorKind::BrokenPipe.into())
    }

    /// The line is of no use any more; another is tried after a pause.
    pub(super) fn lost(&mut self, fault: &io::Error) {
        tracing::debug!(address = %self.address, %fault, "the printer's line is down");
        self.hang_up();
        self.next_look = Instant::now() + self.pause;
        self.pause = (self.pause * 2).min(LONGEST_PAUSE);
    }

    /// Closes the line. A serial port may take its time over it, so no other task shall wait.
    pub(super) fn hang_up(&mut self) {
        if let Some(link) = self.link.take() {
            tokio::task::spawn_blocking(move || drop(link));
        }
    }

    fn condition(&mut self) -> Option<Condition> {
        self.link.as_mut().map(|link| link.heard().condition)
    }

    /// How the printer is, as far as it has said.
    pub(super) fn status(&mut self) -> PrinterStatus {
        let Some(condition) = self.condition() else {
            return PrinterStatus::Down(PrinterFault::Silent);
        };
        let now = Instant::now();
        self.hot_since = condition.hot.then(|| self.hot_since.unwrap_or(now));
        let hot_for = self.hot_since.map_or(Duration::ZERO, |since| now - since);
        condition.status(hot_for)
    }

    /// Lets everybody know how the printer is.
    pub(super) fn tell(&mut self) -> PrinterStatus {
        let status = self.status();
        self.known.send_modify(|known| known.status = status);
        status
    }
}
