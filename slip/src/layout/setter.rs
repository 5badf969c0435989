//! Setting text: how long it is, how large it can be, where its rows end.

use super::{TYPE, Typeface};
use crate::paper::Paper;
use crate::text::wrap;

/// Marks at which one pauses.
const PAUSES: [char; 8] = ['，', '。', '；', '：', ',', '.', ';', ':'];

/// Sets text in one type on one paper.
#[derive(Clone, Copy)]
pub(super) struct Setter<'a> {
    pub(super) paper: Paper,
    pub(super) typeface: &'a dyn Typeface,
}

impl Setter<'_> {
    /// Dots from edge to edge.
    pub(super) fn width(&self) -> f32 {
        self.paper.dots() as f32
    }

    /// The room a text needs in dots, at `px` dots to the em.
    pub(super) fn length(&self, text: &str, px: u32) -> f32 {
        text.chars().map(|character| self.typeface.room(character, px)).sum()
    }

    /// By how much a text may turn out longer than it is meant to be, in dots.
    pub(super) fn doubt(&self, text: &str, px: u32) -> f32 {
        let advance = |character| self.typeface.advance(character, px);
        self.length(text, px) - text.chars().map(advance).sum::<f32>()
    }

    /// The largest type up to `px` in which the text is one row, or the usual type.
    pub(super) fn fitting(&self, text: &str, px: u32) -> u32 {
        let mut px = px;
        while px > TYPE && self.length(text, px) > self.width() {
            px = px.saturating_sub(self.typeface.step()).max(TYPE);
        }
        px.max(TYPE)
    }

    /// The text in as few rows of `width` dots as it takes, which end where sentences pause and are about
    /// as long as each other.
    pub(super) fn rows(&self, text: &str, px: u32, width: f32) -> Vec<String> {
        let rows = self.wrapped(text, px, width);
        if rows.len() < 2 {
            return rows;
        }
        let shortest = whole(self.length(text, px)) / u32::try_from(rows.len()).unwrap_or(1);
        // Of equals the last is taken, which is the narrowest.
        let widths = (shortest..whole(width)).step_by(TYPE as usize / 2).rev();
        widths
            .map(|narrower| self.wrapped(text, px, narrower as f32))
            .filter(|narrower| narrower.len() == rows.len())
            .max_by_key(|narrower| pauses(narrower))
            .unwrap_or(rows)
    }

    fn wrapped(&self, text: &str, px: u32, width: f32) -> Vec<String> {
        wrap(text, width, |character| self.typeface.room(character, px))
    }
}

/// How many rows end in a mark at which one pauses.
fn pauses(rows: &[String]) -> usize {
    rows.iter().filter(|row| row.ends_with(PAUSES)).count()
}

/// Dots, rounded up.
pub(super) fn whole(dots: f32) -> u32 {
    dots.ceil() as u32
}
