//! The model's order: places compared part by part, queues sorted on every question.

use hall_core::HallDay;
use hall_core::Window;
use hall_core::plan::{ProfileMode, Requeue};
use protocol::{Rule, TicketId, Timestamp, WindowId};

use super::entry::{Entry, State};
use super::model::Model;

/// A place in the order, as the model writes it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Place {
    pub(crate) pinned: Option<Timestamp>,
    pub(crate) at: Timestamp,
    pub(crate) owner: TicketId,
    pub(crate) behind: u64,
}

impl Place {
    pub(crate) fn own(ticket: TicketId, joined: Timestamp, credit_ms: i64) -> Self {
        Self { pinned: None, at: Timestamp(joined.0 - credit_ms), owner: ticket, behind: 0 }
    }

    /// What is compared: pins by their time before everybody else, then time, then who was first.
    fn sort_key(self) -> (bool, Option<Timestamp>, Timestamp, TicketId, u64) {
        (self.pinned.is_none(), self.pinned, self.at, self.owner, self.behind)
    }
}

impl PartialOrd for Place {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        self.sort_key().partial_cmp(&other.sort_key())
    }
}

impl Model {
    /// Who may be called from among some, in order.
    pub(crate) fn sorted(&self, belongs: impl Fn(&Entry) -> bool) -> Vec<&Entry> {
        let callable = |it: &&Entry| it.state == State::Waiting && !it.early;
        let mut line: Vec<_> = self.list.iter().filter(callable).filter(|it| belongs(it)).collect();
        line.sort_by_key(|entry| (entry.place.sort_key(), entry.id));
        line
    }

    /// Everybody a window may call, in order.
    pub(crate) fn waiting_for(&self, window: &Window) -> Vec<&Entry> {
        self.sorted(|entry| match &entry.bound {
            Some(bound) => *bound == window.id,
            None => window.profile.serves(&entry.service),
        })
    }

    /// Who is next at a window, and by which rule.
    pub(crate) fn next(
        &self,
        day: &HallDay,
        id: &WindowId,
        now: Timestamp,
    ) -> Option<(TicketId, Rule)> {
        let window = &day.windows[id];
        let line = self.waiting_for(window);
        let first = *line.first()?;
        let long_ago = now.minus_s(i64::from(day.plan.rules.overdue_after_s));
        let bound = line.iter().find(|entry| entry.bound.is_some());
        let rule = if first.place.pinned.is_some() {
            Rule::Pinned
        } else if window.profile.mode == ProfileMode::LongestWait {
            if first.bound.is_some() { Rule::Bound } else { Rule::Order }
        } else if first.place.at <= long_ago {
            Rule::Overdue
        } else if let Some(bound) = bound {
            return Some((bound.id, Rule::Bound));
        } else {
            return Some(self.by_preference(window, &line));
        };
        Some((first.id, rule))
    }

    /// The first of the group that the window prefers.
    fn by_preference(&self, window: &Window, line: &[&Entry]) -> (TicketId, Rule) {
        let group = |entry: &Entry| {
            window.profile.group_of(&entry.service).expect("the window takes the service")
        };
        let share = |group: usize| {
            let turns = self.turns.get(&window.id).and_then(|it| it.get(group)).copied();
            f64::from(turns.unwrap_or(0)) / f64::from(window.profile.groups[group].weight)
        };
        let ratio = window.profile.mode == ProfileMode::Ratio;
        let mut groups: Vec<usize> = line.iter().map(|entry| group(entry)).collect();
        groups.sort_unstable();
        if ratio {
            groups.sort_by(|a, b| share(*a).total_cmp(&share(*b)));
        }
        let chosen = line.iter().find(|entry| group(entry) == groups[0]).expect("somebody of it");
        (chosen.id, if ratio { Rule::Ratio } else { Rule::Priority })
    }

    /// Counts a call for the ratio of its window.
    pub(crate) fn count_turn(&mut self, ticket: TicketId, window: &Window) {
        let entry = self.entry(ticket);
        let group = match entry.bound {
            Some(_) => None,
            None => window.profile.group_of(&entry.service),
        };
        let turns = self.turns.entry(window.id.clone()).or_default();
        turns.resize(window.profile.groups.len(), 0);
        if let Some(group) = group {
            turns[group] += 1;
        }
        let round: u32 = window.profile.groups.iter().map(|group| group.weight).sum();
        if turns.iter().sum::<u32>() >= round {
            turns.clear();
        }
    }

    /// Where somebody goes who missed a call.
    pub(crate) fn requeued(
        &mut self,
        id: TicketId,
        requeue: Requeue,
        now: Timestamp,
    ) -> Option<Place> {
        let behind = self.next_behind();
        let me = self.entry(id).clone();
        let others = self.sorted(|it| it.id != id && it.bound == me.bound && same_line(it, &me));
        let others: Vec<Place> =
            others.iter().map(|it| it.place).filter(|it| it.pinned.is_none()).collect();
        let after = |other: &Place| Place { behind, ..*other };
        let own = Place::own(id, now, 0);
        let tail = match others.last() {
            Some(last) if *last >= own => after(last),
            _ => own,
        };
        let place = match requeue {
            Requeue::None => return None,
            Requeue::Tail => tail,
            Requeue::Behind(0) => me.place,
            Requeue::Behind(places) => others.get(usize::from(places) - 1).map_or(tail, after),
        };
        Some(if place > me.place { place } else { me.place })
    }
}

/// Whether two wait in the same line: for the same window, or for the same service.
fn same_line(one: &Entry, other: &Entry) -> bool {
    one.bound.is_some() || one.service == other.service
}
