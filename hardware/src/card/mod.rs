//! Readers of identity cards. A card is read once, its data handed on and wiped; the photo is never taken.

mod chip;
mod day;
pub mod identity;
pub mod sam;
mod simulator;

#[cfg(feature = "pcsc")]
pub use chip::PcscReader;
pub use chip::{Apdu, ApduFault, ApduProfile, Transmit};
pub use day::Day;
pub use sam::SamReader;
pub use simulator::{Asked, SimulatedSam, SyntheticCard, Trouble};

use crate::{About, Answer};

/// The kind of a card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CardKind {
    /// A resident's identity card.
    #[default]
    Resident,
    /// The residence permit of people from Hong Kong, Macau and Taiwan.
    HmtResident,
    /// A foreigner's permanent residence card of 2017, with a number of fifteen characters.
    Foreigner2017,
    /// A foreigner's permanent residence card of 2023.
    Foreigner2023,
    /// A social-security card.
    SocialSecurity,
}

/// What was read from a card. It shows nothing in logs and overwrites itself when it goes.
#[derive(Clone, PartialEq, Eq)]
pub struct Card {
    /// What card it is.
    pub kind: CardKind,
    /// The holder's name.
    pub name: String,
    /// The card's number, with a valid check digit.
    pub number: String,
    /// When the holder was born.
    pub birth: Day,
    /// The last day it is valid; `None` for a card without end.
    pub valid_until: Option<Day>,
}

impl Card {
    /// Whether it has not expired on a day.
    #[must_use]
    pub fn valid_on(&self, day: Day) -> bool {
        self.valid_until.is_none_or(|last| day <= last)
    }
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

/// A text of a card on its way into a [`Card`]; it is wiped if it does not get there.
struct Wiped(String);

impl Wiped {
    fn text(&self) -> &str {
        &self.0
    }

    /// The text itself, for somebody who wipes it.
    fn take(&mut self) -> String {
        std::mem::take(&mut self.0)
    }
}

impl Drop for Wiped {
    fn drop(&mut self) {
        wipe(self.take());
    }
}

/// Overwrites a text's memory before it is given back.
fn wipe(text: String) {
    wipe_bytes(&mut text.into_bytes());
}

/// Overwrites bytes that hold something of a card.
fn wipe_bytes(bytes: &mut [u8]) {
    bytes.fill(0);
    // Keeps the compiler from leaving out a write that nobody reads.
    std::hint::black_box(bytes);
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
    /// It was read, but is not valid any more.
    #[error("the card has expired")]
    Expired,
    /// The reader does not answer.
    #[error("the card reader does not answer")]
    ReaderGone,
}

/// A reader of identity cards.
pub trait CardReader: Send + Sync {
    /// Waits until a card is placed and reads it. Dropping the answer stops waiting. Whether the card has
    /// expired is for the caller to see, who knows the day.
    fn read(&self) -> Answer<'_, Result<Card, CardFault>>;

    /// Whether the reader can be reached.
    fn status(&self) -> Answer<'_, Result<(), CardFault>>;

    /// Says what it is, as far as it has told.
    fn about(&self) -> About;
}
