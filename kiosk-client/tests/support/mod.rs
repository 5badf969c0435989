//! A hall that does as it is told, and a visitor who presses buttons, for the kiosk's tests.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up has failed")]

mod fake_hall;
mod visitor;

pub(crate) use fake_hall::{FakeHall, Mood, TOKEN};
pub(crate) use visitor::{Visitor, wait_until};
