//! A speaker made of two programs: an engine that makes a sound of words, and a player. A recording, where
//! somebody made one, takes the engine's place.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::timeout;

use super::programs::{self, Source};
use super::{Speaker, SpeakerFault, Tongue, Utterance};
use crate::About;

/// What takes longer hangs, and is ended.
const LONGEST_UTTERANCE: Duration = Duration::from_secs(60);

/// Stands for the words in the engine's command. Without it the words come on its standard input.
const TEXT: &str = "{text}";
/// Stands for the voice in the engine's command.
const VOICE: &str = "{voice}";

/// What a speaker is made of. Commands are lists of a program and its arguments; no shell reads them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Where recordings are: `zh/NAME.wav` and `en/NAME.wav`.
    pub clips: Option<PathBuf>,
    /// Makes a WAV of words and writes it to its standard output. `{text}` is replaced by the words and
    /// `{voice}` by the voice.
    pub engine: Vec<String>,
    /// Plays the WAV on its standard input.
    pub player: Vec<String>,
    /// The engine's Mandarin voice.
    pub mandarin: String,
    /// The engine's English voice.
    pub english: String,
}

impl Default for Settings {
    /// As Debian 12 has them. The engine's plain `cmn` voice reads Chinese as English in that version; this one
    /// takes Chinese characters in spite of its name.
    fn default() -> Self {
        let words = |command: &str| command.split(' ').map(str::to_owned).collect();
        Self {
            clips: None,
            engine: words("espeak-ng --stdout -v {voice} -- {text}"),
            player: words("aplay --quiet -"),
            mandarin: "cmn-latn-pinyin".to_owned(),
            english: "en".to_owned(),
        }
    }
}

/// A speaker made of programs. Must be used within the runtime.
pub struct EngineSpeaker {
    settings: Settings,
    /// What is being said. To end the task is to end its programs.
    saying: Mutex<JoinSet<()>>,
    last: Arc<Mutex<Result<(), SpeakerFault>>>,
}

impl EngineSpeaker {
    /// A speaker; nothing is started before it speaks.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self { settings, saying: Mutex::default(), last: Arc::new(Mutex::new(Ok(()))) }
    }

    fn saying(&self) -> MutexGuard<'_, JoinSet<()>> {
        self.saying.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Settings {
    fn sound_of(&self, utterance: &Utterance) -> Source {
        match self.clip(utterance) {
            Some(clip) => Source::Clip(clip),
            None => {
                let (command, input) = self.words(utterance);
                Source::Spoken { command, input }
            }
        }
    }

    /// The recording of an utterance. Only plain names are looked for, so that none leads elsewhere.
    fn clip(&self, utterance: &Utterance) -> Option<PathBuf> {
        let plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_');
        let name = Some(&utterance.name).filter(|it| it.chars().all(plain))?;
        let folder = match utterance.tongue {
            Tongue::Mandarin => "zh",
            Tongue::English => "en",
        };
        let clip = self.clips.as_ref()?.join(folder).join(format!("{name}.wav"));
        clip.is_file().then_some(clip)
    }

    /// The engine's command for an utterance, and what it gets on its input.
    fn words(&self, utterance: &Utterance) -> (Vec<String>, Option<String>) {
        let voice = match utterance.tongue {
            Tongue::Mandarin => &self.mandarin,
            Tongue::English => &self.english,
        };
        let words = |it: &String| it.replace(VOICE, voice).replace(TEXT, &utterance.text);
        let command = self.engine.iter().map(words).collect();
        let on_input = !self.engine.iter().any(|it| it.contains(TEXT));
        (command, on_input.then(|| utterance.text.clone()))
    }

    /// The WAV that the engine makes of words. No recording is looked for.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn sound_of_words(
        &self,
        text: &str,
        tongue: Tongue,
    ) -> Result<Vec<u8>, SpeakerFault> {
        let utterance = Utterance { name: String::new(), text: text.to_owned(), tongue };
        let (command, input) = self.words(&utterance);
        let made = timeout(LONGEST_UTTERANCE, programs::made(&command, input)).await;
        let hangs = |_| SpeakerFault::Engine("the engine does not come to an end".to_owned());
        made.map_err(hangs)?
    }

    /// The name of the program that makes sounds of words.
    fn engine_name(&self) -> Option<String> {
        let name = Path::new(self.engine.first()?).file_name()?;
        Some(name.to_string_lossy().into_owned())
    }
}

/// Keeps how it went. A speaker that stays broken is said to be so once.
fn keep(last: &Mutex<Result<(), SpeakerFault>>, now: Result<(), SpeakerFault>) {
    let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
    if let Err(fault) = &now
        && *last != now
    {
        tracing::warn!(%fault, "the kiosk is silent");
    }
    *last = now;
}

impl Speaker for EngineSpeaker {
    fn say(&self, utterance: Utterance) {
        let sound = self.settings.sound_of(&utterance);
        let player = self.settings.player.clone();
        let last = self.last.clone();
        let mut saying = self.saying();
        saying.abort_all();
        saying.spawn(async move {
            let played = timeout(LONGEST_UTTERANCE, programs::play(sound, player)).await;
            let hangs =
                || Err(SpeakerFault::Engine("the player does not come to an end".to_owned()));
            keep(&last, played.unwrap_or_else(|_| hangs()));
        });
        // Those that ended need not be kept.
        while saying.try_join_next().is_some() {}
    }

    fn hush(&self) {
        self.saying().abort_all();
    }

    fn status(&self) -> Result<(), SpeakerFault> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn about(&self) -> About {
        let address = self.settings.player.join(" ");
        About { address, model: self.settings.engine_name(), firmware: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utterance(name: &str) -> Utterance {
        Utterance {
            name: name.to_owned(),
            text: "请 $(reboot)".to_owned(),
            tongue: Tongue::Mandarin,
        }
    }

    #[test]
    fn words_are_one_argument_whatever_stands_in_them() {
        let Source::Spoken { command, input } = Settings::default().sound_of(&utterance("x"))
        else {
            panic!("no recording was made");
        };
        let expected = ["espeak-ng", "--stdout", "-v", "cmn-latn-pinyin", "--", "请 $(reboot)"];
        assert_eq!(command, expected);
        assert_eq!(input, None);
    }

    #[test]
    fn an_engine_without_a_place_for_words_gets_them_on_its_input() {
        let settings = Settings { engine: vec!["tts".to_owned()], ..Settings::default() };
        let expected = Source::Spoken {
            command: vec!["tts".to_owned()],
            input: Some("请 $(reboot)".to_owned()),
        };
        assert_eq!(settings.sound_of(&utterance("x")), expected);
    }

    #[test]
    fn a_name_never_leads_out_of_the_recordings() {
        let settings = Settings { clips: Some("/".into()), ..Settings::default() };
        for name in ["../etc/passwd", "/etc/passwd", "a/b", "."] {
            assert!(matches!(settings.sound_of(&utterance(name)), Source::Spoken { .. }), "{name}");
        }
    }
}
