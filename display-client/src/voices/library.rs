//! The sounds a voice is joined from: recordings of somebody's own, the clips of the house, and words that an
//! engine says. What was used lately is kept in memory, up to a limit.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hardware::speaker::wav::Wav;
use hardware::speaker::{Settings, SpeakerFault, Tongue, resample};
use rust_embed::RustEmbed;
use thiserror::Error;
use tokio::time::timeout;

use super::chime::chime;
use super::config::Config;
use super::phrase::Part;
use super::vocabulary::Vocabulary;
use super::{RATE, samples};

/// Samples kept in memory: 3 MB, a minute of sound.
const KEPT_SAMPLES: usize = 1_500_000;
/// The longest recording, in seconds; what is longer is no word.
const LONGEST_S: usize = 30;
/// The largest file of one, in bytes: thirty seconds of a studio's finest.
const LARGEST_FILE: u64 = 20_000_000;
/// How long an engine may take for a few words: others wait to be called.
const WORDS_WITHIN: Duration = Duration::from_secs(10);
/// The loudness of the clips of the house, which words of an engine are given too, and their highest peak, as
/// parts of full scale.
const LOUDNESS: f32 = 0.13;
const PEAK: f32 = 0.89;
/// How long a breath is, in milliseconds.
const PAUSE_MS: u32 = 220;
/// A list of clips of somebody's own, in the folder of each language.
const OWN_WORDS: &str = "words.txt";

/// The clips of the house: `zh/NAME.wav`, `en/NAME.wav`.
#[derive(RustEmbed)]
#[folder = "../configs/voice/"]
struct House;

/// A sound at the house's rate.
pub(super) type Samples = Arc<[i16]>;

/// Why a recording is not used.
#[derive(Debug, Error)]
#[error("{} is not used: {why}", file.display())]
pub(super) struct RecordingFault {
    file: PathBuf,
    why: String,
}

/// The sounds of a voice.
pub(super) struct Library {
    folder: Option<PathBuf>,
    mandarin: Vocabulary,
    english: Vocabulary,
    engine: Settings,
    kept: Mutex<Kept>,
}

/// What was used lately, the latest last.
#[derive(Default)]
struct Kept(VecDeque<(String, Samples)>);

impl Library {
    /// The sounds that a configuration names.
    pub(super) fn open(config: &Config) -> Self {
        let folder = config.clips_dir.clone();
        let own = |tongue| {
            let list = folder.as_ref().map(|it| it.join(name_of(tongue)).join(OWN_WORDS));
            list.and_then(|it| std::fs::read_to_string(it).ok()).unwrap_or_default()
        };
        let of = |tongue| Vocabulary::of(tongue, &own(tongue));
        Self {
            mandarin: of(Tongue::Mandarin),
            english: of(Tongue::English),
            engine: config.engine(),
            folder,
            kept: Mutex::default(),
        }
    }

    /// What there are clips of in a language.
    pub(super) fn vocabulary(&self, tongue: Tongue) -> &Vocabulary {
        match tongue {
            Tongue::Mandarin => &self.mandarin,
            Tongue::English => &self.english,
        }
    }

    /// The chime.
    pub(super) async fn chime(&self) -> Samples {
        if let Some(kept) = self.kept("chime") {
            return kept;
        }
        let sound = match self.recording("chime").await {
            Some(sound) => sound,
            None => chime(),
        };
        self.keep("chime", sound)
    }

    /// A part of what is said.
    ///
    /// # Errors
    /// If there is no clip of it and the engine cannot say it.
    pub(super) async fn sound(&self, tongue: Tongue, part: &Part) -> Result<Samples, SpeakerFault> {
        match part {
            Part::Pause => Ok(vec![0; samples(PAUSE_MS)].into()),
            Part::Words(words) => self.words(tongue, words).await,
            Part::Clip(name) => self.clip(tongue, name).await,
        }
    }

    /// A clip: a recording of somebody's own, or the house's, or its words by the engine.
    async fn clip(&self, tongue: Tongue, name: &str) -> Result<Samples, SpeakerFault> {
        let file = format!("{}/{name}", name_of(tongue));
        if let Some(kept) = self.kept(&file) {
            return Ok(kept);
        }
        if let Some(sound) = self.recording(&file).await.or_else(|| house(&file)) {
            return Ok(self.keep(&file, sound));
        }
        let words = self.vocabulary(tongue).words(name).unwrap_or(name);
        self.words(tongue, words).await
    }

    async fn words(&self, tongue: Tongue, words: &str) -> Result<Samples, SpeakerFault> {
        let key = format!("{}:{words}", name_of(tongue));
        if let Some(kept) = self.kept(&key) {
            return Ok(kept);
        }
        let made = timeout(WORDS_WITHIN, self.engine.sound_of_words(words, tongue)).await;
        let hangs = |_| SpeakerFault::Engine("the engine takes too long".to_owned());
        let made = made.map_err(hangs)??;
        let garbled =
            |fault| SpeakerFault::Engine(format!("the engine's sound is useless: {fault}"));
        let wav = Wav::read(&made).map_err(garbled)?;
        Ok(self.keep(&key, levelled(resample(&wav.samples, wav.rate, RATE))))
    }

    /// A recording of somebody's own. One that cannot be used is said to be so, and the house's takes its place.
    async fn recording(&self, name: &str) -> Option<Vec<i16>> {
        let file = self.folder.as_ref()?.join(format!("{name}.wav"));
        match recording(&file).await {
            Ok(sound) => sound,
            Err(fault) => {
                tracing::warn!(%fault, "a recording is left out");
                None
            }
        }
    }

    /// Every recording of somebody's own that takes a clip's place, and whether it can be used.
    pub(super) async fn recordings(&self) -> Vec<Result<String, RecordingFault>> {
        let mut found = Vec::new();
        let Some(folder) = &self.folder else { return found };
        let clips = [Tongue::Mandarin, Tongue::English].into_iter().flat_map(|tongue| {
            let entries = self.vocabulary(tongue).entries().iter();
            entries.map(move |it| format!("{}/{}", name_of(tongue), it.name))
        });
        for name in clips.chain(["chime".to_owned()]) {
            match recording(&folder.join(format!("{name}.wav"))).await {
                Ok(Some(_)) => found.push(Ok(name)),
                Ok(None) => {}
                Err(fault) => found.push(Err(fault)),
            }
        }
        found
    }

    fn kept(&self, key: &str) -> Option<Samples> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).get(key)
    }

    fn keep(&self, key: &str, sound: Vec<i16>) -> Samples {
        let sound: Samples = sound.into();
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).put(key, sound.clone());
        sound
    }
}

impl Kept {
    fn get(&mut self, key: &str) -> Option<Samples> {
        let place = self.0.iter().position(|(name, _)| name == key)?;
        let found = self.0.remove(place)?;
        let sound = found.1.clone();
        self.0.push_back(found);
        Some(sound)
    }

    fn put(&mut self, key: &str, sound: Samples) {
        self.0.push_back((key.to_owned(), sound));
        let mut held: usize = self.0.iter().map(|(_, sound)| sound.len()).sum();
        while held > KEPT_SAMPLES {
            let Some((_, oldest)) = self.0.pop_front() else { break };
            held -= oldest.len();
        }
    }
}

/// The folder of a language.
pub(super) fn name_of(tongue: Tongue) -> &'static str {
    match tongue {
        Tongue::Mandarin => "zh",
        Tongue::English => "en",
    }
}

/// A clip of the house.
fn house(name: &str) -> Option<Vec<i16>> {
    let file = House::get(&format!("{name}.wav"))?;
    let wav = Wav::read(&file.data).ok()?;
    Some(resample(&wav.samples, wav.rate, RATE))
}

/// The recording in a file, if there is one.
async fn recording(file: &Path) -> Result<Option<Vec<i16>>, RecordingFault> {
    let fault = |why: String| RecordingFault { file: file.to_owned(), why };
    let Ok(about) = tokio::fs::metadata(file).await else { return Ok(None) };
    if about.len() > LARGEST_FILE {
        return Err(fault(format!("it is larger than {} MB", LARGEST_FILE / 1_000_000)));
    }
    let bytes = tokio::fs::read(file).await.map_err(|error| fault(error.to_string()))?;
    let wav = Wav::read(&bytes).map_err(|error| fault(error.to_string()))?;
    if wav.samples.is_empty() {
        return Err(fault("it is empty".to_owned()));
    }
    if wav.samples.len() > wav.rate as usize * LONGEST_S {
        return Err(fault(format!("it is longer than {LONGEST_S} s")));
    }
    Ok(Some(resample(&wav.samples, wav.rate, RATE)))
}

/// As loud as the clips: engines are louder or softer than these.
fn levelled(sound: Vec<i16>) -> Vec<i16> {
    let full = f32::from(i16::MAX);
    let loud = |it: &i16| f32::from(*it) / full;
    let highest = sound.iter().map(|it| loud(it).abs()).fold(0.0, f32::max);
    // What is far below the highest is silence between words.
    let (sum, count) = sound
        .iter()
        .map(loud)
        .filter(|it| it.abs() > highest / 20.0)
        .fold((0.0_f32, 0.0_f32), |(sum, count), it| (sum + it * it, count + 1.0));
    if count < 1.0 {
        return sound;
    }
    let gain = (LOUDNESS / (sum / count).sqrt()).min(PEAK / highest);
    sound.into_iter().map(|it| (f32::from(it) * gain) as i16).collect()
}
