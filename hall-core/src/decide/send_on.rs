//! Where a ticket goes when a window is done with it: on to its next service, to somebody else, back
//! into the queue after a call nobody answered, or home.

use protocol::{NoteId, Timestamp, WindowMode};

use super::{Decision, at_window, known_service};
use crate::command::TransferTo;
use crate::day::HallDay;
use crate::event::{AfterLeg, Event};
use crate::order::QueueKey;
use crate::plan::Requeue;
use crate::refusal::Refusal;
use crate::ticket::Ticket;
use crate::window::Window;

/// The end of a service, and what follows.
pub(super) fn finish(day: &HallDay, window: &Window, ticket: &Ticket) -> Event {
    Event::Finished {
        ticket: ticket.id,
        window: window.id.clone(),
        next: after_leg(day, window, ticket),
    }
}

fn after_leg(day: &HallDay, window: &Window, ticket: &Ticket) -> AfterLeg {
    let key = kept_place(day, ticket);
    // Somebody wants the visitor back: that comes before anything else.
    if let Some(wish) = &ticket.come_back {
        return AfterLeg::Waits {
            service: wish.service.clone(),
            bound_to: Some(wish.window.clone()),
            key,
        };
    }
    let here = ticket.pending.iter().find(|service| window.profile.serves(service));
    match (here, ticket.pending.first()) {
        // The visitor stays seated for whatever this window can do as well.
        (Some(service), _) => AfterLeg::Here { service: service.clone() },
        (None, Some(service)) => {
            AfterLeg::Waits { service: service.clone(), bound_to: None, key }
        }
        (None, None) => AfterLeg::Done,
    }
}

/// The place a ticket had by joining when it joined, with the credit of its class.
fn kept_place(day: &HallDay, ticket: &Ticket) -> QueueKey {
    QueueKey::own(ticket.id, ticket.joined_at, day.plan.credit_ms(ticket.class))
}

/// Giving up on a call: back into the queue while the rules allow it, else the ticket closes.
pub(super) fn pass(day: &HallDay, window: &Window, ticket: &Ticket, now: Timestamp) -> Event {
    let policy = day.plan.no_show_of(ticket.service());
    let may_wait_again = ticket.leg().passes < policy.max_passes;
    let back_at = may_wait_again.then(|| place_for(day, ticket, policy.requeue, now));
    Event::Passed { ticket: ticket.id, window: window.id.clone(), back_at: back_at.flatten() }
}

/// The place somebody gets who missed their call; `None` if the rule gives none.
pub(super) fn place_for(
    day: &HallDay,
    ticket: &Ticket,
    requeue: Requeue,
    now: Timestamp,
) -> Option<QueueKey> {
    let others = || day.queue(ticket.service()).filter(|other| other.id != ticket.id);
    let tail = || {
        let last = others().map(|other| other.key).max();
        let own = QueueKey::own(ticket.id, now, 0);
        match last {
            Some(last) if last >= own => QueueKey::just_behind(last, day.stamp + 1),
            _ => own,
        }
    };
    match requeue {
        Requeue::None => None,
        Requeue::Tail => Some(tail()),
        Requeue::Behind(0) => Some(kept_place(day, ticket)),
        Requeue::Behind(places) => Some(match others().nth(usize::from(places) - 1) {
            Some(other) => QueueKey::just_behind(other.key, day.stamp + 1),
            None => tail(),
        }),
    }
}

pub(super) fn transfer(
    day: &HallDay,
    window: &Window,
    to: &TransferTo,
    note: Option<NoteId>,
    come_back: bool,
) -> Decision {
    let ticket = at_window::current(day, window)?;
    let (service, bound_to) = match to {
        TransferTo::Service(service) => {
            known_service(day, service)?;
            let alone = !day.windows.values().any(|it| {
                it.id != window.id && it.profile.serves(service)
            });
            if service == ticket.service() && alone {
                return Err(Refusal::TransferToSelf);
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
        key: kept_place(day, ticket),
    }])
}
