//! A lamp on a pin of a Raspberry Pi, through `rppal`.

use std::sync::{Mutex, PoisonError};

use rppal::gpio::{Error, Gpio, OutputPin};

use super::{Lamp, LampFault, Light};

/// Times a second a blinking lamp goes on.
const BLINKS_PER_SECOND: f64 = 1.0;
/// The part of the time it is on.
const ON_SHARE: f64 = 0.5;

/// A lamp on one pin.
pub struct RaspberryLamp {
    number: u8,
    pin: Mutex<OutputPin>,
}

impl RaspberryLamp {
    /// Takes a pin, by its BCM number, and switches the lamp off.
    ///
    /// # Errors
    /// On a machine that is not a Raspberry Pi, or if the pin is in use or forbidden.
    pub fn open(pin: u8) -> Result<Self, LampFault> {
        let gpio = Gpio::new().map_err(|cause| fault(pin, &cause))?;
        let output = gpio.get(pin).map_err(|cause| fault(pin, &cause))?.into_output_low();
        Ok(Self { number: pin, pin: Mutex::new(output) })
    }
}

impl Lamp for RaspberryLamp {
    fn show(&self, light: Light) -> Result<(), LampFault> {
        let mut pin = self.pin.lock().unwrap_or_else(PoisonError::into_inner);
        pin.clear_pwm().map_err(|cause| fault(self.number, &cause))?;
        match light {
            Light::Off => pin.set_low(),
            Light::Steady => pin.set_high(),
            Light::Blinking => pin
                .set_pwm_frequency(BLINKS_PER_SECOND, ON_SHARE)
                .map_err(|cause| fault(self.number, &cause))?,
        }
        Ok(())
    }
}

fn fault(pin: u8, cause: &Error) -> LampFault {
    match cause {
        Error::UnknownModel => LampFault::NoRaspberryPi,
        other => LampFault::Pin { pin, cause: other.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elsewhere_than_on_a_raspberry_pi_it_says_so() {
        if let Err(fault) = RaspberryLamp::open(17) {
            assert!(fault.to_string().contains("Raspberry Pi"), "{fault}");
        }
    }
}
