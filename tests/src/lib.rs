//! The harness of the system tests: real processes on free ports with data directories of their own, typed
//! clients for what they say over the wire, and a browser. Nothing here knows how a hall works inside.

pub mod address;
pub mod browser;
pub mod client;
pub mod config;
pub mod emupos;
pub mod folder;
pub mod hall;
pub mod history;
pub mod machines;
pub mod network;
pub mod process;
pub mod repository;
pub mod soak;
pub mod table;
pub mod wait;
pub mod watcher;

pub use browser::Browser;
pub use client::{Answer, Client, WindowReceipt};
pub use config::{PIN, Setup};
pub use folder::Folder;
pub use hall::Hall;
pub use network::{Host, Network};
pub use process::Process;
pub use wait::wait_until;
pub use watcher::Watcher;
