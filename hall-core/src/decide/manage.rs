//! What a duty manager does, and what visitors do with a ticket they already hold.

use protocol::{Class, KioskId, NoteId, Outcome, Phase, ServiceId, TicketId, Timestamp, WindowId};

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
    if !in_time || ticket.returns >= policy.max_returns || !can_live_again(day, ticket) {
        return Err(refused());
    }
    let line = day.line(ticket.service(), None);
    let place = send_on::place_in(line, day, ticket, policy.return_to, now);
    let key = place.ok_or_else(refused)?;
    Ok(vec![Event::Returned { ticket: id, key }])
}

/// Whether a ticket can be again what it was: nobody else has its number or its person's place for a
/// service by now, and the plan still knows what it needs.
pub(super) fn can_live_again(day: &HallDay, ticket: &Ticket) -> bool {
    let is_other = |id: TicketId| id != ticket.id;
    let number_taken = day.index.numbers.get(&ticket.number).is_some_and(|id| is_other(*id));
    !number_taken
        && ticket.carried_services().all(|service| {
            let held = ticket.person.and_then(|person| {
                day.tickets_of(person)
                    .filter(|it| is_other(it.id))
                    .find(|it| it.open_services().any(|open| open == service))
            });
            held.is_none() && day.plan.services.contains_key(service)
        })
}

/// Another slip, for a ticket that is alive: nobody is led to a window by one that is over.
pub(super) fn reprint_slip(day: &HallDay, id: TicketId, kiosk: &KioskId) -> Decision {
    day.alive(id)?;
    Ok(vec![Event::SlipReprinted { ticket: id, kiosk: kiosk.clone() }])
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
    let ticket = day.alive(id)?;
    let key = key_with_class(day, ticket, class);
    let reason = reason.clone();
    Ok(vec![Event::ClassGranted { ticket: id, class, reason, note, key }])
}

/// The place that follows from a class. Somebody who has missed a call moves ahead only by what the class
/// adds: it does not give back the place that was lost. More credit never means a worse place.
fn key_with_class(day: &HallDay, ticket: &Ticket, class: Class) -> QueueKey {
    let credit_ms = |class| day.plan.credit_ms(class);
    let gained_ms = credit_ms(class) - credit_ms(ticket.class);
    let had = ticket.key.unpinned();
    let key = if ticket.has_missed_a_call() {
        QueueKey { at: Timestamp(had.at.0.saturating_sub(gained_ms.max(0))), ..had }
    } else {
        let own = QueueKey::own(ticket.id, ticket.joined_at, credit_ms(class));
        if gained_ms > 0 { own.min(had) } else { own }
    };
    QueueKey { rank: ticket.key.rank, ..key }
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
    // A pin of either goes over; without it the better place remains.
    let rank = kept.key.rank.min(dropped.key.rank);
    let key = QueueKey { rank, ..kept.key.unpinned().min(dropped.key.unpinned()) };
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

pub(super) fn set_profile(day: &HallDay, window: &WindowId, profile: Option<&Profile>) -> Decision {
    day.window(window)?;
    let planned = day
        .plan
        .windows
        .get(window)
        .ok_or_else(|| Refusal::UnknownWindow { window: window.clone() })?;
    let profile = profile.unwrap_or(&planned.profile);
    check_profile(day, profile)?;
    Ok(vec![Event::ProfileSet { window: window.clone(), profile: profile.clone() }])
}

/// What must hold of a window's services; the plan's own were checked when it was read.
fn check_profile(day: &HallDay, profile: &Profile) -> Result<(), Refusal> {
    if profile.groups.iter().any(|group| group.services.is_empty() || group.weight == 0) {
        return Err(Refusal::EmptyGroup);
    }
    let mut seen = Vec::new();
    for service in profile.services() {
        known_service(day, service)?;
        if seen.contains(&service) {
            return Err(Refusal::SameServiceTwice { service: service.clone() });
        }
        seen.push(service);
    }
    Ok(())
}
