//! What a duty manager sees: the hall, today's figures, every window, every queue, every alert.

use hall_core::{HallDay, Totals};
use protocol::live::{Cell, HallCell, TotalsCell};
use protocol::{Outcome, WindowMode};

use super::{Cells, Machines, View, alert_cells, count, queue_cell, window_cell};

/// The cells of the duty manager's page.
pub(crate) fn hall_cells(view: &View<'_>, machines: &Machines) -> Cells {
    let mut cells = Cells::new();
    cells.insert("hall".to_owned(), Cell::Hall(hall_cell(view)));
    cells.insert("totals".to_owned(), Cell::Totals(totals_cell(view)));
    for window in view.day.windows.values() {
        let cell = Cell::Window(window_cell(view, window));
        cells.insert(format!("window/{}", window.id), cell);
    }
    for service in view.day.plan.services.keys() {
        if let Some(queue) = queue_cell(view, service) {
            cells.insert(format!("queue/{service}"), Cell::Queue(queue));
        }
    }
    let alerts = alert_cells(view, machines);
    cells.extend(alerts.into_iter().map(|(name, it)| (format!("alert/{name}"), Cell::Alert(it))));
    cells
}

/// The hall itself.
pub(crate) fn hall_cell(view: &View<'_>) -> HallCell {
    HallCell {
        name: view.day.plan.name.clone(),
        date: view.day.date.map(|date| date.to_string()).unwrap_or_default(),
        time_zone: view.names.time_zone().to_owned(),
        running: view.day.running,
    }
}

/// Today's figures. Walks over all of today's tickets, so it is asked for at a manager's pace.
pub(crate) fn totals_cell(view: &View<'_>) -> TotalsCell {
    let totals = Totals::of(view.day);
    let ended = |outcome: &Outcome| Some((*outcome, totals.ended(*outcome))).filter(|it| it.1 > 0);
    TotalsCell {
        taken: totals.taken,
        waiting: totals.waiting,
        called: totals.called,
        serving: totals.serving,
        held: totals.held,
        closed: Outcome::ALL.iter().filter_map(ended).collect(),
        mean_wait_s: mean_wait_s(view.day),
        windows: [WindowMode::Open, WindowMode::Paused, WindowMode::Closed]
            .map(|mode| count(view.day.windows.values().filter(|it| it.work.mode == mode).count())),
    }
}

/// Mean seconds from joining to the first call, over everybody who was called today. Later legs of a
/// visit do not count: their waiting was no queueing for a first answer.
fn mean_wait_s(day: &HallDay) -> Option<i64> {
    let (mut calls, mut waited_ms) = (0, 0);
    for ticket in day.tickets.values() {
        if let Some(called_at) = ticket.legs.first().and_then(|leg| leg.called_at) {
            calls += 1;
            waited_ms += called_at.since(ticket.joined_at);
        }
    }
    (calls > 0).then(|| waited_ms / calls / 1000)
}
