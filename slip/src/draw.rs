//! A laid-out slip as a picture.

use crate::bitmap::Bitmap;
use crate::code::Code;
use crate::fonts::Fonts;
use crate::layout::{Block, RULE_PITCH, Row, Typeface};
use crate::paper::Paper;
use crate::template::Align;

/// Dots of a rule's thickness.
const RULE_DOTS: i32 = 2;
/// Bold strokes are wider by one dot in this many of the em, and half as much higher.
const BOLD: u32 = 26;

/// Draws blocks as `typeface` sets them, with the shapes of `fonts`.
pub(crate) fn draw(
    blocks: &[Block],
    paper: Paper,
    typeface: &dyn Typeface,
    fonts: &Fonts,
) -> Bitmap {
    let mut pen = Pen { bitmap: Bitmap::new(paper.dots()), top: 0, typeface, fonts };
    for block in blocks {
        match block {
            Block::Row(row) => pen.row(row),
            Block::Rule => pen.rule(),
            Block::Code(code) => pen.code(code),
            Block::Gap(dots) => pen.top += dots,
        }
    }
    pen.bitmap
}

struct Pen<'a> {
    bitmap: Bitmap,
    /// The top of what comes next, in dots.
    top: u32,
    typeface: &'a dyn Typeface,
    fonts: &'a Fonts,
}

impl Pen<'_> {
    fn row(&mut self, row: &Row) {
        let length = row.text.chars().map(|it| self.typeface.advance(it, row.px)).sum::<f32>();
        let left = match row.align {
            Align::Left => row.indent,
            align => self.left(align, length.ceil() as u32),
        };
        self.text(&row.label, 0, row.px, false);
        self.text(&row.text, left, row.px, row.bold);
        self.top += row.pitch();
    }

    fn text(&mut self, text: &str, left: u32, px: u32, bold: bool) {
        let top = coordinate(self.top);
        let (wider, higher) = strokes(px, bold);
        let mut at = left as f32;
        for character in text.chars() {
            let width = self.typeface.advance(character, px);
            let left = at.round() as i32;
            let bitmap = &mut self.bitmap;
            self.fonts.draw(character, px, width, |x, y| {
                bitmap.fill(left + x, top + y, 1 + wider, 1 + higher);
            });
            at += width;
        }
    }

    fn rule(&mut self) {
        let top = coordinate(self.top + RULE_PITCH / 2) - RULE_DOTS / 2;
        self.bitmap.fill(0, top, coordinate(self.bitmap.width()), RULE_DOTS);
        self.top += RULE_PITCH;
    }

    fn code(&mut self, code: &Code) {
        let left = match code.align {
            Align::Left => code.quiet(),
            Align::Centre => self.left(Align::Centre, code.dots()),
            Align::Right => self.left(Align::Right, code.dots() + code.quiet()),
        };
        let top = self.top + code.quiet();
        let side = coordinate(code.module);
        for (place, _) in (0..).zip(&code.modules).filter(|(_, black)| **black) {
            let (x, y) = (place % code.side, place / code.side);
            let corner = (left + x * code.module, top + y * code.module);
            self.bitmap.fill(coordinate(corner.0), coordinate(corner.1), side, side);
        }
        self.top = top + code.dots() + code.quiet();
    }

    /// Where something `length` dots long begins.
    fn left(&self, align: Align, length: u32) -> u32 {
        let free = self.bitmap.width().saturating_sub(length);
        match align {
            Align::Left => 0,
            Align::Centre => free / 2,
            Align::Right => free,
        }
    }
}

/// By how many dots strokes get wider and higher.
fn strokes(px: u32, bold: bool) -> (i32, i32) {
    let dots = coordinate(px / BOLD).max(1);
    if bold { (dots, dots / 2) } else { (0, 0) }
}

/// A place that may lie beside the paper, so it has a sign; no slip is two thousand million dots long.
fn coordinate(dots: u32) -> i32 {
    i32::try_from(dots).unwrap_or(i32::MAX)
}
