//! A button beside a clerk: each press is one key at its window.

use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use hardware::gpio::{self, Presses, SimulatedButton};
use protocol::wall::KeyPress;
use tokio::time::sleep;

use super::bench::ButtonOnBench;
use super::config::{self, ButtonConfig};
use crate::outputs::{self, Post, Told};
use crate::shared::told_to_stop;

/// How often a line that cannot be used is tried again.
const TRY_AGAIN_AFTER: Duration = Duration::from_secs(10);

/// Serves a button until the display stops.
pub(crate) async fn run_button(config: ButtonConfig, mut post: Post) {
    let mut stop = post.stop.clone();
    tokio::select! {
        () = serve(&config, &mut post) => {}
        () = told_to_stop(&mut stop) => {}
    }
}

async fn serve(config: &ButtonConfig, post: &mut Post) {
    let mut told = String::new();
    loop {
        match open(config, post) {
            Ok(mut presses) => {
                told.clear();
                report(config, post, None).await;
                while presses.next().await.is_some() {
                    press(config, post).await;
                    // What was pressed meanwhile was impatience: a hall that comes back shall not call them all.
                    while presses.next().now_or_never().flatten().is_some() {}
                }
            }
            // Said once, not with every try.
            Err(fault) if fault != told => {
                report(config, post, Some(fault.clone())).await;
                told = fault;
            }
            Err(_) => {}
        }
        sleep(TRY_AGAIN_AFTER).await;
    }
}

/// Says how the button is.
async fn report(config: &ButtonConfig, post: &Post, fault: Option<String>) {
    let windows = vec![config.window.clone()];
    let report = outputs::report_of_keys(&config.name, &config.line, windows, fault, &post.clock);
    // Nobody listens any more only when the display stops.
    let _ = post.told.send(Told::Report(report)).await;
}

fn open(config: &ButtonConfig, post: &Post) -> Result<Presses, String> {
    match config::line_of(&config.line) {
        Some(line) => gpio::button(&line, config.debounce()).map_err(|fault| fault.to_string()),
        None => {
            let (button, presses) = SimulatedButton::new();
            post.bench.put(Arc::new(ButtonOnBench::new(config, button)));
            Ok(presses)
        }
    }
}

async fn press(config: &ButtonConfig, post: &Post) {
    let press = KeyPress { window: config.window.clone(), key: config.key };
    // A clerk sees on the page what came of it; the log says why it did nothing.
    if let Err(fault) = post.hall.press(&press).await {
        tracing::warn!(button = %config.name, %fault, "the press did nothing");
    }
}
