//! `display-client`: one screen of a hall as a process of its own.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use display_client::Config;

/// A screen of the hall: keeps the board and serves its page to a browser on this machine.
#[derive(Debug, Parser)]
#[command(
    version,
    after_help = "Example:\n  display-client --config /etc/openhall/display.toml\n\
                  then open the address in `listen` with a browser in kiosk mode, such as\n  \
                  chromium --kiosk http://127.0.0.1:8082/"
)]
struct Arguments {
    /// The configuration; configs/demo/display.toml explains every key.
    #[arg(long, value_name = "FILE")]
    config: PathBuf,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into()),
        )
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    match run(&arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            // 2: the configuration needs a person; a supervisor need not try again.
            ExitCode::from(2)
        }
    }
}

async fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let running = display_client::start(Config::read(&arguments.config)?).await?;
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
