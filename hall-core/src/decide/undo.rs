//! Taking the last action at a window back, while nothing has been built on it.

use protocol::Timestamp;

use super::{Decision, manage};
use crate::day::HallDay;
use crate::event::Event;
use crate::refusal::Refusal;
use crate::window::Window;

pub(super) fn undo(day: &HallDay, window: &Window, now: Timestamp) -> Decision {
    let last = window.undo.back().ok_or(Refusal::NothingToUndo)?;
    let limit_s = day.plan.rules.undo_within_s;
    if now > last.at.plus_s(i64::from(limit_s)) {
        return Err(Refusal::TooLateToUndo { limit_s });
    }
    let ticket = day.ticket(last.ticket)?;
    let untouched = ticket.revision == last.revision_after;
    // A closed ticket lives again only if nobody holds its number or its person's place by now.
    let can_live = ticket.is_live() || manage::is_still_unique(day, ticket);
    if !untouched || !can_live {
        return Err(Refusal::MovedOn { number: ticket.number.clone() });
    }
    Ok(vec![Event::Undone {
        window: window.id.clone(),
        action: last.action,
        ticket: last.ticket,
    }])
}
