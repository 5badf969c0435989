//! `hall-server`: runs a hall, checks its configuration, replays a recorded day.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use hall_server::config::Config;
use hall_server::replay;

/// Runs a public-service hall.
#[derive(Parser)]
#[command(
    version,
    after_help = "Example:\n  hall-server --config configs/demo/hall.toml\n  \
                  hall-server replay day.csv --json"
)]
struct Cli {
    /// The hall's configuration.
    #[arg(long, default_value = "configs/demo/hall.toml")]
    config: PathBuf,
    #[command(subcommand)]
    task: Option<Task>,
}

#[derive(Subcommand)]
enum Task {
    /// Reads the configuration and says what is wrong with it.
    #[command(after_help = "Example:\n  hall-server --config hall.toml check-config")]
    CheckConfig,
    /// Reads a PIN from standard input and prints its hash for staff.toml.
    #[command(after_help = "Example:\n  echo 2468 | hall-server hash-pin")]
    HashPin,
    /// Drives a recorded day through the rules and prints its figures.
    #[command(after_help = "Example:\n  hall-server replay 1999-08-01.csv --json --policy")]
    Replay {
        /// The recorded day, as CSV.
        file: PathBuf,
        /// One JSON object instead of a table.
        #[arg(long)]
        json: bool,
        /// The hall's own order decides whom each freed window calls, not the record.
        #[arg(long)]
        policy: bool,
    },
}

/// The exit status of a mistake the user can mend.
const MISTAKE: u8 = 2;

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into()),
        )
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    let cli = Cli::parse();
    let done = match cli.task {
        None => serve(&cli.config),
        Some(Task::CheckConfig) => check(&cli.config),
        Some(Task::HashPin) => hash_pin(),
        Some(Task::Replay { file, json, policy }) => replay_day(&file, json, policy),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&mut std::io::stderr(), &format!("hall-server: {error:#}"));
            ExitCode::from(MISTAKE)
        }
    }
}

#[tokio::main]
async fn serve(config: &std::path::Path) -> anyhow::Result<()> {
    let running = hall_server::start(Config::read(config)?).await?;
    say(&mut std::io::stdout(), &format!("http://{}/", running.addr));
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
    running.stop().await;
    Ok(())
}

fn check(config: &std::path::Path) -> anyhow::Result<()> {
    let config = Config::read(config)?;
    let plan = &config.plan;
    say(
        &mut std::io::stdout(),
        &format!(
            "{}: {} windows, {} services, {} staff; nothing wrong",
            plan.name.zh,
            plan.windows.len(),
            plan.services.len(),
            config.staff.len()
        ),
    );
    Ok(())
}

fn hash_pin() -> anyhow::Result<()> {
    let mut pin = String::new();
    std::io::stdin().read_line(&mut pin)?;
    say(&mut std::io::stdout(), &hall_server::accounts::hash_pin(pin.trim())?);
    Ok(())
}

fn replay_day(file: &std::path::Path, json: bool, policy: bool) -> anyhow::Result<()> {
    let report = replay::run(file, policy)?;
    let text = if json { serde_json::to_string(&report)? } else { report.to_string() };
    say(&mut std::io::stdout(), &text);
    Ok(())
}

/// Writes a line. A reader that has gone away is no reason to fail.
fn say(to: &mut impl std::io::Write, line: &str) {
    let _ = writeln!(to, "{line}");
}
