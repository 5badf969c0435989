//! The press: how one printer's slips are made.

use std::path::PathBuf;

use crate::bitmap::Bitmap;
use crate::content::Content;
use crate::draw::draw;
use crate::fonts::{self, Fonts};
use crate::glyphs::{Glyphs, PrinterFont};
use crate::layout::{Block, lay_out};
use crate::paper::Paper;
use crate::template::Template;
use crate::{escpos, raster};

/// How a slip is put on paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// As text, in the printer's own Chinese font: a few hundred bytes.
    #[default]
    Text,
    /// As a picture: any printer, any script.
    Raster,
}

/// How one printer's slips are made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Press {
    /// The paper in it.
    pub paper: Paper,
    /// How slips are put on it.
    pub mode: Mode,
    /// What its own font holds; a slip with anything else is printed as a picture.
    pub glyphs: Glyphs,
    /// The font of pictures; one of the system's is looked for without it, or if it cannot be read.
    pub font: Option<PathBuf>,
}

/// One slip as bytes, complete from initialising to the cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// What is sent to the printer; it ends in [`FEED_AND_CUT`](crate::FEED_AND_CUT).
    pub bytes: Vec<u8>,
    /// How it was made, which may differ from what was asked for.
    pub mode: Mode,
    /// The rows of text on it, from top to bottom.
    pub rows: Vec<String>,
}

/// A slip that could not be made.
#[derive(Debug, thiserror::Error)]
pub enum SlipFault {
    /// Something in it ESC/POS has no place for, such as an address too long for a QR code.
    #[error("the slip could not be written: {0}")]
    Unwritable(String),
    /// A picture needs a font that is not there.
    #[error("no Chinese font was found; install one: apt install {package}")]
    NoFont {
        /// What to install.
        package: &'static str,
    },
}

/// A slip laid out for one of the two ways.
enum Laid {
    Text(Vec<Block>),
    Raster(Vec<Block>, Fonts),
}

impl Press {
    /// The whole job for one slip. A text slip with characters the printer lacks becomes a picture; on a
    /// machine without a font it stays text, with 〓 in their place.
    ///
    /// # Errors
    /// [`SlipFault::Unwritable`] if the address fits no code, [`SlipFault::NoFont`] if it must be a picture
    /// and there is no font.
    pub fn write(&self, template: &Template, content: &Content) -> Result<Job, SlipFault> {
        match self.lay_out(template, content)? {
            Laid::Text(blocks) => {
                let bytes = escpos::write(&blocks, self.paper)
                    .map_err(|cause| SlipFault::Unwritable(cause.to_string()))?;
                Ok(Job { bytes, mode: Mode::Text, rows: rows(&blocks) })
            }
            Laid::Raster(blocks, fonts) => {
                let bytes = raster::write(&draw(&blocks, self.paper, &fonts, &fonts));
                Ok(Job { bytes, mode: Mode::Raster, rows: rows(&blocks) })
            }
        }
    }

    /// What comes out of the printer: each dot of a picture, or text as its own font will about look.
    ///
    /// # Errors
    /// As [`write`](Self::write); a picture of text needs a font too.
    pub fn picture(&self, template: &Template, content: &Content) -> Result<Bitmap, SlipFault> {
        match self.lay_out(template, content)? {
            Laid::Text(blocks) => {
                let fonts = self.fonts()?;
                Ok(draw(&blocks, self.paper, &PrinterFont(self.glyphs), &fonts))
            }
            Laid::Raster(blocks, fonts) => Ok(draw(&blocks, self.paper, &fonts, &fonts)),
        }
    }

    /// The font file that pictures are drawn with.
    #[must_use]
    pub fn find_font(&self) -> Option<PathBuf> {
        fonts::find(self.font.as_deref())
    }

    /// Whether it cannot work for want of a font: it prints pictures, and none is there.
    #[must_use]
    pub fn needs_font(&self) -> bool {
        self.mode == Mode::Raster && self.find_font().is_none()
    }

    fn lay_out(&self, template: &Template, content: &Content) -> Result<Laid, SlipFault> {
        let set = |glyphs| lay_out(template, content, self.paper, &PrinterFont(glyphs));
        let drawn = |fonts: Fonts| {
            let blocks = lay_out(template, content, self.paper, &fonts)?;
            Ok(Laid::Raster(blocks, fonts))
        };
        if self.mode == Mode::Raster {
            return drawn(self.fonts()?);
        }
        let blocks = set(Glyphs::Gb18030)?;
        if rows(&blocks).iter().all(|row| self.glyphs.have_all(row)) {
            return Ok(Laid::Text(blocks));
        }
        match self.fonts() {
            Ok(fonts) => drawn(fonts),
            Err(_) => Ok(Laid::Text(set(self.glyphs)?)),
        }
    }

    fn fonts(&self) -> Result<Fonts, SlipFault> {
        Fonts::read(self.font.as_deref()).ok_or(SlipFault::NoFont { package: fonts::PACKAGE })
    }
}

fn rows(blocks: &[Block]) -> Vec<String> {
    let row = |block: &Block| match block {
        Block::Row(row) => Some(escpos::as_printed(row)),
        _ => None,
    };
    blocks.iter().filter_map(row).collect()
}
