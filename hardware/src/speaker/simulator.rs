//! A speaker that is not there: it remembers what it was given to say.

use tokio::sync::watch;

use super::{Speaker, SpeakerFault, Utterance};
use crate::About;

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
