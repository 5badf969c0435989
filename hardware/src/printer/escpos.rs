//! Slips as ESC/POS: text in GB18030 with the printer's own Chinese font and its own QR code, about 400
//! bytes. The `escpos` crate writes into memory; the job is then sent in one piece, so that a slip is
//! either sent whole or not at all.

use std::cell::RefCell;
use std::rc::Rc;

use encoding_rs::GB18030;
use escpos::driver::Driver;
use escpos::errors::{PrinterError, Result};
use escpos::printer::Printer;
use escpos::utils::{
    Encoder, JustifyMode, Protocol, QRCodeCorrectionLevel, QRCodeModel, QRCodeOption,
};

use super::text::{columns, printable, wrap};
use super::{Paper, PrintJob, Slip, SlipLine};

/// FS &: the bytes that follow are Chinese. `ESC @` switches it off, so it is sent after every start.
const CHINESE_MODE: &[u8] = &[0x1c, b'&'];
/// GS V 66 0: feed to the cutter and cut, leaving a bridge. The cut that nearly every printer knows.
const FEED_AND_CUT: &[u8] = &[0x1d, b'V', 66, 0];
/// The largest type of the number: 6 × 24 dots are 18 mm.
const LARGEST_NUMBER: usize = 6;
/// Dots of one QR module: 0.75 mm, which phones read at arm's length.
const QR_MODULE_DOTS: u8 = 6;

/// A slip that could not be written as ESC/POS.
#[derive(Debug, thiserror::Error)]
#[error("the slip could not be written: {cause}")]
pub struct SlipFault {
    cause: PrinterError,
}

/// The whole job for one slip.
///
/// # Errors
/// If the slip holds something ESC/POS has no place for, such as an address too long for a QR code.
pub fn slip_job(name: &str, slip: &Slip, paper: Paper) -> std::result::Result<PrintJob, SlipFault> {
    let bytes = write_slip(slip, paper).map_err(|cause| SlipFault { cause })?;
    Ok(PrintJob { name: name.to_owned(), bytes })
}

fn write_slip(slip: &Slip, paper: Paper) -> Result<Vec<u8>> {
    let memory = Memory::default();
    let protocol = Protocol::new(Encoder::new(GB18030));
    let mut printer = Printer::new(memory.clone(), protocol, None);
    printer.init()?.custom(CHINESE_MODE)?;
    write_head(&mut printer, slip, paper)?;
    write_services(&mut printer, slip, paper)?;
    write_lines(&mut printer, &slip.lines, paper)?;
    write_foot(&mut printer, slip, paper)?;
    printer.custom(FEED_AND_CUT)?;
    printer.print()?;
    Ok(memory.bytes())
}

fn write_head(printer: &mut Printer<Memory>, slip: &Slip, paper: Paper) -> Result<()> {
    printer.justify(JustifyMode::CENTER)?.bold(true)?;
    write_wrapped(printer, &slip.hall, paper.columns())?;
    printer.bold(false)?;
    write_wrapped(printer, &slip.caption, paper.columns())?;
    let number = printable(&slip.number);
    let scale = number_scale(&number, paper);
    printer.bold(true)?.size(scale, scale)?.writeln(&number)?.reset_size()?.bold(false)?.feed()?;
    Ok(())
}

/// As large as fits the paper in one line.
fn number_scale(number: &str, paper: Paper) -> u8 {
    let fits = paper.columns() / columns(number).max(1);
    u8::try_from(fits.clamp(1, LARGEST_NUMBER)).unwrap_or(1)
}

/// The main matter in double type where it fits a line, the others as they are.
fn write_services(printer: &mut Printer<Memory>, slip: &Slip, paper: Paper) -> Result<()> {
    for (place, service) in slip.services.iter().enumerate() {
        let double = place == 0 && columns(service) * 2 <= paper.columns();
        if double {
            printer.size(2, 2)?.writeln(&printable(service))?.reset_size()?;
        } else {
            printer.bold(place == 0)?;
            write_wrapped(printer, service, paper.columns())?;
            printer.bold(false)?;
        }
    }
    printer.justify(JustifyMode::LEFT)?;
    write_rule(printer, paper)
}

/// Labels in one column, values in the next; a line without a label goes on under the one before.
fn write_lines(printer: &mut Printer<Memory>, lines: &[SlipLine], paper: Paper) -> Result<()> {
    let labels: Vec<String> = lines.iter().map(|line| printable(&line.label)).collect();
    let indent = labels.iter().map(|label| columns(label) + 1).max().unwrap_or(0);
    let width = paper.columns().saturating_sub(indent).max(paper.columns() / 2);
    for (line, label) in lines.iter().zip(&labels) {
        let rows = wrap(&printable(&line.value), width);
        for (place, row) in rows.iter().enumerate() {
            let before = if place == 0 { label.as_str() } else { "" };
            let gap = " ".repeat(indent - columns(before));
            printer.write(before)?.write(&gap)?.bold(line.strong)?.writeln(row)?.bold(false)?;
        }
    }
    write_rule(printer, paper)
}

fn write_foot(printer: &mut Printer<Memory>, slip: &Slip, paper: Paper) -> Result<()> {
    // The crate's own default is Model 1, which phones do not read.
    let code = QRCodeOption::new(QRCodeModel::Model2, QR_MODULE_DOTS, QRCodeCorrectionLevel::M);
    printer.justify(JustifyMode::CENTER)?.feed()?.qrcode_option(&slip.url, code)?.feed()?;
    write_wrapped(printer, &slip.url_caption, paper.columns())?;
    printer.bold(true)?;
    write_wrapped(printer, &slip.tip, paper.columns())?;
    printer.bold(false)?;
    Ok(())
}

fn write_wrapped(printer: &mut Printer<Memory>, text: &str, width: usize) -> Result<()> {
    for row in wrap(&printable(text), width) {
        printer.writeln(&row)?;
    }
    Ok(())
}

fn write_rule(printer: &mut Printer<Memory>, paper: Paper) -> Result<()> {
    printer.writeln(&"-".repeat(paper.columns()))?;
    Ok(())
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
