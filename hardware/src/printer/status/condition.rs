//! How a printer is, put together from what it says.

use std::time::Duration;

use crate::printer::{PrinterFault, PrinterStatus};

/// How long a head may be too hot before it is a fault: it cools by itself.
pub const HOT_PATIENCE: Duration = Duration::from_secs(60);

/// What a printer is asked and answers at once, whatever else it does (`DLE EOT n`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Is it off-line?
    Printer,
    /// Why is it off-line?
    Offline,
    /// What went wrong?
    Error,
    /// How is the paper?
    Paper,
}

impl Question {
    /// All of them, in the order they are asked.
    pub const ALL: [Self; 4] = [Self::Printer, Self::Offline, Self::Error, Self::Paper];

    /// The bytes that ask.
    #[must_use]
    pub fn bytes(self) -> [u8; 3] {
        let number = match self {
            Self::Printer => 1,
            Self::Offline => 2,
            Self::Error => 3,
            Self::Paper => 4,
        };
        [0x10, 0x04, number]
    }
}

/// How a printer is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Condition {
    /// It takes nothing to print.
    pub offline: bool,
    /// The cover is open.
    pub cover_open: bool,
    /// The cutter is stuck.
    pub cutter: bool,
    /// Another fault that it may get over when it is told to go on.
    pub recoverable: bool,
    /// A fault that only switching it off and on, or a technician, mends.
    pub unrecoverable: bool,
    /// The head is too hot; it goes on by itself.
    pub hot: bool,
    /// The roll is nearly used up.
    pub near_end: bool,
    /// There is no paper.
    pub paper_end: bool,
}

impl Condition {
    /// Takes the answer to a question.
    pub fn answered(&mut self, question: Question, answer: u8) {
        let bit = |number: u8| answer >> number & 1 == 1;
        match question {
            Question::Printer => self.offline = bit(3),
            // Bit 5, stopped for want of paper, is told with the paper itself.
            Question::Offline => self.cover_open = bit(2),
            Question::Error => {
                self.recoverable = bit(2);
                self.cutter = bit(3);
                self.unrecoverable = bit(5);
                self.hot = bit(6);
            }
            Question::Paper => {
                self.near_end = bit(2) && bit(3);
                self.paper_end = bit(5) && bit(6);
            }
        }
    }

    /// Takes an automatic status.
    #[must_use]
    pub fn automatic([printer, error, paper, _]: [u8; 4]) -> Self {
        let bit = |byte: u8, number: u8| byte >> number & 1 == 1;
        Self {
            offline: bit(printer, 3),
            cover_open: bit(printer, 5),
            recoverable: bit(error, 2),
            cutter: bit(error, 3),
            unrecoverable: bit(error, 5),
            hot: bit(error, 6),
            near_end: paper & 0b0011 == 0b0011,
            paper_end: paper & 0b1100 == 0b1100,
        }
    }

    /// The fault a person must mend, if there is one. A printer that is off-line because its head has been
    /// hot for less than [`HOT_PATIENCE`] has none.
    #[must_use]
    pub fn fault(&self, hot_for: Duration) -> Option<PrinterFault> {
        let cooling = self.hot && hot_for < HOT_PATIENCE;
        if self.unrecoverable {
            Some(PrinterFault::Broken)
        } else if self.cutter {
            Some(PrinterFault::CutterJam)
        } else if self.cover_open {
            Some(PrinterFault::CoverOpen)
        } else if self.paper_end {
            Some(PrinterFault::PaperOut)
        } else {
            let stopped = self.recoverable || self.offline || self.hot;
            (stopped && !cooling).then_some(PrinterFault::Offline)
        }
    }

    /// The same as the rest of the house sees it.
    #[must_use]
    pub fn status(&self, hot_for: Duration) -> PrinterStatus {
        match self.fault(hot_for) {
            Some(fault) => PrinterStatus::Down(fault),
            None if self.near_end => PrinterStatus::PaperLow,
            None => PrinterStatus::Ready,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(answers: [u8; 4]) -> PrinterStatus {
        let mut condition = Condition::default();
        for (question, answer) in Question::ALL.into_iter().zip(answers) {
            condition.answered(question, answer);
        }
        condition.status(Duration::ZERO)
    }

    fn unasked(status: [u8; 4]) -> PrinterStatus {
        Condition::automatic(status).status(Duration::ZERO)
    }

    /// The bytes are those of the makers' tables, and of a printer that somebody else wrote.
    #[test]
    fn every_fault_is_read_from_the_answers() {
        use PrinterFault::{Broken, CoverOpen, CutterJam, Offline, PaperOut};
        for (answers, status) in [
            ([0x12, 0x12, 0x12, 0x12], PrinterStatus::Ready),
            ([0x12, 0x12, 0x12, 0x1e], PrinterStatus::PaperLow),
            ([0x1a, 0x32, 0x12, 0x7e], PrinterStatus::Down(PaperOut)),
            ([0x1a, 0x16, 0x12, 0x12], PrinterStatus::Down(CoverOpen)),
            ([0x1a, 0x16, 0x12, 0x7e], PrinterStatus::Down(CoverOpen)),
            ([0x1a, 0x52, 0x1a, 0x12], PrinterStatus::Down(CutterJam)),
            ([0x1a, 0x52, 0x32, 0x12], PrinterStatus::Down(Broken)),
            ([0x1a, 0x52, 0x52, 0x12], PrinterStatus::Ready),
            ([0x1a, 0x52, 0x16, 0x12], PrinterStatus::Down(Offline)),
            ([0x1a, 0x12, 0x12, 0x12], PrinterStatus::Down(Offline)),
        ] {
            assert_eq!(told(answers), status, "{answers:02x?}");
        }
    }

    #[test]
    fn every_fault_is_read_from_an_automatic_status() {
        use PrinterFault::{Broken, CoverOpen, CutterJam, Offline, PaperOut};
        for (bytes, status) in [
            ([0x10, 0, 0, 0], PrinterStatus::Ready),
            ([0x10, 0, 3, 0], PrinterStatus::PaperLow),
            ([0x18, 0, 0x0f, 0], PrinterStatus::Down(PaperOut)),
            ([0x38, 0, 0, 0], PrinterStatus::Down(CoverOpen)),
            ([0x18, 0x08, 0, 0], PrinterStatus::Down(CutterJam)),
            ([0x18, 0x20, 0, 0], PrinterStatus::Down(Broken)),
            ([0x18, 0x40, 0, 0], PrinterStatus::Ready),
            ([0x18, 0, 0, 0], PrinterStatus::Down(Offline)),
        ] {
            assert_eq!(unasked(bytes), status, "{bytes:02x?}");
        }
    }

    #[test]
    fn a_hot_head_becomes_a_fault_when_it_does_not_cool() {
        let hot = Condition { offline: true, hot: true, ..Condition::default() };
        assert_eq!(hot.fault(HOT_PATIENCE - Duration::from_secs(1)), None);
        assert_eq!(hot.fault(HOT_PATIENCE), Some(PrinterFault::Offline));
    }
}
