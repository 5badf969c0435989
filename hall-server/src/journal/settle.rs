//! Orders whose answers were lost: a machine that gives one up must be sure that nobody stands in the queue
//! for it, whether the order had been carried out, or comes a minute late, or never.

use hall_core::{Command, Place, Ticket, decide};
use protocol::{Outcome, TicketId};
use rusqlite::Transaction;

use super::desk::{Batch, Desk, taken};
use super::order::Actor;
use super::{events, requests};
use crate::appointments;

impl Desk {
    /// Takes back the number that an order of this key took, or sees to it that none ever will. Gives the
    /// ticket that was withdrawn, also when asked again.
    pub(super) fn give_up(
        &mut self,
        tx: &Transaction<'_>,
        (actor, key): (&Actor, &str),
        batch: &mut Batch,
    ) -> rusqlite::Result<Option<TicketId>> {
        let key = requests::key_of(actor, key);
        let now = self.clock.now().max(self.day.latest);
        requests::give_up(tx, &key, now)?;
        let Some(earlier) = requests::find(tx, &key)? else { return Ok(None) };
        let Some(id) = events::between(tx, earlier.first, earlier.last)?.iter().find_map(taken)
        else {
            return Ok(None);
        };
        match decide(&self.day, &Command::Withdraw { ticket: id }, now) {
            Ok(events) => {
                self.record_all(tx, events, actor, now, batch)?;
                appointments::store::free(tx, id)?;
                Ok(Some(id))
            }
            Err(_) => {
                let ticket = self.day.tickets.get(&id);
                Ok(ticket.filter(|ticket| was_withdrawn(ticket)).map(|_| id))
            }
        }
    }
}

fn was_withdrawn(ticket: &Ticket) -> bool {
    matches!(ticket.place, Place::Closed { outcome: Outcome::Withdrawn, .. })
}
