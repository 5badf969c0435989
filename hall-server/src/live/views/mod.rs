//! What is to be seen of a day: pure functions from the day, the time and a few names to cells. The hub
//! sends them to sockets, the API answers with them, and the pages begin with them, so that all three
//! always say the same.

mod alerts;
mod board;
mod console;
mod hall;
mod menu;
mod parts;
mod queue;
mod ticket;
mod window;

use std::collections::BTreeMap;

use hall_core::HallDay;
use protocol::live::{Cell, CellKey};
use protocol::{ClerkId, Label, NoteId, PersonId, Timestamp};

pub(crate) use alerts::{KioskNeed, Machines, alert_cells};
pub(crate) use board::board_cells;
pub(crate) use console::{console_cell, console_cells};
pub(crate) use hall::{hall_cell, hall_cells, totals_cell};
pub(crate) use menu::menu;
pub(crate) use parts::{availability, reason_label, service_label, wait_range, window_ref};
pub(crate) use queue::queue_cell;
pub(crate) use ticket::{ticket_cell, ticket_cells};
pub(crate) use window::window_cell;

/// The cells of a topic.
pub(crate) type Cells = BTreeMap<CellKey, Cell>;

/// What a view looks at.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    /// The day.
    pub(crate) day: &'a HallDay,
    /// The time.
    pub(crate) now: Timestamp,
    /// What the day itself does not know.
    pub(crate) names: &'a dyn Names,
}

/// What the day knows only by id: people, remarks, clerks.
pub(crate) trait Names {
    /// A visitor's name, masked.
    fn masked(&self, person: PersonId) -> Option<String>;
    /// A remark.
    fn note(&self, note: NoteId) -> Option<String>;
    /// A clerk's name.
    fn clerk(&self, clerk: &ClerkId) -> Option<Label>;
    /// The zone of the business day.
    fn time_zone(&self) -> &str;
}

/// A count, as cells hold it.
pub(crate) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
