//! A window, and whom it has.

use hall_core::{Place, Ticket, Window, choose};
use protocol::live::{CurrentTicket, Figures, WindowCell};

use super::parts::{holder, service_label};
use super::{View, count, reason_label, window_ref};

/// A window, as its clerk and the duty manager see it.
pub(crate) fn window_cell(view: &View<'_>, window: &Window) -> WindowCell {
    let day = view.day;
    let work = &window.work;
    WindowCell {
        at: window_ref(day, &window.id),
        mode: work.mode,
        since: work.since,
        reason: work.reason.as_ref().map(|reason| reason_label(day, reason)),
        clerk: work.clerk.clone(),
        clerk_name: work.clerk.as_ref().and_then(|clerk| view.names.clerk(clerk)),
        services: window.profile.services().cloned().collect(),
        current: current_ticket(view, window),
        waiting: count(choose::count_for(day, window)),
        figures: figures(window),
        revision: window.revision,
    }
}

/// A window as a wall may show it: without its clerk, whom it serves for what, and its figures.
pub(super) fn window_on_board(view: &View<'_>, window: &Window) -> WindowCell {
    WindowCell {
        clerk: None,
        clerk_name: None,
        current: None,
        figures: Figures::default(),
        // A wall acts at no window, and must not be sent every change it cannot show.
        revision: 0,
        ..window_cell(view, window)
    }
}

/// Whom a window has called or is serving.
fn current_ticket(view: &View<'_>, window: &Window) -> Option<CurrentTicket> {
    let ticket = view.day.ticket(window.work.current?).ok()?;
    let (since, recalls) = match ticket.place {
        Place::Called { at, recalls, .. } => (at, recalls),
        _ => (ticket.leg().started_at.unwrap_or(ticket.taken_at), 0),
    };
    Some(CurrentTicket {
        ticket: ticket.id,
        number: ticket.number.clone(),
        phase: ticket.phase(),
        since,
        recalls,
        service: service_label(view.day, ticket.service()),
        pending: ticket.pending.iter().map(|it| service_label(view.day, it)).collect(),
        class: ticket.class,
        holder: holder(view, ticket),
        identity: ticket.identity,
        language: ticket.language,
        taken_at: ticket.taken_at,
        note: note(view, ticket),
    })
}

/// What the window before wrote for this one.
fn note(view: &View<'_>, ticket: &Ticket) -> Option<String> {
    view.names.note(ticket.leg().note?)
}

fn figures(window: &Window) -> Figures {
    let figures = &window.work.figures;
    Figures {
        called: figures.called,
        served: figures.served,
        mean_service_s: figures.mean_service_s(),
        passed: figures.passed,
        transferred: figures.transferred,
    }
}
