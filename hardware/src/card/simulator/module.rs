//! What a security module answers: which card lies on it, what was asked of that card before, and what is
//! wrong with the module today.

use std::time::{Duration, Instant};

use crate::card::sam::command::{Command, words};
use crate::card::sam::frame::encode;

/// A module that was asked for a card so lately is in use.
const IN_USE: Duration = Duration::from_secs(1);
/// A card nobody reads is taken away after so long, and one that was read after so little.
const UNREAD: Duration = Duration::from_secs(10);
const READ: Duration = Duration::from_millis(1500);
/// Bytes that an answer of a wrong length lacks.
const MISSING: usize = 9;
/// Version 05.03, a day, and two serial numbers.
const ID: [u32; 4] = [3 << 16 | 5, 20_120_101, 1, 1];

/// What may go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// An answer takes a fifth of a second.
    Slow,
    /// An answer comes in pieces of one to three bytes.
    Split,
    /// Bytes without a meaning come before an answer.
    Garbage,
    /// No answer comes.
    Silent,
    /// A card cannot be selected.
    SelectFails,
    /// A card cannot be read.
    ReadFails,
    /// The checksum after a card's data is wrong.
    BadChecksum,
    /// A card's data is shorter than its frame says.
    WrongLength,
}

/// How often each thing was asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Whether a card is there.
    pub find: u32,
    /// To speak to it.
    pub select: u32,
    /// For its data.
    pub read: u32,
    /// To begin anew.
    pub reset: u32,
}

/// A card on the module.
struct Placed {
    /// What reading it gives; `None` for a card that is no identity card.
    data: Option<Vec<u8>>,
    /// When it is taken away.
    until: Option<Instant>,
    selected: bool,
    /// It has said everything, and is silent until it leaves.
    spent: bool,
}

#[derive(Default)]
pub(super) struct Module {
    placed: Option<Placed>,
    troubles: Vec<(Trouble, u32)>,
    asked: Asked,
    last_find: Option<Instant>,
}

impl Module {
    /// Puts a card on it if somebody is looking for one.
    pub(super) fn place(&mut self, data: Option<Vec<u8>>, stays: bool, now: Instant) -> bool {
        let in_use = self.last_find.is_some_and(|at| now.saturating_duration_since(at) <= IN_USE);
        if in_use {
            let until = (!stays).then(|| now + UNREAD);
            self.placed = Some(Placed { data, until, selected: false, spent: false });
        }
        in_use
    }

    pub(super) fn lift(&mut self) {
        self.placed = None;
    }

    pub(super) fn trouble(&mut self, trouble: Trouble, times: u32) {
        self.troubles.retain(|(other, _)| *other != trouble);
        self.troubles.push((trouble, times));
    }

    /// Whether this goes wrong now; each time uses up one.
    pub(super) fn suffers(&mut self, trouble: Trouble) -> bool {
        let left = self.troubles.iter_mut().find(|(it, left)| *it == trouble && *left > 0);
        left.map(|(_, left)| *left -= 1).is_some()
    }

    pub(super) fn asked(&self) -> Asked {
        self.asked
    }

    /// The frame that answers a command; `None` stands for a command that is none.
    pub(super) fn answer(&mut self, command: Option<Command>, now: Instant) -> Vec<u8> {
        if self.placed.as_ref().is_some_and(|card| card.until.is_some_and(|until| until <= now)) {
            self.placed = None;
        }
        match command {
            None => word(words::BAD_COMMAND),
            Some(Command::Status) => word(words::DONE),
            Some(Command::Id) => {
                let id = ID.map(u32::to_le_bytes).concat();
                encode(&[&[0, 0, words::DONE], &id[..]].concat())
            }
            Some(Command::Reset) => self.reset(),
            Some(Command::Find) => self.find(now),
            Some(Command::Select) => self.select(now),
            Some(Command::Read) => self.read(now),
        }
    }

    fn reset(&mut self) -> Vec<u8> {
        self.asked.reset += 1;
        if let Some(card) = &mut self.placed {
            (card.selected, card.spent) = (false, false);
        }
        word(words::DONE)
    }

    fn find(&mut self, now: Instant) -> Vec<u8> {
        self.asked.find += 1;
        self.last_find = Some(now);
        match &mut self.placed {
            Some(card) if !card.spent => encode(&[0, 0, words::FOUND, 0, 0, 0, 0]),
            _ => word(words::NO_CARD),
        }
    }

    fn select(&mut self, now: Instant) -> Vec<u8> {
        self.asked.select += 1;
        let fails = self.suffers(Trouble::SelectFails);
        match &mut self.placed {
            Some(card) if card.data.is_none() => {
                card.spend(now);
                word(words::WRONG_CARD)
            }
            Some(card) if !card.spent && !fails => {
                card.selected = true;
                encode(&[0, 0, words::DONE, 0, 0, 0, 0, 0, 0, 0, 0])
            }
            _ => word(words::SELECT_FAILED),
        }
    }

    fn read(&mut self, now: Instant) -> Vec<u8> {
        self.asked.read += 1;
        let fails = self.suffers(Trouble::ReadFails);
        let card = self.placed.as_ref().filter(|card| card.selected && !card.spent && !fails);
        let Some(data) = card.and_then(|card| card.data.as_deref()) else {
            return word(words::READ_FAILED);
        };
        let mut frame = encode(data);
        if self.suffers(Trouble::BadChecksum) {
            frame.iter_mut().rev().take(1).for_each(|xor| *xor ^= 1);
        } else if self.suffers(Trouble::WrongLength) {
            frame.truncate(frame.len() - MISSING);
        } else if let Some(card) = &mut self.placed {
            card.spend(now);
        }
        frame
    }
}

impl Placed {
    fn spend(&mut self, now: Instant) {
        self.spent = true;
        self.until = self.until.map(|_| now + READ);
    }
}

/// An answer that is a status word only.
fn word(word: u8) -> Vec<u8> {
    encode(&[0, 0, word])
}
