//! The calls that one voice has still to say, in order. Nothing is dropped for want of time: when several wait,
//! each is said once, and some of them after one chime. Pure.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use protocol::Seq;
use protocol::live::Announcement;

use crate::board::Board;

/// So many calls follow one chime when more than one waits: a visitor who heard it listens for so long.
const AFTER_ONE_CHIME: usize = 3;

/// A call that waits.
#[derive(Clone, Debug)]
pub(super) struct Waiting {
    /// The call, or its last recall.
    pub(super) call: Arc<Announcement>,
    /// The call and its recalls that are said with it.
    pub(super) seqs: Vec<Seq>,
    /// Since when.
    pub(super) since: Instant,
}

/// What is to be said next.
#[derive(Debug)]
pub(super) struct Turn {
    /// The calls, in order; never none.
    pub(super) calls: Vec<Waiting>,
    /// Whether others wait, so that each is said once only.
    pub(super) brief: bool,
}

/// The calls that wait.
#[derive(Debug, Default)]
pub(super) struct Queue(VecDeque<Waiting>);

impl Queue {
    /// A call comes. A recall of one that still waits is the same, in its old place; a window that calls has
    /// done with whom it called before, and a ticket called here is no longer called elsewhere.
    pub(super) fn add(&mut self, call: Arc<Announcement>, now: Instant) {
        self.0.retain(|it| (it.call.window == call.window) == (it.call.ticket == call.ticket));
        match self.0.iter_mut().find(|it| it.call.ticket == call.ticket) {
            Some(same) => {
                same.seqs.push(call.seq);
                same.call = call;
            }
            None => self.0.push_back(Waiting { seqs: vec![call.seq], call, since: now }),
        }
    }

    /// Leaves out whom nobody calls any more, because they have come or gone, by a board that knows of the call.
    pub(super) fn leave_out(&mut self, board: &Board) {
        self.0.retain(|it| board.seq < it.call.seq || board.calls(&it.call));
    }

    /// What is to be said next.
    pub(super) fn take(&mut self) -> Option<Turn> {
        let brief = self.0.len() > 1;
        let count = self.0.len().min(AFTER_ONE_CHIME);
        (count > 0).then(|| Turn { calls: self.0.drain(..count).collect(), brief })
    }

    /// Puts back what could not be said, but nothing that has waited too long: nobody may be called by a voice
    /// that was mended after they had gone. Says how many are left out.
    pub(super) fn put_back(
        &mut self,
        calls: Vec<Waiting>,
        now: Instant,
        longest: Duration,
    ) -> usize {
        for mut old in calls.into_iter().rev() {
            let newer = self
                .0
                .iter_mut()
                .find(|it| it.call.ticket == old.call.ticket || it.call.window == old.call.window);
            match newer {
                // A recall of it waits: they are one.
                Some(it)
                    if it.call.ticket == old.call.ticket && it.call.window == old.call.window =>
                {
                    old.seqs.append(&mut it.seqs);
                    it.seqs = old.seqs;
                }
                // Its window has gone on, or it is called elsewhere.
                Some(_) => {}
                None => self.0.push_front(old),
            }
        }
        let before = self.0.len();
        self.0.retain(|it| now.duration_since(it.since) < longest);
        before - self.0.len()
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Whether nothing waits.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
