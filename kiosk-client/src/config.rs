//! `kiosk.toml`: where the hall is, who this kiosk is, and which devices it has. Every fault is one
//! sentence that names the file, the key and the mend.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, anyhow, bail};
use hardware::printer::Paper;
use protocol::KioskId;
use serde::Deserialize;

use crate::flow::Patience;

/// Everything a kiosk must be told.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The hall's address: `http://127.0.0.1:8080`.
    pub hall_url: String,
    /// This kiosk's id, as the hall's `devices.toml` has it.
    pub kiosk: KioskId,
    /// This kiosk's token, from the same place.
    pub token: String,
    /// Where the pages are served for this machine's own browser.
    #[serde(default = "usual_listen")]
    pub listen: SocketAddr,
    /// How long pages wait.
    #[serde(default)]
    pub screen: ScreenConfig,
    /// The printer.
    #[serde(default)]
    pub printer: PrinterConfig,
    /// The card reader.
    #[serde(default)]
    pub card_reader: CardReaderConfig,
    /// The lamp.
    #[serde(default)]
    pub lamp: LampConfig,
}

/// How long pages wait, and how often the menu is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ScreenConfig {
    /// Seconds for somebody who does nothing.
    pub idle_seconds: u64,
    /// Of those, how many it asks whether they are still there.
    pub warning_seconds: u64,
    /// Seconds the number stays on the screen once the slip is printed.
    pub farewell_seconds: u64,
    /// Seconds between two looks at the hall's menu.
    pub refresh_seconds: u64,
}

impl Default for ScreenConfig {
    fn default() -> Self {
        Self { idle_seconds: 60, warning_seconds: 15, farewell_seconds: 15, refresh_seconds: 5 }
    }
}

impl ScreenConfig {
    /// The same for the flow.
    #[must_use]
    pub fn patience(&self) -> Patience {
        Patience {
            idle: Duration::from_secs(self.idle_seconds),
            warning: Duration::from_secs(self.warning_seconds),
            farewell: Duration::from_secs(self.farewell_seconds),
        }
    }
}

/// The printer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PrinterConfig {
    /// What it is.
    pub kind: PrinterKind,
    /// The width of its paper: 58 or 80.
    pub paper_mm: u32,
}

impl Default for PrinterConfig {
    fn default() -> Self {
        Self { kind: PrinterKind::Simulated, paper_mm: 80 }
    }
}

/// Which printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PrinterKind {
    /// One that draws the slip beside the screen.
    Simulated,
}

/// The card reader.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CardReaderConfig {
    /// What it is.
    pub kind: CardReaderKind,
}

/// Which card reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CardReaderKind {
    /// One on which a click places a card of somebody who does not exist.
    #[default]
    Simulated,
}

/// The lamp above the kiosk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LampConfig {
    /// What it is.
    pub kind: LampKind,
    /// The pin of a Raspberry Pi, by its BCM number.
    pub pin: Option<u8>,
}

/// Which lamp.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LampKind {
    /// One on the page beside the screen.
    #[default]
    Simulated,
    /// One on a pin of a Raspberry Pi.
    RaspberryPi,
}

fn usual_listen() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8081))
}

impl Config {
    /// A kiosk with simulated devices, for one hall.
    #[must_use]
    pub fn simulated(hall: &str, kiosk: KioskId, token: &str, listen: SocketAddr) -> Self {
        Self {
            hall_url: hall.to_owned(),
            kiosk,
            token: token.to_owned(),
            listen,
            screen: ScreenConfig::default(),
            printer: PrinterConfig::default(),
            card_reader: CardReaderConfig::default(),
            lamp: LampConfig::default(),
        }
    }

    /// Reads and checks a file.
    ///
    /// # Errors
    /// With one sentence that names the file, the key and what to write instead.
    pub fn load(path: &Path) -> anyhow::Result<Self> {
        let name = path.display();
        let text = std::fs::read_to_string(path).with_context(|| {
            format!("{name} cannot be read; give the path of a kiosk.toml after --config")
        })?;
        Self::parse(&text).map_err(|fault| anyhow!("{name}: {fault}"))
    }

    /// Reads and checks a file's text.
    ///
    /// # Errors
    /// With one sentence that names the key and what to write instead.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        let config: Self = toml::from_str(text).map_err(|fault| readable(text, &fault))?;
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> anyhow::Result<()> {
        if !self.hall_url.starts_with("http://") {
            bail!("`hall_url` must be an address such as \"http://192.168.1.10:8080\"");
        }
        if self.token.trim().is_empty() {
            bail!("`token` is empty; copy this kiosk's token from the hall's devices.toml");
        }
        if self.kiosk.as_str().is_empty() {
            bail!("`kiosk` is empty; write this kiosk's id from the hall's devices.toml");
        }
        self.paper()?;
        if self.lamp.kind == LampKind::RaspberryPi && self.lamp.pin.is_none() {
            bail!("`lamp.pin` is missing; write the BCM number of the lamp's pin, such as 17");
        }
        let screen = &self.screen;
        within("screen.idle_seconds", screen.idle_seconds, 10, 600)?;
        within("screen.farewell_seconds", screen.farewell_seconds, 5, 300)?;
        within("screen.refresh_seconds", screen.refresh_seconds, 1, 60)?;
        within("screen.warning_seconds", screen.warning_seconds, 1, screen.idle_seconds - 1)
    }

    /// The printer's paper.
    ///
    /// # Errors
    /// If there is no such paper.
    pub fn paper(&self) -> anyhow::Result<Paper> {
        Paper::of_mm(self.printer.paper_mm)
            .ok_or_else(|| anyhow!("`printer.paper_mm` must be 58 or 80"))
    }
}

fn within(key: &str, value: u64, least: u64, most: u64) -> anyhow::Result<()> {
    if !(least..=most).contains(&value) {
        bail!("`{key}` is {value}; it must be {least} to {most}");
    }
    Ok(())
}

/// The parser's complaint with the line and the key it is about.
fn readable(text: &str, fault: &toml::de::Error) -> anyhow::Error {
    let message = fault.message().trim().replace('\n', ", ");
    let Some(span) = fault.span() else { return anyhow!("{message}") };
    let before = &text[..span.start.min(text.len())];
    let line = before.matches('\n').count() + 1;
    let key = text.lines().nth(line - 1).and_then(|line| line.split_once('='));
    match key {
        Some((key, _)) => anyhow!("line {line}, key `{}`: {message}", key.trim()),
        None => anyhow!("line {line}: {message}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAST: &str = "hall_url = \"http://hall:8080\"\nkiosk = \"k1\"\ntoken = \"t\"\n";

    fn fault(more: &str) -> String {
        Config::parse(&format!("{LEAST}{more}")).unwrap_err().to_string()
    }

    #[test]
    fn three_keys_are_enough() {
        let config = Config::parse(LEAST).unwrap();
        assert_eq!(config.listen, usual_listen());
        assert_eq!(config.paper().unwrap(), Paper::Mm80);
    }

    #[test]
    fn the_documented_example_is_valid() {
        let text = include_str!("../../configs/demo/kiosk.toml");
        Config::parse(text).unwrap();
    }

    #[test]
    fn every_fault_names_its_key() {
        assert!(fault("lisen = \"x\"").contains("`lisen`"));
        assert!(fault("listen = \"8081\"").contains("`listen`"));
        assert!(fault("[printer]\npaper_mm = 70").contains("58 or 80"));
        assert!(fault("[screen]\nidle_seconds = \"long\"").contains("`idle_seconds`"));
        assert!(fault("[screen]\nidle_seconds = 1").contains("10 to 600"));
        assert!(fault("[screen]\nwarning_seconds = 60").contains("1 to 59"));
        assert!(fault("[lamp]\nkind = \"raspberry-pi\"").contains("`lamp.pin`"));
        assert!(fault("[printer]\nkind = \"laser\"").contains("simulated"));
        let missing = Config::parse("kiosk = \"k1\"\ntoken = \"t\"").unwrap_err().to_string();
        assert!(missing.contains("hall_url"), "{missing}");
    }
}
