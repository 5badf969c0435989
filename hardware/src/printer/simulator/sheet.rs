//! The paper in the printer: what commands and text put on it, up to the cut.

use encoding_rs::GB18030;

use super::rows::{Align, Row, Run, Slip, Style};
use super::tokens::{ESC, FS, GS, LF, Token, Tokens, number};

/// Parameters of `GS ( k` that mean a QR code.
const QR_CODE: u8 = 49;
/// The longest line in bytes; a longer one is broken.
const LONGEST_LINE: usize = 512;
/// The most runs of one line.
const MOST_RUNS: usize = 256;
/// The most bytes a QR code holds.
const MOST_QR: usize = 2_953;
/// The most rows of one slip, and the most bytes of pictures in it: paper is endless, memory is not.
const MOST_ROWS: usize = 4_096;
const MOST_PICTURE: usize = 1024 * 1024;

/// What the bytes of a job become: the slips that were cut, and what hangs from the printer after them.
#[must_use]
pub fn interpret(bytes: &[u8]) -> (Vec<Slip>, Slip) {
    let mut tokens = Tokens::default();
    let mut sheet = Sheet::default();
    let mut cut = Vec::new();
    for byte in bytes {
        let token = tokens.push(*byte).filter(|token| !token.is_realtime());
        cut.extend(token.and_then(|token| sheet.take(&token)));
    }
    if let Some(token) = tokens.finish() {
        sheet.take(&token);
    }
    (cut, sheet.cut())
}

/// The paper under the head.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    chinese: bool,
    align: Align,
    style: Style,
    pending: Vec<u8>,
    runs: Vec<Run>,
    qr: QrStore,
    pictures: usize,
    slip: Slip,
}

#[derive(Debug, Default)]
struct QrStore {
    model_2: bool,
    module: u8,
    correction: u8,
    data: String,
}

impl Sheet {
    /// Takes the next token; a cut gives the slip.
    pub(super) fn take(&mut self, token: &Token) -> Option<Slip> {
        match token {
            Token::Text(byte) => self.character(*byte),
            Token::Unknown(length) => self.slip.unknown += length,
            Token::Command(_) if token.cuts() => return Some(self.cut()),
            Token::Command(command) => {
                if self.command(command).is_none() {
                    self.slip.unknown += command.len();
                }
            }
        }
        None
    }

    /// Cuts the paper here.
    pub(super) fn cut(&mut self) -> Slip {
        self.end_run();
        if !self.runs.is_empty() {
            self.end_line();
        }
        self.pictures = 0;
        std::mem::take(&mut self.slip)
    }

    /// Forgets what is not on the paper yet, and every setting.
    pub(super) fn initialise(&mut self) {
        let slip = std::mem::take(&mut self.slip);
        *self = Self { slip, pictures: self.pictures, ..Self::default() };
    }

    /// Forgets the line that is not on the paper yet.
    pub(super) fn drop_line(&mut self) {
        self.pending.clear();
        self.runs.clear();
    }

    fn character(&mut self, byte: u8) {
        match byte {
            // Nothing to a printer.
            0 | b'\r' => {}
            // Without the Chinese mode a printer prints rubbish for these.
            0x80.. if !self.chinese => self.pending.push(b'?'),
            _ => self.pending.push(byte),
        }
        if self.pending.len() >= LONGEST_LINE {
            self.end_line();
        }
    }

    /// Carries out one command; `None` if it means nothing to this printer.
    fn command(&mut self, command: &[u8]) -> Option<()> {
        if *command == [LF] {
            self.end_line();
            return Some(());
        }
        self.end_run();
        match *command {
            [ESC, b'@'] => self.initialise(),
            [FS, b'&'] => self.chinese = true,
            [FS, b'.'] => self.chinese = false,
            [ESC, b'E', on] => self.style.bold = on & 1 == 1,
            [GS, b'!', size] => {
                self.style.wide = (size >> 4 & 7) + 1;
                self.style.high = (size & 7) + 1;
            }
            [ESC, b'a', place] => self.align = align(place)?,
            [ESC, b'd', lines] => (0..lines).for_each(|_| self.end_line()),
            [ESC, b'J', dots] => self.put(Row::Feed(dots)),
            [GS, b'(', b'k', _, _, ref parameters @ ..] => self.qr_code(parameters)?,
            [GS, b'v', b'0', 0 | 48, x_low, x_high, _, _, ref dots @ ..] => {
                self.raster(number(x_low, x_high), dots);
            }
            // Line spacing, font, underline, margins, code pages, presenter, questions: nothing to draw.
            [ESC, b'2' | b'3' | b'G' | b'M' | b't' | b'-', ..]
            | [FS, b'!' | b'-' | b'S', ..]
            | [GS, b'B' | b'L' | b'P' | b'W' | b'a' | b'e' | b'r' | b'I', ..]
            | [GS, b'(', b'H', ..] => {}
            _ => return None,
        }
        Some(())
    }

    fn raster(&mut self, stride: usize, dots: &[u8]) {
        if self.pictures + dots.len() > MOST_PICTURE {
            self.slip.unknown += dots.len();
            return;
        }
        self.pictures += dots.len();
        self.put(Row::Raster { stride, dots: dots.to_vec(), align: self.align });
    }

    fn qr_code(&mut self, parameters: &[u8]) -> Option<()> {
        match *parameters {
            [QR_CODE, 65, model, _] => self.qr.model_2 = model == b'2',
            [QR_CODE, 67, module] => self.qr.module = module,
            [QR_CODE, 69, level @ b'0'..=b'3'] => self.qr.correction = level - b'0',
            [QR_CODE, 80, 48, ref data @ ..] if data.len() <= MOST_QR => {
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
        self.put(Row::Qr {
            data: self.qr.data.clone(),
            module: self.qr.module.clamp(1, 16),
            correction: self.qr.correction,
            align: self.align,
        });
        Some(())
    }

    /// Closes the run of characters before a style changes.
    fn end_run(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let (text, _) = GB18030.decode_without_bom_handling(&self.pending);
        self.slip.unknown += text.matches(char::REPLACEMENT_CHARACTER).count();
        self.runs.push(Run { text: text.into_owned(), style: self.style });
        self.pending.clear();
        if self.runs.len() >= MOST_RUNS {
            self.end_line();
        }
    }

    fn end_line(&mut self) {
        self.end_run();
        let runs = std::mem::take(&mut self.runs);
        self.put(Row::Text { runs, align: self.align });
    }

    fn put(&mut self, row: Row) {
        if self.slip.rows.len() < MOST_ROWS {
            self.slip.rows.push(row);
        } else {
            self.slip.unknown += 1;
        }
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
    fn a_command_it_does_not_know_is_counted_and_the_rest_still_read() {
        let (cut, rest) = interpret(b"\x1b@\x1bZA1\n");
        assert!(cut.is_empty());
        assert_eq!((rest.unknown, rest.rows.len()), (2, 1));
    }

    #[test]
    fn a_model_1_code_is_not_printed() {
        let job =
            [&b"\x1d(k\x04\x001A1\x00"[..], b"\x1d(k\x05\x001P0hi", b"\x1d(k\x03\x001Q0"].concat();
        let (_, rest) = interpret(&job);
        assert!(rest.unknown > 0);
        assert!(rest.rows.is_empty());
    }

    #[test]
    fn a_job_that_ends_in_the_middle_of_a_command_is_not_understood() {
        for end in [&b"\x1d(k\xff\xff1"[..], b"\x1b", b"\x1c", b"\x1d!", b"\x1c&\xd6"] {
            assert!(interpret(end).1.unknown > 0, "{end:?}");
        }
    }

    #[test]
    fn without_chinese_mode_the_bytes_are_not_chinese() {
        let (bytes, _, _) = GB18030.encode("号");
        let plain = interpret(&[&b"\x1b@"[..], &bytes, b"\n"].concat());
        let chinese = interpret(&[&b"\x1b@\x1c&"[..], &bytes, b"\n"].concat());
        assert_ne!(plain, chinese);
    }

    #[test]
    fn a_question_in_the_middle_of_a_picture_is_part_of_the_picture() {
        let (cut, _) = interpret(b"\x1dv0\x00\x01\x00\x03\x00\x10\x04\x01\x1dV\x42\x00");
        let Row::Raster { dots, .. } = &cut[0].rows[0] else { panic!("a picture") };
        assert_eq!(dots, &[0x10, 0x04, 0x01]);
    }
}
