//! Figures that add up: every ticket of the day in exactly one place.

use std::collections::BTreeMap;

use protocol::{Outcome, Phase};
use serde::{Deserialize, Serialize};

use crate::day::HallDay;
use crate::ticket::Place;

/// How many tickets are where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Tickets of today.
    pub taken: u32,
    /// In the queue.
    pub waiting: u32,
    /// Invited.
    pub called: u32,
    /// At a window.
    pub serving: u32,
    /// Set aside.
    pub held: u32,
    /// Over, by the outcome of the last leg.
    pub closed: BTreeMap<Outcome, u32>,
}

impl Totals {
    /// Counts a day's tickets.
    #[must_use]
    pub fn of(day: &HallDay) -> Self {
        let mut totals = Self::default();
        for ticket in day.tickets.values() {
            totals.taken += 1;
            match (ticket.phase(), &ticket.place) {
                (_, Place::Closed { outcome, .. }) => {
                    *totals.closed.entry(*outcome).or_default() += 1;
                }
                (Phase::Waiting, _) => totals.waiting += 1,
                (Phase::Called, _) => totals.called += 1,
                (Phase::Serving, _) => totals.serving += 1,
                (Phase::Held | Phase::Closed, _) => totals.held += 1,
            }
        }
        totals
    }

    /// Tickets that are over.
    #[must_use]
    pub fn closed_count(&self) -> u32 {
        self.closed.values().sum()
    }

    /// Tickets that ended with this outcome.
    #[must_use]
    pub fn ended(&self, outcome: Outcome) -> u32 {
        self.closed.get(&outcome).copied().unwrap_or(0)
    }

    /// Whether nobody was lost and nobody counted twice.
    #[must_use]
    pub fn add_up(&self) -> bool {
        self.taken == self.waiting + self.called + self.serving + self.held + self.closed_count()
    }
}
