//! The kiosk: a pure flow ([`flow`]), the hall at one side ([`hall`]), devices at the other ([`devices`]),
//! and pages on localhost for a full-screen browser in front.

pub mod config;
pub mod devices;
pub mod flow;
pub mod hall;
mod kiosk;
mod pages;
mod running;
mod slip;

pub use config::Config;
pub use running::{Running, start};
