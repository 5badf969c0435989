//! A player that is a program such as `aplay`: it takes a WAV on its standard input.

use std::process::Stdio;
use std::time::{Duration, Instant};

use tokio::time::timeout;

use super::SpeakerFault;
use super::player::{Player, Sound};
use super::programs::Program;
use super::wav::header;
use crate::{About, Answer};

/// A sound that takes longer hangs, and is ended.
const LONGEST_SOUND: Duration = Duration::from_secs(120);
/// Silence that takes longer hangs.
const LONGEST_CHECK: Duration = Duration::from_secs(5);
/// The silence by which a player is tried: 20 ms at [`CHECK_RATE`].
const CHECK_SAMPLES: usize = 480;
/// Samples a second.
const CHECK_RATE: u32 = 24_000;

/// A player that is a program. Must be used within the runtime.
pub struct ProgramPlayer {
    command: Vec<String>,
}

impl ProgramPlayer {
    /// A player by its program and arguments; no shell reads them.
    #[must_use]
    pub fn new(command: Vec<String>) -> Self {
        Self { command }
    }

    /// `aplay`, on a sound card by its ALSA name: `default`, `plughw:1,0`.
    #[must_use]
    pub fn aplay(device: &str) -> Self {
        let words = ["aplay", "--quiet", "--device", device, "-"];
        Self::new(words.map(str::to_owned).to_vec())
    }

    async fn played(&self, mut sound: Sound) -> Result<Instant, SpeakerFault> {
        let mut program = Program::start(&self.command, Stdio::piped(), Stdio::null())?;
        let mut begun = None;
        // The header goes with the first part, so that the card is not opened for silence.
        while let Some(part) = sound.parts.recv().await {
            let head = begun.is_none().then(|| header(sound.rate, None));
            let bytes = part.iter().flat_map(|it| it.to_le_bytes());
            let bytes: Vec<u8> = head.into_iter().flatten().chain(bytes).collect();
            // A program that no longer listens says itself why.
            if !program.give(&bytes).await {
                break;
            }
            begun.get_or_insert_with(Instant::now);
        }
        program.end().await?;
        begun.ok_or_else(|| SpeakerFault::Engine("there was no sound".to_owned()))
    }
}

impl Player for ProgramPlayer {
    fn play(&self, sound: Sound) -> Answer<'_, Result<Instant, SpeakerFault>> {
        Box::pin(async move {
            let hangs = |_| SpeakerFault::Engine("the player does not come to an end".to_owned());
            timeout(LONGEST_SOUND, self.played(sound)).await.map_err(hangs)?
        })
    }

    fn check(&self) -> Answer<'_, Result<(), SpeakerFault>> {
        Box::pin(async move {
            let (parts, sound) = Sound::new(CHECK_RATE);
            // The first part always finds room.
            let _ = parts.try_send(vec![0; CHECK_SAMPLES]);
            drop(parts);
            let hangs = |_| SpeakerFault::Engine("the player does not answer".to_owned());
            timeout(LONGEST_CHECK, self.played(sound)).await.map_err(hangs)?.map(drop)
        })
    }

    fn about(&self) -> About {
        About { address: self.command.join(" "), ..About::default() }
    }
}
