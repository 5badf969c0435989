//! `[[lamps]]` and `[[buttons]]` of `display.toml`.

use std::time::Duration;

use hardware::gpio::LineAddress;
use protocol::WindowId;
use protocol::wall::Key;
use serde::Deserialize;

use crate::config::Mistake;

/// The line of a device that is not there.
const SIMULATED: &str = "simulated";
/// A contact's bounce that is waited out if nobody says otherwise, in milliseconds.
const USUAL_DEBOUNCE_MS: u64 = 30;
/// The longest bounce.
const MOST_DEBOUNCE_MS: u64 = 1_000;
/// The longest a lamp is lit for one call, in seconds.
const MOST_SECONDS: u64 = 3_600;

/// A lamp or a buzzer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// What people call it.
    pub(crate) name: String,
    /// Its line: `bcm:17` on a Raspberry Pi, `gpio:NAME` on other boards, either with `:low`; or `simulated`.
    pub(super) line: String,
    /// The windows it is for.
    pub(super) windows: Vec<WindowId>,
    /// When it is lit.
    #[serde(default)]
    pub(super) when: When,
    /// For how many seconds, as with a buzzer; 0 for as long as it is so.
    #[serde(default)]
    pub(super) seconds: u64,
    /// Whether it blinks.
    #[serde(default)]
    pub(super) blink: bool,
}

/// When a lamp is lit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum When {
    /// While somebody is called to one of its windows and has not come.
    #[default]
    Called,
    /// The same, only for visitors who cannot hear.
    ByLight,
    /// While somebody is served there.
    Serving,
}

/// A button beside a clerk.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ButtonConfig {
    /// What people call it.
    pub(crate) name: String,
    /// Its line, which it pulls to ground: as a lamp's.
    pub(super) line: String,
    /// The window it acts at; it must be among the display's `keypads` in the hall's `devices.toml`.
    pub(super) window: WindowId,
    /// What it means.
    #[serde(default = "call")]
    pub(super) key: Key,
    /// Contacts bounce: what changes again within so many milliseconds is the same press.
    #[serde(default = "usual_debounce_ms")]
    pub(super) debounce_ms: u64,
}

fn call() -> Key {
    Key::Call
}
fn usual_debounce_ms() -> u64 {
    USUAL_DEBOUNCE_MS
}

impl Config {
    /// Whether the table makes sense.
    pub(crate) fn check(&self) -> Result<(), Mistake> {
        check_line(&self.line)?;
        if self.windows.is_empty() {
            return Err(Mistake::new("windows", "names no window", "write such as [\"w01\"]"));
        }
        if self.seconds > MOST_SECONDS {
            return Err(Mistake::new("seconds", "is too long", "write 0 to 3600"));
        }
        Ok(())
    }
}

impl ButtonConfig {
    /// Whether the table makes sense.
    pub(crate) fn check(&self) -> Result<(), Mistake> {
        check_line(&self.line)?;
        if self.debounce_ms > MOST_DEBOUNCE_MS {
            return Err(Mistake::new("debounce_ms", "is too long", "write 0 to 1000"));
        }
        Ok(())
    }

    pub(super) fn debounce(&self) -> Duration {
        Duration::from_millis(self.debounce_ms)
    }
}

fn check_line(line: &str) -> Result<(), Mistake> {
    if line == SIMULATED {
        return Ok(());
    }
    line.parse::<LineAddress>().map(drop).map_err(|fault| {
        Mistake::new("line", fault.to_string(), "or write \"simulated\" to try it without one")
    })
}

/// The line of a configuration that was checked; `None` for a simulated one.
pub(super) fn line_of(line: &str) -> Option<LineAddress> {
    line.parse().ok()
}
