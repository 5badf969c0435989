//! The door's furniture: who speaks, what they may, what a request may carry, and how it is answered in its
//! reader's language, also when something goes wrong. `router.rs` builds the door from it.

pub(crate) mod assets;
mod caller;
pub(crate) mod display_page;
pub(crate) mod entrance;
mod extract;
pub mod fault;
pub(crate) mod headers;
pub(crate) mod health;
mod html;
pub(crate) mod language;
pub mod policy;
pub(crate) mod problem;
mod sentence;
pub mod who;

pub(crate) use caller::{Caller, IDEMPOTENCY_KEY, MAX_KEY_CHARS};
pub(crate) use extract::{At, Body, Nothing, Query};
pub(crate) use html::html;
pub(crate) use sentence::of as sentence_of;
