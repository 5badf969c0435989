//! The hall of a replay: commands go in, and every event that comes out is counted.

use std::collections::BTreeMap;

use hall_core::plan::DayKind;
use hall_core::{Command, Event, HallDay, Refusal, Take, WindowAct, choose, decide};
use jiff::civil::date;
use protocol::{TicketId, Timestamp, WindowId};

use super::figures::Figures;
use super::record::Visit;
use super::roster::{PRIORITY, RECORDED, Roster};

/// A hall at a moment of its replayed day.
pub(super) struct ReplayHall {
    day: HallDay,
    second: i64,
    figures: Figures,
    /// Whose ticket is which, by place in the record.
    tickets: BTreeMap<usize, TicketId>,
    visits: BTreeMap<TicketId, usize>,
}

/// The rules refused something.
#[derive(Debug)]
pub(super) struct Stopped {
    pub(super) second: i64,
    pub(super) refusal: Refusal,
}

impl ReplayHall {
    /// Opens every window at the first moment of the day. Which day it was plays no part.
    pub(super) fn open(roster: &Roster) -> Result<Self, Stopped> {
        let mut hall = Self {
            day: HallDay::default(),
            second: 0,
            figures: Figures::default(),
            tickets: BTreeMap::new(),
            visits: BTreeMap::new(),
        };
        hall.does(&Command::StartDay {
            date: date(1970, 1, 1),
            midnight: Timestamp(0),
            kind: DayKind::Working,
            plan: roster.plan.clone(),
        })?;
        for window in roster.plan.windows.keys() {
            hall.act(window, WindowAct::Open { clerk: window.as_str().into() })?;
        }
        Ok(hall)
    }

    /// Lets the clock show a second of the day.
    pub(super) fn at(&mut self, second: i64) {
        self.second = second;
    }

    /// A caller joins.
    pub(super) fn join(&mut self, place: usize, visit: &Visit) -> Result<(), Stopped> {
        let mut take = Take { services: vec![visit.service_type.clone()], ..Take::default() };
        if visit.priority {
            take.class = PRIORITY;
        }
        for event in self.does(&Command::Take(take))? {
            for ticket in event.tickets() {
                self.tickets.insert(place, ticket);
                self.visits.insert(ticket, place);
            }
        }
        Ok(())
    }

    /// A caller gives up, if nobody has called them yet.
    pub(super) fn leave(&mut self, place: usize) -> Result<(), Stopped> {
        let Some(&ticket) = self.tickets.get(&place) else { return Ok(()) };
        if self.day.tickets.get(&ticket).is_some_and(|it| it.is_callable()) {
            self.does(&Command::Leave { ticket })?;
        }
        Ok(())
    }

    /// A window calls this very caller and begins to serve them.
    pub(super) fn call_recorded(&mut self, window: &WindowId, place: usize) -> Result<(), Stopped> {
        let Some(&ticket) = self.tickets.get(&place) else { return Ok(()) };
        let next = self.next(window);
        let act = if next == Some(ticket) {
            WindowAct::CallNext
        } else {
            WindowAct::CallTicket { ticket, reason: RECORDED.to_owned() }
        };
        self.act(window, act)?;
        self.act(window, WindowAct::Start)
    }

    /// A window calls whoever is next and begins to serve them; which visit that is, if the window is
    /// free and anybody waits.
    pub(super) fn call_next(&mut self, window: &WindowId) -> Result<Option<usize>, Stopped> {
        if self.day.windows.get(window).is_none_or(|it| it.work.current.is_some()) {
            return Ok(None);
        }
        let Some(ticket) = self.next(window) else { return Ok(None) };
        self.act(window, WindowAct::CallNext)?;
        self.act(window, WindowAct::Start)?;
        Ok(self.visits.get(&ticket).copied())
    }

    /// A window is done with its visitor.
    pub(super) fn finish(&mut self, window: &WindowId) -> Result<(), Stopped> {
        self.act(window, WindowAct::Finish)
    }

    /// Ends the day and says what it came to.
    pub(super) fn close(mut self) -> Result<Figures, Stopped> {
        self.does(&Command::EndDay)?;
        Ok(self.figures)
    }

    fn next(&self, window: &WindowId) -> Option<TicketId> {
        let window = self.day.windows.get(window)?;
        choose::next_for(&self.day, window, self.now()).map(|choice| choice.ticket)
    }

    fn act(&mut self, window: &WindowId, act: WindowAct) -> Result<(), Stopped> {
        self.does(&Command::AtWindow { window: window.clone(), seen: None, act }).map(drop)
    }

    fn does(&mut self, command: &Command) -> Result<Vec<Event>, Stopped> {
        let now = self.now();
        let events = decide(&self.day, command, now)
            .map_err(|refusal| Stopped { second: self.second, refusal })?;
        for event in &events {
            self.day.apply(event, now);
            self.figures.see(event, now);
        }
        Ok(events)
    }

    fn now(&self) -> Timestamp {
        Timestamp(0).plus_s(self.second)
    }
}
