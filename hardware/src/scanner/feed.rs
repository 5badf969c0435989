//! What a scanner's task and its users share: codes, and whether the scanner can be reached. The task owns
//! the device, so that an unplugged scanner is known at once and comes back by itself.

use std::convert::Infallible;
use std::io;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{broadcast, watch};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::{GAP, ScannerFault};
use crate::About;
use crate::line::Address;

/// Between two tries to reach a scanner.
const TRY_EVERY: Duration = Duration::from_secs(1);
/// Whoever waits for a code hears after so long that the scanner is away.
const PATIENCE: Duration = Duration::from_secs(3);
/// Codes nobody has taken yet.
const CODES_KEPT: usize = 4;

/// Whether the scanner can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    NotTried,
    Here,
    Gone,
}

/// The end that the users hold. The task begins with the first question and ends with the feed.
pub(super) struct Feed {
    address: Address,
    source: Source,
    task: Mutex<JoinSet<()>>,
}

/// The end that the task holds.
#[derive(Clone)]
pub(super) struct Source {
    codes: broadcast::Sender<String>,
    reach: watch::Sender<Reach>,
    model: watch::Sender<Option<String>>,
}

impl Feed {
    /// The feed of a scanner at an address; nothing happens yet.
    pub(super) fn new(address: Address) -> Self {
        let source = Source {
            codes: broadcast::channel(CODES_KEPT).0,
            reach: watch::Sender::new(Reach::NotTried),
            model: watch::Sender::new(None),
        };
        Self { address, source, task: Mutex::default() }
    }

    /// Starts the task if there is none yet. `read` reaches the scanner and takes its codes until it is
    /// lost; it is called again and again. Must run within the runtime.
    pub(super) fn start<T>(&self, read: impl Fn(Address, Source) -> T + Send + 'static)
    where
        T: Future<Output = io::Result<Infallible>> + Send + 'static,
    {
        let mut running = self.task.lock().unwrap_or_else(PoisonError::into_inner);
        if running.is_empty() {
            running.spawn(keep_reading(self.address.clone(), self.source.clone(), read));
        }
    }

    /// Waits for the next code from now on.
    pub(super) fn next(&self) -> impl Future<Output = Result<String, ScannerFault>> + Send + '_ {
        let mut codes = self.source.codes.subscribe();
        async move {
            tokio::select! {
                code = codes.recv() => code.map_err(|_| ScannerFault::Gone),
                () = self.stays_away() => Err(ScannerFault::Gone),
            }
        }
    }

    /// Answers once the scanner has been away for [`PATIENCE`].
    async fn stays_away(&self) {
        let mut reach = self.source.reach.subscribe();
        loop {
            // The sender lives as long as the feed, so waiting cannot fail.
            let _ = reach.wait_for(|it| *it != Reach::Here).await;
            if timeout(PATIENCE, reach.wait_for(|it| *it == Reach::Here)).await.is_err() {
                return;
            }
        }
    }

    /// Whether the scanner can be reached; waits for the first try.
    pub(super) async fn status(&self) -> Result<(), ScannerFault> {
        let mut reach = self.source.reach.subscribe();
        let tried = timeout(PATIENCE, reach.wait_for(|it| *it != Reach::NotTried)).await;
        match tried {
            Ok(Ok(reach)) if *reach == Reach::Here => Ok(()),
            _ => Err(ScannerFault::Gone),
        }
    }

    /// What the scanner has said of itself.
    pub(super) fn about(&self) -> About {
        let model = self.source.model.borrow().clone();
        About { address: self.address.to_string(), model, firmware: None }
    }
}

async fn keep_reading<T>(address: Address, source: Source, read: impl Fn(Address, Source) -> T)
where
    T: Future<Output = io::Result<Infallible>>,
{
    loop {
        let Err(fault) = read(address.clone(), source.clone()).await;
        // Said once, not with every try.
        if source.reach.send_replace(Reach::Gone) != Reach::Gone {
            tracing::warn!(%address, %fault, "the scanner is away");
        }
        tokio::time::sleep(TRY_EVERY).await;
    }
}

impl Source {
    /// The scanner has been reached.
    pub(super) fn is_here(&self, model: Option<&str>) {
        self.model.send_replace(model.map(str::to_owned));
        self.reach.send_replace(Reach::Here);
        tracing::info!(model, "the scanner is there");
    }

    /// Hands codes on. Without anybody who waits they are forgotten.
    pub(super) fn scanned(&self, codes: impl IntoIterator<Item = String>) {
        for code in codes {
            let _ = self.codes.send(code);
        }
    }
}

/// What comes next; `None` if a code has begun and nothing comes for [`GAP`].
pub(super) async fn next_or_gap<T>(begun: bool, next: impl Future<Output = T>) -> Option<T> {
    if begun { timeout(GAP, next).await.ok() } else { Some(next.await) }
}
