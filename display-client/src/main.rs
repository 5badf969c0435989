//! `display-client`: one screen of a hall as a process of its own.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use display_client::{Config, StripCommand, VoiceCommand};

/// A screen of the hall: keeps the board and serves its page to a browser on this machine.
#[derive(Debug, Parser)]
#[command(
    version,
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Example:\n  display-client --config /etc/openhall/display.toml\n\
                  then open the address in `listen` with a browser in kiosk mode, such as\n  \
                  chromium --kiosk http://127.0.0.1:8082/"
)]
struct Arguments {
    /// The configuration; configs/demo/display.toml explains every key.
    #[arg(long, value_name = "FILE", required = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    task: Option<Task>,
}

/// What else it can do.
#[derive(Debug, Subcommand)]
enum Task {
    /// Lists, says and tries what a voice says.
    #[command(subcommand)]
    Voice(VoiceCommand),
    /// Tries the LED strips.
    #[command(subcommand)]
    Strip(StripCommand),
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env()
                .unwrap_or_else(|_| "info".into())
                // It would write the token, if somebody asked for everything.
                .add_directive("tungstenite::handshake=info".parse().expect("it is a directive")),
        )
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    match run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            // 2: the configuration needs a person; a supervisor need not try again.
            ExitCode::from(2)
        }
    }
}

async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let said = match arguments.task {
        Some(Task::Voice(command)) => command.run().await?,
        Some(Task::Strip(command)) => command.run().await?,
        None => {
            let config = arguments.config;
            return display(&config.expect("the command line needs it without a subcommand")).await;
        }
    };
    Ok(std::io::stdout().write_all(said.as_bytes())?)
}

/// Runs a display until it is told to stop.
async fn display(config: &Path) -> anyhow::Result<()> {
    let running = display_client::start(Config::read(config)?).await?;
    tracing::info!("the board is at http://{}/", running.addr);
    told_to_stop().await?;
    running.stop().await;
    Ok(())
}

/// Waits for Ctrl-C or the supervisor.
async fn told_to_stop() -> std::io::Result<()> {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        interrupt = tokio::signal::ctrl_c() => interrupt,
        _ = terminate.recv() => Ok(()),
    }
}
