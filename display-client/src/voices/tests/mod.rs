//! Voices, as a visitor hears them.

mod calls;
mod numbers;
mod queueing;
mod sound;
mod speaking;
