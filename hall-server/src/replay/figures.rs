//! The figures of a replayed day, from its events alone: what the core says happened, and nothing of
//! what the file says should have.

use std::collections::{BTreeMap, BTreeSet};

use hall_core::{AfterLeg, Event};
use protocol::{Number, TicketId, Timestamp};

use super::ReplayReport;

/// What has been seen so far.
#[derive(Debug, Default)]
pub(super) struct Figures {
    joined: usize,
    left: usize,
    waits_ms: Vec<i64>,
    services_ms: Vec<i64>,
    duplicates: usize,
    double_calls: usize,
    events: usize,
    /// Every visitor who has not gone.
    here: BTreeMap<TicketId, Visitor>,
    numbers: BTreeSet<Number>,
}

/// A visitor as the events show them.
#[derive(Debug)]
struct Visitor {
    number: Number,
    joined_at: Timestamp,
    called_at: Option<Timestamp>,
    started_at: Option<Timestamp>,
}

impl Figures {
    /// Takes an event into account.
    pub(super) fn see(&mut self, event: &Event, at: Timestamp) {
        self.events += 1;
        match event {
            Event::Taken(taken) => {
                self.joined += 1;
                if !self.numbers.insert(taken.number.clone()) {
                    self.duplicates += 1;
                }
                let visitor = Visitor {
                    number: taken.number.clone(),
                    joined_at: taken.joined_at,
                    called_at: None,
                    started_at: None,
                };
                self.here.insert(taken.ticket, visitor);
            }
            Event::Called { ticket, .. } => match self.here.get_mut(ticket) {
                Some(visitor) if visitor.called_at.is_none() => visitor.called_at = Some(at),
                // Called already, or gone: in a replay nobody is called again.
                _ => self.double_calls += 1,
            },
            Event::Started { ticket, .. } => {
                if let Some(visitor) = self.here.get_mut(ticket) {
                    visitor.started_at = Some(at);
                }
            }
            Event::Finished { ticket, next: AfterLeg::Done, .. } => self.served(*ticket, at),
            Event::Left { ticket } => {
                self.left += 1;
                self.goes(*ticket);
            }
            _ => {}
        }
    }

    fn served(&mut self, ticket: TicketId, at: Timestamp) {
        let Some(visitor) = self.goes(ticket) else { return };
        if let (Some(called_at), Some(started_at)) = (visitor.called_at, visitor.started_at) {
            self.waits_ms.push(called_at.since(visitor.joined_at));
            self.services_ms.push(at.since(started_at));
        }
    }

    /// A visitor goes, and their number may be given again.
    fn goes(&mut self, ticket: TicketId) -> Option<Visitor> {
        let visitor = self.here.remove(&ticket)?;
        self.numbers.remove(&visitor.number);
        Some(visitor)
    }

    /// The report, the stopwatch left out.
    pub(super) fn report(mut self) -> ReplayReport {
        self.waits_ms.sort_unstable();
        ReplayReport {
            joined: self.joined,
            served: self.waits_ms.len(),
            left: self.left,
            mean_wait_s: mean_s(&self.waits_ms),
            p90_wait_s: p90_ms(&self.waits_ms) / 1000,
            mean_service_s: mean_s(&self.services_ms),
            duplicates: self.duplicates,
            double_calls: self.double_calls,
            events: self.events,
            seconds: 0.0,
        }
    }
}

/// Mean seconds; none of nothing.
fn mean_s(values_ms: &[i64]) -> f64 {
    let count = values_ms.len().max(1) as f64;
    values_ms.iter().sum::<i64>() as f64 / 1000.0 / count
}

/// The smallest value that nine in ten do not exceed.
fn p90_ms(sorted: &[i64]) -> i64 {
    let rank = (sorted.len() * 9).div_ceil(10);
    rank.checked_sub(1).and_then(|place| sorted.get(place)).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{mean_s, p90_ms};

    #[test]
    fn nearest_rank_is_a_value_that_occurred() {
        let ten: Vec<i64> = (1..=10).collect();
        assert_eq!(p90_ms(&ten), 9);
        assert_eq!(p90_ms(&ten[..9]), 9);
        assert_eq!(p90_ms(&[7]), 7);
        assert_eq!(p90_ms(&[]), 0);
    }

    #[test]
    fn the_mean_of_nobody_is_nothing() {
        assert_eq!(mean_s(&[]), 0.0);
        assert_eq!(mean_s(&[1000, 2000]), 1.5);
    }
}
