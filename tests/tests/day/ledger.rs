//! What the clerks and kiosks of the test know for themselves, kept apart from what the hall says.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use protocol::kiosk::TicketTaken;
use protocol::{Number, TicketId};

/// Everybody's own notes.
#[derive(Default)]
pub(crate) struct Ledger(Mutex<Notes>);

#[derive(Default)]
struct Notes {
    taken: BTreeMap<TicketId, Number>,
    numbers: BTreeSet<Number>,
    /// Who is at a window now.
    at_window: BTreeMap<TicketId, String>,
    calls: BTreeMap<TicketId, usize>,
    sent_on: BTreeSet<TicketId>,
    served: BTreeSet<TicketId>,
    passed: BTreeSet<TicketId>,
    withdrawn: BTreeSet<TicketId>,
}

impl Ledger {
    pub(crate) fn take(&self, slip: &TicketTaken) {
        let mut notes = self.notes();
        assert!(notes.numbers.insert(slip.number.clone()), "{} was given twice", slip.number);
        let before = notes.taken.insert(slip.ticket, slip.number.clone());
        assert_eq!(before, None, "ticket {} was given twice", slip.ticket);
    }

    pub(crate) fn call(&self, ticket: TicketId, number: &Number, window: &str) {
        let mut notes = self.notes();
        // The kiosk may not have written the number down yet; then nothing is known to compare.
        if let Some(taken) = notes.taken.get(&ticket) {
            assert_eq!(taken, number, "ticket {ticket} keeps its number");
        }
        let other = notes.at_window.insert(ticket, window.to_owned());
        assert_eq!(other, None, "{number} is at two windows at once, {window} is one of them");
        *notes.calls.entry(ticket).or_default() += 1;
    }

    pub(crate) fn may_send_on(&self, ticket: TicketId) -> bool {
        !self.notes().sent_on.contains(&ticket)
    }

    // Notes are made before the hall is asked: as soon as it agrees, another window may have the ticket.
    pub(crate) fn send_on(&self, ticket: TicketId) {
        let mut notes = self.notes();
        notes.at_window.remove(&ticket);
        notes.sent_on.insert(ticket);
    }

    pub(crate) fn serve(&self, ticket: TicketId) {
        let mut notes = self.notes();
        notes.at_window.remove(&ticket);
        assert!(notes.served.insert(ticket), "ticket {ticket} was served twice");
    }

    pub(crate) fn pass(&self, ticket: TicketId) {
        let mut notes = self.notes();
        notes.at_window.remove(&ticket);
        assert!(notes.passed.insert(ticket), "ticket {ticket} was closed twice");
    }

    pub(crate) fn withdraw(&self, ticket: TicketId) {
        assert!(self.notes().withdrawn.insert(ticket), "ticket {ticket} was given back twice");
    }

    /// Whether every number that was taken has come to its end.
    pub(crate) fn everybody_has_gone(&self) -> bool {
        let notes = self.notes();
        notes.taken.len() == notes.served.len() + notes.passed.len() + notes.withdrawn.len()
    }

    /// Once, and once more for each time it was sent on; never, if it was given back before.
    pub(crate) fn every_number_was_called_as_often_as_it_should_be(&self) {
        let notes = self.notes();
        for (ticket, number) in &notes.taken {
            let calls = notes.calls.get(ticket).copied().unwrap_or(0);
            let sent_on = usize::from(notes.sent_on.contains(ticket));
            let expected = if notes.withdrawn.contains(ticket) { 0 } else { 1 + sent_on };
            assert_eq!(calls, expected, "calls of {number}");
        }
        assert!(notes.at_window.is_empty(), "nobody is left at a window");
        for ticket in notes.calls.keys() {
            assert!(notes.taken.contains_key(ticket), "{ticket} was called and never taken");
        }
    }

    pub(crate) fn taken(&self) -> usize {
        self.notes().taken.len()
    }

    pub(crate) fn served(&self) -> usize {
        self.notes().served.len()
    }

    pub(crate) fn passed(&self) -> usize {
        self.notes().passed.len()
    }

    pub(crate) fn withdrawn(&self) -> usize {
        self.notes().withdrawn.len()
    }

    pub(crate) fn sent_on(&self) -> usize {
        self.notes().sent_on.len()
    }

    pub(crate) fn calls(&self) -> usize {
        self.notes().calls.values().sum()
    }

    fn notes(&self) -> MutexGuard<'_, Notes> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
