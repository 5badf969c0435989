//! The words of a template, and what each stands for.

use super::{TemplateFault, crc16, sum8, xor8};

/// The most digits of an address.
const MOST_DIGITS: usize = 3;

/// One word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Byte(u8),
    Address,
    Digits(usize),
    Length(Length),
    Gbk,
    Utf8,
    Colour,
    Effect,
    Sum(Sum),
    OpenSum,
    CloseSum,
    OpenEscape,
    CloseEscape,
}

/// How the length of a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Length {
    /// In one byte, with so many more.
    Byte(u8),
    /// In two, the low one first.
    Little,
    /// In two, the high one first.
    Big,
}

impl Length {
    pub(super) fn bytes(self, length: usize) -> Vec<u8> {
        match self {
            Self::Byte(more) => vec![(length as u8).wrapping_add(more)],
            Self::Little => (length as u16).to_le_bytes().to_vec(),
            Self::Big => (length as u16).to_be_bytes().to_vec(),
        }
    }

    /// How many bytes it takes.
    pub(super) fn size(self) -> usize {
        if matches!(self, Self::Byte(_)) { 1 } else { 2 }
    }

    /// The length that is written so.
    pub(super) fn of(self, bytes: &[u8]) -> Option<usize> {
        match (self, bytes) {
            (Self::Byte(more), &[byte]) => Some(byte.checked_sub(more)?.into()),
            (Self::Little, &[low, high]) => Some(u16::from_le_bytes([low, high]).into()),
            (Self::Big, &[high, low]) => Some(u16::from_be_bytes([high, low]).into()),
            _ => None,
        }
    }
}

/// A checksum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sum {
    Sum8,
    Xor8,
    Crc16Little,
    Crc16Big,
}

impl Sum {
    pub(super) fn of(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sum8 => vec![sum8(bytes)],
            Self::Xor8 => vec![xor8(bytes)],
            Self::Crc16Little => crc16(bytes).to_le_bytes().to_vec(),
            Self::Crc16Big => crc16(bytes).to_be_bytes().to_vec(),
        }
    }
}

/// Reads a template.
pub(super) fn parse(template: &str) -> Result<Vec<Part>, TemplateFault> {
    let words = template.split_whitespace();
    let parts = words
        .map(|word| part(word).ok_or_else(|| TemplateFault::Word(word.to_owned())))
        .collect::<Result<Vec<_>, _>>()?;
    let texts = parts.iter().filter(|part| matches!(part, Part::Gbk | Part::Utf8)).count();
    if texts != 1 {
        return Err(TemplateFault::NoText);
    }
    brackets(&parts, Part::OpenSum, Part::CloseSum, ('[', ']'))?;
    brackets(&parts, Part::OpenEscape, Part::CloseEscape, ('<', '>'))?;
    Ok(parts)
}

fn brackets(
    parts: &[Part],
    open: Part,
    close: Part,
    (left, right): (char, char),
) -> Result<(), TemplateFault> {
    let found: Vec<_> = parts.iter().filter(|part| [open, close].contains(part)).collect();
    match found.as_slice() {
        [] => Ok(()),
        [first, second] if **first == open && **second == close => Ok(()),
        _ => Err(TemplateFault::Brackets(left, right)),
    }
}

fn part(word: &str) -> Option<Part> {
    if let Some(field) = word.strip_prefix('{') {
        return self::field(field.strip_suffix('}')?);
    }
    match word.as_bytes() {
        b"[" => Some(Part::OpenSum),
        b"]" => Some(Part::CloseSum),
        b"<" => Some(Part::OpenEscape),
        b">" => Some(Part::CloseEscape),
        [b'\'', character, b'\''] => Some(Part::Byte(*character)),
        [_, _] => u8::from_str_radix(word, 16).ok().map(Part::Byte),
        _ => None,
    }
}

fn field(name: &str) -> Option<Part> {
    if let Some(more) = name.strip_prefix("len+") {
        return Some(Part::Length(Length::Byte(more.parse().ok()?)));
    }
    if let Some(digits) = name.strip_prefix("addr:") {
        let count = digits.parse().ok().filter(|it| (1..=MOST_DIGITS).contains(it))?;
        return Some(Part::Digits(count));
    }
    Some(match name {
        "addr" => Part::Address,
        "len" => Part::Length(Length::Byte(0)),
        "len:le" => Part::Length(Length::Little),
        "len:be" => Part::Length(Length::Big),
        "gbk" => Part::Gbk,
        "text" => Part::Utf8,
        "colour" => Part::Colour,
        "effect" => Part::Effect,
        "sum8" => Part::Sum(Sum::Sum8),
        "xor8" => Part::Sum(Sum::Xor8),
        "crc16" => Part::Sum(Sum::Crc16Little),
        "crc16:be" => Part::Sum(Sum::Crc16Big),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_template_is_refused_with_its_reason() {
        let fault = |template| parse(template).expect_err(template).to_string();
        assert!(fault("A5 {gbk} 5").contains("`5` is no byte"));
        assert!(fault("A5 {gpk}").contains("`{gpk}`"));
        assert!(fault("A5 5A").contains("no field for the text"));
        assert!(fault("{gbk} {text}").contains("once"));
        assert!(fault("] {gbk} [").contains("`[` and `]`"));
        assert!(fault("< {gbk}").contains("`<` and `>`"));
        assert!(fault("{addr:4} {gbk}").contains("`{addr:4}`"));
        assert!(fault("'请' {gbk}").contains("is no byte"));
    }
}
