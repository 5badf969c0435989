//! What is known of the hall: its board, its time, whether it is there. No IO but the machine's clock.

use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use protocol::Timestamp;
use protocol::live::ServerMessage;
use protocol::wall::Screen;

use super::fresh::Fresh;
use crate::board::Board;
use crate::outputs::News;

/// The last that is known.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) board: Option<Arc<Board>>,
    /// Which calls are news.
    fresh: Fresh,
    /// The hall's time, and when it said so by this machine's own measure.
    clock: Option<(Timestamp, Instant)>,
    /// The hall's time of its last message, while it is away.
    stale_since: Option<Timestamp>,
}

impl Known {
    /// What the last run knew.
    pub(super) fn new(board: Option<Board>) -> Self {
        let since = board.as_ref().map_or_else(now, |board| board.at);
        Self {
            fresh: Fresh::after(board.as_ref().map(|board| board.seq)),
            board: board.map(Arc::new),
            clock: None,
            stale_since: Some(since),
        }
    }

    /// Takes in what the hall says; returns what outputs must hear of it.
    pub(super) fn learn(&mut self, message: &ServerMessage) -> Option<News> {
        if let Some(at) = time_of(message) {
            self.clock = Some((at, Instant::now()));
            self.stale_since = None;
        }
        let before = self.board.take().map(Arc::unwrap_or_clone);
        self.board = Board::after(before, message).map(Arc::new);
        match message {
            ServerMessage::Snapshot { seq, .. } => {
                self.fresh.restart_at(*seq);
                self.board.clone().map(News::Board)
            }
            ServerMessage::Delta { .. } => self.board.clone().map(News::Board),
            ServerMessage::Announce(call) => {
                let is_news = self.fresh.is_news(call, self.hall_time());
                is_news.then(|| News::Call(Arc::new(call.clone())))
            }
            ServerMessage::Screen(screen) => Some(News::Screen(Arc::new(Screen::clone(screen)))),
            ServerMessage::Ping { .. }
            | ServerMessage::Stale { .. }
            | ServerMessage::Bye { .. } => None,
        }
    }

    /// The hall is away. Since when by its own time, if that is news.
    pub(super) fn fall_silent(&mut self) -> Option<Timestamp> {
        let (None, Some((at, _))) = (self.stale_since, self.clock) else { return None };
        self.stale_since = Some(at);
        Some(at)
    }

    /// The hall's time now, as well as anybody here can know it.
    pub(super) fn hall_time(&self) -> Timestamp {
        self.clock.map_or_else(now, |(at, heard)| {
            let passed = i64::try_from(heard.elapsed().as_millis()).unwrap_or(i64::MAX);
            Timestamp(at.0.saturating_add(passed))
        })
    }

    /// A sign of life for pages.
    pub(super) fn pulse(&self) -> ServerMessage {
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
        ServerMessage::Announce(_)
        | ServerMessage::Screen(_)
        | ServerMessage::Stale { .. }
        | ServerMessage::Bye { .. } => None,
    }
}

/// This machine's time, for as long as the hall has not told its own.
fn now() -> Timestamp {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX))
}
