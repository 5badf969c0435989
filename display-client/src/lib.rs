//! The wall: a screen that never lies. It keeps one live connection to the hall, holds the last board
//! (also on disk), and serves the board's page from its own address, so that a browser on this machine
//! has something to show even while the hall cannot be reached, and says so. Voices, strips, lamps and keypads
//! hear the same from the relay; what they gave out goes up like a page's words.
//!
//! ```text
//! hall  --/live-->  uplink  -->  relay (the last board)  --/live-->  the page in a browser
//!       <-- acknowledgements, queued while the hall is away --      \->  outputs  (voice, strip, lamp, keys)
//! ```

mod bench;
mod board;
mod browser;
mod config;
mod delivery;
mod hall;
mod health;
mod keep;
mod keypads;
mod lamps;
mod life;
mod media;
mod outputs;
mod page;
mod pause;
mod relay;
mod running;
mod shared;
mod socket;
mod strips;
mod uplink;
mod voices;
mod watchdog;

pub use config::Config;
pub use running::{Running, start};
pub use strips::command::StripCommand;
pub use voices::command::VoiceCommand;
