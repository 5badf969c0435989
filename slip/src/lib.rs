//! What a visitor's slip says and how it lies on the paper. A [`Content`] and a [`Template`] become the
//! bytes of one print job ([`Press::write`]), as text in the printer's own font or as a picture, and the
//! picture alone ([`Press::picture`]) for whoever wants to see it first. Nothing here knows a device.
//!
//! Both ways begin with one layout: blocks from top to bottom with their places in dots. Text is written
//! from the blocks; pictures are drawn from them and then cut into bands.

mod bitmap;
mod code;
mod content;
mod draw;
mod escpos;
mod fonts;
mod glyphs;
mod layout;
mod paper;
mod press;
mod raster;
mod template;
mod text;

pub use bitmap::Bitmap;
pub use content::{Content, Line};
pub use escpos::FEED_AND_CUT;
pub use glyphs::Glyphs;
pub use paper::Paper;
pub use press::{Job, Mode, Press, SlipFault};
pub use template::{Align, LARGEST, MOST_PARTS, Part, Template, TemplateFault, What};
