//! What is handed to the journal, and what it gives back.

use std::sync::Arc;

use hall_core::{Command, Event};
use protocol::{AppointmentId, ClerkId, DisplayId, KioskId, NoteId, Seq, Timestamp};
use serde::{Deserialize, Serialize};

use crate::people::SealedVisitor;

/// A command with everything that belongs to it.
#[derive(Clone, Debug)]
pub struct Order {
    /// What is wanted.
    pub command: Command,
    /// Repeating an order with the same key gives the first answer.
    pub key: Option<String>,
    /// Who wants it.
    pub actor: Actor,
    /// Who takes the ticket; the journal puts the person's id into the command.
    pub visitor: Option<SealedVisitor>,
    /// A remark the command refers to.
    pub note: Option<(NoteId, String)>,
    /// The appointment its ticket is for; taken once.
    pub appointment: Option<AppointmentId>,
}

impl Order {
    /// An order of somebody, without key, person or remark.
    #[must_use]
    pub fn new(actor: Actor, command: Command) -> Self {
        Self { command, key: None, actor, visitor: None, note: None, appointment: None }
    }

    /// The same order with an idempotency key.
    #[must_use]
    pub fn with_key(mut self, key: Option<String>) -> Self {
        self.key = key;
        self
    }
}

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", content = "id", rename_all = "kebab-case")]
pub enum Actor {
    /// The hall itself: the beginning of a day, time that has come.
    Hall,
    /// A visitor with the secret of their ticket.
    Visitor,
    /// A member of staff.
    Clerk(ClerkId),
    /// A kiosk.
    Kiosk(KioskId),
    /// A display.
    Display(DisplayId),
    /// Another system.
    Integrator(String),
}

/// Something that happened, as the journal keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Recorded {
    /// Its place in the journal.
    pub seq: Seq,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Actor,
    /// What.
    pub event: Event,
}

/// What an order came to.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// What happened, in order.
    pub events: Vec<Arc<Recorded>>,
    /// The last event of the journal when the order was done, its own included.
    pub seq: Seq,
    /// Whether the order had been carried out before, under the same key.
    pub repeated: bool,
}

impl Receipt {
    /// The last event of the journal when the order was done.
    #[must_use]
    pub fn seq(&self) -> Seq {
        self.seq
    }
}
