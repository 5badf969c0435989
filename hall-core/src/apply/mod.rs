//! What events do to a day. Total: applying an event cannot fail, and the same events always give the
//! same day. One arm, one line: the doing stands in the rooms beside.

mod at_window;
mod day;
mod ticket;

use protocol::Timestamp;

use crate::day::HallDay;
use crate::event::Event;

impl HallDay {
    /// Lets an event that happened at a time have its effect.
    pub fn apply(&mut self, event: &Event, at: Timestamp) {
        let at = self.latest.max(at);
        self.latest = at;
        match event {
            Event::DayStarted { date, midnight, kind, plan } => {
                self.start_day(*date, *midnight, *kind, plan, at);
            }
            Event::PlanChanged { plan } => self.change_plan(plan, at),
            Event::DayEnded => self.end_day(at),
            Event::Taken(taken) => self.take(taken),
            Event::NumbersLeased { kiosk, series, first_ticket, numbers, counter, leased_to } => {
                self.lease(kiosk, series, *first_ticket, numbers);
                self.counters.extend(counter.map(|counter| (series.clone(), counter)));
                self.leased_to.extend(leased_to.map(|counter| (series.clone(), counter)));
            }
            // It concerns paper alone.
            Event::SlipReprinted { .. } => {}
            Event::Returned { ticket, key } => self.come_back(*ticket, *key, at),
            Event::Withdrawn { ticket } => self.close(*ticket, protocol::Outcome::Withdrawn, at),
            Event::Left { ticket } => self.close(*ticket, protocol::Outcome::Left, at),
            Event::ClassGranted { ticket, class, key, .. } => {
                self.revise(*ticket, |it| {
                    it.class = *class;
                    it.key = *key;
                });
            }
            Event::Pinned { ticket, .. } => self.revise(*ticket, |it| it.key = it.key.pinned(at)),
            Event::Unpinned { ticket } => self.revise(*ticket, |it| it.key = it.key.unpinned()),
            Event::Merged { kept, dropped, services, key } => {
                self.merge(*kept, *dropped, services, *key, at);
            }
            Event::BecameDue { ticket } => self.become_due(*ticket),
            Event::ServiceClosed { service, reason } => {
                self.set_closed(service, Some(reason.clone()));
            }
            Event::ServiceReopened { service } => self.set_closed(service, None),
            Event::ProfileSet { window, profile } => self.set_profile(window, profile),
            Event::WindowOpened { window, clerk } => self.open_window(window, clerk, at),
            Event::WindowPaused { window, reason } => self.pause_window(window, reason, at),
            Event::WindowResumed { window } => self.resume_window(window, at),
            Event::WindowClosed { window, reason, freed } => {
                self.close_window(window, reason, freed, at);
            }
            Event::Called { ticket, window, why } => self.call(*ticket, window, why, at),
            Event::Recalled { ticket, window } => self.recall(*ticket, window, at),
            Event::Started { ticket, window } => self.start(*ticket, window, at),
            Event::Finished { ticket, window, next } => self.finish(*ticket, window, next, at),
            Event::Rated { ticket, window, .. } => self.rate(*ticket, window),
            Event::Passed { ticket, window, back_at } => self.pass(*ticket, window, *back_at, at),
            Event::Held { ticket, window, scope, reason, until } => {
                self.hold(*ticket, window, (*scope, reason, *until), at);
            }
            Event::TakenBack { ticket, window } => self.take_back(*ticket, window, at),
            Event::Transferred { ticket, window, service, bound_to, note, come_back, key } => {
                let next = at_window::NextLeg { service, bound_to: bound_to.as_ref(), key: *key };
                self.transfer(*ticket, window, &next, (*note, *come_back), at);
            }
            Event::WalkUpStarted { taken, window } => self.walk_up(taken, window, at),
            Event::Undone { window, .. } => self.undo(window, at),
        }
    }
}
