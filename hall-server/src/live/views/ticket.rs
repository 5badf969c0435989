//! A visitor's ticket, as their phone shows it.

use hall_core::{Command, Place, Ticket, choose, decide};
use protocol::live::{Cell, TicketCell, WindowRef};
use protocol::{Outcome, Phase, TicketId};

use super::{Cells, View, count, hall_cell, service_label, wait_range, window_ref};

/// The cells of a visitor's page; the ticket's is missing if it is not of today.
pub(crate) fn ticket_cells(view: &View<'_>, id: TicketId) -> Cells {
    let mut cells = Cells::new();
    cells.insert("hall".to_owned(), Cell::Hall(hall_cell(view)));
    if let Ok(ticket) = view.day.ticket(id) {
        cells.insert("ticket".to_owned(), Cell::Ticket(ticket_cell(view, ticket)));
    }
    cells
}

/// A ticket.
pub(crate) fn ticket_cell(view: &View<'_>, ticket: &Ticket) -> TicketCell {
    let day = view.day;
    let phase = ticket.phase();
    let ahead = if phase == Phase::Waiting { day.ahead_of(ticket) } else { 0 };
    let wait = match phase {
        Phase::Waiting => wait_range(day, ticket.service(), ahead),
        _ => None,
    };
    TicketCell {
        number: ticket.number.clone(),
        service: service_label(day, ticket.service()),
        pending: ticket.pending.iter().map(|it| service_label(day, it)).collect(),
        phase,
        outcome: outcome(ticket),
        class: ticket.class,
        ahead: count(ahead),
        wait,
        window: ticket.window().map(|window| window_ref(day, window)),
        windows: ticket_windows(view, ticket),
        taken_at: ticket.taken_at,
        called_at: called_at(ticket),
        held_until: held_until(ticket),
        not_before: ticket.not_before,
        may_withdraw: may_withdraw(view, ticket),
        may_return: may_return(view, ticket),
    }
}

/// Where a ticket waits: the open windows that may call it, or all that might while none is open.
fn ticket_windows(view: &View<'_>, ticket: &Ticket) -> Vec<WindowRef> {
    if !ticket.is_live() {
        return Vec::new();
    }
    let day = view.day;
    let mut windows: Vec<_> = choose::windows_for(day, ticket).collect();
    if windows.is_empty() {
        let might = day.windows.values().filter(|window| choose::may_call(window, ticket));
        windows = might.map(|window| &window.id).collect();
    }
    windows.into_iter().map(|window| window_ref(day, window)).collect()
}

/// Whether its visitor may give it back; asked of the rules themselves.
fn may_withdraw(view: &View<'_>, ticket: &Ticket) -> bool {
    decide(view.day, &Command::Withdraw { ticket: ticket.id }, view.now).is_ok()
}

/// Whether its visitor may come back after a missed call; asked of the rules themselves.
pub(super) fn may_return(view: &View<'_>, ticket: &Ticket) -> bool {
    decide(view.day, &Command::Return { ticket: ticket.id }, view.now).is_ok()
}

fn outcome(ticket: &Ticket) -> Option<Outcome> {
    match ticket.place {
        Place::Closed { outcome, .. } => Some(outcome),
        _ => None,
    }
}

/// When a ticket that is at a window was called there.
fn called_at(ticket: &Ticket) -> Option<protocol::Timestamp> {
    match ticket.place {
        Place::Called { at, .. } => Some(at),
        Place::Serving { .. } => ticket.leg().called_at,
        _ => None,
    }
}

fn held_until(ticket: &Ticket) -> Option<protocol::Timestamp> {
    match &ticket.place {
        Place::Held(hold) => hold.until,
        _ => None,
    }
}
