//! Understanding a frame by its template: what the simulated card does.

use super::parse::Part;
use super::{Colour, Face, Reading, Template, text};
use crate::strip::Seen;

/// The longest text that is read, in bytes.
const LONGEST_TEXT: usize = 512;

/// What stopped the reading.
enum Stop {
    /// The bytes end here.
    Short,
    /// This is not such a frame.
    Wrong,
}

/// A place in the bytes, and what was found before it.
#[derive(Clone)]
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    escaping: bool,
    summed: Vec<u8>,
    closed: bool,
    address: u16,
    length: Option<usize>,
    face: Face,
}

/// What the beginning of the bytes is.
pub(super) fn read(template: &Template, bytes: &[u8], ended: bool) -> Reading {
    let reader = Reader {
        bytes,
        at: 0,
        escaping: false,
        summed: Vec::new(),
        closed: false,
        address: 0,
        length: None,
        face: Face::default(),
    };
    match reader.read(template, &template.parts, ended) {
        Ok((length, seen)) => Reading::Frame(length, seen),
        Err(Stop::Short) if !ended => Reading::More,
        Err(_) => Reading::Nothing,
    }
}

impl Reader<'_> {
    fn read(
        mut self,
        template: &Template,
        parts: &[Part],
        ended: bool,
    ) -> Result<(usize, Seen), Stop> {
        for (index, part) in parts.iter().enumerate() {
            if matches!(part, Part::Gbk | Part::Utf8) {
                return self.read_text(template, *part, &parts[index + 1..], ended);
            }
            self.part(template, part)?;
        }
        Ok((self.at, Seen { address: self.address, face: self.face }))
    }

    fn part(&mut self, template: &Template, part: &Part) -> Result<(), Stop> {
        match part {
            Part::OpenEscape => self.escaping = true,
            Part::CloseEscape => self.escaping = false,
            Part::OpenSum => self.summed.clear(),
            Part::CloseSum => self.closed = true,
            Part::Byte(byte) => self.expect(template, &[*byte])?,
            Part::Address => self.address = self.byte(template)?.into(),
            Part::Digits(count) => {
                // Three at most, wherever else the address stands.
                self.address = 0;
                for _ in 0..*count {
                    let digit = char::from(self.byte(template)?).to_digit(10).ok_or(Stop::Wrong)?;
                    self.address = self.address * 10 + digit as u16;
                }
            }
            Part::Length(length) => {
                let written = self.take(template, length.size())?;
                self.length = Some(length.of(&written).ok_or(Stop::Wrong)?);
            }
            Part::Colour => {
                self.face.colour = Colour::of_bits(self.byte(template)?).ok_or(Stop::Wrong)?;
            }
            Part::Effect => self.effect(template)?,
            Part::Sum(sum) => {
                let expected = sum.of(&self.summed);
                self.expect(template, &expected)?;
            }
            // Read with what follows them.
            Part::Gbk | Part::Utf8 => {}
        }
        Ok(())
    }

    fn effect(&mut self, template: &Template) -> Result<(), Stop> {
        let mut other = self.clone();
        if self.expect(template, &template.steady).is_ok() {
            return Ok(());
        }
        other.expect(template, &template.flash)?;
        other.face.flashing = true;
        *self = other;
        Ok(())
    }

    /// Reads the text and what follows: as long as was written before it, or until what follows fits.
    fn read_text(
        mut self,
        template: &Template,
        part: Part,
        rest: &[Part],
        ended: bool,
    ) -> Result<(usize, Seen), Stop> {
        if let Some(length) = self.length {
            let text = self.take(template, length)?;
            self.face.text = decode(part, &text).ok_or(Stop::Wrong)?;
            return self.read(template, rest, ended);
        }
        // Only a byte that is always the same ends a text that does not say how long it is.
        let to_the_end = !rest.iter().any(|part| matches!(part, Part::Byte(_)));
        let mut text = Vec::new();
        while text.len() <= LONGEST_TEXT {
            if (!to_the_end || ended) && self.may_go_on(rest) {
                let mut tried = self.clone();
                if let Some(text) = decode(part, &text) {
                    tried.face.text = text;
                    match tried.read(template, rest, ended) {
                        Ok((at, seen)) if !to_the_end || at == self.bytes.len() => {
                            return Ok((at, seen));
                        }
                        _ => {}
                    }
                }
            }
            text.push(self.byte(template)?);
        }
        Err(Stop::Wrong)
    }

    /// Whether what comes next may be what follows the text.
    fn may_go_on(&self, rest: &[Part]) -> bool {
        match rest.first() {
            Some(Part::Byte(byte)) => self.bytes.get(self.at) == Some(byte),
            _ => true,
        }
    }

    fn expect(&mut self, template: &Template, bytes: &[u8]) -> Result<(), Stop> {
        for byte in bytes {
            if self.byte(template)? != *byte {
                return Err(Stop::Wrong);
            }
        }
        Ok(())
    }

    fn take(&mut self, template: &Template, count: usize) -> Result<Vec<u8>, Stop> {
        (0..count).map(|_| self.byte(template)).collect()
    }

    /// The next byte, as it was before it was escaped.
    fn byte(&mut self, template: &Template) -> Result<u8, Stop> {
        let rest = &self.bytes[self.at..];
        let first = *rest.first().ok_or(Stop::Short)?;
        let escape = template.escapes.iter().find(|(_, by)| self.escaping && rest.starts_with(by));
        let (byte, length) = match escape {
            Some((byte, by)) => (*byte, by.len()),
            None if !self.escaping => (first, 1),
            None if template.escapes.iter().any(|(_, by)| by.starts_with(rest)) => {
                return Err(Stop::Short);
            }
            // Would have been escaped.
            None if template.escaped(first).is_some() => return Err(Stop::Wrong),
            None => (first, 1),
        };
        self.at += length;
        if !self.closed {
            self.summed.push(byte);
        }
        Ok(byte)
    }
}

fn decode(part: Part, bytes: &[u8]) -> Option<String> {
    match part {
        Part::Utf8 => String::from_utf8(bytes.to_vec()).ok(),
        _ => text::decode(bytes),
    }
}
