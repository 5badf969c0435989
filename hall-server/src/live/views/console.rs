//! A clerk's console: the window, who is next and why, who waits, who is set aside, what can be undone.

use hall_core::{Command, HoldScope, Place, Ticket, UndoAction, Window, WindowAct, choose, decide};
use protocol::live::{Cell, ConsoleCell, HeldTicket, NextTicket, RecentTicket, ShownOn, Undo};

use super::parts::line_ticket;
use super::ticket::may_return;
use super::{Cells, View, count, reason_label, service_label, window_cell, window_ref};

/// Most tickets of a line that are shown.
const LINE: usize = 50;
/// Most tickets that missed their call that are shown.
const MISSED: usize = 10;

/// The cells of a console; none if there is no such window today.
pub(crate) fn console_cells(
    view: &View<'_>,
    window: &protocol::WindowId,
    shown: Option<ShownOn>,
) -> Cells {
    let console = view.day.windows.get(window).map(|window| console_cell(view, window, shown));
    console.map(|it| ("console".to_owned(), Cell::Console(Box::new(it)))).into_iter().collect()
}

/// Everything on a clerk's page. `shown` comes from the hub, which knows the displays.
pub(crate) fn console_cell(
    view: &View<'_>,
    window: &Window,
    shown: Option<ShownOn>,
) -> ConsoleCell {
    let line = choose::line_for(view.day, window, LINE);
    ConsoleCell {
        window: window_cell(view, window),
        next: next_ticket(view, window),
        line: line.into_iter().map(|ticket| line_ticket(view, ticket)).collect(),
        waiting: count(choose::count_for(view.day, window)),
        held: view.day.held().filter_map(|ticket| held_ticket(view, window, ticket)).collect(),
        undo: undo(view, window),
        shown,
        missed: missed(view, window),
    }
}

/// Whom the window would call now, and why.
fn next_ticket(view: &View<'_>, window: &Window) -> Option<NextTicket> {
    let choice = choose::next_for(view.day, window, view.now)?;
    let ticket = view.day.ticket(choice.ticket).ok()?;
    let others = choice.why.runners_up.iter().filter_map(|it| view.day.ticket(it.ticket).ok());
    Some(NextTicket {
        ticket: line_ticket(view, ticket),
        rule: choice.why.rule,
        credit_s: view.day.plan.credit_ms(ticket.class) / 1000,
        runners_up: others.map(|ticket| line_ticket(view, ticket)).collect(),
    })
}

/// A ticket that was set aside, if this window may take it back.
fn held_ticket(view: &View<'_>, window: &Window, ticket: &Ticket) -> Option<HeldTicket> {
    let Place::Held(hold) = &ticket.place else { return None };
    let private = hold.scope == HoldScope::Private;
    let shared_with_us = !private && window.profile.serves(ticket.service());
    (hold.window == window.id || shared_with_us).then(|| HeldTicket {
        ticket: ticket.id,
        number: ticket.number.clone(),
        service: service_label(view.day, ticket.service()),
        window: window_ref(view.day, &hold.window).name,
        private,
        reason: reason_label(view.day, &hold.reason),
        until: hold.until,
        since: hold.since,
    })
}

/// What undo would take back, if the rules still let it.
fn undo(view: &View<'_>, window: &Window) -> Option<Undo> {
    let last = window.undo.back()?;
    let command = Command::AtWindow { window: window.id.clone(), seen: None, act: WindowAct::Undo };
    decide(view.day, &command, view.now).ok()?;
    Some(Undo {
        action: action_name(last.action).to_owned(),
        number: view.day.ticket(last.ticket).ok()?.number.clone(),
        until: last.at.plus_s(i64::from(view.day.plan.rules.undo_within_s)),
    })
}

fn action_name(action: UndoAction) -> &'static str {
    match action {
        UndoAction::Call => "call",
        UndoAction::Start => "start",
        UndoAction::Finish => "finish",
        UndoAction::Pass => "pass",
        UndoAction::Hold => "hold",
        UndoAction::TakeBack => "take-back",
        UndoAction::Transfer => "transfer",
        UndoAction::WalkUp => "walk-up",
    }
}

/// Tickets that missed their call here and may still come back.
fn missed(view: &View<'_>, window: &Window) -> Vec<RecentTicket> {
    let recent = view.day.missed_at(&window.id).take(MISSED);
    recent
        .filter(|ticket| may_return(view, ticket))
        .map(|ticket| RecentTicket {
            ticket: ticket.id,
            number: ticket.number.clone(),
            service: service_label(view.day, ticket.service()),
            at: ticket.leg().ended_at.unwrap_or(ticket.taken_at),
        })
        .collect()
}
