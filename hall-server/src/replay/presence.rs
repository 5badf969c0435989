//! When each server was there, as far as the record tells: while serving, and while free with nobody
//! waiting whom they could serve. Whoever lets callers wait is away.

use std::collections::BTreeMap;

use hall_core::plan::Plan;
use protocol::WindowId;

use super::record::{Record, Visit};
use super::roster::{RecordedCall, Roster};

/// The stretches of the day in which each window is staffed.
#[derive(Debug, Default)]
pub(super) struct Presence {
    stretches: BTreeMap<WindowId, Vec<Stretch>>,
}

/// From one second until just before another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stretch {
    from_s: i64,
    to_s: i64,
}

impl Presence {
    /// What a record and its calls tell.
    pub(super) fn of(record: &Record, roster: &Roster) -> Self {
        let mut presence = Self::default();
        for call in &roster.calls {
            let stretches = presence.stretches.entry(call.window.clone()).or_default();
            let from_s = match stretches.last() {
                // A second window is only ever there for its overlap.
                Some(last) if !call.overlaps => free_from(record, &roster.plan, call, last.to_s),
                _ => call.called_s,
            };
            match stretches.last_mut() {
                Some(last) if last.to_s == from_s => last.to_s = call.ended_s,
                _ => stretches.push(Stretch { from_s, to_s: call.ended_s }),
            }
        }
        presence
    }

    /// When each window becomes staffed.
    pub(super) fn beginnings(&self) -> impl Iterator<Item = (i64, &WindowId)> {
        self.stretches.iter().flat_map(|(window, stretches)| {
            stretches.iter().map(move |stretch| (stretch.from_s, window))
        })
    }

    /// Whether a window is staffed at a second.
    pub(super) fn is_there(&self, window: &WindowId, second: i64) -> bool {
        let mut stretches = self.stretches.get(window).into_iter().flatten();
        stretches.any(|it| (it.from_s..it.to_s).contains(&second))
    }
}

/// From when a server was free before a call, having finished the one before at `done_s`: since nobody
/// waited any more whom they could serve.
fn free_from(record: &Record, plan: &Plan, call: &RecordedCall, done_s: i64) -> i64 {
    let could_serve = |visit: &&Visit| {
        let window = plan.windows.get(&call.window);
        window.is_some_and(|it| it.profile.serves(&visit.service_type))
    };
    let waiting = record.visits.iter().filter(|it| it.joined_s < call.called_s && it.waited_s > 0);
    let until_s = waiting.filter(could_serve).map(Visit::waited_until_s).max();
    until_s.unwrap_or(done_s).clamp(done_s, call.called_s)
}
