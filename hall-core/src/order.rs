//! The one order of a queue. A ticket's key is all there is to compare: pins first, then the time it
//! joined less the credit of its class, then its own id. It can be printed, and it is recorded with
//! every call, so "why this ticket next" always has an answer.

use protocol::{TicketId, Timestamp};
use serde::{Deserialize, Serialize};

/// A ticket's place in the one order; smaller is sooner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct QueueKey {
    /// Pinned tickets stand before all others.
    pub rank: Rank,
    /// `joined_at - credit(class)`.
    pub at: Timestamp,
    /// Whose place it is: the ticket itself, or the one it was put behind.
    pub anchor: TicketId,
    /// Zero for a place of one's own; otherwise a rising number, so that those put behind the same
    /// ticket keep their order.
    pub behind: u64,
}

/// Pinned or not. The earlier pin is sooner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rank {
    /// By the duty manager, at this time.
    Pinned(Timestamp),
    /// Everybody else.
    Ordinary,
}

impl QueueKey {
    /// The place of a ticket that joined at a time, with the credit of its class in milliseconds.
    #[must_use]
    pub fn own(ticket: TicketId, joined_at: Timestamp, credit_ms: i64) -> Self {
        Self {
            rank: Rank::Ordinary,
            at: Timestamp(joined_at.0.saturating_sub(credit_ms)),
            anchor: ticket,
            behind: 0,
        }
    }

    /// The place right behind another one.
    #[must_use]
    pub fn just_behind(other: Self, stamp: u64) -> Self {
        Self { rank: Rank::Ordinary, behind: stamp, ..other }
    }

    /// The same place, pinned.
    #[must_use]
    pub fn pinned(self, at: Timestamp) -> Self {
        Self { rank: Rank::Pinned(at), ..self }
    }

    /// The same place without the pin.
    #[must_use]
    pub fn unpinned(self) -> Self {
        Self { rank: Rank::Ordinary, ..self }
    }

    /// Whether a duty manager put it first.
    #[must_use]
    pub fn is_pinned(&self) -> bool {
        matches!(self.rank, Rank::Pinned(_))
    }
}
