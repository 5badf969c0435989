//! The live connection: whoever watches a topic gets what changed, as soon as it is committed.
//!
//! - `views` say what a topic's cells are: pure functions of the day.
//! - `feed` keeps a topic's cells and latest messages, serialised once for everybody who watches.
//! - `keeper` is the one task that follows the journal, announces calls and brings feeds up to date, at
//!   the pace each topic needs (`schedule`) and only while somebody watches.
//! - `door` lets sockets in, so many and no more.
//! - `socket` is one client: its hello, its permissions, its place in the feed. It fetches from the feed
//!   at its own speed, so a slow one holds nobody up and keeps nothing waiting.
//! - `screen` tells a display what it is to be; `presence` tells the hall that it is there.
//! - `acks` knows which outputs should give a call out, and which have.

mod acks;
mod announce;
mod door;
mod feed;
mod goodbye;
mod hub;
mod keeper;
mod names;
mod presence;
mod schedule;
mod screen;
mod socket;
mod subject;
pub(crate) mod views;

pub(crate) use door::router;
pub use hub::Hub;
