//! Lamps: the light above a kiosk or a window.

mod line;
mod simulator;

pub use line::LineLamp;
pub use simulator::SimulatedLamp;

use crate::gpio::GpioFault;

/// What a lamp shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Light {
    /// Nothing.
    #[default]
    Off,
    /// In service.
    Steady,
    /// Somebody should come.
    Blinking,
}

/// A lamp.
pub trait Lamp: Send + Sync {
    /// Makes it show something.
    ///
    /// # Errors
    /// If the lamp cannot be switched.
    fn show(&self, light: Light) -> Result<(), GpioFault>;
}
