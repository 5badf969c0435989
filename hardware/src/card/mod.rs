//! Readers of identity cards. A card is read once, its data handed on and wiped; the photo is never taken.

pub mod identity;
mod simulator;

pub use simulator::{SimulatedCardReader, SyntheticCard};

use crate::Answer;

/// A calendar day, as printed on a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Birth {
    /// The year.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day of the month.
    pub day: u8,
}

/// What was read from a card. It shows nothing in logs and overwrites itself when it goes.
#[derive(Clone, PartialEq, Eq)]
pub struct Card {
    /// The holder's name.
    pub name: String,
    /// The card's number, with a valid check digit.
    pub number: String,
    /// When the holder was born.
    pub birth: Birth,
}

impl std::fmt::Debug for Card {
    /// Says that it is a card, never whose.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Card(…)")
    }
}

impl Drop for Card {
    fn drop(&mut self) {
        wipe(std::mem::take(&mut self.name));
        wipe(std::mem::take(&mut self.number));
    }
}

/// Overwrites a text's memory before it is given back.
fn wipe(text: String) {
    let mut bytes = text.into_bytes();
    bytes.fill(0);
    // Keeps the compiler from leaving out a write that nobody reads.
    std::hint::black_box(&bytes);
}

/// Why a card could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CardFault {
    /// It was there, but could not be read: taken away too soon, dirty, or not an identity card.
    #[error("the card could not be read")]
    Unreadable,
    /// It was read, but its number is not a valid one.
    #[error("the card's number is not valid")]
    Invalid,
    /// The reader does not answer.
    #[error("the card reader does not answer")]
    ReaderGone,
}

/// A reader of identity cards.
pub trait CardReader: Send + Sync {
    /// Waits until a card is placed and reads it. Dropping the answer stops waiting.
    fn read(&self) -> Answer<'_, Result<Card, CardFault>>;
}
