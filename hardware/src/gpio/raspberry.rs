//! The pins of a Raspberry Pi, through `rppal`.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rppal::gpio::{Error, Gpio, Level, OutputPin, Pin, Trigger};
use tokio::sync::mpsc;

use super::{GpioFault, LineAddress, Output, PRESSES_KEPT, Presses};

struct PiOutput {
    pin: Mutex<OutputPin>,
    active_low: bool,
}

impl Output for PiOutput {
    fn set(&self, on: bool) -> Result<(), GpioFault> {
        let mut pin = self.pin.lock().unwrap_or_else(PoisonError::into_inner);
        let level = if on == self.active_low { Level::Low } else { Level::High };
        pin.write(level);
        Ok(())
    }
}

pub(super) fn output(line: &LineAddress) -> Result<Box<dyn Output>, GpioFault> {
    let (pin, active_low) = take(line)?;
    let pin = if active_low { pin.into_output_high() } else { pin.into_output_low() };
    Ok(Box::new(PiOutput { pin: Mutex::new(pin), active_low }))
}

pub(super) fn button(line: &LineAddress, debounce: Duration) -> Result<Presses, GpioFault> {
    // A button pulls its pin to ground, whichever way its line is written.
    let mut pin = take(line)?.0.into_input_pullup();
    let (pressed, presses) = mpsc::channel(PRESSES_KEPT);
    pin.set_async_interrupt(Trigger::FallingEdge, Some(debounce), move |_| {
        // Presses beyond those that are kept are somebody hammering.
        let _ = pressed.try_send(());
    })
    .map_err(|cause| fault(line, &cause))?;
    Ok(Presses { presses, _line: Box::new(Mutex::new(pin)) })
}

fn take(line: &LineAddress) -> Result<(Pin, bool), GpioFault> {
    let LineAddress::Raspberry { pin, active_low } = line else {
        return Err(GpioFault::NoSuchLine(line.clone()));
    };
    let gpio = Gpio::new().map_err(|cause| fault(line, &cause))?;
    let pin = gpio.get(*pin).map_err(|cause| fault(line, &cause))?;
    Ok((pin, *active_low))
}

fn fault(line: &LineAddress, cause: &Error) -> GpioFault {
    match cause {
        Error::UnknownModel => GpioFault::NoRaspberryPi(line.clone()),
        other => GpioFault::Unusable { line: line.clone(), cause: other.to_string() },
    }
}
