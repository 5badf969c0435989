//! Printers of slips. A printer takes the bytes of one slip as one job and says what became of them.

mod escpos;
mod profile;
mod simulator;
mod status;

pub use escpos::EscposPrinter;
pub use profile::{Confirm, Profile};
pub use simulator::{Align, Picture, Row, Run, SimulatedPrinter, Slip, Style, interpret};
pub use status::{Condition, HOT_PATIENCE, LONGEST_BLOCK, Question, Report, StatusReader};

use crate::{About, Answer};

/// One slip on its way to a printer, complete before it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintJob {
    /// Which slip it is, for pictures and logs; never a person's data.
    pub name: String,
    /// Every byte of it, from initialising to the cut.
    pub bytes: Vec<u8>,
}

/// Why a printer cannot print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrinterFault {
    /// No paper.
    #[error("the paper is out")]
    PaperOut,
    /// The cover is open.
    #[error("the cover is open")]
    CoverOpen,
    /// The cutter is stuck.
    #[error("the cutter is jammed")]
    CutterJam,
    /// A fault that only switching it off and on, or a technician, mends.
    #[error("the printer is broken")]
    Broken,
    /// The printer says it is off-line.
    #[error("the printer is off-line")]
    Offline,
    /// The printer does not answer at all.
    #[error("the printer does not answer")]
    Silent,
    /// The job is not one this printer can print.
    #[error("the printer does not understand the slip")]
    BadJob,
}

/// What a printer says about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrinterStatus {
    /// It can print.
    Ready,
    /// It can print, but the roll is nearly used up.
    PaperLow,
    /// It cannot print.
    Down(PrinterFault),
}

impl PrinterStatus {
    /// Why it cannot print, if it cannot.
    #[must_use]
    pub fn fault(self) -> Option<PrinterFault> {
        match self {
            Self::Down(fault) => Some(fault),
            Self::Ready | Self::PaperLow => None,
        }
    }
}

/// What became of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The printer says that everything was printed and cut.
    Printed,
    /// Nothing of it was printed, and nothing will be.
    NotPrinted(PrinterFault),
    /// Some or all of it may have been printed: it was sent, and no word came back.
    Doubtful(PrinterFault),
}

/// A printer of slips.
pub trait Printer: Send + Sync {
    /// Prints one job, and answers when it is certain what became of it, or that it never will be.
    fn print(&self, job: PrintJob) -> Answer<'_, Outcome>;

    /// Asks how it is.
    fn status(&self) -> Answer<'_, PrinterStatus>;

    /// Says what it is, as far as it has told.
    fn about(&self) -> About;
}
