//! Everything a display gives calls out with, at work: each output in a task of its own, so that one that is
//! stuck keeps nobody else waiting.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::{Bench, Post, Told};
use crate::config::Config;
use crate::hall::Hall;
use crate::relay::Relay;
use crate::shared::told_to_stop;
use crate::{keypads, lamps, strips, voices};

/// What outputs may have told before somebody takes it in.
const TOLD_QUEUE: usize = 64;
/// How long an output may take to stop: a strip still has to be told to show nothing.
const STOP_WITHIN: Duration = Duration::from_secs(1);
/// The pause before an output that broke begins again.
const AGAIN_AFTER: Duration = Duration::from_secs(2);

/// The outputs of one display.
pub(crate) struct Crew {
    tasks: JoinSet<()>,
    /// Their simulated devices.
    pub(crate) bench: Bench,
}

/// What every post is made from.
#[derive(Clone)]
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
        relay.tell_what_is_known();
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

fn spawn<C, F>(tasks: &mut JoinSet<()>, posts: &Posts, tables: &[C], run: fn(C, Post) -> F)
where
    C: Clone + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    for table in tables {
        let (table, posts, post) = (table.clone(), posts.clone(), posts.post());
        tasks.spawn(serve(table, posts, post, run));
    }
}

/// Runs an output until it has stopped. One that panics begins again by itself: the others and the screen go on.
async fn serve<C, F>(table: C, posts: Posts, first: Post, run: fn(C, Post) -> F)
where
    C: Clone,
    F: Future<Output = ()> + Send + 'static,
{
    let (mut stop, mut post) = (posts.stop.clone(), first);
    loop {
        let mut work = JoinSet::new();
        work.spawn(run(table.clone(), post));
        match work.join_next().await {
            Some(Err(error)) if error.is_panic() => {
                tracing::error!("an output broke and begins again");
            }
            _ => return,
        }
        tokio::select! {
            () = sleep(AGAIN_AFTER) => {}
            () = told_to_stop(&mut stop) => return,
        }
        post = posts.post();
        posts.relay.tell_what_is_known();
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

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;
    use crate::outputs::News;
    use crate::relay::Kept;

    #[tokio::test]
    async fn an_output_that_panics_begins_again_and_is_told_what_is_known() {
        async fn breaks_once(broke: Arc<AtomicBool>, mut post: Post) {
            assert!(broke.swap(true, Ordering::Relaxed), "as a mistake would");
            assert!(matches!(post.news.recv().await, Ok(News::HallAway)));
        }
        let (relay, _upward) = Relay::new(Kept::default());
        let (told, _hears) = mpsc::channel(1);
        let (_running, stop) = watch::channel(false);
        let file = std::path::Path::new("display.toml");
        let config: Config = settings::parse(
            file,
            "hall_url = \"http://127.0.0.1:9\"\ndisplay = \"d\"\ntoken = \"t\"\n\
             listen = \"127.0.0.1:0\"\ndata_dir = \"d\"\n",
        )
        .expect("a configuration");
        let hall = Hall::new(&config).expect("a network");
        let posts = Posts { relay, hall, bench: Bench::default(), told, stop };
        let first = posts.post();
        let work = serve(Arc::default(), posts, first, breaks_once);
        tokio::time::timeout(AGAIN_AFTER * 10, work).await.expect("it begins again and ends well");
    }
}
