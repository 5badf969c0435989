//! Watches the browser in front of the display: starts it again when no page has been open for a while. A wall
//! has nobody who would.

use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::shared::told_to_stop;

/// How long a browser may have no page open before it is started again.
const MISSING_FOR: Duration = Duration::from_secs(60);
/// A browser that is started again and again in vain gets more and more time, up to this.
const LONGEST: Duration = Duration::from_secs(600);
/// How long the command may take.
const COMMAND_WITHIN: Duration = Duration::from_secs(30);

/// Watches until the display stops. Without a command nobody does.
pub(crate) async fn watch(
    command: Vec<String>,
    pages: watch::Receiver<u32>,
    mut stop: watch::Receiver<bool>,
) {
    let Some((program, arguments)) = command.split_first() else { return };
    let restart = || start_again(program, arguments);
    tokio::select! {
        () = keep(pages, restart) => {}
        () = told_to_stop(&mut stop) => {}
    }
}

/// Restarts whenever no page has been open for long enough, until the display is gone.
async fn keep<F: Future<Output = ()>>(mut pages: watch::Receiver<u32>, restart: impl Fn() -> F) {
    let mut patience = MISSING_FOR;
    loop {
        if pages.wait_for(|pages| *pages == 0).await.is_err() {
            return;
        }
        let comes = async { pages.wait_for(|pages| *pages > 0).await.is_ok() };
        match timeout(patience, comes).await {
            Ok(true) => patience = MISSING_FOR,
            Ok(false) => return,
            Err(_) => {
                restart().await;
                patience = (patience * 2).min(LONGEST);
            }
        }
    }
}

async fn start_again(program: &str, arguments: &[String]) {
    tracing::warn!("no page is open; the browser is started again");
    let run = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .kill_on_drop(true)
        .status();
    match timeout(COMMAND_WITHIN, run).await {
        Ok(Ok(status)) if status.success() => {}
        Ok(Ok(status)) => tracing::error!(program, %status, "the browser was not started again"),
        Ok(Err(fault)) => tracing::error!(program, %fault, "the browser was not started again"),
        Err(_) => tracing::error!(program, "starting the browser again does not come to an end"),
    }
}
