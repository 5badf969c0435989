//! Days, plans, leases, and what services and windows are set to.

use std::sync::Arc;

use jiff::civil::Date;
use protocol::{
    ClerkId, KioskId, Number, Outcome, SeriesId, ServiceId, TicketId, Timestamp, WindowId,
    WindowMode,
};

use crate::day::{HallDay, Lease, ServiceDay};
use crate::index::Index;
use crate::plan::{DayKind, Plan, Profile, ReasonId, Shift};
use crate::ticket::{HoldScope, Place, Ticket};
use crate::window::{Window, Work};

impl HallDay {
    pub(super) fn start_day(
        &mut self,
        date: Date,
        midnight: Timestamp,
        kind: DayKind,
        plan: &Arc<Plan>,
        at: Timestamp,
    ) {
        *self = Self {
            plan: Arc::clone(plan),
            date: Some(date),
            midnight,
            kind,
            running: true,
            latest: self.latest,
            next_ticket: self.next_ticket,
            ..Self::default()
        };
        self.furnish(at);
    }

    /// Gives every service, series and window of the plan its place in the day.
    fn furnish(&mut self, at: Timestamp) {
        let plan = Arc::clone(&self.plan);
        for (id, service) in &plan.services {
            let shifts = plan.hours_of(service).on(self.kind).len();
            self.services.entry(id.clone()).or_default().taken_in_shift.resize(shifts, 0);
        }
        for (id, series) in &plan.series {
            self.counters.entry(id.clone()).or_insert(series.first.saturating_sub(1));
        }
        for (id, window) in &plan.windows {
            self.windows
                .entry(id.clone())
                .or_insert_with(|| Window::new(id.clone(), window.profile.clone(), at));
        }
    }

    pub(super) fn change_plan(&mut self, plan: &Arc<Plan>, at: Timestamp) {
        let before = std::mem::replace(&mut self.plan, Arc::clone(plan));
        for (id, window) in &mut self.windows {
            // A window whose services were changed by hand keeps them; the others follow the plan.
            let follows = before.windows.get(id).is_some_and(|it| it.profile == window.profile);
            let profile = match plan.windows.get(id).filter(|_| follows) {
                Some(planned) => planned.profile.clone(),
                None => window.profile.only(|service| plan.services.contains_key(service)),
            };
            if profile != window.profile {
                window.take_services(profile);
            }
        }
        for (id, today) in &mut self.services {
            if let (Some(old), Some(new)) = (before.services.get(id), plan.services.get(id)) {
                let (old, new) = (before.hours_of(old), plan.hours_of(new));
                today.move_to_shifts(old.on(self.kind), new.on(self.kind));
            }
        }
        self.pass_leased_numbers(&before);
        self.furnish(at);
    }

    /// Where a series' far half now begins later than it did, the leased numbers lie in front of it: visitors'
    /// numbers go on behind them, or they would be given a second time.
    fn pass_leased_numbers(&mut self, before: &Plan) {
        for (id, series) in &self.plan.series {
            let grown = before.series.get(id).is_some_and(|old| old.far_half() < series.far_half());
            if let (true, Some(leased_to)) = (grown, self.leased_to.get(id)) {
                let counter = self.counters.entry(id.clone()).or_insert(*leased_to);
                *counter = (*counter).max(*leased_to);
            }
        }
    }

    pub(super) fn end_day(&mut self, at: Timestamp) {
        for ticket in self.tickets.values_mut().filter(|ticket| ticket.is_live()) {
            ticket.close(Outcome::DayEnd, at);
            ticket.revision += 1;
        }
        for window in self.windows.values_mut() {
            let figures = window.work.figures;
            window.work = Work { since: at, figures, ..Work::default() };
            window.undo.clear();
            window.revision += 1;
        }
        self.leases.clear();
        self.running = false;
        self.index = Index::of(self);
    }

    pub(super) fn lease(
        &mut self,
        kiosk: &KioskId,
        series: &SeriesId,
        first: TicketId,
        numbers: &[Number],
    ) {
        for (ticket, number) in (first.0..).map(TicketId).zip(numbers) {
            self.index.numbers.insert(number.clone(), ticket);
            let lease =
                Lease { kiosk: kiosk.clone(), series: series.clone(), number: number.clone() };
            self.leases.insert(ticket, lease);
        }
        self.next_ticket = TicketId(first.0 + numbers.len() as u64);
    }

    pub(super) fn set_closed(&mut self, service: &ServiceId, reason: Option<ReasonId>) {
        if let Some(today) = self.services.get_mut(service) {
            today.closed = reason;
        }
    }

    pub(super) fn set_profile(&mut self, window: &WindowId, profile: &Profile) {
        if let Some(window) = self.windows.get_mut(window) {
            window.take_services(profile.clone());
        }
    }

    pub(super) fn open_window(&mut self, id: &WindowId, clerk: &ClerkId, at: Timestamp) {
        self.set_mode(id, WindowMode::Open, None, at);
        if let Some(window) = self.windows.get_mut(id) {
            window.work.clerk = Some(clerk.clone());
            // Whom the clerk before served is not asked about this one.
            window.work.unrated = None;
            window.undo.clear();
        }
    }

    pub(super) fn pause_window(&mut self, id: &WindowId, reason: &ReasonId, at: Timestamp) {
        self.set_mode(id, WindowMode::Paused, Some(reason.clone()), at);
    }

    pub(super) fn resume_window(&mut self, id: &WindowId, at: Timestamp) {
        self.set_mode(id, WindowMode::Open, None, at);
    }

    /// Closes a window and frees whoever was waiting for it alone.
    pub(super) fn close_window(
        &mut self,
        id: &WindowId,
        reason: &ReasonId,
        freed: &[TicketId],
        at: Timestamp,
    ) {
        self.set_mode(id, WindowMode::Closed, Some(reason.clone()), at);
        if let Some(window) = self.windows.get_mut(id) {
            window.work.clerk = None;
            window.undo.clear();
        }
        for ticket in freed {
            self.revise(*ticket, |it| free_of(it, id));
        }
    }

    fn set_mode(
        &mut self,
        id: &WindowId,
        mode: WindowMode,
        reason: Option<ReasonId>,
        at: Timestamp,
    ) {
        if let Some(window) = self.windows.get_mut(id) {
            window.work.mode = mode;
            window.work.reason = reason;
            window.work.since = at;
            window.revision += 1;
        }
    }
}

/// Lets a ticket go to other windows than this one.
fn free_of(ticket: &mut Ticket, window: &WindowId) {
    if ticket.leg().bound_to.as_ref() == Some(window) {
        ticket.leg_mut().bound_to = None;
    }
    if let Place::Held(hold) = &mut ticket.place
        && hold.window == *window
    {
        hold.scope = HoldScope::Shared;
    }
    if ticket.come_back.as_ref().is_some_and(|wish| wish.window == *window) {
        ticket.drop_wish();
    }
}

impl ServiceDay {
    /// Carries the counts over to new shifts: each goes to the shift that now covers the beginning of
    /// the old one, or else to the first that overlaps it.
    fn move_to_shifts(&mut self, old: &[Shift], new: &[Shift]) {
        if old == new {
            return;
        }
        let mut counts = vec![0; new.len()];
        for (shift, count) in old.iter().zip(&self.taken_in_shift) {
            let home = new
                .iter()
                .position(|it| it.covers(shift.from.as_millis()))
                .or_else(|| new.iter().position(|it| it.from < shift.to && shift.from < it.to));
            if let Some(home) = home {
                counts[home] += count;
            }
        }
        self.taken_in_shift = counts;
    }
}
