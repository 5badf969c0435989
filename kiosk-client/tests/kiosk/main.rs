//! A kiosk as it runs, between a hall that does as it is told and a visitor who presses buttons.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up has failed")]

mod books;
mod fake_hall;
mod health;
mod offline;
mod slips;
mod visit;
mod visitor;
