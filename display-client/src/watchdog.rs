//! Tells systemd that the display lives, if systemd started it and wants to know (`Type=notify`,
//! `WatchdogSec=`).

use std::sync::Arc;
use std::time::Duration;

use sd_notify::NotifyState;
use tokio::sync::watch;

use crate::relay::Relay;
use crate::shared::told_to_stop;

/// How often the display is looked at where nobody asks for it.
const USUAL: Duration = Duration::from_secs(60);

/// Says that the page is served, and from then on that everybody still gets at what the display knows.
pub(crate) async fn run(relay: Arc<Relay>, mut stop: watch::Receiver<bool>) {
    tell(NotifyState::Ready);
    // Three times within the limit, so that one beat may come late.
    let every = sd_notify::watchdog_enabled().map_or(USUAL, |limit| limit / 3);
    loop {
        tokio::select! {
            () = tokio::time::sleep(every) => {}
            () = told_to_stop(&mut stop) => return,
        }
        // Pages, outputs and the connection to the hall all stand still if this does not return.
        relay.seen();
        tell(NotifyState::Watchdog);
    }
}

/// Without systemd nobody listens, and that is no fault.
fn tell(state: NotifyState<'_>) {
    if let Err(fault) = sd_notify::notify(&[state]) {
        tracing::warn!(%fault, "systemd cannot be told how the display is");
    }
}
