//! Readers of identity cards with a security module (SAM), on a serial line, on USB or behind a network
//! adapter. Frames, texts and the cycle of questions are pure; [`SamReader`] adds the line and the clock.

pub mod command;
pub mod cycle;
pub mod frame;
mod link;
mod reader;
pub mod text;

pub use cycle::Timing;
pub use reader::SamReader;
