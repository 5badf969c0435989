//! The frames of the bus: `FF 68 L L 68 ADDRESS FUNCTION DATA… SUM 16`. L counts address, function and data and
//! stands twice; the sum is over the same bytes.

use std::collections::VecDeque;

use super::{Display, Key, Stars};

const LEAD: u8 = 0xFF;
const START: u8 = 0x68;
const END: u8 = 0x16;
/// Lead, start, twice the length, start.
const HEAD: usize = 5;
/// Address and function.
const NAME: usize = 2;
/// Sum and end.
const TAIL: usize = 2;
/// The most data a frame has: six digits. Longer ones are noise.
pub const LONGEST_DATA: usize = 6;

/// What a rater says, and what the host answers it with.
const RATING: u8 = 0x11;
const RATED: u8 = 0x01;
/// The host's words to a keypad.
const RATE: u8 = 0x01;
const SHOW: u8 = 0x02;
const BEEP: u8 = 0x03;
/// The data that makes a rater ask.
const ASK: u8 = 0x0B;
/// The function of a simulated keypad's key; any but a rater's will do.
const PRESS: u8 = 0x06;

/// A frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Whose keypad.
    pub address: u8,
    /// What it is about.
    pub function: u8,
    /// The rest; at most [`LONGEST_DATA`] bytes.
    pub data: Vec<u8>,
}

impl Frame {
    /// A key, as a keypad says it.
    #[must_use]
    pub fn key(address: u8, key: Key) -> Self {
        Self { address, function: PRESS, data: key.data().to_vec() }
    }

    /// An opinion, as a rater says it.
    #[must_use]
    pub fn stars(address: u8, stars: Stars) -> Self {
        Self { address, function: RATING, data: vec![stars.value()] }
    }

    /// What a keypad is to show.
    #[must_use]
    pub fn show(address: u8, display: Display) -> Self {
        Self { address, function: SHOW, data: display.data().to_vec() }
    }

    /// A keypad is to beep.
    #[must_use]
    pub fn beep(address: u8) -> Self {
        Self { address, function: BEEP, data: Vec::new() }
    }

    /// A rater is to ask its visitor.
    #[must_use]
    pub fn ask(address: u8) -> Self {
        Self { address, function: RATE, data: vec![ASK] }
    }

    /// The host's acknowledgement of a keypad's frame: a key comes back as it is, an opinion under another
    /// function.
    #[must_use]
    pub fn acknowledgement(&self) -> Self {
        let function = if self.is_rating() { RATED } else { self.function };
        Self { function, ..self.clone() }
    }

    /// Whether a rater says it.
    #[must_use]
    pub fn is_rating(&self) -> bool {
        self.function == RATING
    }

    /// What the host tells a keypad to show, if it does.
    #[must_use]
    pub fn shows(&self) -> Option<Display> {
        Some(&self.data).filter(|_| self.function == SHOW).and_then(|data| Display::of(data))
    }

    /// Whether the host makes a keypad beep.
    #[must_use]
    pub fn beeps(&self) -> bool {
        self.function == BEEP && self.data.is_empty()
    }

    /// Whether the host makes a rater ask.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.function == RATE && self.data == [ASK]
    }

    /// Its bytes on the wire.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let data = &self.data[..self.data.len().min(LONGEST_DATA)];
        let length = u8::try_from(NAME + data.len()).unwrap_or(u8::MAX);
        let mut bytes = vec![LEAD, START, length, length, START, self.address, self.function];
        bytes.extend(data);
        bytes.extend([sum(&bytes[HEAD..]), END]);
        bytes
    }
}

fn sum(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| sum.wrapping_add(*byte))
}

/// Finds frames among bytes. Noise before, between and inside them is passed over.
#[derive(Clone, Debug, Default)]
pub struct Decoder {
    held: VecDeque<u8>,
}

impl Decoder {
    /// The frames that these bytes complete.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Frame> {
        self.held.extend(bytes);
        let mut frames = Vec::new();
        while let Some(found) = read(self.held.make_contiguous()) {
            match found {
                Found::Frame(frame, length) => {
                    self.held.drain(..length);
                    frames.push(frame);
                }
                Found::Noise => _ = self.held.pop_front(),
            }
        }
        frames
    }

    /// Whether a frame has begun and not ended.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        !self.held.is_empty()
    }

    /// The line has fallen silent: what was begun is noise, and what stands behind it may be a frame.
    pub fn pause(&mut self) -> Vec<Frame> {
        let mut frames = Vec::new();
        while self.held.pop_front().is_some() {
            frames.extend(self.feed(&[]));
        }
        frames
    }
}

/// What bytes begin with.
enum Found {
    /// A frame of so many bytes.
    Frame(Frame, usize),
    /// A byte that begins none.
    Noise,
}

/// `None` while only more bytes can tell.
fn read(bytes: &[u8]) -> Option<Found> {
    let is = |place: usize, wanted: u8| bytes.get(place).is_none_or(|byte| *byte == wanted);
    if bytes.is_empty() {
        return None;
    }
    if !(is(0, LEAD) && is(1, START) && is(4, START)) {
        return Some(Found::Noise);
    }
    let length = usize::from(*bytes.get(2)?);
    if !(NAME..=NAME + LONGEST_DATA).contains(&length) || !is(3, bytes[2]) {
        return Some(Found::Noise);
    }
    let whole = HEAD + length + TAIL;
    let [head @ .., found_sum, end] = bytes.get(..whole)? else { return Some(Found::Noise) };
    let [address, function, data @ ..] = &head[HEAD..] else { return Some(Found::Noise) };
    if *found_sum != sum(&head[HEAD..]) || *end != END {
        return Some(Found::Noise);
    }
    let frame = Frame { address: *address, function: *function, data: data.to_vec() };
    Some(Found::Frame(frame, whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_are_those_of_the_devices() {
        // The layouts as the source gives them, sums computed by hand.
        let cases: [(Frame, &[u8]); 6] = [
            (
                Frame::show(5, Display { waiting: None, number: Some(123) }),
                &[0xFF, 0x68, 8, 8, 0x68, 5, 2, 0x0A, 0x0A, 0x0A, 1, 2, 3, 0x2B, 0x16],
            ),
            (
                Frame::show(5, Display { waiting: Some(123), number: None }),
                &[0xFF, 0x68, 8, 8, 0x68, 5, 2, 1, 2, 3, 0x0A, 0x0A, 0x0A, 0x2B, 0x16],
            ),
            (Frame::beep(5), &[0xFF, 0x68, 2, 2, 0x68, 5, 3, 8, 0x16]),
            (Frame::ask(5), &[0xFF, 0x68, 3, 3, 0x68, 5, 1, 0x0B, 0x11, 0x16]),
            (Frame::key(5, Key::Call), &[0xFF, 0x68, 3, 3, 0x68, 5, 6, 0x0C, 0x17, 0x16]),
            (Frame::stars(5, Stars::Good), &[0xFF, 0x68, 3, 3, 0x68, 5, 0x11, 2, 0x18, 0x16]),
        ];
        for (frame, bytes) in cases {
            assert_eq!(frame.bytes(), bytes, "{frame:?}");
            assert_eq!(Decoder::default().feed(bytes), [frame]);
        }
    }

    #[test]
    fn an_opinion_is_acknowledged_under_another_function_with_a_sum_16_less() {
        let said = Frame::stars(9, Stars::VeryGood).bytes();
        let answer = Frame::stars(9, Stars::VeryGood).acknowledgement().bytes();
        assert_eq!(answer[6], 0x01);
        assert_eq!(answer[8], said[8] - 0x10);
        let key = Frame::key(9, Key::Hold);
        assert_eq!(key.acknowledgement(), key);
    }

    #[test]
    fn a_frame_behind_a_broken_one_is_found() {
        let frame = Frame::key(1, Key::Recall);
        let mut broken = frame.bytes();
        broken[7] ^= 1;
        let cut = &frame.bytes()[..7];
        let mut decoder = Decoder::default();
        let noise = [&[0xFF, 0xFF, 0x68][..], &broken, &frame.bytes(), cut].concat();
        let found = std::slice::from_ref(&frame);
        assert_eq!(decoder.feed(&noise), found);
        assert!(decoder.has_begun());
        assert_eq!(decoder.feed(&frame.bytes()), found);
        assert_eq!(decoder.feed(cut), []);
        assert_eq!(decoder.pause(), []);
        assert!(!decoder.has_begun());
    }
}
