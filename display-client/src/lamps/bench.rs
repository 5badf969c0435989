//! A simulated lamp and a simulated button on the bench of a display that is tried.

use hardware::gpio::{SimulatedButton, SimulatedOutput};

use super::config::{ButtonConfig, Config};
use crate::outputs::{Device, Look};

/// A simulated lamp.
pub(super) struct LampOnBench {
    name: String,
    blinks: bool,
    output: SimulatedOutput,
}

impl LampOnBench {
    pub(super) fn new(config: &Config, output: &SimulatedOutput) -> Self {
        Self { name: config.name.clone(), blinks: config.blink, output: output.clone() }
    }
}

impl Device for LampOnBench {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn look(&self) -> Look {
        let lit = *self.output.level().borrow();
        Look::Lamp { lit, blinking: lit && self.blinks }
    }
}

/// A simulated button.
pub(super) struct ButtonOnBench {
    name: String,
    key: String,
    button: SimulatedButton,
}

impl ButtonOnBench {
    pub(super) fn new(config: &ButtonConfig, button: SimulatedButton) -> Self {
        let key = serde_json::to_value(config.key).ok();
        let key = key.and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default();
        Self { name: config.name.clone(), key, button }
    }
}

impl Device for ButtonOnBench {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn look(&self) -> Look {
        Look::Button { key: self.key.clone() }
    }

    fn press(&self, key: &str) -> bool {
        if key == self.key {
            self.button.press();
        }
        key == self.key
    }
}
