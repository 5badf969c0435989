//! Speakers: what a machine says to a person in front of it; and players, which a wall's voice comes out of.

mod engine;
mod folder;
mod player;
mod program_player;
mod programs;
mod resample;
mod simulator;
pub mod wav;

pub use engine::{EngineSpeaker, Settings};
pub use folder::FolderPlayer;
pub use player::{Player, Sound};
pub use program_player::ProgramPlayer;
pub use resample::resample;
pub use simulator::{Heard, SimulatedPlayer, SimulatedSpeaker};

use crate::About;

/// The language something is said in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tongue {
    /// Mandarin.
    Mandarin,
    /// English.
    English,
}

/// Something to be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Utterance {
    /// The name of its recording, if one was made: `kiosk-voice-card`.
    pub name: String,
    /// In words.
    pub text: String,
    /// In which language.
    pub tongue: Tongue,
}

/// Why a speaker is silent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SpeakerFault {
    /// The program that speaks is not there or has failed: which, and its own words.
    #[error("nothing can be said: {0}")]
    Engine(String),
}

/// A speaker.
pub trait Speaker: Send + Sync {
    /// Says something, in place of what is being said.
    fn say(&self, utterance: Utterance);

    /// Says nothing more.
    fn hush(&self);

    /// Whether the last thing could be said.
    ///
    /// # Errors
    /// Why it could not.
    fn status(&self) -> Result<(), SpeakerFault>;

    /// Says what it is.
    fn about(&self) -> About;
}
