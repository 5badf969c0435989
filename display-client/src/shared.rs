//! What every part of a display is given: its configuration, the relay, the simulated devices,
//! the copies of pictures and videos, and the word to stop.

use std::sync::Arc;

use tokio::sync::watch;

use crate::config::Config;
use crate::media::Copies;
use crate::outputs::Bench;
use crate::relay::Relay;

/// What the pages of one display share.
#[derive(Clone)]
pub(crate) struct Shared {
    pub(crate) config: Arc<Config>,
    pub(crate) relay: Arc<Relay>,
    pub(crate) bench: Bench,
    pub(crate) media: Copies,
    /// Which start of the display this is: a page that came from another one loads itself again.
    pub(crate) run: Arc<str>,
    pub(crate) stop: watch::Receiver<bool>,
}

/// Waits until the display is told to stop; a display that is gone counts as told.
pub(crate) async fn told_to_stop(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}
