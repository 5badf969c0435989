//! `[[keypads]]` of `display.toml`: one table for each bus.

use std::collections::BTreeSet;

use hardware::keypad::BAUD;
use hardware::line::Address;
use protocol::WindowId;
use serde::Deserialize;

use crate::config::Mistake;

/// The line of a bus that is not there.
const SIMULATED: &str = "simulated";

/// A bus of keypads and raters.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// What people call it.
    pub(crate) name: String,
    /// Where it is: `serial:/dev/ttyS1@9600`, `tcp:HOST:PORT` behind a converter; or `simulated`.
    pub(super) line: String,
    /// The keypads on it.
    pub(super) keypads: Vec<Keypad>,
}

/// A keypad, or a rater; one that is both has one address.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Keypad {
    /// Its address on the bus, as its switches are set.
    pub(super) address: u8,
    /// The window it is beside; it must be among the display's `keypads` in the hall's `devices.toml`.
    pub(super) window: WindowId,
}

impl Config {
    /// Whether the table makes sense.
    pub(crate) fn check(&self) -> Result<(), Mistake> {
        if self.line != SIMULATED {
            let line = self.line.parse::<Address>().map_err(|fault| {
                Mistake::new("line", fault.to_string(), "or write \"simulated\" to try it")
            })?;
            if matches!(line, Address::Serial { baud, .. } if baud != BAUD) {
                let problem = "is not at the speed of such a bus";
                return Err(Mistake::new("line", problem, "write serial:/dev/ttyS1@9600"));
            }
        }
        if self.keypads.is_empty() {
            let mend = "write such as [{ address = 1, window = \"w01\" }]";
            return Err(Mistake::new("keypads", "names no keypad", mend));
        }
        let mut seen = BTreeSet::new();
        match self.keypads.iter().find(|keypad| !seen.insert(keypad.address)) {
            Some(twice) => Err(Mistake::new(
                "keypads",
                format!("address {} stands twice", twice.address),
                "give every keypad of a bus an address of its own",
            )),
            None => Ok(()),
        }
    }

    /// The line of a configuration that was checked; `None` for a simulated bus.
    pub(super) fn address(&self) -> Option<Address> {
        self.line.parse().ok()
    }
}
