//! Frames of the security module (SAM) in a card reader: `AA AA AA 96 69`, two bytes of length, a body, and
//! the XOR over length and body. The length counts the body and the XOR. Commands and replies look the same;
//! a reply's body begins with three bytes of status.

/// How every frame begins.
const PREAMBLE: [u8; 5] = [0xaa, 0xaa, 0xaa, 0x96, 0x69];
/// The shortest length of a frame: a command's two bytes and the XOR.
const SHORTEST: usize = 3;
/// The longest length of a frame: a card with two fingerprints.
const LONGEST: usize = 2314;
/// Bytes of a body that are kept: status, the lengths of text and photo, and the text. What follows is the
/// photo, which is counted, goes into the XOR and is forgotten.
pub const KEPT: usize = 3 + 4 + 256;

/// Why a frame could not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameFault {
    /// A length that no frame has.
    #[error("a frame of an impossible length")]
    Length,
    /// Bytes were changed on the way.
    #[error("a frame whose checksum does not fit")]
    Checksum,
}

/// What stood in a frame. It overwrites itself when it goes.
pub struct Frame {
    body: Vec<u8>,
    length: usize,
}

impl Frame {
    /// The body, at most as far as the end of a card's text.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// How long the body was, in bytes.
    #[must_use]
    pub fn length(&self) -> usize {
        self.length
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        crate::card::wipe_bytes(&mut self.body);
    }
}

impl std::fmt::Debug for Frame {
    /// Says how long it is, never what stands in it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Frame({} bytes)", self.length)
    }
}

/// The frame around a body.
#[must_use]
pub fn encode(body: &[u8]) -> Vec<u8> {
    let length = (body.len() + 1) as u16;
    let mut frame = Vec::with_capacity(PREAMBLE.len() + 2 + body.len() + 1);
    frame.extend(PREAMBLE);
    frame.extend(length.to_be_bytes());
    frame.extend(body);
    frame.push(frame.iter().skip(PREAMBLE.len()).fold(0, |xor, byte| xor ^ byte));
    frame
}

/// Finds frames in a stream of bytes that come in any pieces. What is no frame is skipped; memory is bounded
/// by the text of one card.
#[derive(Default)]
pub struct Decoder {
    state: State,
    xor: u8,
    body: Vec<u8>,
}

#[derive(Clone, Copy, Default)]
enum State {
    /// So many bytes of the preamble have come.
    #[default]
    Searching,
    Preamble(usize),
    /// The first byte of the length has come.
    Length(u8),
    /// So many bytes of the body have come, of so many.
    Body(usize, usize),
}

impl Decoder {
    /// Takes the next byte; says what a frame held when it was the last one.
    pub fn push(&mut self, byte: u8) -> Option<Result<Frame, FrameFault>> {
        match self.state {
            State::Searching => self.search(0, byte),
            State::Preamble(seen) if seen < PREAMBLE.len() => self.search(seen, byte),
            State::Preamble(_) => {
                self.xor = byte;
                self.state = State::Length(byte);
            }
            State::Length(high) => return self.measure(high, byte).err().map(Err),
            State::Body(seen, length) if seen < length => self.keep(seen, length, byte),
            State::Body(_, length) => return Some(self.finish(length, byte)),
        }
        None
    }

    /// Forgets what has come of a frame.
    pub fn forget(&mut self) {
        crate::card::wipe_bytes(&mut self.body);
        self.body.clear();
        self.state = State::Searching;
    }

    /// Bytes held of a frame that is not complete: at most those of one card's text.
    #[must_use]
    pub fn held(&self) -> usize {
        self.body.len()
    }

    fn search(&mut self, seen: usize, byte: u8) {
        self.state = match byte {
            _ if PREAMBLE.get(seen) == Some(&byte) => State::Preamble(seen + 1),
            // One more AA than needed: the last three still count. After AA AA AA 96, only this one does.
            0xaa if seen == 3 => State::Preamble(3),
            0xaa => State::Preamble(1),
            _ => State::Searching,
        };
    }

    fn measure(&mut self, high: u8, low: u8) -> Result<(), FrameFault> {
        let length = usize::from(u16::from_be_bytes([high, low]));
        if !(SHORTEST..=LONGEST).contains(&length) {
            self.forget();
            return Err(FrameFault::Length);
        }
        self.xor ^= low;
        // Once, so that no copy of a half body is left behind by a growing buffer.
        self.body.reserve_exact(KEPT);
        self.state = State::Body(0, length - 1);
        Ok(())
    }

    fn keep(&mut self, seen: usize, length: usize, byte: u8) {
        self.xor ^= byte;
        if seen < KEPT {
            self.body.push(byte);
        }
        self.state = State::Body(seen + 1, length);
    }

    fn finish(&mut self, length: usize, xor: u8) -> Result<Frame, FrameFault> {
        let right = xor == self.xor;
        if right {
            self.state = State::Searching;
            return Ok(Frame { body: std::mem::take(&mut self.body), length });
        }
        self.forget();
        Err(FrameFault::Checksum)
    }
}

impl Drop for Decoder {
    fn drop(&mut self) {
        self.forget();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(bytes: &[u8]) -> Vec<Result<Vec<u8>, FrameFault>> {
        let mut decoder = Decoder::default();
        let outcomes = bytes.iter().filter_map(|byte| decoder.push(*byte));
        outcomes.map(|it| it.map(|frame| frame.body().to_vec())).collect()
    }

    #[test]
    fn the_published_commands_are_encoded_to_the_byte() {
        for (body, frame) in [
            ([0x10, 0xff], [0xaa, 0xaa, 0xaa, 0x96, 0x69, 0, 3, 0x10, 0xff, 0xec]),
            ([0x11, 0xff], [0xaa, 0xaa, 0xaa, 0x96, 0x69, 0, 3, 0x11, 0xff, 0xed]),
            ([0x12, 0xff], [0xaa, 0xaa, 0xaa, 0x96, 0x69, 0, 3, 0x12, 0xff, 0xee]),
            ([0x20, 0x01], [0xaa, 0xaa, 0xaa, 0x96, 0x69, 0, 3, 0x20, 0x01, 0x22]),
            ([0x20, 0x02], [0xaa, 0xaa, 0xaa, 0x96, 0x69, 0, 3, 0x20, 0x02, 0x21]),
            ([0x30, 0x01], [0xaa, 0xaa, 0xaa, 0x96, 0x69, 0, 3, 0x30, 0x01, 0x32]),
        ] {
            assert_eq!(encode(&body), frame);
            assert_eq!(decode(&frame), [Ok(body.to_vec())]);
        }
    }

    #[test]
    fn published_replies_are_read() {
        let found = [0xaa, 0xaa, 0xaa, 0x96, 0x69, 0, 8, 0, 0, 0x9f, 0, 0, 0, 0, 0x97];
        assert_eq!(decode(&found), [Ok(vec![0, 0, 0x9f, 0, 0, 0, 0])]);
        let none = [0xaa, 0xaa, 0xaa, 0x96, 0x69, 0, 4, 0, 0, 0x80, 0x84];
        assert_eq!(decode(&none), [Ok(vec![0, 0, 0x80])]);
    }

    #[test]
    fn frames_are_found_in_garbage() {
        let frame = encode(&[0, 0, 0x80]);
        for garbage in [
            &[][..],
            &[0xaa],
            &[0xaa, 0xaa, 0xaa],
            &[0xaa, 0xaa, 0xaa, 0x96],
            &[0x69, 0, 4],
            // A length that cannot be.
            &[0xaa, 0xaa, 0xaa, 0x96, 0x69, 0, 2],
            &[0xaa, 0xaa, 0xaa, 0x96, 0x69, 0xff, 0xff],
        ] {
            let bytes = [garbage, &frame].concat();
            assert_eq!(decode(&bytes).last(), Some(&Ok(vec![0, 0, 0x80])), "{garbage:x?}");
        }
    }

    #[test]
    fn a_changed_byte_and_an_impossible_length_are_faults() {
        let mut frame = encode(&[0, 0, 0x80]);
        frame[9] ^= 0x10;
        assert_eq!(decode(&frame), [Err(FrameFault::Checksum)]);
        let endless = [0xaa, 0xaa, 0xaa, 0x96, 0x69, 0x09, 0x0b];
        assert_eq!(decode(&endless), [Err(FrameFault::Length)]);
    }

    #[test]
    fn a_photo_is_checked_but_not_kept() {
        let mut body = vec![7; KEPT + 1024];
        let frame = encode(&body);
        let mut decoder = Decoder::default();
        let whole = frame.iter().find_map(|byte| decoder.push(*byte)).expect("a frame");
        let whole = whole.expect("a good one");
        assert_eq!((whole.body().len(), whole.length()), (KEPT, KEPT + 1024));
        body[KEPT + 500] = 8;
        let mut changed = encode(&body);
        *changed.last_mut().expect("a checksum") = frame[frame.len() - 1];
        assert_eq!(decode(&changed), [Err(FrameFault::Checksum)]);
    }
}
