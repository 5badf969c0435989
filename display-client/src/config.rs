//! `display.toml`: which hall, which display, where its page is.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use protocol::{DisplayId, Language};
use serde::Deserialize;
use settings::Fault;

/// Everything a display needs to know before it starts.
#[derive(Clone, Debug, Deserialize)]
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
    /// Directory that keeps the last board; made at the first start.
    pub data_dir: PathBuf,
    /// The larger language of the screen.
    #[serde(default)]
    pub language: Language,
    /// The file it was read from, to be named in mistakes.
    #[serde(skip)]
    pub file: PathBuf,
}

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
        Ok(self)
    }

    fn check(&self) -> Result<(), Fault> {
        let fault = |key, problem: String, mend| Err(Fault::new(&self.file, key, problem, mend));
        if !self.hall_url.starts_with("http://") {
            let problem = format!("`{}` is no address of a hall", self.hall_url);
            return fault("hall_url", problem, "write it as http://10.0.0.5:8080");
        }
        if self.token.is_empty() || !self.token.chars().all(|c| c.is_ascii_graphic()) {
            let problem = "is empty or has characters that no token has".to_owned();
            return fault("token", problem, "copy it from the hall's devices.toml");
        }
        Ok(())
    }

    /// The address of the hall's live connection.
    pub(crate) fn live_url(&self) -> String {
        format!("ws://{}/live", self.hall_url.trim_start_matches("http://"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Config, Fault> {
        let file = Path::new("display.toml");
        settings::parse::<Config>(file, text)?.checked(file)
    }

    fn text(hall: &str, token: &str) -> String {
        format!(
            "hall_url = \"{hall}\"\ndisplay = \"lobby\"\ntoken = \"{token}\"\n\
             listen = \"127.0.0.1:8082\"\ndata_dir = \"d\"\n"
        )
    }

    #[test]
    fn faults_name_key_and_mend() {
        let cases = [
            (text("https://x", "t"), "`hall_url`", "write it as http://"),
            (text("http://x", "a b"), "`token`", "devices.toml"),
            (text("http://x", "t") + "lisen = 1\n", "`lisen`", "use one of hall_url"),
        ];
        for (text, key, mend) in cases {
            let fault = read(&text).expect_err("a fault").to_string();
            assert!(fault.contains(key) && fault.contains(mend), "{fault}");
        }
    }

    #[test]
    fn the_live_address_follows_from_the_halls() {
        let config = read(&text("http://10.0.0.5:8080/", "t")).unwrap();
        assert_eq!(config.live_url(), "ws://10.0.0.5:8080/live");
        assert_eq!(config.language, Language::Zh);
    }
}
