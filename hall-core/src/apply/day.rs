//! Days, plans, leases, and what services and windows are set to.

use std::sync::Arc;

use jiff::civil::Date;
use protocol::{
    ClerkId, KioskId, Number, Outcome, SeriesId, ServiceId, TicketId, Timestamp, WindowId,
    WindowMode,
};

use crate::day::{HallDay, Lease, ServiceDay};
use crate::index::Index;
use crate::plan::{DayKind, Plan, Profile, ReasonId};
use crate::ticket::{HoldScope, Place};
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
            let today = self.services.entry(id.clone()).or_insert_with(ServiceDay::default);
            today.taken_in_shift.resize(shifts, 0);
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
            if let Some(planned) = plan.windows.get(id).filter(|_| follows) {
                window.profile = planned.profile.clone();
                window.work.turns = vec![0; window.profile.groups.len()];
            }
        }
        self.furnish(at);
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
        counter: u32,
    ) {
        for (ticket, number) in (first.0..).map(TicketId).zip(numbers) {
            let lease =
                Lease { kiosk: kiosk.clone(), series: series.clone(), number: number.clone() };
            self.leases.insert(ticket, lease);
        }
        self.next_ticket = TicketId(first.0 + numbers.len() as u64);
        self.counters.insert(series.clone(), counter);
    }

    pub(super) fn set_closed(&mut self, service: &ServiceId, reason: Option<ReasonId>) {
        if let Some(today) = self.services.get_mut(service) {
            today.closed = reason;
        }
    }

    pub(super) fn set_profile(&mut self, window: &WindowId, profile: &Profile) {
        if let Some(window) = self.windows.get_mut(window) {
            window.profile = profile.clone();
            window.work.turns = vec![0; profile.groups.len()];
            // Undoing across a change of services would bring the old ratio's turns back.
            window.undo.clear();
            window.revision += 1;
        }
    }

    pub(super) fn open_window(&mut self, id: &WindowId, clerk: &ClerkId, at: Timestamp) {
        self.set_mode(id, WindowMode::Open, None, at);
        if let Some(window) = self.windows.get_mut(id) {
            window.work.clerk = Some(clerk.clone());
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
    pub(super) fn close_window(&mut self, id: &WindowId, reason: &ReasonId, at: Timestamp) {
        self.set_mode(id, WindowMode::Closed, Some(reason.clone()), at);
        if let Some(window) = self.windows.get_mut(id) {
            window.work.clerk = None;
            window.undo.clear();
        }
        let concerned: Vec<TicketId> = self
            .tickets
            .values()
            .filter(|ticket| ticket.is_live())
            .filter(|ticket| {
                let bound = ticket.leg().bound_to.as_ref() == Some(id);
                let held = matches!(&ticket.place, Place::Held(hold) if hold.window == *id);
                bound || held || ticket.come_back.as_ref().is_some_and(|it| it.window == *id)
            })
            .map(|ticket| ticket.id)
            .collect();
        for ticket in concerned {
            self.revise(ticket, |it| {
                if it.leg().bound_to.as_ref() == Some(id) {
                    it.leg_mut().bound_to = None;
                }
                if let Place::Held(hold) = &mut it.place
                    && hold.window == *id
                {
                    hold.scope = HoldScope::Shared;
                }
                // The service still has to be done; just not here.
                if let Some(wish) = it.come_back.take_if(|wish| wish.window == *id)
                    && !it.pending.contains(&wish.service)
                {
                    it.pending.insert(0, wish.service);
                }
            });
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
