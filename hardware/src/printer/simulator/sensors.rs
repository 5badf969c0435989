//! What the printer's sensors feel, and the status bytes that tell of it.

use crate::printer::{PrinterFault, PrinterStatus};

/// The state of every sensor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sensors {
    near_end: bool,
    paper_end: bool,
    cover_open: bool,
    jam: bool,
    broken: bool,
    switched_off_line: bool,
    hot: bool,
}

impl Sensors {
    /// The sensors of a printer in this state.
    pub(super) fn of(status: PrinterStatus, hot: bool) -> Self {
        let down = |fault| status == PrinterStatus::Down(fault);
        let paper_end = down(PrinterFault::PaperOut);
        Self {
            near_end: paper_end || status == PrinterStatus::PaperLow,
            paper_end,
            cover_open: down(PrinterFault::CoverOpen),
            jam: down(PrinterFault::CutterJam),
            broken: down(PrinterFault::Broken),
            switched_off_line: down(PrinterFault::Offline),
            hot,
        }
    }

    /// Whether it prints nothing for now, and says so.
    pub(super) fn off_line(self) -> bool {
        self.paper_end || self.cover_open || self.switched_off_line || self.error()
    }

    fn error(self) -> bool {
        self.jam || self.broken || self.hot
    }

    /// The answer to `DLE EOT n`.
    pub(super) fn realtime(self, question: u8) -> Option<u8> {
        let bits = match question {
            1 => bits(&[(self.off_line(), 0x08)]),
            2 => bits(&[(self.cover_open, 0x04), (self.paper_end, 0x20), (self.error(), 0x40)]),
            3 => bits(&[(self.jam, 0x08), (self.broken, 0x20), (self.hot, 0x40)]),
            4 => bits(&[(self.near_end, 0x0c), (self.paper_end, 0x60)]),
            _ => return None,
        };
        Some(0x12 | bits)
    }

    /// The automatic status.
    pub(super) fn automatic(self) -> [u8; 4] {
        [
            0x10 | bits(&[(self.off_line(), 0x08), (self.cover_open, 0x20)]),
            bits(&[(self.jam, 0x08), (self.broken, 0x20), (self.hot, 0x40)]),
            self.paper(),
            0,
        ]
    }

    /// The answer to `GS r 1`.
    pub(super) fn paper(self) -> u8 {
        bits(&[(self.near_end, 0x03), (self.paper_end, 0x0c)])
    }
}

fn bits(set: &[(bool, u8)]) -> u8 {
    set.iter().filter(|(on, _)| *on).fold(0, |all, (_, bits)| all | bits)
}
