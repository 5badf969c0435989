//! What a thermal printer makes of the bytes it is sent: rows of set text, QR codes, feeds and cuts. It
//! knows the commands our slips use and says which bytes it did not understand, as a real printer would
//! print them as rubbish.

use encoding_rs::GB18030;

const LF: u8 = 0x0a;
const ESC: u8 = 0x1b;
const FS: u8 = 0x1c;
const GS: u8 = 0x1d;
/// Parameters of `GS ( k` that mean a QR code.
const QR_CODE: u8 = 49;

/// Where a row stands between the edges.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// At the left edge.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// At the right edge.
    Right,
}

/// How characters are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Times the usual width, 1 to 8.
    pub wide: u8,
    /// Times the usual height, 1 to 8.
    pub high: u8,
    /// Whether emphasised.
    pub bold: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self { wide: 1, high: 1, bold: false }
    }
}

/// Characters in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The characters.
    pub text: String,
    /// How they are set.
    pub style: Style,
}

/// What was put on the paper, from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// A line of text; without runs it is an empty line.
    Text {
        /// Its runs, from left to right.
        runs: Vec<Run>,
        /// Where it stands.
        align: Align,
    },
    /// A QR code.
    Qr {
        /// What it says.
        data: String,
        /// Dots of one module.
        module: u8,
        /// Error correction, `0` to `3` for L, M, Q, H.
        correction: u8,
        /// Where it stands.
        align: Align,
    },
    /// The paper was cut here.
    Cut,
}

/// Everything that was understood, and what was not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Interpretation {
    /// What is on the paper.
    pub rows: Vec<Row>,
    /// Where a command began that this printer does not know.
    pub unknown: Vec<usize>,
}

impl Interpretation {
    /// Whether the slip was cut off at its end.
    #[must_use]
    pub fn was_cut(&self) -> bool {
        self.rows.last() == Some(&Row::Cut)
    }
}

/// Reads the bytes of a job.
#[must_use]
pub fn interpret(bytes: &[u8]) -> Interpretation {
    let mut reader = Reader { bytes, ..Reader::default() };
    while reader.at < bytes.len() {
        reader.step();
    }
    reader.end_run();
    if !reader.runs.is_empty() {
        reader.end_line();
    }
    reader.done
}

#[derive(Default)]
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    chinese: bool,
    align: Align,
    style: Style,
    pending: Vec<u8>,
    runs: Vec<Run>,
    qr: QrStore,
    done: Interpretation,
}

#[derive(Default)]
struct QrStore {
    model_2: bool,
    module: u8,
    correction: u8,
    data: String,
}

impl<'a> Reader<'a> {
    /// Reads one character or one command.
    fn step(&mut self) {
        let rest = &self.bytes[self.at..];
        let length = match *rest {
            [LF, ..] => {
                self.end_line();
                1
            }
            [ESC | FS | GS, ..] => {
                self.end_run();
                self.command(rest).unwrap_or_else(|| self.not_understood())
            }
            [first, ..] if self.chinese && !first.is_ascii() => self.chinese_character(first, rest),
            [first, ..] => {
                // Without the Chinese mode a printer prints rubbish for these.
                self.pending.push(if first.is_ascii() { first } else { b'?' });
                1
            }
            [] => 0,
        };
        self.at += length.max(1);
    }

    /// Carries out one command and says how long it is; `None` if this printer does not know it.
    fn command(&mut self, rest: &[u8]) -> Option<usize> {
        match *rest {
            [ESC, b'@', ..] => self.initialise(),
            [FS, b'&', ..] => self.chinese = true,
            [FS, b'.', ..] => self.chinese = false,
            [ESC, b'E', on, ..] => return self.set(3, |style| style.bold = on & 1 == 1),
            [GS, b'!', size, ..] => {
                return self.set(3, |style| {
                    style.wide = (size >> 4 & 7) + 1;
                    style.high = (size & 7) + 1;
                });
            }
            [ESC, b'a', place, ..] => {
                self.align = align(place)?;
                return Some(3);
            }
            [ESC, b'd', lines, ..] => {
                (0..lines).for_each(|_| self.end_line());
                return Some(3);
            }
            [GS, b'V', 65 | 66, _, ..] => {
                self.done.rows.push(Row::Cut);
                return Some(4);
            }
            [GS, b'(', b'k', low, high, ..] => {
                let length = usize::from(low) | usize::from(high) << 8;
                self.qr_code(rest.get(5..5 + length)?)?;
                return Some(5 + length);
            }
            _ => return None,
        }
        Some(2)
    }

    fn set(&mut self, length: usize, change: impl FnOnce(&mut Style)) -> Option<usize> {
        change(&mut self.style);
        Some(length)
    }

    fn initialise(&mut self) {
        self.chinese = false;
        self.align = Align::default();
        self.style = Style::default();
        self.qr = QrStore::default();
    }

    fn qr_code(&mut self, parameters: &[u8]) -> Option<()> {
        match *parameters {
            [QR_CODE, 65, model, _] => self.qr.model_2 = model == b'2',
            [QR_CODE, 67, module] => self.qr.module = module,
            [QR_CODE, 69, level @ b'0'..=b'3'] => self.qr.correction = level - b'0',
            [QR_CODE, 80, 48, ref data @ ..] => {
                self.qr.data = String::from_utf8(data.to_vec()).ok()?;
            }
            [QR_CODE, 81, 48] => self.print_qr()?,
            _ => return None,
        }
        Some(())
    }

    /// Phones read Model 2 only, so this printer prints nothing else.
    fn print_qr(&mut self) -> Option<()> {
        if !self.qr.model_2 || self.qr.data.is_empty() {
            return None;
        }
        self.done.rows.push(Row::Qr {
            data: self.qr.data.clone(),
            module: self.qr.module.max(1),
            correction: self.qr.correction,
            align: self.align,
        });
        Some(())
    }

    /// Takes the two or four bytes of one character.
    fn chinese_character(&mut self, first: u8, rest: &[u8]) -> usize {
        let length = if rest.get(1).is_some_and(u8::is_ascii_digit) { 4 } else { 2 };
        match rest.get(..length) {
            Some(bytes) if first != 0x80 && first != 0xff => {
                self.pending.extend_from_slice(bytes);
                length
            }
            _ => self.not_understood(),
        }
    }

    fn not_understood(&mut self) -> usize {
        self.done.unknown.push(self.at);
        1
    }

    /// Closes the run of characters before a style changes.
    fn end_run(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let (text, _) = GB18030.decode_without_bom_handling(&self.pending);
        self.runs.push(Run { text: text.into_owned(), style: self.style });
        self.pending.clear();
    }

    fn end_line(&mut self) {
        self.end_run();
        let runs = std::mem::take(&mut self.runs);
        self.done.rows.push(Row::Text { runs, align: self.align });
    }
}

fn align(place: u8) -> Option<Align> {
    match place {
        0 | b'0' => Some(Align::Left),
        1 | b'1' => Some(Align::Centre),
        2 | b'2' => Some(Align::Right),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_it_does_not_know_is_named_and_the_rest_still_read() {
        let read = interpret(b"\x1b@\x1bZA1\n");
        assert_eq!(read.unknown, [2]);
        assert!(!read.was_cut());
    }

    #[test]
    fn a_model_1_code_is_not_printed() {
        let job =
            [&b"\x1d(k\x04\x001A1\x00"[..], b"\x1d(k\x05\x001P0hi", b"\x1d(k\x03\x001Q0"].concat();
        let read = interpret(&job);
        assert_eq!(read.unknown.len(), 1);
        assert!(read.rows.iter().all(|row| !matches!(row, Row::Qr { .. })));
    }

    #[test]
    fn a_job_that_ends_in_the_middle_of_a_command_does_not_hang() {
        for end in [&b"\x1d(k\xff\xff1"[..], b"\x1b", b"\x1c", b"\x1d!", b"\x1c&\xd6"] {
            assert!(!interpret(end).unknown.is_empty(), "{end:?}");
        }
    }

    #[test]
    fn without_chinese_mode_the_bytes_are_not_chinese() {
        let (bytes, _, _) = GB18030.encode("号");
        let plain = interpret(&[&b"\x1b@"[..], &bytes, b"\n"].concat());
        let chinese = interpret(&[&b"\x1b@\x1c&"[..], &bytes, b"\n"].concat());
        assert_ne!(plain.rows, chinese.rows);
    }
}
