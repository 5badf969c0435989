//! `kiosk.toml`: where the hall is, who this kiosk is, and which devices it has.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use hardware::printer::Paper;
use protocol::KioskId;
use serde::Deserialize;
use settings::Fault;

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
    /// The file it was read from, to be named in mistakes.
    #[serde(skip)]
    pub file: PathBuf,
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
    /// Reads and checks a file.
    ///
    /// # Errors
    /// The first [`Fault`] found.
    pub fn load(file: &Path) -> Result<Self, Fault> {
        settings::read::<Self>(file)?.checked(file)
    }

    fn checked(mut self, file: &Path) -> Result<Self, Fault> {
        file.clone_into(&mut self.file);
        self.check_hall()?;
        self.check_screen()?;
        self.paper()?;
        self.lamp_pin()?;
        Ok(self)
    }

    fn check_hall(&self) -> Result<(), Fault> {
        if !self.hall_url.starts_with("http://") {
            let problem = format!("`{}` is no address of a hall", self.hall_url);
            return Err(self.fault("hall_url", problem, "write it as http://10.0.0.5:8080"));
        }
        if self.kiosk.as_str().is_empty() {
            return Err(self.fault(
                "kiosk",
                "is empty",
                "copy the id from the hall's devices.toml",
            ));
        }
        if self.token.is_empty() || !self.token.chars().all(|it| it.is_ascii_graphic()) {
            let problem = "is empty or has characters that no token has";
            return Err(self.fault("token", problem, "copy it from the hall's devices.toml"));
        }
        Ok(())
    }

    fn check_screen(&self) -> Result<(), Fault> {
        let screen = &self.screen;
        let within = |key, value: u64, least: u64, most: u64| {
            if (least..=most).contains(&value) {
                return Ok(());
            }
            let mend = format!("write {least} to {most}");
            Err(self.fault(key, format!("{value} is too little or too much"), mend))
        };
        within("screen.idle_seconds", screen.idle_seconds, 10, 600)?;
        within("screen.warning_seconds", screen.warning_seconds, 1, screen.idle_seconds - 1)?;
        within("screen.farewell_seconds", screen.farewell_seconds, 5, 300)?;
        within("screen.refresh_seconds", screen.refresh_seconds, 1, 60)
    }

    /// The printer's paper.
    ///
    /// # Errors
    /// If there is no such paper.
    pub fn paper(&self) -> Result<Paper, Fault> {
        Paper::of_mm(self.printer.paper_mm).ok_or_else(|| {
            let problem = format!("there is no paper of {} mm", self.printer.paper_mm);
            self.fault("printer.paper_mm", problem, "write 58 or 80")
        })
    }

    /// The pin of the lamp; `None` if the lamp needs none.
    ///
    /// # Errors
    /// If the lamp needs one and has none.
    pub fn lamp_pin(&self) -> Result<Option<u8>, Fault> {
        match (self.lamp.kind, self.lamp.pin) {
            (LampKind::Simulated, _) => Ok(None),
            (LampKind::RaspberryPi, Some(pin)) => Ok(Some(pin)),
            (LampKind::RaspberryPi, None) => {
                Err(self.fault("lamp.pin", "is missing", "write the pin's BCM number, such as 17"))
            }
        }
    }

    pub(crate) fn fault(
        &self,
        key: &str,
        problem: impl Into<String>,
        mend: impl Into<String>,
    ) -> Fault {
        Fault::new(&self.file, key, problem, mend)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAST: &str = "hall_url = \"http://hall:8080\"\nkiosk = \"k1\"\ntoken = \"t\"\n";

    fn read(text: &str) -> Result<Config, Fault> {
        let file = Path::new("kiosk.toml");
        settings::parse::<Config>(file, text)?.checked(file)
    }

    #[test]
    fn three_keys_are_enough() {
        let config = read(LEAST).expect("the least there must be");
        assert_eq!(config.listen, usual_listen());
        assert_eq!(config.paper(), Ok(Paper::Mm80));
        assert_eq!(config.lamp_pin(), Ok(None));
    }

    #[test]
    fn the_demo_kiosk_says_what_is_usual() {
        let demo = read(include_str!("../../configs/demo/kiosk.toml")).expect("the demo is valid");
        assert_eq!(demo.screen, ScreenConfig::default());
        assert_eq!(demo.printer, PrinterConfig::default());
    }

    #[test]
    fn faults_name_file_key_and_mend() {
        let cases = [
            ("lisen = \"x\"", "`lisen`", "listen"),
            ("listen = \"8081\"", "`listen`", "correct the value"),
            ("[printer]\npaper_mm = 70", "`printer.paper_mm`", "58 or 80"),
            ("[printer]\nkind = \"laser\"", "`printer.kind`", "simulated"),
            ("[screen]\nidle_seconds = \"long\"", "`screen.idle_seconds`", "correct the value"),
            ("[screen]\nidle_seconds = 1", "`screen.idle_seconds`", "10 to 600"),
            ("[screen]\nwarning_seconds = 60", "`screen.warning_seconds`", "1 to 59"),
            ("[lamp]\nkind = \"raspberry-pi\"", "`lamp.pin`", "BCM"),
        ];
        for (more, key, mend) in cases {
            let fault = read(&format!("{LEAST}{more}")).expect_err("a fault").to_string();
            assert!(fault.starts_with("kiosk.toml: "), "{fault}");
            assert!(fault.contains(key) && fault.contains(mend), "{fault}");
        }
        let missing = read("kiosk = \"k1\"\ntoken = \"t\"").expect_err("a fault").to_string();
        assert!(missing.contains("`hall_url`"), "{missing}");
        let https = LEAST.replace("http", "https");
        assert!(read(&https).expect_err("a fault").to_string().contains("`hall_url`"));
    }
}
