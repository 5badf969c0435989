//! A lamp on a GPIO line. It blinks by being switched.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::task::JoinSet;

use super::{Lamp, Light};
use crate::gpio::{GpioFault, Output};

/// How long a blinking lamp is on, and then off.
const HALF_BLINK: Duration = Duration::from_millis(500);

/// A lamp on one line. Must be used within the runtime.
pub struct LineLamp {
    line: Arc<dyn Output>,
    blinking: Mutex<JoinSet<()>>,
}

impl LineLamp {
    /// The lamp on an output; it is switched off.
    ///
    /// # Errors
    /// If the line cannot be switched.
    pub fn new(line: Arc<dyn Output>) -> Result<Self, GpioFault> {
        line.set(false)?;
        Ok(Self { line, blinking: Mutex::default() })
    }
}

impl Lamp for LineLamp {
    fn show(&self, light: Light) -> Result<(), GpioFault> {
        let mut blinking = self.blinking.lock().unwrap_or_else(PoisonError::into_inner);
        *blinking = JoinSet::new();
        self.line.set(light != Light::Off)?;
        if light == Light::Blinking {
            blinking.spawn(blink(Arc::clone(&self.line)));
        }
        Ok(())
    }
}

/// Goes on until it is ended, or the line fails: then the next change says so.
async fn blink(line: Arc<dyn Output>) {
    for on in [false, true].into_iter().cycle() {
        tokio::time::sleep(HALF_BLINK).await;
        if line.set(on).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gpio::SimulatedOutput;

    #[tokio::test]
    async fn it_blinks_until_it_is_told_otherwise() {
        let output = SimulatedOutput::default();
        let mut level = output.level();
        let lamp = LineLamp::new(Arc::new(output)).expect("a line");
        lamp.show(Light::Blinking).expect("a line");
        for on in [true, false, true] {
            level.wait_for(|it| *it == on).await.expect("the lamp is there");
        }
        lamp.show(Light::Off).expect("a line");
        assert!(!*level.borrow());
        let stays = tokio::time::timeout(HALF_BLINK * 3, level.wait_for(|on| *on)).await;
        assert!(stays.is_err(), "it went on by itself");
    }
}
