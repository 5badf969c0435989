//! What follows from a command: events, or a refusal. Nothing changes here; [`HallDay::apply`] does that.

mod at_window;
mod day;
mod keys;
mod manage;
mod send_on;
mod take;
mod undo;

use protocol::{ServiceId, Timestamp};

use crate::command::Command;
use crate::day::HallDay;
use crate::event::Event;
use crate::plan::ReasonId;
use crate::refusal::Refusal;
use crate::ticket::Ticket;
use crate::window::Window;

/// What a decision comes to.
pub(crate) type Decision = Result<Vec<Event>, Refusal>;

/// Says what follows from a command at a time.
///
/// # Errors
/// A [`Refusal`], which changes nothing.
pub fn decide(day: &HallDay, command: &Command, now: Timestamp) -> Result<Vec<Event>, Refusal> {
    let now = now.max(day.latest);
    if let Command::StartDay { date, midnight, kind, plan } = command {
        return day::start(day, *date, *midnight, *kind, plan);
    }
    if !day.running {
        return Err(Refusal::DayNotRunning);
    }
    match command {
        Command::StartDay { .. } => Err(Refusal::DayAlreadyRunning),
        Command::EndDay => Ok(vec![Event::DayEnded]),
        Command::ChangePlan { plan } => day::change_plan(day, plan),
        Command::SettleDue => Ok(day::settle_due(day, now)),
        Command::Take(take) => take::take(day, take, now),
        Command::LeaseNumbers { kiosk, series, count } => take::lease(day, kiosk, series, *count),
        Command::ReprintSlip { ticket, kiosk } => manage::reprint_slip(day, *ticket, kiosk),
        Command::Return { ticket } => manage::come_back(day, *ticket, now),
        Command::Withdraw { ticket } => manage::withdraw(day, *ticket),
        Command::Leave { ticket } => manage::leave(day, *ticket),
        Command::GrantClass { ticket, class, reason, note } => {
            manage::grant_class(day, *ticket, *class, reason, *note)
        }
        Command::Pin { ticket, reason, note } => manage::pin(day, *ticket, reason, *note),
        Command::Unpin { ticket } => manage::unpin(day, *ticket),
        Command::Merge { keep, drop } => manage::merge(day, *keep, *drop),
        Command::CloseService { service, reason } => manage::close_service(day, service, reason),
        Command::ReopenService { service } => manage::reopen_service(day, service),
        Command::SetProfile { window, profile } => {
            manage::set_profile(day, window, profile.as_ref())
        }
        Command::AtWindow { window, seen, act } => {
            let window = day.window(window)?;
            if seen.is_some_and(|seen| seen != window.revision) {
                return Err(Refusal::StalePage);
            }
            at_window::decide(day, window, act, now)
        }
    }
}

/// A reason must be one the plan lists.
pub(crate) fn known_reason(day: &HallDay, reason: &ReasonId) -> Result<(), Refusal> {
    if day.plan.reasons.contains_key(reason) {
        return Ok(());
    }
    Err(Refusal::UnknownReason { reason: reason.clone() })
}

/// A service must be one the plan lists.
pub(crate) fn known_service<'a>(
    day: &'a HallDay,
    service: &ServiceId,
) -> Result<&'a crate::plan::Service, Refusal> {
    day.plan
        .services
        .get(service)
        .ok_or_else(|| Refusal::UnknownService { service: service.clone() })
}

/// Whoever the window has called or is serving.
pub(crate) fn current<'a>(day: &'a HallDay, window: &Window) -> Result<&'a Ticket, Refusal> {
    day.ticket(window.work.current.ok_or(Refusal::NobodyHere)?)
}
