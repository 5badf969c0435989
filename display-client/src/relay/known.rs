//! What is known of the hall: its board, its time, whether it is there. No IO but the machine's clock.

use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use protocol::live::{Announcement, ServerMessage};
use protocol::wall::Screen;
use protocol::{Seq, Timestamp};

use super::fresh::Fresh;
use crate::board::Board;
use crate::outputs::News;

/// The last that is known.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) board: Option<Arc<Board>>,
    /// The last event that the cells know of: calls run ahead of them.
    shown: Option<Seq>,
    /// Which calls are news.
    fresh: Fresh,
    /// The hall's time, and when it said so by this machine's own measure.
    clock: Option<(Timestamp, Instant)>,
    /// The hall's time of its last message, while it is away.
    stale_since: Option<Timestamp>,
    /// Whom the hall called while it was away; until it tells the present.
    missed: Option<Vec<Arc<Announcement>>>,
}

impl Known {
    /// What the last run knew.
    pub(super) fn new(board: Option<Board>) -> Self {
        let since = board.as_ref().map_or_else(now, |board| board.at);
        Self {
            fresh: Fresh::after(board.as_ref().map(|board| board.seq)),
            shown: board.as_ref().map(|board| board.seq),
            board: board.map(Arc::new),
            clock: None,
            stale_since: Some(since),
            missed: Some(Vec::new()),
        }
    }

    /// Takes in what the hall says; returns what outputs must hear of it.
    pub(super) fn learn(&mut self, message: &ServerMessage) -> Vec<News> {
        // What the hall repeats tells old times.
        if let Some(at) = time_of(message).filter(|_| self.missed.is_none() || is_present(message))
        {
            self.clock = Some((at, Instant::now()));
            self.stale_since = None;
        }
        let before = self.board.take().map(Arc::unwrap_or_clone);
        self.board = Board::after(before, message).map(Arc::new);
        if let ServerMessage::Snapshot { seq, .. } = message {
            self.fresh.restart_at(*seq);
        }
        if let ServerMessage::Snapshot { seq, .. } | ServerMessage::Delta { seq, .. } = message {
            self.shown = Some(*seq);
        }
        match message {
            _ if is_present(message) && self.missed.is_some() => self.caught_up(),
            ServerMessage::Snapshot { .. } | ServerMessage::Delta { .. } => {
                let known = self.board.clone().filter(|_| self.missed.is_none());
                known.map(News::Board).into_iter().collect()
            }
            ServerMessage::Announce(call) => self.called(call).into_iter().collect(),
            ServerMessage::Screen(screen) => {
                vec![News::Screen(Arc::new(Screen::clone(screen)))]
            }
            ServerMessage::Ping { .. }
            | ServerMessage::Stale { .. }
            | ServerMessage::Bye { .. } => Vec::new(),
        }
    }

    /// Somebody is called. A call of the time the hall was away waits until it is known whether it stands.
    fn called(&mut self, call: &Announcement) -> Option<News> {
        let news = self.fresh.is_news(call, self.hall_time()).then(|| Arc::new(call.clone()))?;
        match &mut self.missed {
            Some(missed) => {
                missed.push(news);
                None
            }
            None => Some(News::Call(news)),
        }
    }

    /// The present is known again: the board as it is, and whoever was called meanwhile and has not come.
    fn caught_up(&mut self) -> Vec<News> {
        let missed = self.missed.take().unwrap_or_default();
        let board = self.shown_board();
        let wanted = |call: &Arc<Announcement>| {
            board.as_ref().is_none_or(|board| board.seq < call.seq || board.calls(call))
        };
        let calls: Vec<_> = missed.into_iter().filter(wanted).map(News::Call).collect();
        board.map(News::Board).into_iter().chain(calls).collect()
    }

    /// What outputs are to know of the board, and whether the hall is there.
    pub(super) fn present(&self) -> impl Iterator<Item = News> {
        let away = self.stale_since.map(|_| News::HallAway);
        self.shown_board().map(News::Board).into_iter().chain(away)
    }

    /// The board as of the last event that its cells know of.
    fn shown_board(&self) -> Option<Arc<Board>> {
        let (board, shown) = (self.board.as_ref()?, self.shown?);
        if board.seq == shown {
            return Some(board.clone());
        }
        Some(Arc::new(Board { seq: shown, ..Board::clone(board) }))
    }

    /// The hall is away. Since when by its own time, if that is news.
    pub(super) fn fall_silent(&mut self) -> Option<Timestamp> {
        self.missed.get_or_insert_default();
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

/// Whether the message tells how it is now, rather than what was missed.
fn is_present(message: &ServerMessage) -> bool {
    matches!(message, ServerMessage::Snapshot { .. } | ServerMessage::Ping { .. })
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
