//! A service's queue.

use protocol::ServiceId;
use protocol::live::QueueCell;

use super::{View, availability, count, wait_range};

/// How many of the next numbers are shown.
const NEXT_NUMBERS: usize = 3;

/// The queue of a service; `None` if the plan has no such service.
pub(crate) fn queue_cell(view: &View<'_>, id: &ServiceId) -> Option<QueueCell> {
    let day = view.day;
    let service = day.plan.services.get(id)?;
    let waiting = day.waiting_count(id);
    Some(QueueCell {
        service: id.clone(),
        name: service.name.clone(),
        department: service.department.clone(),
        waiting: count(waiting),
        oldest: day.queue(id).map(|ticket| ticket.joined_at).min(),
        wait: wait_range(day, id, waiting),
        next: day.queue(id).take(NEXT_NUMBERS).map(|ticket| ticket.number.clone()).collect(),
        open_windows: count(day.open_windows_for(id).count()),
        availability: availability(view, id),
    })
}
