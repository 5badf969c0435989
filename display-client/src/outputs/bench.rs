//! The simulated devices of a display, for whoever tries it: an output that has one puts it on the bench, and
//! the page at `/bench` shows them. A display with real devices has an empty bench and no such page.

use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;

/// Every simulated device, in the order they were put there. Clones are the same bench.
#[derive(Clone, Default)]
pub(crate) struct Bench(Arc<Mutex<Vec<Arc<dyn Device>>>>);

/// A simulated device.
pub(crate) trait Device: Send + Sync {
    /// Its name in the display's configuration.
    fn name(&self) -> String;

    /// What can be seen and heard of it now.
    fn look(&self) -> Look;

    /// What it shows, as a picture.
    fn picture(&self) -> Option<Picture> {
        None
    }

    /// What it said last, as a WAV file.
    fn sound(&self) -> Option<Vec<u8>> {
        None
    }

    /// Presses one of its keys, by the name that [`Look`] gives it; false if it has no such key.
    fn press(&self, _key: &str) -> bool {
        false
    }
}

/// What can be seen and heard of a device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum Look {
    /// A strip. Another revision is another picture.
    Strip { text: String, revision: u64 },
    /// A lamp or a buzzer.
    Lamp { lit: bool, blinking: bool },
    /// A voice: what it said, the newest first. Another revision is another sound; 0 while there is none.
    Voice { said: Vec<String>, revision: u64 },
    /// A button beside a clerk.
    Button { key: String },
    /// A keypad: what stands on it, and its keys, as in `KeyPress` or, for a rater, as in `RatingGiven`.
    Keypad { text: String, keys: Vec<String> },
}

/// A picture as a browser shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    /// `image/png` or `image/svg+xml`.
    pub(crate) content_type: &'static str,
    /// The file.
    pub(crate) bytes: Vec<u8>,
}

impl Bench {
    /// Puts a device there.
    pub(crate) fn put(&self, device: Arc<dyn Device>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(device);
    }

    /// Every device.
    pub(crate) fn devices(&self) -> Vec<Arc<dyn Device>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
