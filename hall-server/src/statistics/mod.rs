//! What happened: today's figures, and the journal to read.

mod api;

pub(crate) use api::api;
