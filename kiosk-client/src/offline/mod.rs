//! The time while the hall is away: numbers leased in advance ([`stock`]), tickets given from them
//! ([`issue`]), and handing those in when the hall is back ([`hand_in`]), each exactly once and in order
//! of time. [`watch`] looks whether the hall is there.

mod hand_in;
mod issue;
mod stock;
pub(crate) mod store;
pub(crate) mod watch;

use protocol::kiosk::{TakeTicket, TicketTaken};
use protocol::{Language, TicketId};
use serde::{Deserialize, Serialize};

/// What is kept of a ticket that was given while the hall was away. Always sealed on disk.
#[derive(Serialize, Deserialize)]
struct Given {
    /// What the hall will be asked.
    take: TakeTicket,
    /// What the visitor was told.
    taken: TicketTaken,
    /// In which language.
    language: Language,
}

/// The place a ticket's seal is bound to.
fn place(ticket: TicketId) -> String {
    format!("offline ticket {ticket}")
}
