//! Cuts what a printer is sent into commands and text, however the bytes arrive.

pub(super) const LF: u8 = 0x0a;
pub(super) const DLE: u8 = 0x10;
pub(super) const ESC: u8 = 0x1b;
pub(super) const FS: u8 = 0x1c;
pub(super) const GS: u8 = 0x1d;

/// The most bytes that one command may carry; a longer one is not believed.
pub(super) const MOST_DATA: usize = 256 * 1024;

/// What a printer obeys in one go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A byte of text.
    Text(u8),
    /// A whole command.
    Command(Vec<u8>),
    /// The beginning of something that is no command of this printer.
    Unknown(usize),
}

impl Token {
    /// Its bytes on the line.
    pub(super) fn length(&self) -> usize {
        match self {
            Self::Text(_) => 1,
            Self::Command(bytes) => bytes.len(),
            Self::Unknown(length) => *length,
        }
    }

    /// Whether it cuts the paper.
    pub(super) fn cuts(&self) -> bool {
        matches!(self, Self::Command(bytes) if matches!(**bytes, [GS, b'V', ..] | [ESC, b'i' | b'm']))
    }

    /// Whether it is obeyed at once, before everything that waits.
    pub(super) fn is_realtime(&self) -> bool {
        matches!(self, Self::Command(bytes) if bytes.first() == Some(&DLE))
    }
}

/// Takes bytes one by one. It holds one command at most.
#[derive(Clone, Debug, Default)]
pub(super) struct Tokens {
    begun: Vec<u8>,
}

impl Tokens {
    /// Takes a byte, and gives what it completes.
    pub(super) fn push(&mut self, byte: u8) -> Option<Token> {
        if self.begun.is_empty() && !matches!(byte, DLE | ESC | FS | GS) {
            return Some(if byte == LF { Token::Command(vec![LF]) } else { Token::Text(byte) });
        }
        self.begun.push(byte);
        match needed(&self.begun) {
            Some(length) if self.begun.len() < length => None,
            Some(_) => Some(Token::Command(std::mem::take(&mut self.begun))),
            None => Some(Token::Unknown(std::mem::take(&mut self.begun).len())),
        }
    }

    /// What is left when no more bytes come.
    pub(super) fn finish(self) -> Option<Token> {
        (!self.begun.is_empty()).then_some(Token::Unknown(self.begun.len()))
    }
}

/// How long a command is at least, as far as its first bytes tell; `None` if there is no such command.
fn needed(begun: &[u8]) -> Option<usize> {
    Some(match *begun {
        [DLE | ESC | FS | GS] => 2,
        [DLE, command, ref rest @ ..] => realtime(command, rest)?,
        [ESC, b'@' | b'2' | b'i' | b'm', ..] | [FS, b'&' | b'.', ..] => 2,
        [ESC, b'E' | b'G' | b'a' | b'd' | b'J' | b'3' | b'M' | b't' | b'-', ..] => 3,
        [FS, b'!' | b'-', ..] | [GS, b'!' | b'B' | b'a' | b'r' | b'I', ..] => 3,
        [GS, b'L' | b'W' | b'P', ..] | [FS, b'S', ..] => 4,
        [GS, b'e', 3, ..] => 4,
        [GS, b'e', 32, ..] => 5,
        [GS, b'e', ..] => 3,
        [GS, b'V', 65 | 66 | 97 | 98 | 103 | 104, ..] => 4,
        [GS, b'V', ..] => 3,
        [GS, b'(', _, low, high, ..] => 5 + number(low, high),
        [GS, b'(', ..] => 5,
        [GS, b'v', b'0', _, x_low, x_high, y_low, y_high, ..] => {
            let data = number(x_low, x_high).checked_mul(number(y_low, y_high))?;
            (data <= MOST_DATA).then_some(8 + data)?
        }
        [GS, b'v'] | [GS, b'v', b'0', ..] => 8,
        _ => return None,
    })
}

fn realtime(command: u8, rest: &[u8]) -> Option<usize> {
    Some(match (command, rest.first()) {
        (0x04, Some(7 | 8 | 18)) => 4,
        (0x04 | 0x05 | 0x14, None) | (0x04 | 0x05, Some(_)) => 3,
        // Empty the buffers; seven fixed bytes follow.
        (0x14, Some(8)) => 10,
        // A pulse for a drawer.
        (0x14, Some(1)) => 5,
        _ => return None,
    })
}

/// Two bytes as a number, the low one first.
pub(super) fn number(low: u8, high: u8) -> usize {
    usize::from(u16::from_le_bytes([low, high]))
}
