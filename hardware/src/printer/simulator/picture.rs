//! A slip drawn as SVG, one unit to a dot of the printer: what a visitor would hold in the hand.

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};

use super::rows::{Align, Row, Run};

/// A Latin character of the printer's font A.
const CELL_WIDTH: u32 = 12;
/// Its height.
const CELL_HEIGHT: u32 = 24;
/// Between two lines.
const LINE_GAP: u32 = 8;
/// White around the print, as the head does not reach the edges.
const MARGIN: u32 = 28;
/// Where the foot of a character stands in its cell, of 24.
const BASELINE: u32 = 20;
/// White modules around a QR code.
const QUIET_MODULES: u32 = 4;

/// The slip as SVG.
pub(super) fn draw(rows: &[Row], dots: u32) -> String {
    let mut canvas = Canvas { dots, y: MARGIN, body: String::new() };
    for row in rows {
        match row {
            Row::Text { runs, align } => canvas.text(runs, *align),
            Row::Qr { data, module, correction, align } => {
                // A code that holds too much is left out, as a printer leaves it out.
                if let Some(code) = qr_code(data, *correction) {
                    canvas.qr(&code, u32::from(*module), *align);
                }
            }
            Row::Raster { stride, dots, align } => canvas.raster(*stride, dots, *align),
            Row::Feed(rows) => canvas.y += u32::from(*rows),
        }
    }
    canvas.finish()
}

fn qr_code(data: &str, correction: u8) -> Option<QrCode> {
    let level = match correction {
        0 => EcLevel::L,
        2 => EcLevel::Q,
        3 => EcLevel::H,
        _ => EcLevel::M,
    };
    QrCode::with_error_correction_level(data, level).ok()
}

struct Canvas {
    dots: u32,
    y: u32,
    body: String,
}

impl Canvas {
    fn text(&mut self, runs: &[Run], align: Align) {
        let high = runs.iter().map(|run| u32::from(run.style.high)).max().unwrap_or(1);
        let width = runs.iter().map(run_width).sum();
        let mut x = self.left(width, align);
        for run in runs {
            self.run(run, x, self.y + high * BASELINE);
            x += run_width(run);
        }
        self.y += high * CELL_HEIGHT + LINE_GAP;
    }

    /// One `<text>` for each stretch of characters of the same width, stretched to its cells as a printer's
    /// font is.
    fn run(&mut self, run: &Run, mut x: u32, foot: u32) {
        let (wide, high) = (u32::from(run.style.wide), u32::from(run.style.high));
        let weight = if run.style.bold { " font-weight=\"700\"" } else { "" };
        for stretch in stretches(&run.text) {
            // Spaces are drawn as room: SVG would fold them.
            let words = stretch.trim();
            let before = columns(stretch) - columns(stretch.trim_start());
            let left = x + before as u32 * CELL_WIDTH * wide;
            let cells = columns(words) as u32 * CELL_WIDTH;
            if !words.is_empty() {
                let _ = write!(
                    self.body,
                    r#"<text transform="translate({left} {foot}) scale({wide} {high})" textLength="{cells}" lengthAdjust="spacingAndGlyphs"{weight}>{}</text>"#,
                    escape(words),
                );
            }
            x += columns(stretch) as u32 * CELL_WIDTH * wide;
        }
    }

    fn qr(&mut self, code: &QrCode, module: u32, align: Align) {
        let modules = code.width() as u32;
        let side = (modules + 2 * QUIET_MODULES) * module;
        let left = self.left(side, align) + QUIET_MODULES * module;
        let top = self.y + QUIET_MODULES * module;
        self.body.push_str(r#"<path shape-rendering="crispEdges" d=""#);
        for (place, colour) in (0u32..).zip(code.to_colors()) {
            if colour == Color::Dark {
                let (x, y) = (left + place % modules * module, top + place / modules * module);
                let _ = write!(self.body, "M{x} {y}h{module}v{module}h-{module}z");
            }
        }
        self.body.push_str(r#""/>"#);
        self.y += side;
    }

    /// Each stretch of black dots in a row is one stroke.
    fn raster(&mut self, stride: usize, dots: &[u8], align: Align) {
        let left = self.left(stride as u32 * 8, align);
        self.body.push_str(r##"<path shape-rendering="crispEdges" stroke="#1a1a1a" d=""##);
        for row in dots.chunks(stride.max(1)) {
            for (from, length) in black(row) {
                let _ = write!(self.body, "M{} {}.5h{length}", left + from, self.y);
            }
            self.y += 1;
        }
        self.body.push_str(r#""/>"#);
    }

    fn left(&self, width: u32, align: Align) -> u32 {
        let free = self.dots.saturating_sub(width);
        MARGIN
            + match align {
                Align::Left => 0,
                Align::Centre => free / 2,
                Align::Right => free,
            }
    }

    fn finish(self) -> String {
        let (width, height) = (self.dots + 2 * MARGIN, self.y + MARGIN);
        format!(
            concat!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">"#,
                r##"<rect width="{width}" height="{height}" fill="#fffefa"/>"##,
                r##"<g fill="#1a1a1a" font-family="Noto Sans Mono CJK SC, Noto Sans CJK SC, monospace" font-size="24">{body}</g></svg>"##,
            ),
            width = width,
            height = height,
            body = self.body,
        )
    }
}

/// Where black dots begin in a row, and how many follow one another.
fn black(row: &[u8]) -> Vec<(u32, u32)> {
    let mut stretches: Vec<(u32, u32)> = Vec::new();
    for at in (0u32..).zip(row).flat_map(|(byte, bits)| {
        (0..8).filter(move |bit| bits << bit & 0x80 != 0).map(move |bit| byte * 8 + bit)
    }) {
        match stretches.last_mut() {
            Some((from, length)) if *from + *length == at => *length += 1,
            _ => stretches.push((at, 1)),
        }
    }
    stretches
}

fn run_width(run: &Run) -> u32 {
    columns(&run.text) as u32 * CELL_WIDTH * u32::from(run.style.wide)
}

/// Cuts a text where narrow and wide characters meet.
fn stretches(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut previous = None;
    for (at, character) in text.char_indices() {
        let width = columns_of(character);
        if previous.is_some_and(|previous| previous != width) {
            pieces.push(&text[start..at]);
            start = at;
        }
        previous = Some(width);
    }
    pieces.push(&text[start..]);
    pieces
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// How many columns a character takes: Chinese and full-width ones take two.
fn columns_of(character: char) -> usize {
    if character.is_ascii() { 1 } else { 2 }
}

fn columns(text: &str) -> usize {
    text.chars().map(columns_of).sum()
}
