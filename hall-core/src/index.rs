//! What the rules look up, kept beside the tickets and always derivable from them: who waits where, in
//! order; who holds which number; whom time concerns next.

use std::collections::{BTreeMap, BTreeSet};

use protocol::{Number, Outcome, PersonId, ServiceId, TicketId, Timestamp, WindowId};

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
    /// Numbers that are spoken for: by live tickets, and by leases for the tickets they will be.
    pub(crate) numbers: BTreeMap<Number, TicketId>,
    /// Live tickets by person. Somebody may hold a service twice: a kiosk without the hall cannot know.
    pub(crate) people: BTreeMap<PersonId, BTreeSet<TicketId>>,
    /// Tickets closed because nobody came, by the window that waited for them.
    pub(crate) missed: BTreeMap<WindowId, BTreeSet<(Timestamp, TicketId)>>,
}

impl Index {
    /// The index that these tickets ask for.
    pub(crate) fn of(day: &HallDay) -> Self {
        let mut index = Self::default();
        for (id, lease) in &day.leases {
            index.numbers.insert(lease.number.clone(), *id);
        }
        day.tickets.values().for_each(|ticket| index.insert(ticket));
        index
    }

    /// Adds a ticket wherever it can be looked up.
    pub(crate) fn insert(&mut self, ticket: &Ticket) {
        if let Some((window, at)) = missed_call(ticket) {
            self.missed.entry(window.clone()).or_default().insert((at, ticket.id));
        }
        if !ticket.is_live() {
            return;
        }
        self.numbers.insert(ticket.number.clone(), ticket.id);
        if let Some(person) = ticket.person {
            self.people.entry(person).or_default().insert(ticket.id);
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
        if let Some((window, at)) = missed_call(ticket) {
            take_from(&mut self.missed, window, &(at, ticket.id));
        }
        if !ticket.is_live() {
            return;
        }
        self.numbers.remove(&ticket.number);
        if let Some(person) = ticket.person {
            take_from(&mut self.people, &person, &ticket.id);
        }
        if let Some(due) = due_time(ticket) {
            self.due.remove(&(due, ticket.id));
        }
        if ticket.is_callable() {
            match &ticket.leg().bound_to {
                Some(window) => take_from(&mut self.bound, window, &(ticket.key, ticket.id)),
                None => take_from(&mut self.queues, ticket.service(), &(ticket.key, ticket.id)),
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

/// The window whose call a closed ticket missed, and when it closed.
fn missed_call(ticket: &Ticket) -> Option<(&WindowId, Timestamp)> {
    match ticket.place {
        Place::Closed { outcome: Outcome::NoShow, at } => Some((ticket.leg().window.as_ref()?, at)),
        _ => None,
    }
}

/// Removes an entry from its line, and the line once it is empty, so that equal days have equal indexes.
fn take_from<K: Ord, V: Ord>(lines: &mut BTreeMap<K, BTreeSet<V>>, key: &K, entry: &V) {
    if let Some(line) = lines.get_mut(key) {
        line.remove(entry);
        if line.is_empty() {
            lines.remove(key);
        }
    }
}
