//! `[[voices]]` of `display.toml`: what a voice is made of and whose calls it says.

use std::path::PathBuf;
use std::sync::Arc;

use hardware::speaker::{FolderPlayer, Player, ProgramPlayer, Settings, SimulatedPlayer};
use protocol::{WindowId, ZoneId};
use serde::Deserialize;

use crate::config::Mistake;

/// The longest gap between two clips, in milliseconds.
const LONGEST_GAP_MS: u16 = 1_000;
/// The most files a folder keeps.
const MOST_FILES: usize = 10_000;

/// One voice: one sound card, one audio area, one queue.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Config {
    /// What people call it.
    pub(crate) name: String,
    /// Zones whose calls it says; empty for all of the display's.
    pub(super) zones: Vec<ZoneId>,
    /// Windows whose calls it says; empty for all of its zones.
    pub(super) windows: Vec<WindowId>,
    /// What it comes out of.
    pub(super) kind: Kind,
    /// Plays a WAV on its standard input: a program and its arguments; aplay without it.
    pub(super) player: Option<Vec<String>>,
    /// Where the files of [`Kind::Folder`] go.
    pub(super) folder: Option<PathBuf>,
    /// How many of them are kept; 1 to 10000.
    pub(super) files_kept: usize,
    /// Recordings in place of the clips of the house: `zh/NAME.wav`, `en/NAME.wav`, `chime.wav`.
    pub(super) clips_dir: Option<PathBuf>,
    /// Makes a sound of words that there is no clip of: a program and its arguments; espeak-ng without it.
    pub(super) engine: Option<Vec<String>>,
    /// The engine's Mandarin voice.
    pub(super) mandarin_voice: Option<String>,
    /// The engine's English voice.
    pub(super) english_voice: Option<String>,
    /// Whether a chime comes before a call.
    pub(super) chime: bool,
    /// How the digit 1 of a number is said in Mandarin.
    pub(super) one: One,
    /// Silence between two clips in milliseconds, 0 to 1000.
    pub(super) gap_ms: u16,
}

/// What a voice comes out of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    /// A program that plays it.
    #[default]
    Player,
    /// A folder of WAV files, for halls without a sound card.
    Folder,
    /// The bench of a display that is only tried.
    Simulated,
}

/// How the digit 1 of a number is said in Mandarin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum One {
    /// As everywhere.
    #[default]
    Yi,
    /// As on the telephone, where it must not be taken for 7.
    Yao,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            name: "voice".to_owned(),
            zones: Vec::new(),
            windows: Vec::new(),
            kind: Kind::default(),
            player: None,
            folder: None,
            files_kept: 100,
            clips_dir: None,
            engine: None,
            mandarin_voice: None,
            english_voice: None,
            chime: true,
            one: One::default(),
            gap_ms: 60,
        }
    }
}

impl Config {
    /// Whether the table makes sense.
    pub(crate) fn check(&self) -> Result<(), Mistake> {
        let mistake =
            |key: &str, problem: String, mend: &str| Err(Mistake::new(key, problem, mend));
        if self.name.trim().is_empty() {
            return mistake("name", "is empty".to_owned(), "write what people call this voice");
        }
        for (key, command) in [("player", &self.player), ("engine", &self.engine)] {
            if command.as_ref().is_some_and(Vec::is_empty) {
                let mend = "write a program and its arguments, or leave the key out";
                return mistake(key, "names no program".to_owned(), mend);
            }
        }
        if self.kind == Kind::Folder && self.folder.is_none() {
            let problem = "is missing for kind = \"folder\"".to_owned();
            return mistake("folder", problem, "name the folder that the files go to");
        }
        if !(1..=MOST_FILES).contains(&self.files_kept) {
            return mistake(
                "files_kept",
                format!("{} makes no sense", self.files_kept),
                "write 1 to 10000",
            );
        }
        if self.gap_ms > LONGEST_GAP_MS {
            return mistake("gap_ms", format!("{} is too long", self.gap_ms), "write 0 to 1000");
        }
        match &self.clips_dir {
            Some(folder) if !folder.is_dir() => {
                let problem = format!("there is no folder {}", folder.display());
                mistake("clips_dir", problem, "make it, or leave the key out")
            }
            _ => Ok(()),
        }
    }

    /// What it comes out of; the simulated one, if it is, is returned as well.
    pub(super) fn player(&self) -> (Arc<dyn Player>, Option<SimulatedPlayer>) {
        let usual = || Settings::default().player;
        match (self.kind, &self.folder) {
            (Kind::Folder, Some(folder)) => {
                (Arc::new(FolderPlayer::new(folder.clone(), self.files_kept)), None)
            }
            (Kind::Simulated, _) => {
                let player = SimulatedPlayer::default();
                (Arc::new(player.clone()), Some(player))
            }
            _ => (Arc::new(ProgramPlayer::new(self.player.clone().unwrap_or_else(usual))), None),
        }
    }

    /// The engine for words that there is no clip of.
    pub(super) fn engine(&self) -> Settings {
        let usual = Settings::default();
        Settings {
            engine: self.engine.clone().unwrap_or(usual.engine),
            mandarin: self.mandarin_voice.clone().unwrap_or(usual.mandarin),
            english: self.english_voice.clone().unwrap_or(usual.english),
            ..Settings::default()
        }
    }

    /// Whether a call at this window is said here.
    pub(super) fn says(&self, window: &WindowId, zone: &ZoneId) -> bool {
        (self.zones.is_empty() || self.zones.contains(zone))
            && (self.windows.is_empty() || self.windows.contains(window))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_names_the_key_and_the_mend() {
        let base = Config::default;
        let cases = [
            (Config { name: " ".to_owned(), ..base() }, "name", "what people call"),
            (Config { player: Some(Vec::new()), ..base() }, "player", "a program"),
            (Config { engine: Some(Vec::new()), ..base() }, "engine", "a program"),
            (Config { kind: Kind::Folder, ..base() }, "folder", "name the folder"),
            (Config { files_kept: 0, ..base() }, "files_kept", "write 1 to 10000"),
            (Config { gap_ms: 1_001, ..base() }, "gap_ms", "write 0 to 1000"),
            (Config { clips_dir: Some("/no/such".into()), ..base() }, "clips_dir", "make it"),
        ];
        for (config, key, mend) in cases {
            let mistake = format!("{:?}", config.check().expect_err(key));
            assert!(mistake.contains(key) && mistake.contains(mend), "{mistake}");
        }
        assert_eq!(base().check(), Ok(()));
    }

    #[test]
    fn a_voice_says_the_calls_of_its_windows_and_zones() {
        let window = |it| WindowId::from(it);
        let zone = |it| ZoneId::from(it);
        let all = Config::default();
        assert!(all.says(&window("w01"), &zone("f1")));
        let some = Config { zones: vec![zone("f1")], windows: vec![window("w01")], ..all };
        assert!(some.says(&window("w01"), &zone("f1")));
        assert!(!some.says(&window("w02"), &zone("f1")));
        assert!(!some.says(&window("w01"), &zone("f2")));
    }
}
