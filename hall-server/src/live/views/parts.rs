//! The small parts that cells are made of: names, ranges, a ticket in a line.

use hall_core::plan::ReasonId;
use hall_core::{HallDay, Refusal, Ticket, expected_wait};
use protocol::live::{Availability, LineTicket, WaitRange, WindowRef};
use protocol::{Label, ServiceId, WindowId};

use super::View;

/// Expected waits are rounded outwards to this: more would promise what nobody can know.
const WAIT_STEP_S: i64 = 60;

/// A window and what people call it. A window that the plan no longer has is called by its id.
pub(crate) fn window_ref(day: &HallDay, id: &WindowId) -> WindowRef {
    let plan = &day.plan;
    let window = plan.windows.get(id);
    let zone = window.and_then(|window| Some((&window.zone, plan.zones.get(&window.zone)?)));
    WindowRef {
        window: id.clone(),
        name: window.map_or_else(|| named_by_id(id.as_str()), |window| window.name.clone()),
        zone: zone.map_or_else(|| "".into(), |(id, _)| id.clone()),
        zone_name: zone.map_or_else(|| named_by_id(""), |(_, zone)| zone.name.clone()),
        floor: zone.map(|(_, zone)| zone.floor.clone()).unwrap_or_default(),
    }
}

/// What people call a service.
pub(crate) fn service_label(day: &HallDay, id: &ServiceId) -> Label {
    day.plan.services.get(id).map_or_else(|| named_by_id(id.as_str()), |it| it.name.clone())
}

/// The wording of a reason.
pub(crate) fn reason_label(day: &HallDay, id: &ReasonId) -> Label {
    day.plan.reasons.get(id).cloned().unwrap_or_else(|| named_by_id(id))
}

fn named_by_id(id: &str) -> Label {
    Label::new(id, id)
}

/// How long somebody waits who has `ahead` others before them; `None` if nobody can say.
pub(crate) fn wait_range(day: &HallDay, service: &ServiceId, ahead: usize) -> Option<WaitRange> {
    let wait = expected_wait(day, service, ahead)?;
    let (low, high) = (wait.low_s.max(0), wait.high_s.max(0));
    Some(WaitRange {
        low_s: low / WAIT_STEP_S * WAIT_STEP_S,
        high_s: (high + WAIT_STEP_S - 1) / WAIT_STEP_S * WAIT_STEP_S,
    })
}

/// Whether a service gives tickets now.
pub(crate) fn availability(view: &View<'_>, service: &ServiceId) -> Availability {
    match view.day.gives_tickets(service, view.now) {
        Ok(()) => Availability::Open,
        Err(Refusal::ServiceClosed { reason, .. }) => {
            Availability::Closed { reason: reason_label(view.day, &reason) }
        }
        Err(Refusal::OutsideHours { opens, .. }) => Availability::OutsideHours { opens },
        Err(Refusal::DayNotRunning) => Availability::OutsideHours { opens: None },
        Err(Refusal::QuotaUsedUp { opens, .. }) => Availability::UsedUp { opens },
        Err(Refusal::DayMaxReached { .. }) => Availability::UsedUp { opens: None },
        Err(_) => Availability::NoWindow,
    }
}

/// A visitor's name, masked; `None` if nobody knows it.
pub(super) fn holder(view: &View<'_>, ticket: &Ticket) -> Option<String> {
    view.names.masked(ticket.person?)
}

/// A ticket in a line.
pub(super) fn line_ticket(view: &View<'_>, ticket: &Ticket) -> LineTicket {
    LineTicket {
        ticket: ticket.id,
        number: ticket.number.clone(),
        service: service_label(view.day, ticket.service()),
        class: ticket.class,
        pinned: ticket.key.is_pinned(),
        bound: ticket.leg().bound_to.is_some(),
        appointment: ticket.slot.is_some(),
        joined_at: ticket.joined_at,
        passes: ticket.leg().passes,
        holder: holder(view, ticket),
    }
}
