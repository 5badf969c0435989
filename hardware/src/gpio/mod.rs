//! Lines of a GPIO chip: outputs that switch a lamp or a buzzer, inputs that a button pulls. A Raspberry Pi's
//! are driven through `rppal`, every other board's through the kernel, by the name its maker gave the line.

mod address;
mod board;
mod raspberry;
mod simulator;

use std::time::Duration;

pub use address::{LineAddress, LineAddressFault};
pub use simulator::{SimulatedButton, SimulatedOutput};
use tokio::sync::mpsc;

/// Presses that nobody has taken yet; a button that is held down makes one.
const PRESSES_KEPT: usize = 8;

/// Why a line cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GpioFault {
    /// The machine is no Raspberry Pi.
    #[error(
        "{0}: this machine is not a Raspberry Pi; name the line as `gpio:NAME`, see `gpioinfo`"
    )]
    NoRaspberryPi(LineAddress),
    /// No chip has a line of this name.
    #[error("{0}: no GPIO chip of this machine has such a line; `gpioinfo` lists their names")]
    NoSuchLine(LineAddress),
    /// The line is in use, forbidden or broken.
    #[error(
        "{line}: the line cannot be used ({cause}); choose a free one, or let this user use GPIO"
    )]
    Unusable {
        /// Which.
        line: LineAddress,
        /// What the system said.
        cause: String,
    },
}

/// A line that switches something.
pub trait Output: Send + Sync {
    /// Switches it.
    ///
    /// # Errors
    /// If the system does not.
    fn set(&self, on: bool) -> Result<(), GpioFault>;
}

/// A button's presses, one for each time it goes down. Dropping it lets go of the line.
pub struct Presses {
    presses: mpsc::Receiver<()>,
    /// What keeps the line while somebody listens.
    _line: Box<dyn Send + Sync>,
}

impl Presses {
    /// Waits for the next press; `None` once the line is lost.
    pub async fn next(&mut self) -> Option<()> {
        self.presses.recv().await
    }
}

/// Takes a line and switches it off.
///
/// # Errors
/// If the machine has no such line, or this program may not use it.
pub fn output(line: &LineAddress) -> Result<Box<dyn Output>, GpioFault> {
    match line {
        LineAddress::Raspberry { .. } => raspberry::output(line),
        LineAddress::Named { .. } => board::output(line),
    }
}

/// Takes a line as a button that pulls it to ground. Contacts bounce: what changes again within `debounce` is
/// the same press. Must be used within the runtime.
///
/// # Errors
/// As [`output`].
pub fn button(line: &LineAddress, debounce: Duration) -> Result<Presses, GpioFault> {
    match line {
        LineAddress::Raspberry { .. } => raspberry::button(line, debounce),
        LineAddress::Named { .. } => board::button(line, debounce),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_one_sentence_with_the_mend() {
        for text in ["bcm:17", "gpio:NO-SUCH-LINE"] {
            let line: LineAddress = text.parse().expect("an address");
            let faults = [output(&line).err(), button(&line, Duration::from_millis(20)).err()];
            // On a Raspberry Pi that has nothing on the pin there is nothing to complain of.
            for fault in faults.into_iter().flatten() {
                let sentence = fault.to_string();
                assert!(sentence.starts_with(text) && !sentence.contains('\n'), "{sentence}");
            }
        }
    }
}
