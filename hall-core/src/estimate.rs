//! How long somebody will wait. The work ahead is shared by the windows that take the service; services
//! that compete for the same windows count by how many of them they share.

use protocol::ServiceId;
use serde::{Deserialize, Serialize};

use crate::day::HallDay;

/// How much the plan's typical time weighs against today's own figures, in visitors.
const PRIOR_VISITORS: i64 = 5;
/// The range given around the expected wait, in percent.
const LOW_PERCENT: i64 = 70;
const HIGH_PERCENT: i64 = 130;

/// An expected wait, as a range of seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wait {
    /// At least, probably.
    pub low_s: i64,
    /// At most, probably.
    pub high_s: i64,
}

/// Mean seconds of one service: the plan's word at first, today's figures more and more.
#[must_use]
pub fn mean_service_s(day: &HallDay, service: &ServiceId) -> i64 {
    let typical =
        day.plan.services.get(service).map_or(600, |it| i64::from(it.typical_minutes) * 60);
    let (served, seconds) =
        day.services.get(service).map_or((0, 0), |it| (i64::from(it.served), it.served_ms / 1000));
    (typical * PRIOR_VISITORS + seconds) / (PRIOR_VISITORS + served)
}

/// How long somebody waits who has `ahead` others before them in a service's queue. `None` while no
/// window is open for it: then nobody can say.
#[must_use]
pub fn expected_wait(day: &HallDay, service: &ServiceId, ahead: usize) -> Option<Wait> {
    let windows: Vec<_> = day.open_windows_for(service).collect();
    if windows.is_empty() {
        return None;
    }
    let own_queue = day.waiting_count(service).max(1);
    // Whoever stands in the middle of the own queue stands in the middle of the others too.
    let share_ahead = |count: usize| count as f64 * (ahead as f64 / own_queue as f64).min(1.0);
    let mut work_s = ahead as f64 * mean_service_s(day, service) as f64;
    for other in day.plan.services.keys().filter(|other| *other != service) {
        let shared = windows.iter().filter(|window| window.profile.serves(other)).count();
        let waiting = day.waiting_count(other);
        if shared == 0 || waiting == 0 {
            continue;
        }
        let everywhere = day.open_windows_for(other).count().max(1);
        let here = shared as f64 / everywhere as f64;
        work_s += share_ahead(waiting) * here * mean_service_s(day, other) as f64;
    }
    let busy = windows.iter().filter(|window| window.work.current.is_some()).count();
    // If every window is busy, the first to be free is on average half-way through.
    if busy == windows.len() {
        work_s += mean_service_s(day, service) as f64 / 2.0;
    }
    let seconds = (work_s / windows.len() as f64).round() as i64;
    Some(Wait { low_s: seconds * LOW_PERCENT / 100, high_s: seconds * HIGH_PERCENT / 100 })
}
