//! Voices: a chime, then `请A001号到3号窗口`, joined from clips. One queue for each audio area, so nothing is
//! ever said over something else.
//!
//! ```text
//! a call -> queue -> script (phrase, numerals, vocabulary) -> library (clips, engine) -> player
//!                                                                the beginning is played first
//! ```

mod bench;
mod chime;
pub(crate) mod command;
mod config;
mod library;
mod numerals;
mod phrase;
mod queue;
mod quiet;
mod script;
#[cfg(test)]
mod tests;
mod vocabulary;
mod voice;

use std::time::Duration;

use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};
use tokio::time::{MissedTickBehavior, interval};

use crate::outputs::{News, Post};
use crate::shared::told_to_stop;

use bench::Shown;
pub(crate) use config::Config;
use voice::Voice;

/// Samples a second of everything a voice says.
const RATE: u32 = 24_000;
/// How often a voice looks whether its quiet hours have begun and whether its player is well again.
const TICK: Duration = Duration::from_secs(1);

/// So many samples.
fn samples(milliseconds: u32) -> usize {
    (RATE / 1_000 * milliseconds) as usize
}

/// Speaks until the display stops.
pub(crate) async fn run(config: Config, post: Post) {
    let (player, simulated) = config.player();
    let shown = simulated.map(|it| Shown::new(&config.name, &it));
    if let Some(shown) = &shown {
        post.bench.put(shown.clone());
    }
    let voice = Voice::new(config, player, shown, post.told, post.clock);
    work(voice, post.news, post.stop).await;
}

/// Gives a voice what happens, one thing at a time.
async fn work(
    mut voice: Voice,
    mut news: broadcast::Receiver<News>,
    mut stop: watch::Receiver<bool>,
) {
    let mut tick = interval(TICK);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        voice.go_on().await;
        tokio::select! {
            news = news.recv() => match news {
                Ok(news) => voice.hear(news),
                // It goes on with the present.
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            },
            done = voice.done() => voice.take_in(done).await,
            _ = tick.tick() => {}
            () = told_to_stop(&mut stop) => return,
        }
    }
}
