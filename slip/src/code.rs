//! The QR code of a slip: its modules, and how large they can be on the paper.

use qrcode::{Color, EcLevel, QrCode};

use crate::paper::Paper;
use crate::press::SlipFault;
use crate::template::Align;

/// White modules that a reader needs on every side.
const QUIET: u32 = 4;
/// Fewest dots of a module that phones read: 0.4 mm.
const SMALLEST: u32 = 3;
/// Modules by which a printer's own code may be wider than ours: one version, for it may pack worse.
const ALLOWANCE: u32 = 4;

/// A code at its place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Code {
    /// What it says.
    pub(crate) url: String,
    /// Dots of one module.
    pub(crate) module: u32,
    /// Where it stands.
    pub(crate) align: Align,
    /// Modules on a side, without the quiet zone.
    pub(crate) side: u32,
    /// Row after row, true is black.
    pub(crate) modules: Vec<bool>,
}

impl Code {
    /// The code of an address, in modules of `size` dots or as large as the paper takes.
    ///
    /// # Errors
    /// [`SlipFault::Unwritable`] if it is longer than a code can hold, or than the paper can show.
    pub(crate) fn new(url: &str, size: u8, align: Align, paper: Paper) -> Result<Self, SlipFault> {
        let unwritable = |cause: String| SlipFault::Unwritable(cause);
        let code = QrCode::with_error_correction_level(url, EcLevel::M)
            .map_err(|cause| unwritable(format!("no code for the address: {cause}")))?;
        let side = u32::try_from(code.width()).map_err(|cause| unwritable(cause.to_string()))?;
        let most = paper.dots() / (side + ALLOWANCE + 2 * QUIET);
        if most < SMALLEST {
            return Err(unwritable("the address is too long for a code on this paper".to_owned()));
        }
        let module = u32::from(size).max(SMALLEST).min(most);
        let modules = code.to_colors().iter().map(|color| *color == Color::Dark).collect();
        Ok(Self { url: url.to_owned(), module, align, side, modules })
    }

    /// Dots on a side, without the quiet zone.
    pub(crate) fn dots(&self) -> u32 {
        self.side * self.module
    }

    /// Dots of the quiet zone.
    pub(crate) fn quiet(&self) -> u32 {
        QUIET * self.module
    }
}
