//! Lines with labels: labels in one column, values in the next.

use super::said::lines_of;
use super::setter::{Setter, whole};
use super::{Row, TYPE};
use crate::content::{Content, Line};
use crate::paper::Paper;
use crate::template::{Align, Part, Template};

/// The part of the paper that labels may take before they stand in a row of their own, in percent.
const LABELS_SHARE: u32 = 40;
/// Chinese characters for which a row of a line has room at least.
const FEWEST_IN_ROW: u32 = 8;

/// All the lines of a slip, as far as they share their columns.
pub(super) struct Lines<'a> {
    setter: Setter<'a>,
    /// Where values stand beside their labels, in dots.
    column: u32,
}

impl<'a> Lines<'a> {
    /// Values stand right of the widest label that leaves them room.
    pub(super) fn new(template: &Template, content: &Content, setter: Setter<'a>) -> Self {
        let most = (setter.paper.dots() * LABELS_SHARE / 100) as f32;
        let mut widest: f32 = 0.0;
        for part in template.parts.iter().filter(|part| part.align == Align::Left) {
            let px = size(part, setter.paper);
            for line in lines_of(part.what, content).unwrap_or_default() {
                let (label, value) = cleaned(setter, line);
                let length = setter.length(&label, px);
                if !value.is_empty() && length <= most {
                    widest = widest.max(length);
                }
            }
        }
        let column = if widest > 0.0 { whole(widest) + gap(setter.paper) } else { 0 };
        Self { setter, column }
    }

    /// The rows of a part; a line without a value has none.
    pub(super) fn rows(&self, part: &Part, lines: &[&Line]) -> Vec<Row> {
        let lines = lines.iter().map(|line| cleaned(self.setter, line));
        lines
            .filter(|(_, value)| !value.is_empty())
            .flat_map(|(label, value)| match part.align {
                Align::Left => self.labelled(part, label, &value),
                Align::Centre | Align::Right => self.joined(part, &label, &value),
            })
            .collect()
    }

    fn labelled(&self, part: &Part, label: String, value: &str) -> Vec<Row> {
        let Setter { paper, .. } = self.setter;
        let px = size(part, paper);
        // Columns are half an em wide; a printer that sets text can begin a value at no other place.
        let indent = self.column.next_multiple_of(px / 2);
        let row = Row { px, bold: part.bold, indent, ..Row::default() };
        let own = whole(self.setter.length(&label, px)) + gap(paper);
        if !label.is_empty() && own > indent {
            return self.too_wide(part, label, value, &row);
        }
        let taken = indent as f32 + self.setter.doubt(&label, px);
        let values = self.setter.rows(value, px, self.setter.width() - taken);
        let labels = std::iter::once(label).chain(std::iter::repeat(String::new()));
        let pairs = values.into_iter().zip(labels);
        pairs.map(|(text, label)| Row { label, text, ..row.clone() }).collect()
    }

    /// A label too wide for the column: all in one row if it fits, else the value begins below.
    fn too_wide(&self, part: &Part, label: String, value: &str, row: &Row) -> Vec<Row> {
        let (px, width) = (row.px, self.setter.width());
        let own = whole(self.setter.length(&label, px)) + gap(self.setter.paper);
        let indent = own.next_multiple_of(px / 2);
        let taken = indent as f32 + self.setter.doubt(&label, px);
        if taken + self.setter.length(value, px) <= width {
            return vec![Row { label, indent, text: value.to_owned(), ..row.clone() }];
        }
        let alone = Row { bold: false, indent: 0, ..row.clone() };
        let labels = self.setter.rows(&label, px, width);
        let labels = labels.into_iter().map(|text| Row { text, ..alone.clone() });
        labels.chain(self.labelled(part, String::new(), value)).collect()
    }

    /// Label and value as one text.
    fn joined(&self, part: &Part, label: &str, value: &str) -> Vec<Row> {
        let px = size(part, self.setter.paper);
        let text = format!("{label} {value}");
        let row = Row { px, bold: part.bold, align: part.align, ..Row::default() };
        let rows = self.setter.rows(text.trim_start(), px, self.setter.width());
        rows.into_iter().map(|text| Row { text, ..row.clone() }).collect()
    }
}

fn cleaned(setter: Setter<'_>, line: &Line) -> (String, String) {
    (setter.typeface.clean(&line.label), setter.typeface.clean(&line.value))
}

/// The type of a part's lines, in dots to the em.
fn size(part: &Part, paper: Paper) -> u32 {
    (u32::from(part.size) * TYPE).clamp(TYPE, paper.dots() / FEWEST_IN_ROW)
}

/// Dots between labels and values: one Chinese character, on narrow paper half of one.
fn gap(paper: Paper) -> u32 {
    match paper {
        Paper::Mm58 => TYPE / 2,
        Paper::Mm80 => TYPE,
    }
}
