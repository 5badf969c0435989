//! `station`: hall, kiosk and display in one process. `cargo run` starts the demo hall.

mod addresses;
mod arguments;
mod crowd;
mod demo;
mod run;
mod setup;

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use clap::Parser;

use arguments::Arguments;

/// The exit status of a mistake the user can mend; a supervisor need not try again.
const MISTAKE: u8 = 2;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into()),
        )
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    match run::run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // A reader that has gone away is no reason to fail differently.
            let _ = writeln!(std::io::stderr(), "station: {error:#}");
            ExitCode::from(MISTAKE)
        }
    }
}
