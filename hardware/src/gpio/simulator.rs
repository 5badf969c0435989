//! Lines that are not there: an output that can be looked at, a button that can be pressed.

use tokio::sync::{mpsc, watch};

use super::{GpioFault, Output, PRESSES_KEPT, Presses};

/// An output on a page instead of a pin. Clones are the same output.
#[derive(Clone)]
pub struct SimulatedOutput {
    on: watch::Sender<bool>,
}

impl Default for SimulatedOutput {
    fn default() -> Self {
        Self { on: watch::Sender::new(false) }
    }
}

impl SimulatedOutput {
    /// Whether it is on; wakes with each change.
    #[must_use]
    pub fn level(&self) -> watch::Receiver<bool> {
        self.on.subscribe()
    }
}

impl Output for SimulatedOutput {
    fn set(&self, on: bool) -> Result<(), GpioFault> {
        self.on.send_if_modified(|now| std::mem::replace(now, on) != on);
        Ok(())
    }
}

/// A button on a page. Clones are the same button.
#[derive(Clone)]
pub struct SimulatedButton {
    pressed: mpsc::Sender<()>,
}

impl SimulatedButton {
    /// A button and its presses.
    #[must_use]
    pub fn new() -> (Self, Presses) {
        let (pressed, presses) = mpsc::channel(PRESSES_KEPT);
        (Self { pressed }, Presses { presses, _line: Box::new(()) })
    }

    /// Presses it. One whose presses nobody takes makes no difference, as a real one's.
    pub fn press(&self) {
        let _ = self.pressed.try_send(());
    }
}
