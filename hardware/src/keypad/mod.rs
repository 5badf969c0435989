//! Caller keypads and raters on a shared RS-485 bus, 9600 baud. A keypad speaks when a key is pressed and
//! repeats itself until it hears its own frame again; nobody is polled. Source of the frames: the clients of
//! a hall system that is in use with such keypads.
//!
//! A byte takes 10 bits, so the bus carries 960 a second. A key and its echo are 10 bytes each, what a display
//! shows 15: thirty keys pressed in one second and thirty displays shown anew are 600 and 450 bytes. Echoes go
//! before displays, so each of thirty keys is heard and answered within 0.63 s, and each display follows within
//! another 0.47 s.

mod bus;
mod frame;
mod queue;
mod simulator;

pub use bus::{Health, KeypadBus};
pub use frame::{Decoder, Frame, LONGEST_DATA};
pub use simulator::{Keypad, SimulatedKeypads, Traffic};

/// Bits a second of every such bus.
pub const BAUD: u32 = 9_600;

/// A key of a keypad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// 呼叫.
    Call,
    /// 重呼.
    Recall,
    /// 评价.
    Rate,
    /// 等候.
    Pause,
    /// 转移.
    Transfer,
    /// `6` and 确定: 弃号.
    Pass,
    /// `0` and 确定: 挂起.
    Hold,
    /// `3` and 确定: 回呼.
    Resume,
}

/// 确定, which makes a digit a key.
const CONFIRM: u8 = 0x0F;

impl Key {
    /// Every key.
    pub const ALL: [Self; 8] = [
        Self::Call,
        Self::Recall,
        Self::Rate,
        Self::Pause,
        Self::Transfer,
        Self::Pass,
        Self::Hold,
        Self::Resume,
    ];

    /// The data of its frame.
    #[must_use]
    pub fn data(self) -> &'static [u8] {
        match self {
            Self::Call => &[0x0C],
            Self::Recall => &[0x0D],
            Self::Rate => &[0x0B],
            Self::Pause => &[0x12],
            Self::Transfer => &[0x13],
            Self::Pass => &[0x06, CONFIRM],
            Self::Hold => &[0x00, CONFIRM],
            Self::Resume => &[0x03, CONFIRM],
        }
    }

    /// The key of a frame's data: its last byte, and all of it where that is 确定. `None` for keys that mean
    /// nothing here.
    #[must_use]
    pub fn of(data: &[u8]) -> Option<Self> {
        // Some keypads send digits before any key; only 确定 carries them out.
        let said = match data {
            [.., key] if *key != CONFIRM => std::slice::from_ref(key),
            data => data,
        };
        Self::ALL.into_iter().find(|key| key.data() == said)
    }
}

/// What a visitor pressed on a rater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stars {
    /// 不满意.
    Bad,
    /// Nothing, in the time there was.
    NotRated,
    /// 满意.
    Good,
    /// 非常满意.
    VeryGood,
}

impl Stars {
    /// Every one, in the order of its value on the wire.
    pub const ALL: [Self; 4] = [Self::Bad, Self::NotRated, Self::Good, Self::VeryGood];

    /// Its value on the wire.
    #[must_use]
    pub fn value(self) -> u8 {
        match self {
            Self::Bad => 0,
            Self::NotRated => 1,
            Self::Good => 2,
            Self::VeryGood => 3,
        }
    }

    /// What a value on the wire means.
    #[must_use]
    pub fn of(value: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.value() == value)
    }
}

/// Something pressed, once however often the bus carried it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// A clerk's key.
    Key(Key),
    /// A visitor's opinion.
    Stars(Stars),
}

/// What stands on a keypad: three digits for how many wait, three for the number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Display {
    /// How many wait; more than 999 are shown as 999.
    pub waiting: Option<u32>,
    /// The digits of the number; of more than three the last.
    pub number: Option<u32>,
}

/// The most a display can show.
const MOST: u32 = 999;
/// A digit that is dark.
const DARK: u8 = 0x0A;

impl Display {
    /// The data of its frame.
    #[must_use]
    pub fn data(self) -> [u8; 6] {
        let waiting = self.waiting.map(|waiting| waiting.min(MOST));
        let number = self.number.map(|number| number % (MOST + 1));
        let [a, b, c] = digits(waiting, false);
        // A number keeps its noughts: 005 is what stands on the slip.
        let [d, e, f] = digits(number, true);
        [a, b, c, d, e, f]
    }

    /// What a frame's data shows.
    #[must_use]
    pub fn of(data: &[u8]) -> Option<Self> {
        let (waiting, number) = data.split_at_checked(3)?;
        Some(Self { waiting: value(waiting), number: value(number) })
    }
}

fn digits(number: Option<u32>, noughts: bool) -> [u8; 3] {
    let Some(number) = number else { return [DARK; 3] };
    let digit = |place: u32| u8::try_from(number / place % 10).unwrap_or(DARK);
    let or_dark = |place: u32| if noughts || number >= place { digit(place) } else { DARK };
    [or_dark(100), or_dark(10), digit(1)]
}

fn value(digits: &[u8]) -> Option<u32> {
    let lit = digits.iter().filter(|digit| **digit != DARK);
    lit.fold(None, |sum, digit| Some(sum.unwrap_or(0) * 10 + u32::from(*digit)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_its_own_and_others_are_none() {
        for key in Key::ALL {
            assert_eq!(Key::of(key.data()), Some(key));
        }
        assert_eq!(Key::of(&[0x07, 0x0C]), Some(Key::Call), "digits before it do not matter");
        for data in [&[0x0E][..], &[0x11], &[CONFIRM], &[0x05, CONFIRM], &[1, 6, CONFIRM], &[]] {
            assert_eq!(Key::of(data), None, "{data:02x?}");
        }
    }

    #[test]
    fn a_display_shows_what_fits() {
        let data = |waiting, number| Display { waiting, number }.data();
        assert_eq!(data(None, Some(5)), [DARK, DARK, DARK, 0, 0, 5]);
        assert_eq!(data(Some(12), None), [DARK, 1, 2, DARK, DARK, DARK]);
        assert_eq!(data(Some(4_000), Some(1_042)), [9, 9, 9, 0, 4, 2]);
        assert_eq!(data(Some(0), None), [DARK, DARK, 0, DARK, DARK, DARK]);
    }
}
