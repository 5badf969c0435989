//! Finds a card's frames in a stream of bytes that come in any pieces. What is no frame is skipped.

use std::sync::Arc;

use super::{Driver, Reading, Seen};

/// Longer than any frame, in bytes; what is waited for longer is no frame.
const LONGEST: usize = 1_024;

/// The ear of a card.
pub struct Decoder {
    driver: Arc<dyn Driver>,
    heard: Vec<u8>,
}

impl Decoder {
    /// One that has heard nothing.
    #[must_use]
    pub fn new(driver: Arc<dyn Driver>) -> Self {
        Self { driver, heard: Vec::new() }
    }

    /// Takes what has come; gives what the frames in it said.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Seen> {
        let mut seen = Vec::new();
        for byte in bytes {
            self.heard.push(*byte);
            self.look(false, &mut seen);
        }
        seen
    }

    /// The line has fallen silent, or a datagram is over. What was begun will not go on, but a frame may
    /// stand in it.
    pub fn pause(&mut self) -> Vec<Seen> {
        let mut seen = Vec::new();
        self.look(true, &mut seen);
        seen
    }

    /// Bytes held of a frame that is not complete.
    #[must_use]
    pub fn held(&self) -> usize {
        self.heard.len()
    }

    fn look(&mut self, ended: bool, seen: &mut Vec<Seen>) {
        let mut start = 0;
        while start < self.heard.len() {
            match self.driver.read(&self.heard[start..], ended) {
                Reading::Frame(length, frame) => {
                    start += length.max(1);
                    seen.push(frame);
                }
                Reading::More if !ended && self.heard.len() - start < LONGEST => break,
                Reading::More | Reading::Nothing => start += 1,
            }
        }
        self.heard.drain(..start);
    }
}
