//! The slip's layout: what the administrator edits, every revision of it, and how it will look on paper.

mod api;
mod fault;
mod pages;
mod picture;
mod samples;
mod service;
mod store;

pub(crate) use api::api;
pub use fault::SlipsFault;
pub(crate) use pages::pages;
pub use service::{Kept, SlipTemplates};
