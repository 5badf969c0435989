//! `kiosk.toml`: where the hall is, who this kiosk is, and which devices it has.

mod devices;
mod makings;
mod screen;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use protocol::{KioskId, Label};
use serde::Deserialize;
use settings::Fault;

pub use devices::{
    CardReaderConfig, CardReaderKind, ChipReaderConfig, ChipReaderKind, LampConfig, LampKind,
    PrintMode, PrinterConfig, PrinterConfirm, PrinterGlyphs, PrinterKind, ScannerConfig,
    ScannerKind, SpeakerConfig, SpeakerKind,
};
pub use screen::ScreenConfig;

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
    /// Where the kiosk keeps what it must not forget; made at the first start.
    #[serde(default = "usual_data_dir")]
    pub data_dir: PathBuf,
    /// The time while the hall is away.
    #[serde(default)]
    pub offline: OfflineConfig,
    /// How long pages wait, and what shows them.
    #[serde(default)]
    pub screen: ScreenConfig,
    /// The printer.
    #[serde(default)]
    pub printer: PrinterConfig,
    /// The reader of identity cards.
    #[serde(default)]
    pub card_reader: CardReaderConfig,
    /// The reader of social-security cards.
    #[serde(default)]
    pub chip_reader: ChipReaderConfig,
    /// The scanner of codes.
    #[serde(default)]
    pub scanner: ScannerConfig,
    /// The voice.
    #[serde(default)]
    pub speaker: SpeakerConfig,
    /// The lamp.
    #[serde(default)]
    pub lamp: LampConfig,
    /// The file it was read from, to be named in mistakes.
    #[serde(skip)]
    pub file: PathBuf,
}

/// The time while the hall is away.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OfflineConfig {
    /// Numbers of each series that are leased in advance; 0 if this kiosk gives none while the hall is away.
    pub numbers_per_series: u32,
    /// Where the next kiosk is, for the time when this one has no numbers left.
    pub next_kiosk: Option<Label>,
}

impl Default for OfflineConfig {
    fn default() -> Self {
        Self { numbers_per_series: 20, next_kiosk: None }
    }
}

fn usual_listen() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8081))
}

fn usual_data_dir() -> PathBuf {
    PathBuf::from("kiosk-data")
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
        self.check_devices()?;
        let numbers = u64::from(self.offline.numbers_per_series);
        self.within("offline.numbers_per_series", numbers, 0, 200)?;
        Ok(self)
    }

    fn check_hall(&self) -> Result<(), Fault> {
        let host = self.hall_url.strip_prefix("http://").unwrap_or_default();
        if host.is_empty() || host.starts_with(['/', ':']) {
            let problem = format!("`{}` is no address of a hall", self.hall_url);
            let mend = "write it as http://10.0.0.5:8080; kiosks speak HTTP without TLS";
            return Err(self.fault("hall_url", problem, mend));
        }
        if self.kiosk.as_str().is_empty() {
            let mend = "copy the id from the hall's devices.toml";
            return Err(self.fault("kiosk", "is empty", mend));
        }
        if self.token.is_empty() || !self.token.chars().all(|it| it.is_ascii_graphic()) {
            let problem = "is empty or has characters that no token has";
            return Err(self.fault("token", problem, "copy it from the hall's devices.toml"));
        }
        Ok(())
    }

    fn within(&self, key: &str, value: u64, least: u64, most: u64) -> Result<(), Fault> {
        if (least..=most).contains(&value) {
            return Ok(());
        }
        let mend = format!("write {least} to {most}");
        Err(self.fault(key, format!("{value} is too little or too much"), mend))
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
mod tests;
