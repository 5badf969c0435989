//! A lamp that only remembers what it shows. Clones are the same lamp.

use std::sync::{Arc, Mutex, PoisonError};

use super::{Lamp, Light};
use crate::gpio::GpioFault;

/// A lamp on a page instead of a pole.
#[derive(Clone, Default)]
pub struct SimulatedLamp {
    light: Arc<Mutex<Light>>,
}

impl SimulatedLamp {
    /// What it shows.
    #[must_use]
    pub fn light(&self) -> Light {
        *self.light.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lamp for SimulatedLamp {
    fn show(&self, light: Light) -> Result<(), GpioFault> {
        *self.light.lock().unwrap_or_else(PoisonError::into_inner) = light;
        Ok(())
    }
}
