//! LED strips: a few characters above a window, over a network, UDP or a shared RS-485 bus. There is no
//! national protocol, so each make of card is a [`Driver`]: pure code that makes frames and, for the
//! simulator at the far end of the line, understands them. [`Bus`] brings the frames out.

mod bus;
mod bx5k;
mod checks;
mod cx;
mod decoder;
mod hall69;
mod number;
mod program;
mod queue;
pub mod simulator;
mod template;
mod text;

use std::ops::RangeInclusive;
use std::time::Duration;

pub use bus::{Bus, Health, Outlet, Pace};
pub use bx5k::Bx5k;
pub use checks::{crc16, sum8, xor8};
pub use cx::Cx;
pub use decoder::Decoder;
pub use hall69::Hall69;
pub use number::NumberBoard;
pub use program::Program;
pub use queue::{Queue, Step};
pub use template::{Escapes, Template, TemplateFault};
pub use text::{Charset, fit, width_of};

/// The colour of a text. Strips with one colour show that one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colour {
    /// Red.
    #[default]
    Red,
    /// Green.
    Green,
    /// Both at once.
    Yellow,
}

impl Colour {
    /// As most cards number them: a bit for the red dots, a bit for the green ones.
    #[must_use]
    pub fn bits(self) -> u8 {
        match self {
            Self::Red => 1,
            Self::Green => 2,
            Self::Yellow => 3,
        }
    }

    /// The colour with this number.
    #[must_use]
    pub fn of_bits(bits: u8) -> Option<Self> {
        [Self::Red, Self::Green, Self::Yellow].into_iter().find(|it| it.bits() == bits)
    }

    /// Its English name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Green => "green",
            Self::Yellow => "yellow",
        }
    }
}

/// One strip on a bus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Strip {
    /// Its address among the strips of its bus.
    pub address: u16,
    /// How many half-width characters fit, 8 dots each: 12 for a strip of 16×96 dots.
    pub width: u16,
}

/// What a strip shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Face {
    /// In words.
    pub text: String,
    /// In which colour.
    pub colour: Colour,
    /// Whether it flashes. Only cards that flash by themselves are ever told to.
    pub flashing: bool,
}

impl Face {
    /// A text that stands still.
    #[must_use]
    pub fn steady(text: impl Into<String>, colour: Colour) -> Self {
        Self { text: text.into(), colour, flashing: false }
    }
}

/// How a strip is made to flash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flashes {
    /// Its card does it when told.
    ByItself,
    /// It is sent its text and darkness by turns.
    ByTurns,
    /// Not at all.
    Never,
}

/// What a frame told a strip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Which strip.
    pub address: u16,
    /// What it is to show. A card that knows no colour shows red.
    pub face: Face,
}

/// What the beginning of some bytes is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A frame of so many bytes.
    Frame(usize, Seen),
    /// Perhaps a frame, once more has come.
    More,
    /// No frame.
    Nothing,
}

/// A make of card: how its frames are made, and what they mean. Pure.
pub trait Driver: Send + Sync {
    /// The bytes that make a strip show something. The text is [`fit`] first, so any text will do.
    fn frame(&self, strip: Strip, face: &Face) -> Vec<u8>;

    /// What the card understands. `ended` says that nothing more will come for now: the line has fallen
    /// silent, or the datagram is over.
    fn read(&self, bytes: &[u8], ended: bool) -> Reading;

    /// How its strips flash.
    fn flashes(&self) -> Flashes;

    /// The shortest pause between the end of a frame and the next one.
    fn gap(&self) -> Duration;

    /// The addresses its strips can have.
    fn addresses(&self) -> RangeInclusive<u16>;
}
