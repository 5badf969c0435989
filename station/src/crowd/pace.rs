//! How busy the hall is to be: which services visitors come for, and how quickly clerks must work so that
//! the hall keeps up, however many come.

use hall_core::HallDay;
use protocol::{ServiceId, Timestamp, WindowId};

/// How much of their time clerks are busy; the rest is pauses, walking and luck.
const BUSY: f64 = 0.75;

/// The pace at a moment of the day.
#[derive(Clone, Debug)]
pub(super) struct Pace {
    /// Services that give tickets now, by how much the crowd's windows can do of each.
    pub(super) services: Vec<(ServiceId, f64)>,
    /// Everything takes this share of its usual time; 1 while the hall can keep up without hurry.
    pub(super) haste: f64,
}

impl Pace {
    /// The pace for so many visitors an hour, served at these windows.
    pub(super) fn of(day: &HallDay, windows: &[WindowId], per_hour: f64, now: Timestamp) -> Self {
        let mut services: Vec<(ServiceId, f64)> = Vec::new();
        for window in windows.iter().filter_map(|id| day.windows.get(id)) {
            let open: Vec<&ServiceId> = window
                .profile
                .services()
                .filter(|service| day.gives_tickets(service, now).is_ok())
                .collect();
            for service in &open {
                let done = served_an_hour(day, service) / open.len() as f64;
                match services.iter_mut().find(|(known, _)| known == *service) {
                    Some((_, sum)) => *sum += done,
                    None => services.push(((*service).clone(), done)),
                }
            }
        }
        let all: f64 = services.iter().map(|(_, done)| done).sum();
        Self { services, haste: (BUSY * all / per_hour).clamp(0.01, 1.0) }
    }

    /// Seconds that one visitor usually takes at this pace.
    pub(super) fn service_s(&self, day: &HallDay, service: &ServiceId) -> f64 {
        self.haste * 3600.0 / served_an_hour(day, service)
    }
}

/// Visitors one window serves in an hour, by the plan.
fn served_an_hour(day: &HallDay, service: &ServiceId) -> f64 {
    let minutes = day.plan.services.get(service).map_or(10, |it| it.typical_minutes.max(1));
    60.0 / f64::from(minutes)
}
