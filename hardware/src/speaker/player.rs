//! Players: what a wall's voice comes out of. A sound is given part by part, so that its beginning is heard
//! while its end is still being made.

use std::time::Instant;

use tokio::sync::mpsc;

use super::SpeakerFault;
use crate::{About, Answer};

/// Parts of a sound that may wait for the player.
const PARTS_WAITING: usize = 64;

/// A sound on its way: one channel of 16-bit samples. It ends when its sender is dropped.
#[derive(Debug)]
pub struct Sound {
    /// Samples a second.
    pub rate: u32,
    /// Its parts, in order.
    pub parts: mpsc::Receiver<Vec<i16>>,
}

impl Sound {
    /// A sound, and where its parts are to be sent.
    #[must_use]
    pub fn new(rate: u32) -> (mpsc::Sender<Vec<i16>>, Self) {
        let (sender, parts) = mpsc::channel(PARTS_WAITING);
        (sender, Self { rate, parts })
    }
}

/// A player.
pub trait Player: Send + Sync {
    /// Plays a sound to its end and says when it began to be heard. To drop the answer is to stop the sound.
    ///
    /// # Errors
    /// Why it was not heard, or not to its end.
    fn play(&self, sound: Sound) -> Answer<'_, Result<Instant, SpeakerFault>>;

    /// Whether it could play, found out without a sound.
    ///
    /// # Errors
    /// Why it could not.
    fn check(&self) -> Answer<'_, Result<(), SpeakerFault>>;

    /// Says what it is.
    fn about(&self) -> About;
}
