//! Lamps: the light above a kiosk or a window.

mod raspberry;
mod simulator;

pub use raspberry::RaspberryLamp;
pub use simulator::SimulatedLamp;

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

/// Why a lamp cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LampFault {
    /// The machine has no pins to switch.
    #[error("this machine is not a Raspberry Pi")]
    NoRaspberryPi,
    /// The pin cannot be used.
    #[error("pin {pin} of the Raspberry Pi cannot be used: {cause}")]
    Pin {
        /// Which, by its BCM number.
        pin: u8,
        /// What the system said.
        cause: String,
    },
}

/// A lamp.
pub trait Lamp: Send + Sync {
    /// Makes it show something.
    ///
    /// # Errors
    /// If the lamp cannot be switched.
    fn show(&self, light: Light) -> Result<(), LampFault>;
}
