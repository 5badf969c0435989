//! What the flow must be told about its kiosk.

use std::time::Duration;

use protocol::Label;

/// What one kiosk is like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How long it waits for a person.
    pub patience: Patience,
    /// How long nobody must have been here before it shows its slides.
    pub attract_after: Duration,
    /// Where the next kiosk is, for the time when this one gives no numbers.
    pub next_kiosk: Option<Label>,
    /// Whether it has a speaker.
    pub voice: bool,
}

/// How long the kiosk waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For somebody who does nothing.
    pub idle: Duration,
    /// Of that, how long it asks whether they are still there.
    pub warning: Duration,
    /// For somebody who has their slip.
    pub farewell: Duration,
}
