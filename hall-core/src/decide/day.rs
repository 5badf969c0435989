//! The day's beginning, its rules, and what time alone brings about.

use std::sync::Arc;

use jiff::civil::Date;
use protocol::Timestamp;

use super::Decision;
use crate::day::HallDay;
use crate::event::Event;
use crate::plan::{DayKind, Plan};
use crate::refusal::Refusal;

pub(super) fn start(
    day: &HallDay,
    date: Date,
    midnight: Timestamp,
    kind: DayKind,
    plan: &Arc<Plan>,
) -> Decision {
    if day.running {
        return Err(Refusal::DayAlreadyRunning);
    }
    check(plan)?;
    Ok(vec![Event::DayStarted { date, midnight, kind, plan: Arc::clone(plan) }])
}

/// New rules must keep every service, series and window that today's tickets and clerks still need.
pub(super) fn change_plan(day: &HallDay, plan: &Arc<Plan>) -> Decision {
    check(plan)?;
    let missing = |what: &str, id: &str| Refusal::BadPlan {
        fault: format!("{what} `{id}` is in use today and cannot be removed before tomorrow"),
    };
    for ticket in day.tickets.values().filter(|ticket| ticket.is_live()) {
        if let Some(id) = ticket.open_services().find(|id| !plan.services.contains_key(*id)) {
            return Err(missing("services", id.as_str()));
        }
    }
    for window in day.windows.values().filter(|window| window.work.clerk.is_some()) {
        if !plan.windows.contains_key(&window.id) {
            return Err(missing("windows", window.id.as_str()));
        }
    }
    Ok(vec![Event::PlanChanged { plan: Arc::clone(plan) }])
}

pub(super) fn settle_due(day: &HallDay, now: Timestamp) -> Vec<Event> {
    day.due_by(now).map(|ticket| Event::BecameDue { ticket }).collect()
}

fn check(plan: &Plan) -> Result<(), Refusal> {
    match plan.faults().first() {
        Some(fault) => Err(Refusal::BadPlan { fault: fault.to_string() }),
        None => Ok(()),
    }
}
