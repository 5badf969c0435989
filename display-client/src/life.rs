//! One life of a display, from a start to the next: the page's address, the connection to the hall, the
//! outputs, the copies, what is kept on disk.

use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::browser;
use crate::config::Config;
use crate::hall::Hall;
use crate::health::Health;
use crate::media::{self, Copies};
use crate::outputs::Crew;
use crate::relay::Relay;
use crate::shared::{Shared, told_to_stop};
use crate::watchdog;
use crate::{keep, page, uplink};

/// How long the tasks may take to end; a page that does not read must not hold up a restart.
const END_WITHIN: Duration = Duration::from_secs(1);
/// A megabyte, as disks are sold.
const MB: u64 = 1_000_000;

/// Why a life is over.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Over {
    /// The hall gave this order to restart, which was not followed yet.
    Restart(u64),
    /// A task that is no output panicked. What is left of the display would lie.
    Broken,
}

/// A life that has begun.
pub(crate) struct Life {
    relay: Arc<Relay>,
    crew: Crew,
    tasks: JoinSet<()>,
    stop: watch::Sender<bool>,
    restarted: Option<u64>,
}

impl Life {
    /// Begins. `restarted` is the last order to restart that was followed.
    pub(crate) fn begin(
        config: &Config,
        listener: TcpListener,
        hall: Hall,
        restarted: Option<u64>,
    ) -> Self {
        let (relay, acknowledgements) = Relay::new(keep::load(&config.data_dir));
        let (stop, stopped) = watch::channel(false);
        let health = Health::new(relay.clone(), restarted);
        let (crew, told) = Crew::start(config, &relay, hall.clone(), stopped.clone());
        let media = Copies::new(&config.data_dir);
        let shared = Shared {
            config: Arc::new(config.clone()),
            relay: relay.clone(),
            bench: crew.bench.clone(),
            media: media.clone(),
            run: run_name(),
            stop: stopped.clone(),
        };
        let mut tasks = JoinSet::new();
        tasks.spawn(serve(listener, shared));
        tasks.spawn(health.clone().listen(told, stopped.clone()));
        let link = (config.clone(), relay.clone(), health, acknowledgements);
        tasks.spawn(uplink::run(link.0, link.1, link.2, link.3, stopped.clone()));
        let most_bytes = config.media_mb.saturating_mul(MB);
        tasks.spawn(media::run(media, hall, relay.clone(), most_bytes, stopped.clone()));
        tasks.spawn(keep::run(config.data_dir.clone(), relay.clone(), stopped.clone()));
        let restart_browser = config.restart_browser.clone();
        tasks.spawn(browser::watch(restart_browser, relay.pages(), stopped.clone()));
        tasks.spawn(watchdog::run(relay.clone(), stopped));
        Self { relay, crew, tasks, stop, restarted }
    }

    /// Waits until this life is over for a reason of its own.
    pub(crate) async fn over(&mut self) -> Over {
        tokio::select! {
            order = restart_wanted(&self.relay, self.restarted) => Over::Restart(order),
            () = broken(&mut self.tasks) => Over::Broken,
        }
    }

    /// Ends everything, in a second or two whatever hangs.
    pub(crate) async fn end(mut self) {
        self.stop.send_replace(true);
        let tasks = async { while self.tasks.join_next().await.is_some() {} };
        let tasks = async {
            if tokio::time::timeout(END_WITHIN, tasks).await.is_err() {
                tracing::debug!("a task did not end in time and is cut off");
            }
        };
        tokio::join!(tasks, self.crew.stop());
        self.tasks.shutdown().await;
    }
}

/// Waits for an order to restart that was not followed yet.
async fn restart_wanted(relay: &Relay, restarted: Option<u64>) -> u64 {
    let mut screen = relay.screen();
    loop {
        let wanted = screen.borrow_and_update().as_ref().and_then(|screen| screen.restart);
        if let Some(number) = wanted.filter(|number| Some(*number) != restarted) {
            return number;
        }
        if screen.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// Waits until a task panics; one that has simply done its work is no harm.
async fn broken(tasks: &mut JoinSet<()>) {
    loop {
        match tasks.join_next().await {
            Some(Err(error)) if error.is_panic() => return,
            Some(_) => {}
            None => std::future::pending().await,
        }
    }
}

/// A name for a life that no other has.
fn run_name() -> Arc<str> {
    // Without randomness pages go on as if nothing had happened; that is no harm.
    format!("{:016x}", getrandom::u64().unwrap_or_default()).into()
}

async fn serve(listener: TcpListener, shared: Shared) {
    let mut stop = shared.stop.clone();
    let stopped = async move { told_to_stop(&mut stop).await };
    let served = axum::serve(listener, page::router(shared)).with_graceful_shutdown(stopped).await;
    if let Err(error) = served {
        tracing::error!(%error, "the page's address failed");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_task_that_panics_is_noticed_and_one_that_is_done_is_not() {
        let mut tasks = JoinSet::new();
        tasks.spawn(async {});
        assert!(tokio::time::timeout(END_WITHIN / 10, broken(&mut tasks)).await.is_err());
        tasks.spawn(async { panic!("as a mistake would") });
        tokio::time::timeout(END_WITHIN, broken(&mut tasks)).await.expect("it is noticed");
    }
}
