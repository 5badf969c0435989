//! Where orders are decided and written down: the day with everything decided so far, committed or not.

use std::collections::BTreeSet;
use std::sync::Arc;

use hall_core::{Command, Event, HallDay, decide};
use protocol::{Seq, TicketId, Timestamp};
use rusqlite::Transaction;

use super::order::{Actor, Order, Receipt, Recorded};
use super::recover::Recovered;
use super::requests::{self, Earlier};
use super::{JournalError, events, recover, rows};
use crate::appointments;
use crate::clock::Clock;
use crate::config::Limits;
use crate::people::{self, People};

const DAY_S: i64 = 24 * 3600;

/// The writer's own day, and what it takes to carry orders out.
pub(super) struct Desk {
    pub(super) clock: Clock,
    people: People,
    limits: Limits,
    pub(super) day: HallDay,
    seq: Seq,
    /// The event of the last snapshot.
    snapshot: Seq,
}

/// What a transaction has gathered besides its rows.
#[derive(Default)]
pub(super) struct Batch {
    /// What happened.
    pub(super) events: Vec<Arc<Recorded>>,
    /// Tickets whose rows have to be written.
    touched: BTreeSet<TicketId>,
    /// Those among them that an undo may have left with fewer legs than their rows.
    undone: BTreeSet<TicketId>,
    /// Orders whose person or remark pages will show.
    remembered: Vec<Order>,
}

impl Desk {
    pub(super) fn new(recovered: &Recovered, clock: Clock, people: People, limits: Limits) -> Self {
        Self {
            clock,
            people,
            limits,
            day: recovered.day.clone(),
            seq: recovered.seq,
            snapshot: recovered.snapshot,
        }
    }

    /// Goes on from what the disk has.
    pub(super) fn go_on_from(&mut self, recovered: Recovered) {
        self.day = recovered.day;
        self.seq = recovered.seq;
        self.snapshot = recovered.snapshot;
    }

    /// The last event decided.
    pub(super) fn seq(&self) -> Seq {
        self.seq
    }

    /// Decides one order; a refusal is an answer, only the disk is an error.
    pub(super) fn order(
        &mut self,
        tx: &Transaction<'_>,
        mut order: Order,
        batch: &mut Batch,
    ) -> rusqlite::Result<Result<Receipt, JournalError>> {
        let key = requests::stored_key(&order);
        let fingerprint = key.as_ref().map(|_| requests::fingerprint(&order)).unwrap_or_default();
        if let Some(key) = &key {
            if requests::is_given_up(tx, key)? {
                return Ok(Err(JournalError::GivenUp));
            }
            if let Some(earlier) = requests::find(tx, key)? {
                return repeated(tx, &earlier, &fingerprint);
            }
        }
        let now = self.clock.now().max(self.day.latest);
        self.identify(tx, &mut order)?;
        if let Some(id) = order.appointment
            && let Err(fault) = appointments::store::is_open(tx, id)?
        {
            return Ok(Err(fault.into()));
        }
        let events = match decide(&self.day, &order.command, now) {
            Ok(events) => events,
            Err(refusal) => return Ok(Err(refusal.into())),
        };
        let first = self.seq.next();
        let recorded = self.record_all(tx, events, &order.actor, now, batch)?;
        self.save_person_and_note(tx, &order, now)?;
        if let (Some(id), Some(ticket)) = (order.appointment, ticket_taken(&recorded)) {
            appointments::store::check_in(tx, id, ticket)?;
        }
        if let Some(key) = key.filter(|_| !recorded.is_empty()) {
            let earlier = Earlier { fingerprint, first, last: self.seq };
            requests::save(tx, &key, &earlier, now)?;
        }
        if order.visitor.is_some() || order.note.is_some() {
            batch.remembered.push(order);
        }
        Ok(Ok(Receipt { events: recorded, seq: self.seq, repeated: false }))
    }

    /// Puts the visitor's id into the command: the one they have, or a new one.
    fn identify(&self, tx: &Transaction<'_>, order: &mut Order) -> rusqlite::Result<()> {
        let (Some(visitor), Command::Take(take)) = (&order.visitor, &mut order.command) else {
            return Ok(());
        };
        take.person = Some(people::store::find(tx, visitor)?.unwrap_or(visitor.new_id));
        take.identity = visitor.identity;
        Ok(())
    }

    /// Lets events happen, one after the other.
    pub(super) fn record_all(
        &mut self,
        tx: &Transaction<'_>,
        events: Vec<Event>,
        actor: &Actor,
        at: Timestamp,
        batch: &mut Batch,
    ) -> rusqlite::Result<Vec<Arc<Recorded>>> {
        let mut all = Vec::with_capacity(events.len());
        for event in events {
            all.push(self.record(tx, event, actor, at, batch)?);
        }
        batch.events.extend(all.iter().cloned());
        Ok(all)
    }

    /// Lets an event happen and writes it down.
    fn record(
        &mut self,
        tx: &Transaction<'_>,
        event: Event,
        actor: &Actor,
        at: Timestamp,
        batch: &mut Batch,
    ) -> rusqlite::Result<Arc<Recorded>> {
        match &event {
            Event::DayStarted { .. } => self.begin_day(tx, at, batch)?,
            Event::DayEnded => {
                let open = self.day.tickets.values().filter(|ticket| ticket.is_live());
                batch.touched.extend(open.map(|ticket| ticket.id));
            }
            _ => batch.touched.extend(event.tickets()),
        }
        if let Event::Undone { ticket, .. } = &event {
            batch.undone.insert(*ticket);
        }
        self.seq = self.seq.next();
        let recorded = Recorded { seq: self.seq, at, by: actor.clone(), event };
        events::append(tx, &recorded)?;
        self.day.apply(&recorded.event, at);
        if matches!(recorded.event, Event::DayStarted { .. }) {
            recover::save_snapshot(tx, self.seq, &self.day)?;
            self.snapshot = self.seq;
        }
        Ok(Arc::new(recorded))
    }

    /// Before a new day: the old one's last rows, and what has become old enough to be forgotten.
    fn begin_day(
        &self,
        tx: &Transaction<'_>,
        now: Timestamp,
        batch: &mut Batch,
    ) -> rusqlite::Result<()> {
        self.save_rows(tx, batch)?;
        requests::forget_before(tx, now.minus_s(self.limits.key_days * DAY_S))?;
        let forgotten = now.minus_s(self.limits.person_days * DAY_S);
        appointments::store::erase_before(tx, forgotten)?;
        let erased = people::store::erase_before(tx, forgotten)?;
        if erased > 0 {
            tracing::info!(erased, "personal data past its time erased");
        }
        Ok(())
    }

    /// Writes the rows of every ticket touched so far.
    fn save_rows(&self, tx: &Transaction<'_>, batch: &mut Batch) -> rusqlite::Result<()> {
        rows::save(tx, &self.day, std::mem::take(&mut batch.touched))?;
        rows::cut_legs(tx, &self.day, std::mem::take(&mut batch.undone))
    }

    fn save_person_and_note(
        &self,
        tx: &Transaction<'_>,
        order: &Order,
        now: Timestamp,
    ) -> rusqlite::Result<()> {
        if let (Some(visitor), Command::Take(take)) = (&order.visitor, &order.command)
            && let Some(person) = take.person
        {
            people::store::save(tx, person, visitor, now)?;
        }
        if let Some((id, text)) = &order.note {
            people::store::save_note(tx, *id, &self.people.seal_note(text), now)?;
        }
        Ok(())
    }

    /// Writes what the batch left to its end: the rows of every ticket touched, and a snapshot if due.
    pub(super) fn finish(
        &mut self,
        tx: &Transaction<'_>,
        batch: &mut Batch,
    ) -> rusqlite::Result<()> {
        self.save_rows(tx, batch)?;
        if self.seq.0 >= self.snapshot.0 + self.limits.snapshot_every {
            recover::save_snapshot(tx, self.seq, &self.day)?;
            self.snapshot = self.seq;
        }
        Ok(())
    }

    /// Pages may show masked names and remarks only once they are on disk.
    pub(super) fn remember(&self, batch: &mut Batch) {
        for order in batch.remembered.drain(..) {
            if let (Some(visitor), Command::Take(take)) = (order.visitor, &order.command)
                && let Some(person) = take.person
            {
                self.people.remember_name(person, visitor.masked_name);
            }
            if let Some((id, text)) = order.note {
                self.people.remember_note(id, text);
            }
        }
    }
}

/// The ticket that an event took.
pub(super) fn taken(recorded: &Recorded) -> Option<TicketId> {
    match &recorded.event {
        Event::Taken(taken) => Some(taken.ticket),
        _ => None,
    }
}

fn ticket_taken(events: &[Arc<Recorded>]) -> Option<TicketId> {
    events.iter().find_map(|recorded| taken(recorded))
}

/// The first answer again, if the same thing is asked again.
fn repeated(
    tx: &Transaction<'_>,
    earlier: &Earlier,
    fingerprint: &[u8],
) -> rusqlite::Result<Result<Receipt, JournalError>> {
    if earlier.fingerprint != fingerprint {
        return Ok(Err(JournalError::KeyReused));
    }
    let events = events::between(tx, earlier.first, earlier.last)?.into_iter().map(Arc::new);
    Ok(Ok(Receipt { events: events.collect(), seq: earlier.last, repeated: true }))
}
