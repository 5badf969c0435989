//! `bench-startup`: how long a hall takes to start, by how many old tickets its journal has.

use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use tests::history::{hall_with, journal_bytes, server_to_time, time_to_ready};

/// Old tickets if nobody says otherwise.
const USUAL: [u64; 4] = [0, 100_000, 500_000, 2_000_000];
/// Starts of which the best counts.
const STARTS: u32 = 5;
const HELP: &str = "\
Fills the journals of stopped halls with old tickets and times how long `hall-server` takes to be ready.

Usage: bench-startup [TICKETS]...

Examples:
  cargo build --release -p hall-server
  cargo run --release -p tests --bin bench-startup
  cargo run --release -p tests --bin bench-startup -- 0 50000";

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench-startup: {error:#}");
            ExitCode::from(2)
        }
    }
}

#[allow(clippy::print_stdout, reason = "the table is what this program is for")]
async fn run() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| matches!(argument.as_str(), "--help" | "-h")) {
        println!("{HELP}");
        return Ok(());
    }
    let counts = counts(&arguments)?;
    let server = server_to_time()?;
    println!("{}\n", server.display());
    println!("| old tickets | journal | ready after |");
    println!("| ---: | ---: | ---: |");
    for tickets in counts {
        let stopped = hall_with(tickets, &server).await?;
        let ready = time_to_ready(&stopped, &server, STARTS).await?;
        let megabytes = journal_bytes(&stopped)? / 1_000_000;
        println!("| {tickets} | {megabytes} MB | {} ms |", ready.as_millis());
    }
    Ok(())
}

fn counts(arguments: &[String]) -> Result<Vec<u64>> {
    if arguments.is_empty() {
        return Ok(USUAL.to_vec());
    }
    let counts: Vec<u64> = arguments
        .iter()
        .map(|text| text.parse().with_context(|| format!("`{text}` is no number; see --help")))
        .collect::<Result<_>>()?;
    ensure!(counts.iter().all(|count| *count <= 10_000_000), "at most 10000000 old tickets");
    Ok(counts)
}
