//! `kiosk-client`: one kiosk as a process of its own.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Parser, Subcommand};
use kiosk_client::Config;
use kiosk_client::samples::Samples;
use tracing_subscriber::EnvFilter;

/// A kiosk: people choose here what they come for and take a number.
#[derive(Parser)]
#[command(
    version,
    subcommand_negates_reqs = true,
    args_conflicts_with_subcommands = true,
    after_help = "Example:\n  kiosk-client --config configs/demo/kiosk.toml\n\nThen open the address it prints in this machine's browser, full screen."
)]
struct Arguments {
    /// The kiosk's configuration; configs/demo/kiosk.toml explains every key.
    #[arg(long, value_name = "FILE", required = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What it can do besides being a kiosk.
#[derive(Subcommand)]
enum Command {
    /// Writes sample slips, to try a printer with.
    Slip(Samples),
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    let done = match &arguments {
        Arguments { command: Some(Command::Slip(samples)), .. } => samples.write(),
        Arguments { config: Some(config), .. } => run(config).await,
        Arguments { config: None, command: None } => Err(anyhow::anyhow!("--config is missing")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            // 2: the configuration needs a person; a supervisor need not try again.
            ExitCode::from(2)
        }
    }
}

async fn run(config: &Path) -> anyhow::Result<()> {
    let kiosk = kiosk_client::start(Config::load(config)?).await?;
    tracing::info!("the kiosk is at http://{}/", kiosk.addr);
    told_to_stop().await?;
    kiosk.stop().await;
    Ok(())
}

/// Waits for Ctrl-C or a service manager's TERM.
async fn told_to_stop() -> anyhow::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).context("cannot listen for signals")?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted.context("cannot listen for Ctrl-C")?,
        _ = terminate.recv() => {}
    }
    Ok(())
}
