//! A simulated voice on the bench of a display that is tried: what it said can be read and heard there.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use hardware::speaker::{Heard, SimulatedPlayer};
use tokio::sync::watch;

use super::script::Line;
use crate::outputs::{Device, Look};

/// Phrases that can be read.
const READABLE: usize = 8;

/// A simulated voice.
pub(super) struct Shown {
    name: String,
    heard: watch::Receiver<Heard>,
    said: Mutex<VecDeque<String>>,
}

impl Shown {
    /// A voice by its name, and what it comes out of.
    pub(super) fn new(name: &str, player: &SimulatedPlayer) -> Arc<Self> {
        Arc::new(Self { name: name.to_owned(), heard: player.heard(), said: Mutex::default() })
    }

    /// It begins to say these.
    pub(super) fn says(&self, lines: &[Line]) {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        for line in lines {
            said.push_front(line.text.clone());
        }
        said.truncate(READABLE);
    }
}

impl Device for Shown {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn look(&self) -> Look {
        let said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        Look::Voice { said: said.iter().cloned().collect(), revision: self.heard.borrow().ended }
    }

    fn sound(&self) -> Option<Vec<u8>> {
        Some(self.heard.borrow().last.as_ref()?.bytes())
    }
}
