//! Printers of slips. A slip becomes bytes once ([`escpos::slip_job`]); a printer takes the bytes of one
//! slip as one job and says what became of them. Connections to real printers (network, USB, serial) are
//! further implementations of [`Printer`].

pub mod escpos;
mod simulator;
mod slip;
mod text;

pub use simulator::{Align, Interpretation, Picture, Row, Run, SimulatedPrinter, Style, interpret};
pub use slip::{Slip, SlipLine};

use crate::Answer;

/// The paper a printer is loaded with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    /// 58 mm: 384 dots, 16 Chinese characters a line.
    Mm58,
    /// 80 mm: 576 dots, 24 Chinese characters a line.
    #[default]
    Mm80,
}

impl Paper {
    /// Dots in one line.
    #[must_use]
    pub fn dots(self) -> u32 {
        match self {
            Self::Mm58 => 384,
            Self::Mm80 => 576,
        }
    }

    /// Latin characters in one line; a Chinese character takes two.
    #[must_use]
    pub fn columns(self) -> usize {
        match self {
            Self::Mm58 => 32,
            Self::Mm80 => 48,
        }
    }

    /// The paper of this width in millimetres, if printers have it.
    #[must_use]
    pub fn of_mm(mm: u32) -> Option<Self> {
        match mm {
            58 => Some(Self::Mm58),
            80 => Some(Self::Mm80),
            _ => None,
        }
    }
}

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

/// A printer of slips.
pub trait Printer: Send + Sync {
    /// Prints one job, and answers when it is certain that the slip was cut or was not printed.
    fn print(&self, job: PrintJob) -> Answer<'_, Result<(), PrinterFault>>;

    /// Asks how it is.
    fn status(&self) -> Answer<'_, PrinterStatus>;
}
