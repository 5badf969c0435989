//! The naive model: every ticket in one list, and a sort whenever somebody asks who is next. It reads
//! what happened and keeps its own book; where the hall has indexes and keys, it looks through the list.

use std::collections::BTreeMap;

use hall_core::plan::Plan;
use hall_core::{Event, HallDay};
use protocol::{TicketId, Timestamp, WindowId};

use super::entry::{Entry, State, entry_of};
use super::order::Place;

/// The model's book of a day.
pub(crate) struct Model {
    pub(crate) list: Vec<Entry>,
    pub(crate) turns: BTreeMap<WindowId, Vec<u32>>,
    /// What each window did to whom, for undoing: the entry and the turns before.
    done: BTreeMap<WindowId, Vec<(Entry, Vec<u32>)>>,
    /// Rises with everybody who is put behind somebody.
    put_behind: u64,
}

impl Model {
    pub(crate) fn new() -> Self {
        let (list, turns, done) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
        Self { list, turns, done, put_behind: 0 }
    }

    pub(crate) fn entry(&self, id: TicketId) -> &Entry {
        self.list.iter().find(|entry| entry.id == id).expect("the model knows every ticket")
    }

    /// Changes an entry.
    fn with(&mut self, id: TicketId, change: impl FnOnce(&mut Entry)) {
        change(self.list.iter_mut().find(|entry| entry.id == id).expect("a known ticket"));
    }

    /// Changes an entry by an act at a window.
    fn act(&mut self, window: &WindowId, id: TicketId, change: impl FnOnce(&mut Entry)) {
        let before = self.entry(id).clone();
        let turns = self.turns.get(window).cloned().unwrap_or_default();
        self.done.entry(window.clone()).or_default().push((before, turns));
        self.with(id, change);
    }

    /// Reads what happened. `day` is the hall before it.
    pub(crate) fn read(&mut self, event: &Event, day: &HallDay, now: Timestamp) {
        match event {
            Event::DayStarted { .. } => *self = Self::new(),
            Event::DayEnded => self.list.iter_mut().for_each(Entry::close),
            Event::ProfileSet { window, .. } => drop(self.turns.remove(window)),
            Event::Taken(taken) => self.list.push(entry_of(taken, &day.plan)),
            Event::Returned { ticket, .. } => {
                self.with(*ticket, |it| it.bound = None);
                let policy = day.plan.no_show_of(&self.entry(*ticket).service);
                let place = self.requeued(*ticket, policy.return_to, now);
                self.with(*ticket, |it| it.go_to(place.expect("a place to return to")));
            }
            Event::Withdrawn { ticket } | Event::Left { ticket } => {
                self.with(*ticket, Entry::close);
            }
            Event::ClassGranted { ticket, class, .. } => {
                self.with(*ticket, |it| it.set_class(*class, &day.plan));
            }
            Event::Pinned { ticket, .. } => self.with(*ticket, |it| it.place.pinned = Some(now)),
            Event::Unpinned { ticket } => self.with(*ticket, |it| it.place.pinned = None),
            Event::Merged { kept, dropped, .. } => self.merge(*kept, *dropped, &day.plan),
            Event::BecameDue { ticket } => self.with(*ticket, |it| {
                it.early = false;
                it.state = State::Waiting;
            }),
            Event::WindowClosed { window, .. } => {
                self.list.iter_mut().for_each(|entry| entry.free_of(window));
            }
            _ => self.read_act(event, day, now),
        }
    }

    /// Reads what happened at a window.
    fn read_act(&mut self, event: &Event, day: &HallDay, now: Timestamp) {
        match event {
            Event::Called { ticket, window, .. } => {
                self.act(window, *ticket, |it| it.invite(window));
                self.count_turn(*ticket, &day.windows[window]);
            }
            Event::TakenBack { ticket, window } => {
                self.act(window, *ticket, |it| it.invite(window));
            }
            Event::Started { ticket, window } => {
                self.act(window, *ticket, |it| it.state = State::Serving(window.clone()));
            }
            Event::Finished { ticket, window, next } => {
                self.act(window, *ticket, |it| it.finish(window, next));
            }
            Event::Passed { ticket, window, back_at } => {
                let policy = day.plan.no_show_of(&self.entry(*ticket).service);
                let place = back_at.and_then(|_| self.requeued(*ticket, policy.requeue, now));
                self.act(window, *ticket, |it| match place {
                    Some(place) => it.go_to(place),
                    None => it.close(),
                });
            }
            Event::Held { ticket, window, .. } => {
                self.act(window, *ticket, |it| it.state = State::Held(window.clone()));
            }
            Event::Transferred { ticket, window, service, bound_to, come_back, .. } => {
                self.act(window, *ticket, |it| {
                    it.transfer(window, service, bound_to.as_ref(), *come_back);
                });
            }
            Event::WalkUpStarted { taken, window } => {
                let mut entry = entry_of(taken, &day.plan);
                entry.close();
                self.list.push(entry);
                self.act(window, taken.ticket, |it| it.state = State::Serving(window.clone()));
            }
            Event::Undone { window, ticket, .. } => {
                let done = self.done.get_mut(window).and_then(Vec::pop);
                let (before, turns) = done.expect("something was done");
                self.turns.insert(window.clone(), turns);
                self.with(*ticket, |it| *it = before);
            }
            _ => {}
        }
    }

    fn merge(&mut self, kept: TicketId, dropped: TicketId, plan: &Plan) {
        let gone = self.entry(dropped).clone();
        self.with(dropped, Entry::close);
        self.with(kept, |it| {
            for service in gone.carried() {
                if !it.carried().contains(&service) {
                    it.to_do.push(service);
                }
            }
            let pins = [it.place.pinned.take(), gone.place.pinned];
            let place = Place { pinned: None, ..gone.place };
            if place < it.place {
                it.place = place;
            }
            it.place.pinned = pins.into_iter().flatten().min();
            if plan.credit_ms(gone.class) > plan.credit_ms(it.class) {
                it.class = gone.class;
            }
            it.usual &= gone.usual;
            if !gone.missed {
                it.joined = it.joined.min(gone.joined);
            }
            it.credit_ms = it.credit_ms.max(gone.credit_ms);
            it.early &= gone.early;
        });
    }

    /// The next number for somebody who is put behind somebody.
    pub(crate) fn next_behind(&mut self) -> u64 {
        self.put_behind += 1;
        self.put_behind
    }
}
