//! Where a ticket goes when a window is done with it: on to its next service, to somebody else, back
//! into the queue after a call nobody answered, or home.

use protocol::{NoteId, Timestamp, WindowMode};

use super::{Decision, current, known_service};
use crate::command::TransferTo;
use crate::day::HallDay;
use crate::event::{AfterLeg, Event};
use crate::index::Line;
use crate::order::QueueKey;
use crate::plan::Requeue;
use crate::refusal::Refusal;
use crate::ticket::Ticket;
use crate::window::Window;

/// The end of a service, and what follows.
pub(super) fn finish(window: &Window, ticket: &Ticket) -> Event {
    Event::Finished {
        ticket: ticket.id,
        window: window.id.clone(),
        next: after_leg(window, ticket),
    }
}

fn after_leg(window: &Window, ticket: &Ticket) -> AfterLeg {
    let key = ticket.key.unpinned();
    // Somebody wants the visitor back: that comes before anything else.
    if let Some(wish) = &ticket.come_back {
        let service = wish.service.clone();
        if wish.window == window.id {
            return AfterLeg::Here { service };
        }
        return AfterLeg::Waits { service, bound_to: Some(wish.window.clone()), key };
    }
    let here = ticket.pending.iter().find(|service| window.profile.serves(service));
    match (here, ticket.pending.first()) {
        // The visitor stays seated for whatever this window can do as well.
        (Some(service), _) => AfterLeg::Here { service: service.clone() },
        (None, Some(service)) => AfterLeg::Waits { service: service.clone(), bound_to: None, key },
        (None, None) => AfterLeg::Done,
    }
}

/// Giving up on a call: back into the queue while the rules allow it, else the ticket closes.
pub(super) fn pass(day: &HallDay, window: &Window, ticket: &Ticket, now: Timestamp) -> Event {
    let policy = day.plan.no_show_of(ticket.service());
    let may_wait_again = ticket.leg().passes < policy.max_passes;
    let line = day.line(ticket.service(), ticket.leg().bound_to.as_ref());
    let back_at = may_wait_again.then(|| place_in(line, day, ticket, policy.requeue, now));
    Event::Passed { ticket: ticket.id, window: window.id.clone(), back_at: back_at.flatten() }
}

/// The place in a line for somebody who missed their call, never better than the one they had; `None`
/// if the rule gives none.
pub(super) fn place_in(
    line: Option<&Line>,
    day: &HallDay,
    ticket: &Ticket,
    requeue: Requeue,
    now: Timestamp,
) -> Option<QueueKey> {
    // Pins are called first anyway, so nobody is put behind them.
    let others = || line.into_iter().flatten().map(|(key, _)| *key).filter(|it| !it.is_pinned());
    let behind = |other| QueueKey::just_behind(other, day.stamp + 1);
    let tail = || {
        let own = QueueKey::own(ticket.id, now, 0);
        others().next_back().filter(|last| *last >= own).map_or(own, behind)
    };
    let had = ticket.key.unpinned();
    let place = match requeue {
        Requeue::None => return None,
        Requeue::Tail => tail(),
        Requeue::Behind(0) => had,
        Requeue::Behind(places) => others().nth(usize::from(places) - 1).map_or_else(tail, behind),
    };
    Some(place.max(had))
}

pub(super) fn transfer(
    day: &HallDay,
    window: &Window,
    to: &TransferTo,
    note: Option<NoteId>,
    come_back: bool,
) -> Decision {
    let ticket = current(day, window)?;
    let (service, bound_to) = match to {
        TransferTo::Service(service) => {
            known_service(day, service)?;
            let mut takers = day.planned_windows_for(service);
            if service == ticket.service() && takers.all(|it| it.id == window.id) {
                return Err(Refusal::TransferToSelf);
            }
            if day.planned_windows_for(service).next().is_none() {
                return Err(Refusal::NoOpenWindow { service: service.clone() });
            }
            (service.clone(), None)
        }
        TransferTo::Window(target) => {
            let target = day.window(target)?;
            if target.id == window.id {
                return Err(Refusal::TransferToSelf);
            }
            if target.work.mode == WindowMode::Closed {
                return Err(Refusal::TargetClosed { window: target.id.clone() });
            }
            (ticket.service().clone(), Some(target.id.clone()))
        }
    };
    Ok(vec![Event::Transferred {
        ticket: ticket.id,
        window: window.id.clone(),
        service,
        bound_to,
        note,
        come_back,
        key: ticket.key.unpinned(),
    }])
}
