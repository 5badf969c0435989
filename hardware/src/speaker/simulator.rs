//! A speaker and a player that are not there: they remember what they were given.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::watch;

use super::wav::Wav;
use super::{Player, Sound, Speaker, SpeakerFault, Utterance};
use crate::{About, Answer};

/// A speaker whose words can be read. Clones are the same speaker.
#[derive(Clone)]
pub struct SimulatedSpeaker {
    saying: watch::Sender<Option<Utterance>>,
}

impl Default for SimulatedSpeaker {
    fn default() -> Self {
        Self { saying: watch::Sender::new(None) }
    }
}

impl SimulatedSpeaker {
    /// What it says now; wakes with each change.
    #[must_use]
    pub fn saying(&self) -> watch::Receiver<Option<Utterance>> {
        self.saying.subscribe()
    }
}

impl Speaker for SimulatedSpeaker {
    fn say(&self, utterance: Utterance) {
        self.saying.send_replace(Some(utterance));
    }

    fn hush(&self) {
        self.saying.send_replace(None);
    }

    fn status(&self) -> Result<(), SpeakerFault> {
        Ok(())
    }

    fn about(&self) -> About {
        About { address: "simulated".to_owned(), ..About::default() }
    }
}

/// A player whose sounds can be looked at. It takes as long as a real one. Clones are the same player.
#[derive(Clone)]
pub struct SimulatedPlayer {
    heard: watch::Sender<Heard>,
    fault: watch::Sender<Option<SpeakerFault>>,
}

/// What was heard of a simulated player.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    /// How many sounds it has begun.
    pub begun: u64,
    /// How many it has played to their end.
    pub ended: u64,
    /// The last of these.
    pub last: Option<Arc<Wav>>,
}

impl Default for SimulatedPlayer {
    fn default() -> Self {
        Self { heard: watch::Sender::default(), fault: watch::Sender::new(None) }
    }
}

impl SimulatedPlayer {
    /// What was heard of it; wakes with each change.
    #[must_use]
    pub fn heard(&self) -> watch::Receiver<Heard> {
        self.heard.subscribe()
    }

    /// Pulls its plug, or puts it back.
    pub fn break_with(&self, fault: Option<SpeakerFault>) {
        self.fault.send_replace(fault);
    }

    fn works(&self) -> Result<(), SpeakerFault> {
        self.fault.borrow().clone().map_or(Ok(()), Err)
    }

    async fn played(&self, mut sound: Sound) -> Result<Instant, SpeakerFault> {
        self.works()?;
        let mut wav = Wav { rate: sound.rate, samples: Vec::new() };
        let mut begun = None;
        while let Some(part) = sound.parts.recv().await {
            if begun.is_none() {
                begun = Some(Instant::now());
                self.heard.send_modify(|heard| heard.begun += 1);
            }
            wav.samples.extend_from_slice(&part);
            let length = part.len() as f64 / f64::from(wav.rate.max(1));
            tokio::time::sleep(Duration::from_secs_f64(length)).await;
            self.works()?;
        }
        self.heard.send_modify(|heard| {
            heard.ended += 1;
            heard.last = Some(Arc::new(wav));
        });
        begun.ok_or_else(|| SpeakerFault::Engine("there was no sound".to_owned()))
    }
}

impl Player for SimulatedPlayer {
    fn play(&self, sound: Sound) -> Answer<'_, Result<Instant, SpeakerFault>> {
        Box::pin(self.played(sound))
    }

    fn check(&self) -> Answer<'_, Result<(), SpeakerFault>> {
        Box::pin(async move { self.works() })
    }

    fn about(&self) -> About {
        About { address: "simulated".to_owned(), ..About::default() }
    }
}
