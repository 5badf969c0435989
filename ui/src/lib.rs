//! The shared look of every page: wording in both languages, design tokens and components, the base
//! layout, the live connection, and the lobby board. It knows no rules of a hall.

pub mod assets;
pub mod board;
mod look;
mod page;
mod wording;
mod words;

pub use look::{Look, look_routes};
pub use page::Page;
pub use words::Words;
