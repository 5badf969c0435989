//! What a clerk does at a window.

use protocol::wall::Rating;
use protocol::{Channel, ClerkId, Phase, Rule, ServiceId, TicketId, Timestamp, WindowMode};

use super::{Decision, current, keys, known_reason, known_service, send_on, take, undo};
use crate::choose;
use crate::command::{Take, WindowAct};
use crate::day::HallDay;
use crate::event::{AfterLeg, Event, Why};
use crate::plan::ReasonId;
use crate::refusal::Refusal;
use crate::ticket::{HoldScope, Place, Ticket};
use crate::window::{Unrated, Window};

pub(super) fn decide(day: &HallDay, window: &Window, act: &WindowAct, now: Timestamp) -> Decision {
    let id = || window.id.clone();
    match act {
        WindowAct::Open { clerk } => open(day, window, clerk),
        WindowAct::Pause { reason } => {
            must_be_open(window)?;
            known_reason(day, reason)?;
            Ok(vec![Event::WindowPaused { window: id(), reason: reason.clone() }])
        }
        WindowAct::Resume if window.work.mode == WindowMode::Paused => {
            Ok(vec![Event::WindowResumed { window: id() }])
        }
        WindowAct::Resume => Err(Refusal::WindowNotPaused),
        WindowAct::Close { reason } => close(day, window, reason),
        WindowAct::CallNext => call_next(day, window, now),
        WindowAct::CallTicket { ticket, reason } => call_ticket(day, window, *ticket, reason, now),
        WindowAct::Recall => recall(day, window),
        WindowAct::Start => {
            let ticket = called(day, window)?;
            Ok(vec![Event::Started { ticket: ticket.id, window: id() }])
        }
        WindowAct::Finish => Ok(vec![send_on::finish(window, current(day, window)?)]),
        WindowAct::Pass => Ok(vec![send_on::pass(day, window, called(day, window)?, now)]),
        WindowAct::Hold { scope, reason, until } => hold(day, window, *scope, reason, *until, now),
        WindowAct::TakeBack { ticket } => take_back(day, window, *ticket),
        WindowAct::WalkUp { service } => walk_up(day, window, service, now),
        WindowAct::Transfer { to, note, come_back } => {
            send_on::transfer(day, window, to, *note, *come_back)
        }
        WindowAct::Rate { rating } => rate(window, *rating),
        WindowAct::Press { key } => keys::press(day, window, *key, now),
        WindowAct::Undo => undo::undo(day, window, now),
    }
}

/// Each service is rated once; the first word counts.
fn rate(window: &Window, rating: Rating) -> Decision {
    let unrated = window.work.unrated.clone().ok_or(Refusal::NothingToRate)?;
    let Unrated { ticket, service } = unrated;
    Ok(vec![Event::Rated { ticket, window: window.id.clone(), service, rating }])
}

fn open(day: &HallDay, window: &Window, clerk: &ClerkId) -> Decision {
    if let Some(present) = &window.work.clerk {
        return Err(Refusal::WindowTaken { clerk: present.clone() });
    }
    if !day.plan.windows.contains_key(&window.id) {
        return Err(Refusal::UnknownWindow { window: window.id.clone() });
    }
    let elsewhere = day.windows.values().find(|it| it.work.clerk.as_ref() == Some(clerk));
    if let Some(other) = elsewhere {
        return Err(Refusal::ClerkElsewhere { window: other.id.clone() });
    }
    Ok(vec![Event::WindowOpened { window: window.id.clone(), clerk: clerk.clone() }])
}

fn close(day: &HallDay, window: &Window, reason: &ReasonId) -> Decision {
    known_reason(day, reason)?;
    if window.work.mode == WindowMode::Closed {
        return Err(Refusal::WindowNotOpen);
    }
    must_be_free(day, window)?;
    let freed = day.tickets.values().filter(|it| it.depends_on(&window.id)).map(|it| it.id);
    Ok(vec![Event::WindowClosed {
        window: window.id.clone(),
        reason: reason.clone(),
        freed: freed.collect(),
    }])
}

/// The usual key: whoever is being served is done, and the next one comes.
fn call_next(day: &HallDay, window: &Window, now: Timestamp) -> Decision {
    must_be_open(window)?;
    let mut events = finish_present(day, window)?;
    // A ticket with more to do may go on at this very window: then nobody else is called.
    if went_on_here(&events) {
        return Ok(events);
    }
    match choose::next_for(day, window, now) {
        Some(choice) => events.push(Event::Called {
            ticket: choice.ticket,
            window: window.id.clone(),
            why: choice.why,
        }),
        None if events.is_empty() => return Err(Refusal::NobodyWaiting),
        None => {}
    }
    Ok(events)
}

fn call_ticket(
    day: &HallDay,
    window: &Window,
    ticket: TicketId,
    reason: &ReasonId,
    now: Timestamp,
) -> Decision {
    must_be_open(window)?;
    known_reason(day, reason)?;
    let ticket = day.ticket(ticket)?;
    must_be_callable(ticket)?;
    if !choose::may_call(window, ticket) {
        return Err(match &ticket.leg().bound_to {
            Some(other) => {
                Refusal::BoundElsewhere { number: ticket.number.clone(), window: other.clone() }
            }
            None => Refusal::NotServedHere { service: ticket.service().clone() },
        });
    }
    let mut events = finish_present(day, window)?;
    if went_on_here(&events) {
        return Err(busy(current(day, window)?));
    }
    let would_be_next = choose::next_for(day, window, now);
    let rule = match would_be_next {
        // Choosing whom the order would have chosen overtakes nobody.
        Some(choice) if choice.ticket == ticket.id => choice.why.rule,
        _ => Rule::Chosen,
    };
    let why = Why {
        rule,
        key: ticket.key,
        group: choose::group_of(window, ticket),
        reason: Some(reason.clone()),
        runners_up: choose::runners_up(day, window, ticket.id),
    };
    events.push(Event::Called { ticket: ticket.id, window: window.id.clone(), why });
    Ok(events)
}

/// Finishes with whoever is being served; a call nobody has answered yet stands in the way.
fn finish_present(day: &HallDay, window: &Window) -> Decision {
    let Some(id) = window.work.current else { return Ok(Vec::new()) };
    let ticket = day.ticket(id)?;
    match ticket.phase() {
        Phase::Serving => Ok(vec![send_on::finish(window, ticket)]),
        _ => Err(Refusal::CallUnanswered { number: ticket.number.clone() }),
    }
}

fn went_on_here(events: &[Event]) -> bool {
    matches!(events, [Event::Finished { next: AfterLeg::Here { .. }, .. }])
}

fn recall(day: &HallDay, window: &Window) -> Decision {
    let ticket = called(day, window)?;
    let max = day.plan.rules.max_recalls;
    if matches!(ticket.place, Place::Called { recalls, .. } if recalls >= max) {
        return Err(Refusal::TooManyRecalls { number: ticket.number.clone(), max });
    }
    Ok(vec![Event::Recalled { ticket: ticket.id, window: window.id.clone() }])
}

fn hold(
    day: &HallDay,
    window: &Window,
    scope: HoldScope,
    reason: &ReasonId,
    until: Option<Timestamp>,
    now: Timestamp,
) -> Decision {
    known_reason(day, reason)?;
    let ticket = current(day, window)?;
    if until.is_some_and(|until| until <= now) {
        return Err(Refusal::HoldInPast);
    }
    Ok(vec![Event::Held {
        ticket: ticket.id,
        window: window.id.clone(),
        scope,
        reason: reason.clone(),
        until,
    }])
}

fn take_back(day: &HallDay, window: &Window, ticket: TicketId) -> Decision {
    must_be_open(window)?;
    must_be_free(day, window)?;
    let ticket = day.ticket(ticket)?;
    let Place::Held(hold) = &ticket.place else {
        return Err(Refusal::NotHeld { number: ticket.number.clone() });
    };
    let own = hold.window == window.id;
    if !own && hold.scope == HoldScope::Private {
        return Err(Refusal::HeldByOther {
            number: ticket.number.clone(),
            window: hold.window.clone(),
        });
    }
    if !own && !window.profile.serves(ticket.service()) {
        return Err(Refusal::NotServedHere { service: ticket.service().clone() });
    }
    Ok(vec![Event::TakenBack { ticket: ticket.id, window: window.id.clone() }])
}

fn walk_up(day: &HallDay, window: &Window, service: &ServiceId, now: Timestamp) -> Decision {
    must_be_open(window)?;
    must_be_free(day, window)?;
    known_service(day, service)?;
    if !window.profile.serves(service) {
        return Err(Refusal::NotServedHere { service: service.clone() });
    }
    let wanted =
        Take { services: vec![service.clone()], channel: Channel::WalkUp, ..Take::default() };
    let taken = take::new_ticket(day, &wanted, now)?;
    Ok(vec![Event::WalkUpStarted { taken, window: window.id.clone() }])
}

/// Whoever the window has called and not begun to serve.
fn called<'a>(day: &'a HallDay, window: &Window) -> Result<&'a Ticket, Refusal> {
    let ticket = current(day, window)?;
    match ticket.phase() {
        Phase::Called => Ok(ticket),
        _ => Err(Refusal::AlreadyServing { number: ticket.number.clone() }),
    }
}

fn must_be_open(window: &Window) -> Result<(), Refusal> {
    if window.is_open() { Ok(()) } else { Err(Refusal::WindowNotOpen) }
}

fn must_be_free(day: &HallDay, window: &Window) -> Result<(), Refusal> {
    match window.work.current {
        Some(id) => Err(busy(day.ticket(id)?)),
        None => Ok(()),
    }
}

fn busy(ticket: &Ticket) -> Refusal {
    Refusal::WindowBusy { number: ticket.number.clone() }
}

fn must_be_callable(ticket: &Ticket) -> Result<(), Refusal> {
    let number = ticket.number.clone();
    match ticket.phase() {
        Phase::Waiting if ticket.is_callable() => Ok(()),
        Phase::Waiting => Err(Refusal::TooEarly { number }),
        Phase::Closed => Err(Refusal::TicketClosed { number }),
        _ => Err(Refusal::NotWaiting { number }),
    }
}
