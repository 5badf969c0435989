//! What is said at one go: a chime, then each call in its languages, and how it is given to a player. The
//! beginning is played while the rest is still put together.

use std::time::Instant;

use hardware::speaker::{Player, Sound, SpeakerFault, Tongue};
use protocol::live::{Announcement, Phrase};
use tokio::sync::mpsc;

use super::config::Config;
use super::library::Library;
use super::phrase::{Part, Phrasing, written};
use super::{RATE, samples};

/// The most often a call is said in one language.
const MOST_TIMES: u8 = 3;
/// Silence after the chime, and between one line and the next, in milliseconds.
const AFTER_CHIME_MS: u32 = 150;
const BETWEEN_LINES_MS: u32 = 550;

/// What is said at one go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Script {
    /// Whether a chime comes first.
    pub(super) chime: bool,
    /// Each phrase in one language.
    pub(super) lines: Vec<Line>,
}

/// One phrase in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// The language.
    pub(super) tongue: Tongue,
    /// Its parts, in order.
    pub(super) parts: Vec<Part>,
    /// As it can be read.
    pub(super) text: String,
}

/// How a script ended.
#[derive(Debug)]
pub(super) struct Ended {
    /// Since when it was heard, or why it was not.
    pub(super) begun: Result<Instant, SpeakerFault>,
    /// Whether all of it could be said.
    pub(super) words: Result<(), SpeakerFault>,
}

impl Script {
    /// The script of some calls; brief ones are said once each.
    pub(super) fn of<'a>(
        calls: impl IntoIterator<Item = &'a Announcement>,
        brief: bool,
        config: &Config,
        library: &Library,
    ) -> Self {
        let lines = calls.into_iter().filter_map(|it| Some((it, it.voice.as_ref()?)));
        let lines = lines.flat_map(|(call, phrase)| {
            let times = if brief { 1 } else { phrase.times };
            let names = (call.window_name.zh.as_str(), call.window_name.en.as_str());
            lines_of(
                &Phrase { times, ..phrase.clone() },
                &call.number.to_string(),
                names,
                config,
                library,
            )
        });
        Self { chime: config.chime, lines: lines.collect() }
    }

    /// Plays it. Words that cannot be said are left out, and the rest is said.
    pub(super) async fn play(
        &self,
        library: &Library,
        player: &dyn Player,
        manner: Manner,
    ) -> Ended {
        let (parts, sound) = Sound::new(RATE);
        let giving = async {
            let teller = Teller { parts, manner };
            teller.tell(self, library).await
        };
        let (begun, words) = tokio::join!(player.play(sound), giving);
        Ended { begun, words }
    }
}

/// A phrase in its languages, so many times each. `names` are the window's.
pub(super) fn lines_of(
    phrase: &Phrase,
    number: &str,
    names: (&str, &str),
    config: &Config,
    library: &Library,
) -> Vec<Line> {
    let line = |tongue, template: &str, window: &str| {
        let vocabulary = library.vocabulary(tongue);
        let phrasing = Phrasing { tongue, vocabulary, one: config.one };
        let parts = phrasing.parts(template, number, window);
        Line { tongue, parts, text: written(template, number, window) }
    };
    let times = usize::from(phrase.times.clamp(1, MOST_TIMES));
    let mandarin = line(Tongue::Mandarin, &phrase.zh, names.0);
    let english = phrase.en.as_ref().map(|it| line(Tongue::English, it, names.1));
    let mut lines = vec![mandarin; times];
    lines.extend(english.into_iter().flat_map(|line| vec![line; times]));
    lines
}

/// How sounds are joined.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner {
    /// How loud, as a part of full scale.
    pub(super) gain: f32,
    /// Silence between two clips, in milliseconds.
    pub(super) gap_ms: u32,
}

impl Manner {
    /// A volume in percent; half of it is heard as half as loud, so the scale is not even.
    pub(super) fn new(volume_percent: u8, gap_ms: u16) -> Self {
        let part = f32::from(volume_percent.min(100)) / 100.0;
        Self { gain: part * part, gap_ms: u32::from(gap_ms) }
    }
}

/// Gives sounds to a player, one after the other.
struct Teller {
    parts: mpsc::Sender<Vec<i16>>,
    manner: Manner,
}

impl Teller {
    async fn tell(&self, script: &Script, library: &Library) -> Result<(), SpeakerFault> {
        let (mut all, mut unsayable) = (Ok(()), Vec::new());
        if script.chime {
            self.give(&library.chime().await).await;
            self.silence(AFTER_CHIME_MS).await;
        }
        for (place, line) in script.lines.iter().enumerate() {
            if place > 0 {
                self.silence(BETWEEN_LINES_MS).await;
            }
            for part in &line.parts {
                // What an engine took so long to fail at is not asked of it once more.
                if unsayable.contains(&(line.tongue, part)) {
                    continue;
                }
                match library.sound(line.tongue, part).await {
                    Ok(sound) => self.give(&sound).await,
                    Err(fault) => {
                        all = all.and(Err(fault));
                        unsayable.push((line.tongue, part));
                    }
                }
                self.silence(self.manner.gap_ms).await;
            }
        }
        all
    }

    /// A player that has ended says itself why.
    async fn give(&self, sound: &[i16]) {
        let louder = sound.iter().map(|it| (f32::from(*it) * self.manner.gain) as i16);
        let _ = self.parts.send(louder.collect()).await;
    }

    async fn silence(&self, milliseconds: u32) {
        let _ = self.parts.send(vec![0; samples(milliseconds)]).await;
    }
}

/// The same script to its end, as one sound and how its words went: for a file.
pub(super) async fn joined(
    script: &Script,
    library: &Library,
    manner: Manner,
) -> (Vec<i16>, Result<(), SpeakerFault>) {
    let (parts, mut sound) = Sound::new(RATE);
    let telling = async {
        // The sound ends with its teller.
        let teller = Teller { parts, manner };
        teller.tell(script, library).await
    };
    let hearing = async {
        let mut samples = Vec::new();
        while let Some(part) = sound.parts.recv().await {
            samples.extend(part);
        }
        samples
    };
    let (words, samples) = tokio::join!(telling, hearing);
    (samples, words)
}
