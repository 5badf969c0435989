//! A simulated keypad with its rater, on the bench of a display that is tried.

use hardware::keypad::{Key, SimulatedKeypads, Stars};

use super::config::{Config, Keypad};
use crate::outputs::{Device, Look};

/// The keys by the names the hall's messages give them.
const KEYS: [(&str, Key); 8] = [
    ("call", Key::Call),
    ("recall", Key::Recall),
    ("rate", Key::Rate),
    ("pause", Key::Pause),
    ("transfer", Key::Transfer),
    ("hold", Key::Hold),
    ("resume", Key::Resume),
    ("pass", Key::Pass),
];
/// The same for what a visitor presses.
const STARS: [(&str, Stars); 3] =
    [("very-good", Stars::VeryGood), ("good", Stars::Good), ("bad", Stars::Bad)];

/// One keypad.
pub(super) struct KeypadOnBench {
    name: String,
    address: u8,
    keypads: SimulatedKeypads,
}

impl KeypadOnBench {
    pub(super) fn new(config: &Config, keypad: &Keypad, keypads: &SimulatedKeypads) -> Self {
        let name = format!("{} · {}", config.name, keypad.window);
        Self { name, address: keypad.address, keypads: keypads.clone() }
    }
}

impl Device for KeypadOnBench {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn look(&self) -> Look {
        let display = self.keypads.keypad(self.address).display;
        let waiting = display.waiting.map_or_else(|| "   ".to_owned(), |it| format!("{it:>3}"));
        let number = display.number.map_or_else(|| "   ".to_owned(), |it| format!("{it:03}"));
        let keys = KEYS.iter().map(|(name, _)| *name).chain(STARS.iter().map(|(name, _)| *name));
        Look::Keypad {
            text: format!("{waiting} {number}"),
            keys: keys.map(str::to_owned).collect(),
        }
    }

    fn press(&self, key: &str) -> bool {
        let named = |name: &str| name == key;
        if let Some((_, key)) = KEYS.iter().find(|(name, _)| named(name)) {
            self.keypads.press(self.address, *key);
        } else if let Some((_, stars)) = STARS.iter().find(|(name, _)| named(name)) {
            self.keypads.rate(self.address, *stars);
        } else {
            return false;
        }
        true
    }
}
