//! `display-client voice`: lists what there are clips of, says a call, and tries every part of a voice.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use hardware::speaker::Tongue;
use hardware::speaker::wav::Wav;
use protocol::live::Phrase;

use super::RATE;
use super::config::Config;
use super::library::{Library, name_of};
use super::script::{Manner, Script, joined, lines_of};

/// The usual templates: the Mandarin one and the English one.
const USUAL: &str = include_str!("words/usual.txt");
/// Words there is no clip of in any hall, to try the engine with.
const TRIAL: [(Tongue, &str); 2] = [(Tongue::Mandarin, "OpenHall"), (Tongue::English, "OpenHall")];

/// What can be asked of voices.
#[derive(Debug, Subcommand)]
pub enum VoiceCommand {
    /// Lists every clip: language, name, what it says. `configs/voice/render.sh` renders this list.
    List,
    /// Says a call, or writes it to a file.
    #[command(after_help = "Examples:\n  display-client voice say A001 3\n  \
                            display-client voice say A001 3 --english --to a001.wav")]
    Say(Say),
    /// Tries every voice of a configuration: its recordings, its engine, its player.
    #[command(
        after_help = "Example:\n  display-client voice check --config /etc/openhall/display.toml"
    )]
    Check {
        /// The configuration of the display.
        #[arg(long, value_name = "FILE")]
        config: PathBuf,
    },
}

/// A call to be said.
#[derive(Debug, Args)]
pub struct Say {
    /// The number, such as A001.
    number: String,
    /// The window's name, such as 3.
    window: String,
    /// Says it in English as well.
    #[arg(long)]
    english: bool,
    /// The Mandarin template; `{number}` and `{window}` stand for the number and the window.
    #[arg(long, value_name = "TEMPLATE")]
    zh: Option<String>,
    /// The English template; says it in English as well.
    #[arg(long, value_name = "TEMPLATE")]
    en: Option<String>,
    /// How often in each language.
    #[arg(long, default_value_t = 1)]
    times: u8,
    /// How loud, in percent.
    #[arg(long, default_value_t = 80, value_parser = clap::value_parser!(u8).range(0..=100))]
    volume: u8,
    /// The configuration whose first voice says it; otherwise the usual one.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Writes it to this WAV file instead of playing it.
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
}

impl VoiceCommand {
    /// Does it, and returns what is to be shown.
    ///
    /// # Errors
    /// What is wrong, in one sentence.
    pub async fn run(self) -> anyhow::Result<String> {
        match self {
            Self::List => Ok(list()),
            Self::Say(say) => say.run().await,
            Self::Check { config } => check(&config).await,
        }
    }
}

fn list() -> String {
    let library = Library::open(&Config::default());
    let mut out = String::new();
    for tongue in [Tongue::Mandarin, Tongue::English] {
        for entry in library.vocabulary(tongue).entries() {
            out += &format!("{}\t{}\t{}\n", name_of(tongue), entry.name, entry.words);
        }
    }
    out
}

fn voices(file: &Path) -> anyhow::Result<Vec<Config>> {
    let voices = crate::Config::read(file)?.voices;
    if voices.is_empty() {
        bail!("{}: there is no [[voices]] table; write one", file.display());
    }
    Ok(voices)
}

impl Say {
    async fn run(self) -> anyhow::Result<String> {
        let config = match &self.config {
            Some(file) => voices(file)?.remove(0),
            None => Config::default(),
        };
        let library = Library::open(&config);
        let names = (self.window.as_str(), self.window.as_str());
        let lines = lines_of(&self.phrase(), &self.number, names, &config, &library);
        let said: String = lines.iter().map(|line| format!("{}\n", line.text)).collect();
        let script = Script { chime: config.chime, lines };
        let manner = Manner::new(self.volume, config.gap_ms);
        match &self.to {
            Some(file) => {
                let (samples, words) = joined(&script, &library, manner).await;
                std::fs::write(file, Wav { rate: RATE, samples }.bytes())
                    .with_context(|| format!("{} cannot be written", file.display()))?;
                words?;
            }
            None => {
                let ended = script.play(&library, config.player().0.as_ref(), manner).await;
                ended.begun?;
                ended.words?;
            }
        }
        Ok(said)
    }

    fn phrase(&self) -> Phrase {
        let mut usual = USUAL.lines().map(str::to_owned);
        let (zh, en) = (usual.next().unwrap_or_default(), usual.next());
        Phrase {
            zh: self.zh.clone().unwrap_or(zh),
            en: self.en.clone().or(en.filter(|_| self.english)),
            times: self.times,
        }
    }
}

/// Every voice of a configuration, a line for each part.
async fn check(file: &Path) -> anyhow::Result<String> {
    let mut out = String::new();
    let mut faults = 0;
    for config in voices(file)? {
        let library = Library::open(&config);
        let mut say = |part: &str, how: Result<String, String>| {
            faults += usize::from(how.is_err());
            let how = how.unwrap_or_else(|fault| format!("FAULT: {fault}"));
            out += &format!("{}: {part}: {how}\n", config.name);
        };
        for recording in library.recordings().await {
            say("recording", recording.map_err(|fault| fault.to_string()));
        }
        for (tongue, words) in TRIAL {
            let part = super::phrase::Part::Words(words.to_owned());
            let made = library.sound(tongue, &part).await;
            let how = made.map(|_| "well".to_owned()).map_err(|fault| fault.to_string());
            say(&format!("engine, {}", name_of(tongue)), how);
        }
        let player = config.player().0;
        let played = player.check().await.map_err(|fault| fault.to_string());
        say(&format!("player `{}`", player.about().address), played.map(|()| "well".to_owned()));
    }
    if faults > 0 {
        bail!("{out}clips with faults: {faults}");
    }
    Ok(out)
}
