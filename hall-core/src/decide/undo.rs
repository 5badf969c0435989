//! Taking the last action at a window back, while nothing has been built on it.

use protocol::{Timestamp, WindowMode};

use super::{Decision, manage};
use crate::day::HallDay;
use crate::event::Event;
use crate::refusal::Refusal;
use crate::ticket::{HoldScope, Place, Ticket};
use crate::window::Window;

pub(super) fn undo(day: &HallDay, window: &Window, now: Timestamp) -> Decision {
    let last = window.undo.back().ok_or(Refusal::NothingToUndo)?;
    let limit_s = day.plan.rules.undo_within_s;
    if now > last.at.plus_s(i64::from(limit_s)) {
        return Err(Refusal::TooLateToUndo { limit_s });
    }
    let ticket = day.ticket(last.ticket)?;
    let untouched = ticket.revision == last.revision_after;
    let restorable = last.ticket_before.as_ref().is_none_or(|before| {
        manage::can_live_again(day, before) && !counts_on_closed_window(day, before)
    });
    if !untouched || !restorable {
        return Err(Refusal::MovedOn { number: ticket.number.clone() });
    }
    Ok(vec![Event::Undone { window: window.id.clone(), action: last.action, ticket: last.ticket }])
}

/// Whether a ticket would wait for a window that has closed since.
fn counts_on_closed_window(day: &HallDay, ticket: &Ticket) -> bool {
    let mut closed = day.windows.values().filter(|it| it.work.mode == WindowMode::Closed);
    closed.any(|window| {
        // What a closed window set aside for all may be taken back by any of them.
        let shared = matches!(&ticket.place, Place::Held(hold) if hold.scope == HoldScope::Shared);
        !shared && ticket.depends_on(&window.id)
    })
}
