//! Everything a display gives calls out with, at work: each output in a task of its own, so that one that is
//! stuck keeps nobody else waiting.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

use super::{Bench, Post, Told};
use crate::config::Config;
use crate::hall::Hall;
use crate::relay::Relay;
use crate::{keypads, lamps, strips, voices};

/// What outputs may have told before somebody takes it in.
const TOLD_QUEUE: usize = 64;
/// How long an output may take to stop: a strip still has to be told to show nothing.
const STOP_WITHIN: Duration = Duration::from_secs(1);

/// The outputs of one display.
pub(crate) struct Crew {
    tasks: JoinSet<()>,
    /// Their simulated devices.
    pub(crate) bench: Bench,
}

/// What every post is made from.
struct Posts {
    relay: Arc<Relay>,
    hall: Hall,
    bench: Bench,
    told: mpsc::Sender<Told>,
    stop: watch::Receiver<bool>,
}

impl Crew {
    /// Starts every output of a configuration. What they tell comes out of the other half.
    pub(crate) fn start(
        config: &Config,
        relay: &Arc<Relay>,
        hall: Hall,
        stop: watch::Receiver<bool>,
    ) -> (Self, mpsc::Receiver<Told>) {
        let (told, hears) = mpsc::channel(TOLD_QUEUE);
        let bench = Bench::default();
        let posts = Posts { relay: relay.clone(), hall, bench: bench.clone(), told, stop };
        let mut tasks = JoinSet::new();
        spawn(&mut tasks, &posts, &config.voices, voices::run);
        spawn(&mut tasks, &posts, &config.strips, strips::run);
        spawn(&mut tasks, &posts, &config.lamps, lamps::run);
        spawn(&mut tasks, &posts, &config.buttons, lamps::run_button);
        spawn(&mut tasks, &posts, &config.keypads, keypads::run);
        // They listen already, so they miss nothing.
        relay.tell_what_was_kept();
        (Self { tasks, bench }, hears)
    }

    /// Waits until every output has stopped; ends those that do not.
    pub(crate) async fn stop(mut self) {
        let all = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(STOP_WITHIN, all).await.is_err() {
            tracing::warn!("an output did not stop in time and is cut off");
        }
        self.tasks.shutdown().await;
    }
}

fn spawn<C: Clone, F: Future<Output = ()> + Send + 'static>(
    tasks: &mut JoinSet<()>,
    posts: &Posts,
    tables: &[C],
    run: impl Fn(C, Post) -> F,
) {
    for table in tables {
        tasks.spawn(run(table.clone(), posts.post()));
    }
}

impl Posts {
    fn post(&self) -> Post {
        Post {
            news: self.relay.news(),
            told: self.told.clone(),
            clock: self.relay.clock(),
            hall: self.hall.clone(),
            bench: self.bench.clone(),
            stop: self.stop.clone(),
        }
    }
}
