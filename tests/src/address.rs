//! Free ports. They are taken from below the range that outgoing connections use, so that nothing takes
//! one between its choice and its use.

use std::net::TcpListener;

use anyhow::{Context, Result};

/// The first port that is ever chosen.
const FIRST: u16 = 15_000;
/// How many there are to choose from.
const PORTS: u16 = 16_000;

/// A port of this machine that nobody uses.
///
/// # Errors
/// If there is none.
pub fn free_port() -> Result<u16> {
    // The system's own choice is as good as a random number.
    let start = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
    (0..PORTS)
        .map(|step| FIRST + (start % PORTS + step) % PORTS)
        .find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .context("every port is taken")
}
