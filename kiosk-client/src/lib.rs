//! The kiosk: a pure flow ([`flow`]), the hall at one side ([`hall`]), devices at the other ([`devices`]),
//! pages on localhost for a full-screen browser in front, and a book of what must not be forgotten.

mod book;
mod clock;
pub mod config;
pub mod devices;
mod effects;
pub mod flow;
pub mod hall;
mod health;
mod jobs;
mod kiosk;
mod media;
mod offline;
mod orders;
mod pages;
mod running;
pub mod samples;
mod scan;
mod slip;
mod watchdog;

pub use config::Config;
pub use running::{Running, start};
