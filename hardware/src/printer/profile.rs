//! What differs from one make of printer to the next.

use std::time::Duration;

/// How a printer is made to say that a slip is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirm {
    /// It is asked for its paper after the slip (`GS r 1`); the question waits its turn behind the slip.
    /// Nearly every printer answers.
    Paper,
    /// It sends back the slip's own number (`GS ( H`), so an answer can belong to no other slip. Epson's own
    /// printers and a few others.
    Process,
    /// It answers neither, only how it is. It is watched for [`Profile::watch`], and the slip counts as done
    /// if nothing has gone wrong by then. What stops it later is not noticed in time.
    None,
}

/// How to deal with one make of printer. The default suits nearly every one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// What cuts the slip, in place of the usual cut that slips end with ([`Profile::USUAL_CUT`]).
    pub cut: Vec<u8>,
    /// What hands the slip out after the cut, where the printer has a presenter; empty where it has none.
    pub present: Vec<u8>,
    /// What makes the printer forget a slip it could not finish. Sent at once when a slip fails and again
    /// before the next one; the commands in it must be ones the printer obeys while it is off-line.
    pub clear: Vec<u8>,
    /// How it says that a slip is done.
    pub confirm: Confirm,
    /// How long it may take to say so, after the last byte has gone out.
    pub confirm_within: Duration,
    /// How long a printer that never says so is watched: as long as its longest slip takes to print.
    pub watch: Duration,
    /// How long it may take to answer how it is. Longer than this is silence.
    pub answer_within: Duration,
    /// How long it may refuse to take more of a slip.
    pub stall: Duration,
    /// How often it is asked how it is while nothing is printed.
    pub poll_every: Duration,
    /// Whether it may be asked for its model and the version of its program (`GS I`).
    pub identify: bool,
}

impl Profile {
    /// `GS V 66 0`: feed to the cutter and cut, leaving a bridge.
    pub const USUAL_CUT: [u8; 4] = [0x1d, b'V', 66, 0];
    /// `DLE ENQ 2`: go on after an error, with empty buffers. `DLE DC4 8`: empty the buffers, in any state.
    /// Who does not know the second one prints nothing for it.
    pub const USUAL_CLEAR: [u8; 13] = [0x10, 0x05, 2, 0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8];
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            cut: Self::USUAL_CUT.to_vec(),
            present: Vec::new(),
            clear: Self::USUAL_CLEAR.to_vec(),
            confirm: Confirm::Paper,
            confirm_within: Duration::from_secs(10),
            watch: Duration::from_secs(3),
            answer_within: Duration::from_millis(1_500),
            stall: Duration::from_secs(5),
            poll_every: Duration::from_secs(5),
            identify: true,
        }
    }
}
