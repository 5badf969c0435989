//! A laid-out slip as ESC/POS text in GB 18030, with the printer's own Chinese font and its own QR code:
//! some 400 bytes. The `escpos` crate writes into memory; the job is then sent in one piece, so that a
//! slip is either sent whole or not at all.

use std::cell::RefCell;
use std::rc::Rc;

use encoding_rs::GB18030;
use escpos::driver::Driver;
use escpos::errors::Result;
use escpos::printer::Printer;
use escpos::utils::{
    Encoder, JustifyMode, Protocol, QRCodeCorrectionLevel, QRCodeModel, QRCodeOption,
};

use crate::code::Code;
use crate::layout::{Block, RULE_PITCH, Row, TYPE};
use crate::paper::Paper;
use crate::template::Align;

/// ESC @: back to the settings at power-on.
pub(crate) const INITIALISE: &[u8] = b"\x1b@";
/// GS P: feeds and margins are counted in dots of 1/203 inch, whatever the printer counts in otherwise.
pub(crate) const MOTION_IN_DOTS: &[u8] = &[0x1d, b'P', DOTS_PER_INCH, DOTS_PER_INCH];
/// GS V 66 0: feed to the cutter and cut, leaving a bridge. The cut that nearly every printer knows, and
/// the end of every job; a driver whose printer cuts otherwise puts its own in its place.
pub const FEED_AND_CUT: &[u8] = &[0x1d, b'V', 66, 0];
/// Thermal heads for slips have 8 dots a millimetre.
const DOTS_PER_INCH: u8 = 203;
/// FS &: the bytes that follow are Chinese. `ESC @` switches it off, so it is sent after every start.
const CHINESE_MODE: &[u8] = b"\x1c&";
/// A printer's rows are this many dots apart; higher type moves the paper by its own height.
const ROW_DOTS: u8 = RULE_PITCH as u8;
/// LF: prints the row; a third of what the crate sends for it.
const NEXT_ROW: &[u8] = b"\n";
/// The line of which rules are made; it fills its cell from edge to edge.
const RULE: char = '─';
/// Times a rule's characters are widened, to send fewer.
const RULE_WIDTH: u8 = 2;

/// ESC J: feeds by dots, at most 255 at a time.
pub(crate) fn feed_dots(dots: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = dots;
    while rest > 0 {
        let step = u8::try_from(rest).unwrap_or(u8::MAX);
        bytes.extend([0x1b, b'J', step]);
        rest -= u32::from(step);
    }
    bytes
}

/// The whole job for a slip.
pub(crate) fn write(blocks: &[Block], paper: Paper) -> Result<Vec<u8>> {
    let memory = Memory::default();
    let protocol = Protocol::new(Encoder::new(GB18030));
    let mut writer = Writer {
        printer: Printer::new(memory.clone(), protocol, None),
        paper,
        white: 0,
        style: Style::default(),
    };
    writer.start()?;
    for block in blocks {
        match block {
            Block::Row(row) => writer.row(row)?,
            Block::Rule => writer.rule()?,
            Block::Code(code) => writer.code(code)?,
            Block::Gap(dots) => writer.white += dots,
        }
    }
    writer.printer.custom(FEED_AND_CUT)?.print()?;
    Ok(memory.bytes())
}

/// How the printer is set at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Style {
    align: Align,
    bold: bool,
    width: u8,
    height: u8,
}

impl Default for Style {
    fn default() -> Self {
        Self { align: Align::Left, bold: false, width: 1, height: 1 }
    }
}

struct Writer {
    printer: Printer<Memory>,
    paper: Paper,
    /// Dots of white before what comes next.
    white: u32,
    style: Style,
}

impl Writer {
    fn start(&mut self) -> Result<()> {
        self.printer
            .init()?
            .custom(MOTION_IN_DOTS)?
            .line_spacing(ROW_DOTS)?
            .custom(CHINESE_MODE)?;
        Ok(())
    }

    /// A row as [`as_printed`] writes it; only the text is bold.
    fn row(&mut self, row: &Row) -> Result<()> {
        let size = u8::try_from(row.px / TYPE).unwrap_or(1);
        let before = before_text(row);
        let plain = Style { align: row.align, bold: false, width: size, height: size };
        if !before.is_empty() {
            self.set(plain)?;
            self.printer.write(&before)?;
        }
        self.set(Style { bold: row.bold, ..plain })?;
        self.printer.write(&row.text)?.custom(NEXT_ROW)?;
        // The printer moves on by the height of large type; the layout leaves some white below it.
        self.white += row.pitch() - row.px.max(u32::from(ROW_DOTS));
        Ok(())
    }

    fn rule(&mut self) -> Result<()> {
        self.set(Style { width: RULE_WIDTH, ..Style::default() })?;
        let count = self.paper.columns() / 2 / usize::from(RULE_WIDTH);
        self.printer.write(&String::from(RULE).repeat(count))?.custom(NEXT_ROW)?;
        Ok(())
    }

    fn code(&mut self, code: &Code) -> Result<()> {
        self.white += code.quiet();
        self.set(Style { align: code.align, ..Style::default() })?;
        let module = u8::try_from(code.module).unwrap_or(u8::MAX);
        // The crate's own default is Model 1, which phones do not read.
        let option = QRCodeOption::new(QRCodeModel::Model2, module, QRCodeCorrectionLevel::M);
        self.printer.qrcode_option(&code.url, option)?;
        self.white += code.quiet();
        Ok(())
    }

    /// Feeds the white that is due and sends what differs from the settings before.
    fn set(&mut self, style: Style) -> Result<()> {
        if self.white > 0 {
            self.printer.custom(&feed_dots(self.white))?;
            self.white = 0;
        }
        if style.align != self.style.align {
            self.printer.justify(match style.align {
                Align::Left => JustifyMode::LEFT,
                Align::Centre => JustifyMode::CENTER,
                Align::Right => JustifyMode::RIGHT,
            })?;
        }
        if style.bold != self.style.bold {
            self.printer.bold(style.bold)?;
        }
        if (style.width, style.height) != (self.style.width, self.style.height) {
            self.printer.size(style.width, style.height)?;
        }
        self.style = style;
        Ok(())
    }
}

/// The label, and blanks up to where the text begins.
fn before_text(row: &Row) -> String {
    let column = row.px / 2;
    let taken: u32 = row.label.chars().map(|it| if it.is_ascii() { 1 } else { 2 }).sum();
    let indent = if row.align == Align::Left { row.indent.div_ceil(column.max(1)) } else { 0 };
    let blanks = indent.saturating_sub(taken);
    row.label.clone() + &" ".repeat(blanks as usize)
}

/// A row as one text, as it stands on the paper.
pub(crate) fn as_printed(row: &Row) -> String {
    before_text(row) + &row.text
}

/// Collects what the crate writes.
#[derive(Clone, Default)]
struct Memory(Rc<RefCell<Vec<u8>>>);

impl Memory {
    fn bytes(&self) -> Vec<u8> {
        self.0.borrow().clone()
    }
}

impl Driver for Memory {
    fn name(&self) -> String {
        "memory".to_owned()
    }

    fn write(&self, data: &[u8]) -> Result<()> {
        self.0.borrow_mut().extend_from_slice(data);
        Ok(())
    }

    fn read(&self, _buffer: &mut [u8]) -> Result<usize> {
        Ok(0)
    }

    fn flush(&self) -> Result<()> {
        Ok(())
    }
}
