//! The middle: it holds the last board and how fresh it is, and passes what the hall says to every page,
//! in order. A page that joins gets the board and everything after it, nothing twice, nothing missed.

use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use protocol::live::{ClientMessage, ServerMessage};
use protocol::{Label, Seq, Timestamp};
use tokio::sync::{broadcast, mpsc};

use crate::board::Board;

/// Messages a slow page may be behind before it gets a fresh snapshot instead.
const PAGE_QUEUE: usize = 256;
/// Acknowledgements kept for the hall while it is away; later ones are dropped.
const UPWARD_QUEUE: usize = 256;

/// A message as it goes to pages: serialised once.
pub(crate) type Text = Arc<str>;

/// What pages and the connection to the hall share.
#[derive(Debug)]
pub(crate) struct Relay {
    known: Mutex<Known>,
    news: broadcast::Sender<Text>,
    upward: mpsc::Sender<ClientMessage>,
}

#[derive(Debug)]
struct Known {
    board: Option<Board>,
    /// The hall's time, and when it said so by this machine's own measure.
    clock: Option<(Timestamp, Instant)>,
    /// The hall's time of its last message, while it is away.
    stale_since: Option<Timestamp>,
}

impl Relay {
    /// A relay that begins with the board of the last run. The other half hands out what pages have
    /// to say to the hall.
    pub(crate) fn new(board: Option<Board>) -> (Arc<Self>, mpsc::Receiver<ClientMessage>) {
        let (upward, acknowledgements) = mpsc::channel(UPWARD_QUEUE);
        let since = board.as_ref().map_or_else(now, |board| board.at);
        let known = Mutex::new(Known { board, clock: None, stale_since: Some(since) });
        let news = broadcast::Sender::new(PAGE_QUEUE);
        (Arc::new(Self { known, news, upward }), acknowledgements)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        // Whoever panicked left a whole board behind: it is replaced in one step.
        self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// The last board.
    pub(crate) fn board(&self) -> Option<Board> {
        self.known().board.clone()
    }

    /// The last event of the board.
    pub(crate) fn seen(&self) -> Option<Seq> {
        self.known().board.as_ref().map(|board| board.seq)
    }

    /// The hall's name, if it was ever heard.
    pub(crate) fn hall_name(&self) -> Option<Label> {
        self.known().board.as_ref().and_then(Board::hall_name)
    }

    /// The hall has said something: remembers it and passes it on as it came.
    pub(crate) fn heard(&self, message: &ServerMessage, text: &str) {
        let mut known = self.known();
        known.board = Board::after(known.board.take(), message);
        if let Some(at) = time_of(message) {
            known.clock = Some((at, Instant::now()));
            known.stale_since = None;
        }
        if matches!(
            message,
            ServerMessage::Snapshot { .. }
                | ServerMessage::Delta { .. }
                | ServerMessage::Announce(_)
        ) {
            // Nobody listening is no fault: a wall may have no page open.
            let _ = self.news.send(text.into());
        }
    }

    /// The hall is away: says so to every page.
    pub(crate) fn silent(&self) {
        let mut known = self.known();
        if let (None, Some((at, _))) = (known.stale_since, known.clock) {
            known.stale_since = Some(at);
            let _ = self.news.send(serialise(&ServerMessage::Stale { since: at }));
        }
    }

    /// What a page that joins now must be told first, and everything after it.
    pub(crate) fn join(&self) -> (Vec<Text>, broadcast::Receiver<Text>) {
        let known = self.known();
        let snapshot = |board: &Board| serialise(&board.snapshot(known.hall_time()));
        let mut first: Vec<Text> = known.board.iter().map(snapshot).collect();
        first.push(serialise(&known.pulse()));
        (first, self.news.subscribe())
    }

    /// A sign of life for pages: the hall's time, or since when there is none.
    pub(crate) fn pulse(&self) -> Text {
        serialise(&self.known().pulse())
    }

    /// Passes what a page says to the hall.
    pub(crate) fn upward(&self, message: ClientMessage) {
        if self.upward.try_send(message).is_err() {
            tracing::warn!("too many acknowledgements wait for the hall; one is dropped");
        }
    }
}

impl Known {
    /// The hall's time now, as well as anybody here can know it.
    fn hall_time(&self) -> Timestamp {
        self.clock.map_or_else(now, |(at, heard)| {
            let passed = i64::try_from(heard.elapsed().as_millis()).unwrap_or(i64::MAX);
            Timestamp(at.0.saturating_add(passed))
        })
    }

    fn pulse(&self) -> ServerMessage {
        match self.stale_since {
            Some(since) => ServerMessage::Stale { since },
            None => ServerMessage::Ping { at: self.hall_time() },
        }
    }
}

/// The hall's time, if the message tells it. An announcement tells when the call was made.
fn time_of(message: &ServerMessage) -> Option<Timestamp> {
    match message {
        ServerMessage::Snapshot { at, .. }
        | ServerMessage::Delta { at, .. }
        | ServerMessage::Ping { at } => Some(*at),
        ServerMessage::Announce(_) | ServerMessage::Stale { .. } | ServerMessage::Bye { .. } => {
            None
        }
    }
}

pub(crate) fn serialise<T: serde::Serialize>(message: &T) -> Text {
    serde_json::to_string(message).expect("live messages are plain data with text keys").into()
}

/// This machine's time, for as long as the hall has not told its own.
fn now() -> Timestamp {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX))
}
