//! When which subject is to be brought up to date: the earliest wish counts, and each is done once.

use std::collections::{BTreeMap, BTreeSet};

use tokio::time::Instant;

use super::subject::Subject;

/// Subjects by the time they are due.
#[derive(Default)]
pub(super) struct Schedule {
    by_time: BTreeSet<(Instant, Subject)>,
    by_subject: BTreeMap<Subject, Instant>,
}

impl Schedule {
    /// Wants a subject done at a time, or earlier if it already was to be.
    pub(super) fn want(&mut self, subject: &Subject, at: Instant) {
        match self.by_subject.get(subject) {
            Some(known) if *known <= at => return,
            Some(_) => _ = self.forget(subject),
            None => {}
        }
        self.by_subject.insert(subject.clone(), at);
        self.by_time.insert((at, subject.clone()));
    }

    /// The next time something is due.
    pub(super) fn next(&self) -> Option<Instant> {
        self.by_time.first().map(|(at, _)| *at)
    }

    /// Takes the next subject that is due by now.
    pub(super) fn take_due(&mut self, now: Instant) -> Option<Subject> {
        self.next().filter(|at| *at <= now)?;
        let (_, subject) = self.by_time.pop_first()?;
        self.by_subject.remove(&subject);
        Some(subject)
    }

    /// Wants a subject no longer; returns whether it was wanted.
    pub(super) fn forget(&mut self, subject: &Subject) -> bool {
        let Some(at) = self.by_subject.remove(subject) else { return false };
        self.by_time.remove(&(at, subject.clone()))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use protocol::TicketId;

    use super::*;

    #[test]
    fn the_earliest_wish_counts_and_each_is_done_once() {
        let start = Instant::now();
        let later = |ms| start + Duration::from_millis(ms);
        let ticket = Subject::Ticket(TicketId(1));
        let mut schedule = Schedule::default();
        schedule.want(&ticket, later(50));
        schedule.want(&Subject::Hall, later(30));
        schedule.want(&ticket, later(10));
        schedule.want(&ticket, later(40));
        assert_eq!(schedule.next(), Some(later(10)));
        assert_eq!(schedule.take_due(later(9)), None);
        assert_eq!(schedule.take_due(later(60)), Some(ticket));
        assert_eq!(schedule.take_due(later(60)), Some(Subject::Hall));
        assert_eq!(schedule.take_due(later(60)), None);
        assert_eq!(schedule.next(), None);
    }

    #[test]
    fn what_is_forgotten_is_not_done() {
        let mut schedule = Schedule::default();
        schedule.want(&Subject::Hall, Instant::now());
        schedule.forget(&Subject::Hall);
        assert_eq!(schedule.take_due(Instant::now()), None);
    }
}
