//! What a wall shows: who is called where, how long the queues are, which windows are open. A board has
//! the zones of its display; no zones means the whole hall.

use std::collections::BTreeSet;

use hall_core::{Place, Ticket, Window};
use protocol::live::{CallCell, Cell};
use protocol::{ServiceId, ZoneId};

use super::parts::holder;
use super::window::window_on_board;
use super::{Cells, View, hall_cell, queue_cell, window_ref};

/// The cells of a board.
pub(crate) fn board_cells(view: &View<'_>, zones: &[ZoneId]) -> Cells {
    let mut cells = Cells::new();
    cells.insert("hall".to_owned(), Cell::Hall(hall_cell(view)));
    let mut services: BTreeSet<&ServiceId> = BTreeSet::new();
    for window in view.day.windows.values().filter(|window| is_in(view, window, zones)) {
        services.extend(window.profile.services());
        let cell = Cell::Window(window_on_board(view, window));
        cells.insert(format!("window/{}", window.id), cell);
        if let Some(call) = call_cell(view, window) {
            cells.insert(format!("call/{}", window.id), Cell::Call(call));
        }
    }
    for service in services {
        if let Some(queue) = queue_cell(view, service) {
            cells.insert(format!("queue/{service}"), Cell::Queue(queue));
        }
    }
    cells
}

/// Whether a window stands in one of these zones.
fn is_in(view: &View<'_>, window: &Window, zones: &[ZoneId]) -> bool {
    let zone = view.day.plan.windows.get(&window.id).map(|plan| &plan.zone);
    zones.is_empty() || zone.is_some_and(|zone| zones.contains(zone))
}

/// The present call of a window.
fn call_cell(view: &View<'_>, window: &Window) -> Option<CallCell> {
    let ticket = view.day.ticket(window.work.current?).ok()?;
    let (called_at, recalls) = match ticket.place {
        Place::Called { at, recalls, .. } => (at, recalls),
        _ => (first_call(ticket), 0),
    };
    Some(CallCell {
        at: window_ref(view.day, &window.id),
        number: ticket.number.clone(),
        holder: holder(view, ticket),
        phase: ticket.phase(),
        called_at,
        recalls,
    })
}

/// When somebody who is being served was called.
fn first_call(ticket: &Ticket) -> protocol::Timestamp {
    let leg = ticket.leg();
    leg.called_at.or(leg.started_at).unwrap_or(ticket.taken_at)
}
