//! A strip whose frame stands in the configuration: for the many cards whose maker hands out one page of
//! protocol.

mod parse;
mod read;

use std::ops::RangeInclusive;
use std::time::Duration;

use parse::{Part, parse};

use super::{Charset, Colour, Driver, Face, Flashes, Reading, Strip, crc16, fit, sum8, text, xor8};

/// The longest text, in half-widths: its length must fit into a byte.
const LONGEST_TEXT: u16 = 200;

/// What stands for a byte that would be taken for something else.
pub type Escapes = Vec<(u8, Vec<u8>)>;

/// Why a template cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateFault {
    /// A word that means nothing.
    #[error("`{0}` is no byte and no field")]
    Word(String),
    /// No text is sent.
    #[error("it has no field for the text; write {{gbk}} or {{text}} once")]
    NoText,
    /// Brackets that do not open and close once.
    #[error("`{0}` and `{1}` must each stand once, in this order")]
    Brackets(char, char),
    /// Escapes without a place, or a place without escapes.
    #[error("escapes and the brackets < > that say where they hold must come together")]
    Escapes,
}

/// A card whose frame is a template: words with blanks between them.
///
/// | word | sends |
/// | --- | --- |
/// | `A5`, `'@'` | this byte, this character |
/// | `{addr}`, `{addr:3}` | the address as a byte, as three digits |
/// | `{len}`, `{len+4}`, `{len:le}`, `{len:be}` | the bytes of the text, that many more, in two bytes |
/// | `{gbk}`, `{text}` | the text in GBK or GB 18030, in UTF-8 |
/// | `{colour}` | 1 red, 2 green, 3 yellow |
/// | `{effect}` | the bytes for flashing or for standing still |
/// | `{sum8}`, `{xor8}`, `{crc16}`, `{crc16:be}` | a checksum of what is between `[` and `]`, or of all before |
/// | `<` `>` | around what is escaped; checksums are made before |
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    parts: Vec<Part>,
    escapes: Escapes,
    /// The characters of its font.
    pub charset: Charset,
    /// Sent for `{effect}` when it flashes.
    pub flash: Vec<u8>,
    /// Sent for `{effect}` when it stands still.
    pub steady: Vec<u8>,
    /// The shortest pause after a frame.
    pub gap: Duration,
}

impl Template {
    /// Reads a template, and the bytes that are escaped in it.
    ///
    /// # Errors
    /// If it is none.
    pub fn new(template: &str, escapes: Escapes) -> Result<Self, TemplateFault> {
        let parts = parse(template)?;
        if escapes.is_empty() == parts.contains(&Part::OpenEscape) {
            return Err(TemplateFault::Escapes);
        }
        Ok(Self {
            parts,
            escapes,
            charset: Charset::default(),
            flash: vec![1],
            steady: vec![0],
            gap: Duration::from_millis(100),
        })
    }

    fn escaped(&self, byte: u8) -> Option<&[u8]> {
        self.escapes.iter().find(|(escaped, _)| *escaped == byte).map(|(_, by)| by.as_slice())
    }
}

impl Driver for Template {
    fn frame(&self, strip: Strip, face: &Face) -> Vec<u8> {
        let shown = fit(&face.text, self.charset, strip.width.min(LONGEST_TEXT));
        let text = match self.parts.contains(&Part::Utf8) {
            true => shown.into_bytes(),
            false => text::encode(&shown),
        };
        let mut frame = Frame::default();
        for part in &self.parts {
            match part {
                Part::OpenEscape => frame.escaping = true,
                Part::CloseEscape => frame.escaping = false,
                Part::OpenSum => frame.summed.clear(),
                Part::CloseSum => frame.closed = true,
                Part::Byte(byte) => self.put(&mut frame, &[*byte]),
                Part::Address => self.put(&mut frame, &[strip.address.to_le_bytes()[0]]),
                Part::Digits(count) => {
                    let digits = format!("{:0count$}", strip.address);
                    self.put(&mut frame, &digits.as_bytes()[digits.len() - count..]);
                }
                Part::Length(length) => self.put(&mut frame, &length.bytes(text.len())),
                Part::Gbk | Part::Utf8 => self.put(&mut frame, &text),
                Part::Colour => self.put(&mut frame, &[face.colour.bits()]),
                Part::Effect if face.flashing => self.put(&mut frame, &self.flash),
                Part::Effect => self.put(&mut frame, &self.steady),
                Part::Sum(sum) => {
                    let sum = sum.of(&frame.summed);
                    self.put(&mut frame, &sum);
                }
            }
        }
        frame.bytes
    }

    fn read(&self, bytes: &[u8], ended: bool) -> Reading {
        read::read(self, bytes, ended)
    }

    fn flashes(&self) -> Flashes {
        if self.parts.contains(&Part::Effect) { Flashes::ByItself } else { Flashes::ByTurns }
    }

    fn gap(&self) -> Duration {
        self.gap
    }

    fn addresses(&self) -> RangeInclusive<u16> {
        let digits = self.parts.iter().find_map(|part| match part {
            Part::Digits(count) => Some(*count),
            _ => None,
        });
        0..=digits.map_or(255, |count| [9, 99, 999][count - 1])
    }
}

/// A frame that is being made, and what the checksum will be of.
#[derive(Default)]
struct Frame {
    bytes: Vec<u8>,
    summed: Vec<u8>,
    escaping: bool,
    closed: bool,
}

impl Template {
    fn put(&self, frame: &mut Frame, bytes: &[u8]) {
        for byte in bytes {
            match self.escaped(*byte).filter(|_| frame.escaping) {
                Some(by) => frame.bytes.extend(by),
                None => frame.bytes.push(*byte),
            }
        }
        if !frame.closed {
            frame.summed.extend(bytes);
        }
    }
}
