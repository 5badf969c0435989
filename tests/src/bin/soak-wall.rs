//! `soak-wall`: a week of calls in some minutes, and what a display and its page hold meanwhile.

use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use tests::repository;
use tests::soak::{OUTPUTS, Sample, Soak};

/// Calls if nobody says otherwise.
const USUAL_CALLS: usize = 100_000;
/// Calls a second if nobody says otherwise.
const USUAL_RATE: usize = 400;
/// Looks at what is held.
const LOOKS: usize = 10;
const HELP: &str = "\
Has 24 windows call without end and looks at a display meanwhile: the memory and the open files of its process
(screen, voice, strips, lamp), the nodes and the script memory of its page in a real browser. Ends with 1 if
anything has grown between the first look and the last.

Usage: soak-wall [CALLS] [CALLS_PER_SECOND]

Examples:
  cargo build --release --workspace --bins
  cargo run --release -p tests --bin soak-wall
  cargo run --release -p tests --bin soak-wall -- 20000 200";

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("soak-wall: {error:#}");
            ExitCode::from(2)
        }
    }
}

#[allow(clippy::print_stdout, reason = "the table is what this program is for")]
async fn run() -> Result<bool> {
    let mut arguments = std::env::args().skip(1);
    let first = arguments.next();
    if matches!(first.as_deref(), Some("--help" | "-h")) {
        println!("{HELP}");
        return Ok(true);
    }
    let number = |text: Option<String>, usual| match text {
        None => Ok(usual),
        Some(text) => text.parse().with_context(|| format!("`{text}` is no number; see --help")),
    };
    let calls: usize = number(first, USUAL_CALLS)?;
    let rate: usize = number(arguments.next(), USUAL_RATE)?;
    ensure!(calls >= LOOKS && rate > 0, "at least {LOOKS} calls, at least one a second");
    println!(
        "{}, {calls} calls, {rate} a second\n",
        repository::program("display-client")?.display()
    );
    println!("| calls | display | open files | nodes of the page | its scripts |");
    println!("| ---: | ---: | ---: | ---: | ---: |");
    let soak = Soak::start(OUTPUTS).await?;
    let mut looks: Vec<Sample> = Vec::with_capacity(LOOKS);
    for look in 1..=LOOKS {
        soak.call_until(calls * look / LOOKS, rate).await?;
        let sample = soak.sample().await?;
        println!("{sample}");
        looks.push(sample);
    }
    soak.end().await?;
    let grown = looks[LOOKS - 1].growth_since(&looks[0]);
    match &grown {
        None => println!("\nnothing has grown"),
        Some(what) => println!("\n{what} has grown"),
    }
    Ok(grown.is_none())
}
