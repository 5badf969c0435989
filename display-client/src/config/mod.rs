//! `display.toml`: which hall, which display, where its page is, and what it gives calls out with.

mod mistake;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use protocol::{DisplayId, Language};
use serde::Deserialize;
use settings::Fault;

pub(crate) use mistake::Mistake;

use crate::{keypads, lamps, strips, voices};

/// Everything a display needs to know before it starts.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The address of the hall, such as `http://10.0.0.5:8080`. No slash at the end.
    pub hall_url: String,
    /// Which display this is, as in the hall's `devices.toml`.
    pub display: DisplayId,
    /// Its secret, as in the hall's `devices.toml`.
    pub token: String,
    /// Where its own page is, such as `127.0.0.1:8082`.
    pub listen: SocketAddr,
    /// Directory that keeps the last board and copies of pictures and videos; made at the first start.
    pub data_dir: PathBuf,
    /// The larger language of the screen.
    #[serde(default)]
    pub language: Language,
    /// How much disk the copies of pictures and videos may take, in MB; 0 to 100000.
    #[serde(default = "usual_media_mb")]
    pub media_mb: u64,
    /// Starts the browser again when no page has been open for a minute: a program and its arguments.
    #[serde(default)]
    pub restart_browser: Vec<String>,
    /// Its voices, one for each audio area.
    #[serde(default)]
    pub(crate) voices: Vec<voices::Config>,
    /// Its LED strips, one table for each bus.
    #[serde(default)]
    pub(crate) strips: Vec<strips::Config>,
    /// Its lamps and buzzers.
    #[serde(default)]
    pub(crate) lamps: Vec<lamps::Config>,
    /// Its buttons beside clerks.
    #[serde(default)]
    pub(crate) buttons: Vec<lamps::ButtonConfig>,
    /// Its keypads and raters, one table for each bus.
    #[serde(default)]
    pub(crate) keypads: Vec<keypads::Config>,
    /// The file it was read from, to be named in mistakes.
    #[serde(skip)]
    pub file: PathBuf,
}

/// Without the token: what is written for people is no place for a secret.
impl fmt::Debug for Config {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = out.debug_struct("Config");
        out.field("display", &self.display).field("hall_url", &self.hall_url);
        out.field("listen", &self.listen).finish_non_exhaustive()
    }
}

/// Some hundred pictures and a few videos.
fn usual_media_mb() -> u64 {
    2000
}

/// No disk of a wall is larger.
const MOST_MEDIA_MB: u64 = 100_000;

impl Config {
    /// Reads `display.toml`.
    ///
    /// # Errors
    /// The first [`Fault`] found.
    pub fn read(file: &Path) -> Result<Self, Fault> {
        settings::read::<Self>(file)?.checked(file)
    }

    fn checked(mut self, file: &Path) -> Result<Self, Fault> {
        file.clone_into(&mut self.file);
        self.hall_url = self.hall_url.trim_end_matches('/').to_owned();
        self.check()?;
        self.check_outputs()?;
        Ok(self)
    }

    fn check(&self) -> Result<(), Fault> {
        let fault = |key, problem: String, mend| Err(Fault::new(&self.file, key, problem, mend));
        let host = self.hall_url.strip_prefix("http://").unwrap_or_default();
        if host.is_empty() || host.starts_with(['/', ':']) {
            let problem = format!("`{}` is no address of a hall", self.hall_url);
            return fault("hall_url", problem, "write it as http://10.0.0.5:8080");
        }
        if self.token.is_empty() || !self.token.chars().all(|c| c.is_ascii_graphic()) {
            let problem = "is empty or has characters that no token has".to_owned();
            return fault("token", problem, "copy it from the hall's devices.toml");
        }
        if self.media_mb > MOST_MEDIA_MB {
            let problem = format!("{} is too much", self.media_mb);
            return fault("media_mb", problem, "write 0 to 100000");
        }
        Ok(())
    }

    fn check_outputs(&self) -> Result<(), Fault> {
        self.check_each("voices", &self.voices, voices::Config::check)?;
        self.check_each("strips", &self.strips, strips::Config::check)?;
        self.check_each("lamps", &self.lamps, lamps::Config::check)?;
        self.check_each("buttons", &self.buttons, lamps::ButtonConfig::check)?;
        self.check_each("keypads", &self.keypads, keypads::Config::check)?;
        self.check_names("voices", self.voices.iter().map(|it| &it.name))?;
        self.check_names("strips", self.strips.iter().map(|it| &it.name))?;
        self.check_names("lamps", self.lamps.iter().map(|it| &it.name))?;
        // Buttons and keypads are one kind to the hall.
        let buttons = self.buttons.iter().map(|it| &it.name);
        self.check_names("buttons", buttons.clone())?;
        self.check_names("keypads", self.keypads.iter().map(|it| &it.name).chain(buttons))
    }

    /// Checks that no two outputs of one kind have one name: what is said of one would hide the other.
    fn check_names<'a>(
        &self,
        name: &str,
        names: impl Iterator<Item = &'a String>,
    ) -> Result<(), Fault> {
        let mut known = BTreeSet::new();
        for (place, given) in names.enumerate() {
            if !known.insert(given) {
                let problem = format!("`{given}` is the name of another one");
                let mistake = Mistake::new("name", problem, "give each a name of its own");
                return Err(mistake.in_table(&self.file, name, place));
            }
        }
        Ok(())
    }

    /// Checks every table of one name.
    fn check_each<T>(
        &self,
        name: &str,
        tables: &[T],
        check: impl Fn(&T) -> Result<(), Mistake>,
    ) -> Result<(), Fault> {
        for (place, table) in tables.iter().enumerate() {
            check(table).map_err(|mistake| mistake.in_table(&self.file, name, place))?;
        }
        Ok(())
    }

    /// The address of the hall's live connection.
    pub(crate) fn live_url(&self) -> String {
        format!("ws://{}/live", self.hall_url.trim_start_matches("http://"))
    }
}
