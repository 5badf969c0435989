//! What the rules look up, kept beside the tickets and always derivable from them: who waits where, in
//! order; who holds which number; whom time concerns next.

use std::collections::{BTreeMap, BTreeSet};

use protocol::{Number, PersonId, ServiceId, TicketId, Timestamp, WindowId};

use crate::day::HallDay;
use crate::order::QueueKey;
use crate::ticket::{Place, Ticket};

/// A queue: tickets by their place in the one order.
pub(crate) type Line = BTreeSet<(QueueKey, TicketId)>;

/// Every way a live ticket is looked up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Index {
    /// Callable tickets that any window of the service may call.
    pub(crate) queues: BTreeMap<ServiceId, Line>,
    /// Callable tickets that only one window may call.
    pub(crate) bound: BTreeMap<WindowId, Line>,
    /// Tickets set aside.
    pub(crate) held: BTreeSet<TicketId>,
    /// Timed holds and early appointments, by when they become due.
    pub(crate) due: BTreeSet<(Timestamp, TicketId)>,
    /// Live tickets by number.
    pub(crate) numbers: BTreeMap<Number, TicketId>,
    /// Live tickets by person and service.
    pub(crate) people: BTreeMap<(PersonId, ServiceId), TicketId>,
}

impl Index {
    /// The index that these tickets ask for.
    pub(crate) fn of(day: &HallDay) -> Self {
        let mut index = Self::default();
        day.tickets.values().for_each(|ticket| index.insert(ticket));
        index
    }

    /// Adds a ticket wherever it can be looked up.
    pub(crate) fn insert(&mut self, ticket: &Ticket) {
        if !ticket.is_live() {
            return;
        }
        self.numbers.insert(ticket.number.clone(), ticket.id);
        if let Some(person) = ticket.person {
            for service in ticket.open_services() {
                self.people.insert((person, service.clone()), ticket.id);
            }
        }
        if let Some(due) = due_time(ticket) {
            self.due.insert((due, ticket.id));
        }
        if ticket.is_callable() {
            let line = match &ticket.leg().bound_to {
                Some(window) => self.bound.entry(window.clone()).or_default(),
                None => self.queues.entry(ticket.service().clone()).or_default(),
            };
            line.insert((ticket.key, ticket.id));
        }
        if matches!(ticket.place, Place::Held(_)) {
            self.held.insert(ticket.id);
        }
    }

    /// Takes a ticket out, as it was when it was added.
    pub(crate) fn remove(&mut self, ticket: &Ticket) {
        if !ticket.is_live() {
            return;
        }
        self.numbers.remove(&ticket.number);
        if let Some(person) = ticket.person {
            for service in ticket.open_services() {
                self.people.remove(&(person, service.clone()));
            }
        }
        if let Some(due) = due_time(ticket) {
            self.due.remove(&(due, ticket.id));
        }
        if ticket.is_callable() {
            match &ticket.leg().bound_to {
                Some(window) => take_from(&mut self.bound, window, ticket),
                None => take_from(&mut self.queues, ticket.service(), ticket),
            }
        }
        self.held.remove(&ticket.id);
    }
}

/// When time has something to do with a ticket.
fn due_time(ticket: &Ticket) -> Option<Timestamp> {
    match &ticket.place {
        Place::Waiting => ticket.not_before,
        Place::Held(hold) => hold.until,
        _ => None,
    }
}

/// Removes a ticket from its line, and the line once it is empty, so that equal days have equal indexes.
fn take_from<K: Ord + Clone>(lines: &mut BTreeMap<K, Line>, key: &K, ticket: &Ticket) {
    if let Some(line) = lines.get_mut(key) {
        line.remove(&(ticket.key, ticket.id));
        if line.is_empty() {
            lines.remove(key);
        }
    }
}
