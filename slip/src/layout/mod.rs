//! The layout: a template and what there is to say become rows of text, rules, gaps and the code, each
//! with its place on the paper. What the bytes or the picture are made from is decided here, once.

mod group;
mod lines;
mod said;
mod setter;

use group::Group;
use lines::Lines;
use said::{lines_of, texts_of};
use setter::Setter;

use crate::code::Code;
use crate::content::Content;
use crate::paper::Paper;
use crate::press::SlipFault;
use crate::template::{Align, Part, Template, What};

/// Dots of the usual type: 3 mm.
pub(crate) const TYPE: u32 = 24;
/// Dots between two rows; with the usual type they are six to the inch, as printers set them by themselves.
const LEADING: u32 = 10;
/// Height of a rule, in dots: as much as a row of the usual type.
pub(crate) const RULE_PITCH: u32 = TYPE + LEADING;
/// Dots between two groups of parts.
const GROUP_GAP: u32 = 12;

/// What the layout must know of a type.
pub(crate) trait Typeface {
    /// A text as it can be set.
    fn clean(&self, text: &str) -> String;
    /// Dots from one character to the next, at `px` dots to the em.
    fn advance(&self, character: char, px: u32) -> f32;
    /// Dots to keep free for a character; more than its advance if that is not certain.
    fn room(&self, character: char, px: u32) -> f32 {
        self.advance(character, px)
    }
    /// By how many dots type gets smaller.
    fn step(&self) -> u32;
}

/// Something at its place, from top to bottom.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Block {
    /// A row of text.
    Row(Row),
    /// A line across the paper, two dots thick in the middle of its own height.
    Rule,
    /// The QR code.
    Code(Code),
    /// Dots of white.
    Gap(u32),
}

/// One row of text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Row {
    /// What stands at the left edge, never bold.
    pub(crate) label: String,
    /// Dots from the left edge to the text, if it stands left.
    pub(crate) indent: u32,
    /// The text.
    pub(crate) text: String,
    /// Dots to the em.
    pub(crate) px: u32,
    /// Whether the text is bold.
    pub(crate) bold: bool,
    /// Where the text stands.
    pub(crate) align: Align,
}

impl Row {
    /// Dots from the top of this row to the top of the next.
    pub(crate) fn pitch(&self) -> u32 {
        self.px + LEADING
    }
}

/// Lays a slip out.
///
/// # Errors
/// [`SlipFault::Unwritable`] if the address does not fit a code.
pub(crate) fn lay_out(
    template: &Template,
    content: &Content,
    paper: Paper,
    typeface: &dyn Typeface,
) -> Result<Vec<Block>, SlipFault> {
    let setter = Setter { paper, typeface };
    let lines = Lines::new(template, content, setter);
    let mut sheet = Sheet { content, setter, lines, group: None, blocks: Vec::new() };
    for part in &template.parts {
        sheet.add(part)?;
    }
    Ok(sheet.blocks)
}

/// A slip being laid out.
struct Sheet<'a> {
    content: &'a Content,
    setter: Setter<'a>,
    lines: Lines<'a>,
    group: Option<Group>,
    blocks: Vec<Block>,
}

impl Sheet<'_> {
    /// Adds a part, or nothing if there is nothing to say.
    fn add(&mut self, part: &Part) -> Result<(), SlipFault> {
        let blocks = self.blocks_of(part)?;
        if blocks.is_empty() {
            return Ok(());
        }
        let group = Group::of(part.what, self.group);
        let rules = [self.group, group].contains(&Some(Group::Rule));
        if self.group.is_some() && self.group != group && !rules {
            self.blocks.push(Block::Gap(GROUP_GAP));
        }
        self.group = group;
        self.blocks.extend(blocks);
        Ok(())
    }

    fn blocks_of(&self, part: &Part) -> Result<Vec<Block>, SlipFault> {
        Ok(match part.what {
            // A rule divides: the one above has nothing to divide if nothing came between.
            What::Rule if matches!(self.blocks.last(), None | Some(Block::Rule)) => Vec::new(),
            What::Rule => vec![Block::Rule],
            What::Space => vec![Block::Gap(TYPE + LEADING)],
            What::Code => {
                let code = Code::new(&self.content.url, part.size, part.align, self.setter.paper)?;
                vec![Block::Code(code)]
            }
            _ => match lines_of(part.what, self.content) {
                Some(lines) => self.lines.rows(part, &lines).into_iter().map(Block::Row).collect(),
                None => self.text_rows(part),
            },
        })
    }

    /// A part without labels: one row if it can be set small enough, else as many as it takes.
    fn text_rows(&self, part: &Part) -> Vec<Block> {
        let texts = texts_of(part, self.content);
        let rows = texts.iter().flat_map(|text| {
            let text = self.setter.typeface.clean(text);
            let px = self.setter.fitting(&text, u32::from(part.size) * TYPE);
            let rows = self.setter.rows(&text, px, self.setter.width());
            rows.into_iter().map(move |text| (text, px))
        });
        rows.map(|(text, px)| {
            let (bold, align) = (part.bold, part.align);
            Block::Row(Row { text, px, bold, align, ..Row::default() })
        })
        .collect()
    }
}
