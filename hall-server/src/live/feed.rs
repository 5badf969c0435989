//! A topic's feed: its cells as they were last shown, and the latest messages, each serialised once.
//!
//! Every client is somewhere in the feed. One that comes back with the sequence it saw goes on from there;
//! one that has fallen too far behind gets a snapshot instead of the deltas it missed, and still every
//! announcement that is kept. What a client saw is told by sequence alone, so two rules hold: an
//! announcement comes before any delta or snapshot of the same sequence, and a delta sets whole cells, so
//! that getting one again changes nothing. Announcements run ahead of the cells: a snapshot that is asked
//! for meanwhile is older than they are, and comes before them.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::extract::ws::Utf8Bytes;
use protocol::live::{Announcement, CellKey, ServerMessage};
use protocol::{Seq, Timestamp};
use tokio::sync::watch;

use super::views::Cells;

/// Milliseconds for which a serialised snapshot is given to others too; it tells the hall's time, so not
/// for long.
const SNAPSHOT_FRESH_MS: i64 = 250;

/// A topic's cells and latest messages.
pub(super) struct Feed {
    cells: Cells,
    seq: Seq,
    kept: VecDeque<Kept>,
    /// The position of the first message in `kept`.
    first: u64,
    /// Whoever saw nothing after this may have missed something that is no longer kept.
    forgotten: Seq,
    capacity: usize,
    snapshot: Option<(Timestamp, Utf8Bytes)>,
}

struct Kept {
    seq: Seq,
    announcement: bool,
    text: Utf8Bytes,
}

/// A client's place: the position of the first message it has not been sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Position(u64);

/// What to send to one client, and its place after that.
pub(super) struct Batch {
    pub(super) texts: Vec<Utf8Bytes>,
    pub(super) position: Position,
}

impl Feed {
    /// A feed that begins with these cells and keeps this many messages.
    pub(super) fn new(cells: Cells, seq: Seq, capacity: usize) -> Self {
        let kept = VecDeque::new();
        Self { cells, seq, kept, first: 0, forgotten: seq, capacity, snapshot: None }
    }

    /// Adds an announcement, serialised by the caller for all boards at once.
    pub(super) fn announce(&mut self, seq: Seq, text: Utf8Bytes) {
        self.keep(Kept { seq, announcement: true, text });
    }

    /// Shows the cells as they are now; returns whether anything had changed.
    pub(super) fn show(&mut self, cells: Cells, seq: Seq, at: Timestamp) -> bool {
        if seq != self.seq {
            self.seq = seq;
            self.snapshot = None;
        }
        let (set, gone) = difference(&self.cells, &cells);
        if set.is_empty() && gone.is_empty() {
            return false;
        }
        self.cells = cells;
        self.snapshot = None;
        let text = written(&ServerMessage::Delta { seq, at, set, gone });
        self.keep(Kept { seq, announcement: false, text });
        true
    }

    /// Forgets what was: everybody gets a snapshot next.
    pub(super) fn begin_again(&mut self, cells: Cells, seq: Seq) {
        // One more than there ever was: no client's place is valid any longer.
        self.first = self.end().0 + 1;
        self.kept.clear();
        self.cells = cells;
        self.seq = seq;
        self.forgotten = seq;
        self.snapshot = None;
    }

    /// What a client gets that has just come: what it missed since it saw `seen`, or a snapshot.
    pub(super) fn join(&mut self, seen: Option<Seq>, now: Timestamp) -> Batch {
        let texts = match seen {
            Some(seen) if seen > self.forgotten && seen <= self.latest() => self
                .kept
                .iter()
                .filter(|it| if it.announcement { it.seq > seen } else { it.seq >= seen })
                .map(|it| it.text.clone())
                .collect(),
            _ => self.afresh(self.first_ahead(), now),
        };
        Batch { texts, position: self.end() }
    }

    /// What a client gets next. With more than `most` messages behind, or with some of them forgotten, it
    /// gets the announcements and a snapshot.
    pub(super) fn after(&mut self, position: Position, most: usize, now: Timestamp) -> Batch {
        let known = position.0.checked_sub(self.first).and_then(|it| usize::try_from(it).ok());
        let place = known.unwrap_or(0);
        let behind = self.kept.len().saturating_sub(place);
        let texts = if known.is_some() && behind <= most {
            self.kept.iter().skip(place).map(|it| it.text.clone()).collect()
        } else {
            self.afresh(place, now)
        };
        Batch { texts, position: self.end() }
    }

    /// The announcements kept from a place on and a snapshot, in the order of their sequences.
    fn afresh(&mut self, place: usize, now: Timestamp) -> Vec<Utf8Bytes> {
        let snapshot = self.snapshot(now);
        let announcements = self.kept.iter().skip(place).filter(|it| it.announcement);
        let (shown, ahead): (Vec<_>, Vec<_>) = announcements.partition(|it| it.seq <= self.seq);
        let text = |it: &Kept| it.text.clone();
        let (shown, ahead) = (shown.into_iter().map(text), ahead.into_iter().map(text));
        shown.chain([snapshot]).chain(ahead).collect()
    }

    /// The first announcement that the cells do not show yet.
    fn first_ahead(&self) -> usize {
        self.kept.iter().take_while(|it| it.seq <= self.seq).count()
    }

    /// The last sequence anybody was told.
    fn latest(&self) -> Seq {
        self.kept.back().map_or(self.seq, |it| it.seq.max(self.seq))
    }

    fn end(&self) -> Position {
        Position(self.first + self.kept.len() as u64)
    }

    fn keep(&mut self, message: Kept) {
        self.kept.push_back(message);
        if self.kept.len() > self.capacity
            && let Some(oldest) = self.kept.pop_front()
        {
            self.first += 1;
            self.forgotten = self.forgotten.max(oldest.seq);
        }
    }

    fn snapshot(&mut self, now: Timestamp) -> Utf8Bytes {
        if let Some((at, text)) = &self.snapshot
            && now.since(*at) <= SNAPSHOT_FRESH_MS
        {
            return text.clone();
        }
        let cells = self.cells.clone();
        let text = written(&ServerMessage::Snapshot { seq: self.seq, at: now, cells });
        self.snapshot = Some((now, text.clone()));
        text
    }
}

/// What must be set and what is gone to get from one to the other.
fn difference(before: &Cells, after: &Cells) -> (Cells, Vec<CellKey>) {
    let changed = after.iter().filter(|(key, cell)| before.get(*key) != Some(cell));
    let set = changed.map(|(key, cell)| (key.clone(), cell.clone())).collect();
    let gone = before.keys().filter(|key| !after.contains_key(*key)).cloned().collect();
    (set, gone)
}

/// The text of a message.
pub(super) fn written(message: &ServerMessage) -> Utf8Bytes {
    let text = serde_json::to_string(message);
    text.expect("messages hold only strings, numbers and maps with string keys").into()
}

/// The text of an announcement.
pub(super) fn written_announcement(announcement: &Announcement) -> Utf8Bytes {
    written(&ServerMessage::Announce(announcement.clone()))
}

/// A feed that the keeper fills and sockets read.
pub(super) struct SharedFeed {
    feed: Mutex<Feed>,
    news: watch::Sender<()>,
}

impl SharedFeed {
    pub(super) fn new(feed: Feed) -> Self {
        Self { feed: Mutex::new(feed), news: watch::Sender::new(()) }
    }

    /// The feed, to read from it or to put something in. Never held over an `await`.
    pub(super) fn lock(&self) -> MutexGuard<'_, Feed> {
        self.feed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wakes everybody who watches.
    pub(super) fn notify(&self) {
        self.news.send_replace(());
    }

    /// Wakes whenever there is something new.
    pub(super) fn news(&self) -> watch::Receiver<()> {
        self.news.subscribe()
    }

    /// Whether anybody watches.
    pub(super) fn is_watched(&self) -> bool {
        self.news.receiver_count() > 0
    }
}

#[cfg(test)]
mod tests;
