//! The day as it was last committed, for everybody who reads.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard};

use hall_core::HallDay;
use protocol::Seq;
use tokio::sync::watch;

use super::order::Recorded;
use super::recover::Recovered;

/// The committed day and its latest events.
pub(super) struct Published {
    day: RwLock<HallDay>,
    recent: Mutex<VecDeque<Arc<Recorded>>>,
    capacity: usize,
    seq: watch::Sender<Seq>,
}

impl Published {
    pub(super) fn new(recovered: Recovered, capacity: usize) -> Self {
        Self {
            day: RwLock::new(recovered.day),
            recent: Mutex::default(),
            capacity,
            seq: watch::Sender::new(recovered.seq),
        }
    }

    pub(super) fn day(&self) -> RwLockReadGuard<'_, HallDay> {
        self.day.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn changes(&self) -> watch::Receiver<Seq> {
        self.seq.subscribe()
    }

    pub(super) fn since(&self, seq: Seq) -> Option<Vec<Arc<Recorded>>> {
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let latest = *self.seq.borrow();
        let oldest_known = recent.front().map_or(latest.next(), |oldest| oldest.seq);
        if seq > latest || seq.next() < oldest_known {
            return None;
        }
        let skipped = recent.partition_point(|recorded| recorded.seq <= seq);
        Some(recent.iter().skip(skipped).cloned().collect())
    }

    /// The committed day, to go on from when the disk cannot be read.
    pub(super) fn recovered(&self) -> Recovered {
        let seq = *self.seq.borrow();
        Recovered { day: self.day().clone(), seq, snapshot: seq }
    }

    /// Shows what has been committed, and wakes whoever waits for it.
    pub(super) fn advance(&self, events: &[Arc<Recorded>]) {
        let Some(last) = events.last() else { return };
        {
            let mut day = self.day.write().unwrap_or_else(PoisonError::into_inner);
            for recorded in events {
                day.apply(&recorded.event, recorded.at);
            }
        }
        {
            let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
            recent.extend(events.iter().cloned());
            let excess = recent.len().saturating_sub(self.capacity);
            recent.drain(..excess);
        }
        self.seq.send_replace(last.seq);
    }
}
