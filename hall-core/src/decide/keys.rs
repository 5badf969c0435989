//! What a key of a caller keypad means at a window. The whole press is one command, so that a press which is
//! sent again is done once, whatever the first one changed.

use protocol::wall::Key;
use protocol::{TicketId, Timestamp, WindowId, WindowMode};

use super::{Decision, at_window, current};
use crate::command::{TransferTo, WindowAct};
use crate::day::HallDay;
use crate::event::Event;
use crate::refusal::Refusal;
use crate::ticket::{HoldScope, Place};
use crate::window::Window;

/// Any key ends a pause; the pause key does only that.
pub(super) fn press(day: &HallDay, window: &Window, key: Key, now: Timestamp) -> Decision {
    if window.work.mode != WindowMode::Paused {
        return at_window::decide(day, window, &act_of(day, window, key)?, now);
    }
    let mut events = vec![Event::WindowResumed { window: window.id.clone() }];
    if key != Key::Pause {
        let mut resumed = window.clone();
        resumed.work.mode = WindowMode::Open;
        let act = act_of(day, &resumed, key);
        // The pause is over even if there is nothing else to do, such as nobody to call.
        let more = act.and_then(|act| at_window::decide(day, &resumed, &act, now));
        events.extend(more.unwrap_or_default());
    }
    Ok(events)
}

/// What a key means at a window that is not paused.
fn act_of(day: &HallDay, window: &Window, key: Key) -> Result<WindowAct, Refusal> {
    let no_reason = |kind: &str| Refusal::UnknownReason { reason: kind.to_owned() };
    Ok(match key {
        Key::Call => WindowAct::CallNext,
        Key::Recall => WindowAct::Recall,
        Key::Rate => WindowAct::Finish,
        Key::Pause => WindowAct::Pause {
            reason: day.plan.keypad_pause().ok_or_else(|| no_reason("pause"))?.clone(),
        },
        Key::Transfer => {
            let service = current(day, window)?.service().clone();
            let to = TransferTo::Service(service);
            WindowAct::Transfer { to, note: None, come_back: false }
        }
        Key::Hold => WindowAct::Hold {
            scope: HoldScope::Private,
            reason: day.plan.keypad_hold().ok_or_else(|| no_reason("hold"))?.clone(),
            until: None,
        },
        Key::Resume => {
            let ticket = last_held(day, &window.id).ok_or(Refusal::NobodyHere)?;
            WindowAct::TakeBack { ticket }
        }
        Key::Pass => WindowAct::Pass,
    })
}

/// Whom this window set aside last.
fn last_held(day: &HallDay, window: &WindowId) -> Option<TicketId> {
    let own = day.held().filter_map(|ticket| match &ticket.place {
        Place::Held(hold) if hold.window == *window => Some((hold.since, ticket.id)),
        _ => None,
    });
    own.max().map(|(_, ticket)| ticket)
}
