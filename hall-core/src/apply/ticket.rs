//! What happens to a ticket away from any window.

use std::sync::Arc;

use protocol::{Outcome, ServiceId, TicketId, Timestamp};

use crate::day::HallDay;
use crate::event::Taken;
use crate::order::QueueKey;
use crate::ticket::{Leg, Place, Ticket};

impl HallDay {
    /// A number was taken: the ticket begins to wait.
    pub(super) fn take(&mut self, taken: &Taken) {
        let ticket = ticket_of(taken, Place::Waiting);
        self.count_taken(taken);
        self.index.insert(&ticket);
        self.tickets.insert(ticket.id, ticket);
    }

    /// Counts a ticket wherever counting matters: ids, numbers, quotas.
    pub(super) fn count_taken(&mut self, taken: &Taken) {
        self.next_ticket = self.next_ticket.max(taken.ticket.next());
        self.leases.remove(&taken.ticket);
        if let Some(counter) = taken.counter {
            self.counters.insert(taken.series.clone(), counter);
        }
        let time_of_day = self.time_of_day(taken.taken_at);
        for service in &taken.services {
            let Some(plan) = self.plan.services.get(service) else { continue };
            let shifts = self.plan.hours_of(plan).on(self.kind);
            let shift = shifts.iter().position(|shift| shift.covers(time_of_day));
            let Some(today) = self.services.get_mut(service) else { continue };
            today.taken += 1;
            if let Some(count) = shift.and_then(|shift| today.taken_in_shift.get_mut(shift)) {
                *count += 1;
            }
        }
    }

    pub(super) fn close(&mut self, ticket: TicketId, outcome: Outcome, at: Timestamp) {
        self.revise(ticket, |it| it.close(outcome, at));
    }

    /// Somebody who missed their call waits again, with a new leg for the same service.
    pub(super) fn come_back(&mut self, ticket: TicketId, key: QueueKey, at: Timestamp) {
        self.stamp += 1;
        self.revise(ticket, |it| {
            let service = it.service().clone();
            it.open_leg(&service, None, at);
            it.returns += 1;
            it.key = key;
            it.place = Place::Waiting;
        });
    }

    pub(super) fn merge(
        &mut self,
        kept: TicketId,
        dropped: TicketId,
        services: &[ServiceId],
        key: QueueKey,
        at: Timestamp,
    ) {
        let Some(gone) = self.tickets.get(&dropped).cloned() else { return };
        let plan = Arc::clone(&self.plan);
        let credit = |class| plan.credit_ms(class);
        self.close(dropped, Outcome::Merged, at);
        self.revise(kept, |it| {
            it.pending.extend(services.iter().cloned());
            it.key = key;
            if !gone.has_missed_a_call() {
                it.joined_at = it.joined_at.min(gone.joined_at);
            }
            it.person = it.person.or(gone.person);
            it.identity = it.identity.max(gone.identity);
            if credit(gone.class) > credit(it.class) {
                it.class = gone.class;
            }
            // Where one of the two may be called already, their visitor is here.
            it.not_before = it.not_before.min(gone.not_before);
        });
    }

    /// Time has come for a held ticket to wait again, or for an appointment to be called.
    pub(super) fn become_due(&mut self, ticket: TicketId) {
        self.revise(ticket, |it| {
            it.not_before = None;
            it.place = Place::Waiting;
        });
    }
}

/// The ticket that a taken number becomes.
pub(super) fn ticket_of(taken: &Taken, place: Place) -> Ticket {
    let mut services = taken.services.iter().cloned();
    let first = services.next().expect("a taken ticket has a service");
    Ticket {
        id: taken.ticket,
        number: taken.number.clone(),
        series: taken.series.clone(),
        person: taken.person,
        identity: taken.identity,
        class: taken.class,
        channel: taken.channel,
        kiosk: taken.kiosk.clone(),
        language: taken.language,
        slot: taken.slot,
        taken_at: taken.taken_at,
        joined_at: taken.joined_at,
        key: taken.key,
        not_before: taken.not_before,
        place,
        // Who comes in the middle of a slot has not waited since it began.
        legs: vec![Leg::open(first, None, taken.joined_at.max(taken.taken_at))],
        pending: services.collect(),
        come_back: None,
        returns: 0,
        revision: 0,
    }
}
