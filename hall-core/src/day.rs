//! A hall's day: the whole state the rules work on. It is only ever changed by [`HallDay::apply`].

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use protocol::{
    KioskId, Label, Number, PersonId, SeriesId, ServiceId, TicketId, Timestamp, WindowId,
};
use serde::{Deserialize, Serialize};

use crate::index::{Index, Line};
use crate::plan::{DayKind, Hours, Plan, ReasonId, Rules};
use crate::refusal::Refusal;
use crate::ticket::Ticket;
use crate::window::Window;

/// One hall on one business day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HallDay {
    /// The rules of the day.
    pub plan: Arc<Plan>,
    /// Which day; `None` before the first.
    pub date: Option<Date>,
    /// The day's first moment.
    pub midnight: Timestamp,
    /// What kind of day it is.
    pub kind: DayKind,
    /// Whether the day has begun and not ended.
    pub running: bool,
    /// The latest time anything happened: time never runs backwards here.
    pub latest: Timestamp,
    /// Today's tickets, closed ones too.
    pub tickets: BTreeMap<TicketId, Ticket>,
    /// The next ticket's id; goes on over the days.
    pub next_ticket: TicketId,
    /// The windows.
    pub windows: BTreeMap<WindowId, Window>,
    /// The services.
    pub services: BTreeMap<ServiceId, ServiceDay>,
    /// The last number given by each series.
    pub counters: BTreeMap<SeriesId, u32>,
    /// The last number leased from each series' far half.
    #[serde(default)]
    pub leased_to: BTreeMap<SeriesId, u32>,
    /// Numbers that kiosks hold and have not used, by the ticket they will be.
    pub leases: BTreeMap<TicketId, Lease>,
    /// Rises whenever somebody is put behind somebody else.
    pub stamp: u64,
    #[serde(skip)]
    pub(crate) index: Index,
}

/// A service today.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceDay {
    /// Why it gives no more tickets, if so.
    pub closed: Option<ReasonId>,
    /// Tickets taken.
    pub taken: u32,
    /// Tickets taken in each shift of its hours.
    pub taken_in_shift: Vec<u32>,
    /// Legs served.
    pub served: u32,
    /// Milliseconds of serving them.
    pub served_ms: i64,
}

/// A number that a kiosk holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    /// Which kiosk.
    pub kiosk: KioskId,
    /// From which series.
    pub series: SeriesId,
    /// The number.
    pub number: Number,
}

impl Default for HallDay {
    /// A hall before its first day.
    fn default() -> Self {
        let plan = Plan {
            name: Label::new("", ""),
            hours: Hours::default(),
            rules: Rules::default(),
            credits: BTreeMap::new(),
            no_show: crate::plan::NoShowPolicy::default(),
            voice: None,
            reasons: BTreeMap::new(),
            zones: BTreeMap::new(),
            departments: BTreeMap::new(),
            series: BTreeMap::new(),
            services: BTreeMap::new(),
            windows: BTreeMap::new(),
        };
        Self {
            plan: Arc::new(plan),
            date: None,
            midnight: Timestamp(0),
            kind: DayKind::Working,
            running: false,
            latest: Timestamp(0),
            tickets: BTreeMap::new(),
            next_ticket: TicketId(1),
            windows: BTreeMap::new(),
            services: BTreeMap::new(),
            counters: BTreeMap::new(),
            leased_to: BTreeMap::new(),
            leases: BTreeMap::new(),
            stamp: 0,
            index: Index::default(),
        }
    }
}

impl HallDay {
    /// Makes a day usable again that was read from a snapshot, where its indexes are not written.
    #[must_use]
    pub fn restored(mut self) -> Self {
        self.index = Index::of(&self);
        self
    }

    /// Whether the indexes say what the tickets say; tests ask after every step.
    #[must_use]
    pub fn index_is_true(&self) -> bool {
        self.index == Index::of(self)
    }

    /// A ticket of today.
    ///
    /// # Errors
    /// [`Refusal::UnknownTicket`].
    pub fn ticket(&self, id: TicketId) -> Result<&Ticket, Refusal> {
        self.tickets.get(&id).ok_or(Refusal::UnknownTicket { ticket: id })
    }

    /// A ticket of today that is not over.
    ///
    /// # Errors
    /// [`Refusal::UnknownTicket`] or [`Refusal::TicketClosed`].
    pub fn alive(&self, id: TicketId) -> Result<&Ticket, Refusal> {
        let ticket = self.ticket(id)?;
        if ticket.is_live() {
            return Ok(ticket);
        }
        Err(Refusal::TicketClosed { number: ticket.number.clone() })
    }

    /// A window.
    ///
    /// # Errors
    /// [`Refusal::UnknownWindow`].
    pub fn window(&self, id: &WindowId) -> Result<&Window, Refusal> {
        self.windows.get(id).ok_or_else(|| Refusal::UnknownWindow { window: id.clone() })
    }

    /// The live ticket that shows this number.
    #[must_use]
    pub fn ticket_by_number(&self, number: &Number) -> Option<&Ticket> {
        self.tickets.get(self.index.numbers.get(number)?)
    }

    /// Every live ticket of a person.
    pub fn tickets_of(&self, person: PersonId) -> impl Iterator<Item = &Ticket> {
        self.index.people.get(&person).into_iter().flatten().filter_map(|id| self.tickets.get(id))
    }

    /// The ticket a person holds for a service.
    #[must_use]
    pub fn ticket_of(&self, person: PersonId, service: &ServiceId) -> Option<&Ticket> {
        self.tickets_of(person).find(|ticket| ticket.open_services().any(|it| it == service))
    }

    /// The callable tickets of a service in their one order, those bound to a window left out.
    pub fn queue(&self, service: &ServiceId) -> impl Iterator<Item = &Ticket> {
        self.index
            .queues
            .get(service)
            .into_iter()
            .flatten()
            .filter_map(|(_, id)| self.tickets.get(id))
    }

    /// The callable tickets that were sent to this window, in order.
    pub fn bound_to(&self, window: &WindowId) -> impl Iterator<Item = &Ticket> {
        self.index
            .bound
            .get(window)
            .into_iter()
            .flatten()
            .filter_map(|(_, id)| self.tickets.get(id))
    }

    /// Tickets set aside.
    pub fn held(&self) -> impl Iterator<Item = &Ticket> {
        self.index.held.iter().filter_map(|id| self.tickets.get(id))
    }

    /// Tickets that closed because nobody answered this window's call, the latest first.
    pub fn missed_at(&self, window: &WindowId) -> impl Iterator<Item = &Ticket> {
        self.index
            .missed
            .get(window)
            .into_iter()
            .flatten()
            .rev()
            .filter_map(|(_, id)| self.tickets.get(id))
    }

    /// How many wait for a service, those bound to a window left out.
    #[must_use]
    pub fn waiting_count(&self, service: &ServiceId) -> usize {
        self.index.queues.get(service).map_or(0, std::collections::BTreeSet::len)
    }

    /// The line somebody waits in: their window's if they were sent to one, else their service's.
    pub(crate) fn line(&self, service: &ServiceId, bound_to: Option<&WindowId>) -> Option<&Line> {
        match bound_to {
            Some(window) => self.index.bound.get(window),
            None => self.index.queues.get(service),
        }
    }

    /// How many live tickets stand before this one in its queue.
    #[must_use]
    pub fn ahead_of(&self, ticket: &Ticket) -> usize {
        let bound_to = ticket.leg().bound_to.as_ref();
        let Some(line) = self.line(ticket.service(), bound_to) else { return 0 };
        let place = (ticket.key, ticket.id);
        // Most who ask have just joined at the tail: no need to walk a long queue for them.
        if line.last() == Some(&place) {
            return line.len() - 1;
        }
        line.range(..place).count()
    }

    /// The earliest time at which [`crate::Command::SettleDue`] has something to do.
    #[must_use]
    pub fn next_due(&self) -> Option<Timestamp> {
        self.index.due.first().map(|(at, _)| *at)
    }

    /// Tickets that have become due by a time.
    pub(crate) fn due_by(&self, now: Timestamp) -> impl Iterator<Item = TicketId> + '_ {
        self.index.due.iter().take_while(move |(at, _)| *at <= now).map(|(_, id)| *id)
    }

    /// Windows that take a service by their present profile, open or not; those that left the plan do
    /// not count.
    pub(crate) fn planned_windows_for<'a>(
        &'a self,
        service: &'a ServiceId,
    ) -> impl Iterator<Item = &'a Window> {
        let planned = |window: &&Window| self.plan.windows.contains_key(&window.id);
        self.windows.values().filter(planned).filter(move |it| it.profile.serves(service))
    }

    /// Windows that take a service now: open, and by their present profile.
    pub fn open_windows_for<'a>(
        &'a self,
        service: &'a ServiceId,
    ) -> impl Iterator<Item = &'a Window> {
        self.windows.values().filter(move |it| it.is_open() && it.profile.serves(service))
    }

    /// Milliseconds since the day began.
    #[must_use]
    pub fn time_of_day(&self, now: Timestamp) -> i64 {
        now.since(self.midnight)
    }

    /// Changes a ticket, and the indexes with it.
    pub(crate) fn revise(&mut self, id: TicketId, change: impl FnOnce(&mut Ticket)) {
        if let Some(ticket) = self.tickets.get_mut(&id) {
            self.index.remove(ticket);
            change(ticket);
            ticket.revision += 1;
            self.index.insert(ticket);
        }
    }
}
