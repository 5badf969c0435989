//! What the hall is asked on a visitor's behalf. An errand is kept as it was first asked, so that asking
//! again is the same request.

use protocol::kiosk::Proof;
use protocol::{Language, TicketId};

use super::event::{Effect, Order};

/// One question to the hall for which the visitor waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Errand {
    /// For a ticket.
    Take(Order),
    /// To check in.
    CheckIn {
        /// Comes back with the answer.
        attempt: u64,
        /// Under which the hall knows it.
        key: String,
        /// The appointment's code.
        code: String,
    },
    /// What a visitor has.
    Find {
        /// Comes back with the answer.
        attempt: u64,
        /// By what they are found.
        by: Proof,
    },
    /// For a slip once more.
    Reprint {
        /// Comes back with the answer.
        attempt: u64,
        /// Whose.
        ticket: TicketId,
    },
}

impl Errand {
    /// Which attempt it is.
    #[must_use]
    pub fn attempt(&self) -> u64 {
        match self {
            Self::Take(order) => order.attempt,
            Self::CheckIn { attempt, .. }
            | Self::Find { attempt, .. }
            | Self::Reprint { attempt, .. } => *attempt,
        }
    }

    /// Whether it asks for a ticket, so that leaving it unanswered has to be told.
    #[must_use]
    pub fn is_order(&self) -> bool {
        matches!(self, Self::Take(_))
    }

    /// What is to be done about it.
    pub(super) fn effect(&self, language: Language) -> Effect {
        match self.clone() {
            Self::Take(order) => Effect::Take(order),
            Self::CheckIn { attempt, key, code } => {
                Effect::CheckIn { attempt, key, code, language }
            }
            Self::Find { attempt, by } => Effect::Find { attempt, by, language },
            Self::Reprint { attempt, ticket } => Effect::Reprint { attempt, ticket, language },
        }
    }
}
