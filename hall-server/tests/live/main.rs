//! The live connection over real sockets: what is committed reaches everybody who watches, in order, once.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod boards;
mod client;
mod displays;
mod doors;
mod hall;
mod pages;
mod reconnect;
