//! The hall: the journal that never forgets, the live hub, the accounts, the pages and the API.
//!
//! [`start`] opens a hall and serves it until [`Running::stop`]. `ARCHITECTURE.md` says where what lives.

pub mod accounts;
pub mod appointments;
pub mod clock;
pub mod config;
mod day_keeper;
pub mod devices;
mod hall;
pub mod journal;
mod keys;
pub mod live;
mod lock;
mod manager;
mod openapi;
pub mod people;
mod queue;
pub mod replay;
mod router;
mod server;
pub mod slips;
mod statistics;
mod tickets;
pub mod walls;
pub mod web;
mod windows;

pub use hall::Hall;
pub use server::{Running, StartFault, start, start_with_clock};
pub use tickets::TicketTokens;
