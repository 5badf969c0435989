//! What a duty manager does, and what visitors do with a ticket they already hold.

use protocol::{Class, NoteId, Outcome, Phase, ServiceId, TicketId, Timestamp, WindowId};

use super::{Decision, known_reason, known_service, send_on, take};
use crate::day::HallDay;
use crate::event::Event;
use crate::order::QueueKey;
use crate::plan::{Profile, ReasonId};
use crate::refusal::Refusal;
use crate::ticket::{Place, Ticket};

/// A visitor who missed their call, or had left, waits again, if the rules still let them.
pub(super) fn come_back(day: &HallDay, id: TicketId, now: Timestamp) -> Decision {
    let ticket = day.ticket(id)?;
    let refused = || Refusal::CannotReturn { number: ticket.number.clone() };
    let Place::Closed { outcome: Outcome::NoShow | Outcome::Left, at } = ticket.place else {
        return Err(refused());
    };
    let policy = day.plan.no_show_of(ticket.service());
    let in_time = now <= at.plus_s(i64::from(policy.return_within_s));
    if !in_time || ticket.returns >= policy.max_returns || !is_still_unique(day, ticket) {
        return Err(refused());
    }
    let key = send_on::place_for(day, ticket, policy.return_to, now).ok_or_else(refused)?;
    Ok(vec![Event::Returned { ticket: id, key }])
}

/// Whether a closed ticket can live again: its number and its person's place are not taken by another.
pub(super) fn is_still_unique(day: &HallDay, ticket: &Ticket) -> bool {
    let other = |found: &Ticket| found.id != ticket.id;
    let number_taken = day.ticket_by_number(&ticket.number).is_some_and(other)
        || day.leases.values().any(|lease| lease.number == ticket.number);
    let person_waits = ticket
        .person
        .and_then(|person| day.ticket_of(person, ticket.service()))
        .is_some_and(other);
    !number_taken && !person_waits
}

pub(super) fn withdraw(day: &HallDay, id: TicketId) -> Decision {
    away_from_windows(day, id)?;
    Ok(vec![Event::Withdrawn { ticket: id }])
}

pub(super) fn leave(day: &HallDay, id: TicketId) -> Decision {
    away_from_windows(day, id)?;
    Ok(vec![Event::Left { ticket: id }])
}

/// A live ticket that no window has at this moment.
fn away_from_windows(day: &HallDay, id: TicketId) -> Result<&Ticket, Refusal> {
    let ticket = day.ticket(id)?;
    let number = ticket.number.clone();
    match ticket.phase() {
        Phase::Waiting | Phase::Held => Ok(ticket),
        Phase::Called | Phase::Serving => Err(Refusal::AtAWindow { number }),
        Phase::Closed => Err(Refusal::TicketClosed { number }),
    }
}

pub(super) fn grant_class(
    day: &HallDay,
    id: TicketId,
    class: Class,
    reason: &ReasonId,
    note: Option<NoteId>,
) -> Decision {
    known_reason(day, reason)?;
    let ticket = day.ticket(id)?;
    if !ticket.is_live() {
        return Err(Refusal::TicketClosed { number: ticket.number.clone() });
    }
    let own = QueueKey::own(id, ticket.joined_at, day.plan.credit_ms(class));
    let key = QueueKey { rank: ticket.key.rank, ..own };
    let reason = reason.clone();
    Ok(vec![Event::ClassGranted { ticket: id, class, reason, note, key }])
}

pub(super) fn pin(
    day: &HallDay,
    id: TicketId,
    reason: &ReasonId,
    note: Option<NoteId>,
) -> Decision {
    known_reason(day, reason)?;
    let ticket = away_from_windows(day, id)?;
    let number = ticket.number.clone();
    if ticket.phase() != Phase::Waiting {
        return Err(Refusal::NotWaiting { number });
    }
    if ticket.key.is_pinned() {
        return Err(Refusal::AlreadyPinned { number });
    }
    Ok(vec![Event::Pinned { ticket: id, reason: reason.clone(), note }])
}

pub(super) fn unpin(day: &HallDay, id: TicketId) -> Decision {
    let ticket = day.ticket(id)?;
    if !ticket.key.is_pinned() {
        return Err(Refusal::NotPinned { number: ticket.number.clone() });
    }
    Ok(vec![Event::Unpinned { ticket: id }])
}

/// Makes one ticket of two: the one that stays carries every service and has the better place.
pub(super) fn merge(day: &HallDay, keep: TicketId, drop: TicketId) -> Decision {
    if keep == drop {
        return Err(Refusal::SameTicket);
    }
    let kept = away_from_windows(day, keep)?;
    let dropped = away_from_windows(day, drop)?;
    let services: Vec<ServiceId> = dropped
        .open_services()
        .filter(|service| !kept.open_services().any(|it| it == *service))
        .cloned()
        .collect();
    let all: Vec<ServiceId> = kept.open_services().chain(&services).cloned().collect();
    take::check_services(day, &all)?;
    let key = kept.key.min(dropped.key);
    Ok(vec![Event::Merged { kept: keep, dropped: drop, services, key }])
}

pub(super) fn close_service(day: &HallDay, service: &ServiceId, reason: &ReasonId) -> Decision {
    known_service(day, service)?;
    known_reason(day, reason)?;
    let reason = reason.clone();
    Ok(vec![Event::ServiceClosed { service: service.clone(), reason }])
}

pub(super) fn reopen_service(day: &HallDay, service: &ServiceId) -> Decision {
    known_service(day, service)?;
    if day.services.get(service).is_none_or(|today| today.closed.is_none()) {
        return Err(Refusal::ServiceNotClosed { service: service.clone() });
    }
    Ok(vec![Event::ServiceReopened { service: service.clone() }])
}

pub(super) fn set_profile(
    day: &HallDay,
    window: &WindowId,
    profile: Option<&Profile>,
) -> Decision {
    day.window(window)?;
    let planned = day
        .plan
        .windows
        .get(window)
        .ok_or_else(|| Refusal::UnknownWindow { window: window.clone() })?;
    let profile = profile.unwrap_or(&planned.profile);
    if let Some(fault) = day.plan.profile_faults("profile", profile).first() {
        return Err(Refusal::BadProfile { fault: fault.to_string() });
    }
    Ok(vec![Event::ProfileSet { window: window.clone(), profile: profile.clone() }])
}
