//! The naive model: every ticket in one list, and a sort whenever somebody asks who is next. It reads
//! what happened and keeps its own book; where the hall has indexes and keys, it looks through the list.

use std::collections::BTreeMap;

use hall_core::plan::Plan;
use hall_core::{AfterLeg, Event, HallDay, Taken};
use protocol::{Class, ServiceId, TicketId, Timestamp, WindowId};

use super::order::Place;

/// What the model knows of one ticket.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) id: TicketId,
    pub(crate) place: Place,
    pub(crate) joined: Timestamp,
    /// Whether somebody called it in vain.
    missed: bool,
    /// Whether its place is what its joining time and its class give: neither it nor a ticket merged
    /// into it was called in vain.
    pub(crate) usual: bool,
    class: Class,
    pub(crate) credit_ms: i64,
    pub(crate) state: State,
    pub(crate) service: ServiceId,
    pub(crate) bound: Option<WindowId>,
    pub(crate) early: bool,
    pub(crate) to_do: Vec<ServiceId>,
    pub(crate) wish: Option<(WindowId, ServiceId)>,
}

/// Where the model thinks a ticket is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum State {
    Waiting,
    Called(WindowId),
    Serving(WindowId),
    Held(WindowId),
    Closed,
}

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
            Event::Withdrawn { ticket } | Event::Left { ticket } => self.with(*ticket, Entry::close),
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

fn entry_of(taken: &Taken, plan: &Plan) -> Entry {
    let credit_ms = plan.credit_ms(taken.class);
    Entry {
        id: taken.ticket,
        place: Place::own(taken.ticket, taken.joined_at, credit_ms),
        joined: taken.joined_at,
        missed: false,
        usual: true,
        class: taken.class,
        credit_ms,
        state: State::Waiting,
        service: taken.services[0].clone(),
        bound: None,
        early: taken.not_before.is_some(),
        to_do: taken.services[1..].to_vec(),
        wish: None,
    }
}

impl Entry {
    /// Every service it carries, the present one first, each once.
    pub(crate) fn carried(&self) -> Vec<ServiceId> {
        let mut all = vec![self.service.clone()];
        all.extend(self.to_do.iter().cloned());
        if let Some((_, service)) = self.wish.as_ref().filter(|(_, it)| !all.contains(it)) {
            all.push(service.clone());
        }
        all
    }

    pub(crate) fn is_at(&self, window: &WindowId) -> bool {
        matches!(&self.state, State::Called(at) | State::Serving(at) if at == window)
    }

    fn go_to(&mut self, place: Place) {
        self.missed = true;
        self.usual = false;
        self.place = place;
        self.state = State::Waiting;
    }

    fn invite(&mut self, window: &WindowId) {
        self.place.pinned = None;
        self.early = false;
        self.state = State::Called(window.clone());
    }

    fn close(&mut self) {
        self.drop_wish();
        self.place.pinned = None;
        self.early = false;
        self.state = State::Closed;
    }

    fn drop_wish(&mut self) {
        if let Some((_, service)) = self.wish.take()
            && service != self.service
            && !self.to_do.contains(&service)
        {
            self.to_do.insert(0, service);
        }
    }

    fn open(&mut self, service: &ServiceId, bound: Option<&WindowId>) {
        self.to_do.retain(|it| it != service);
        self.service = service.clone();
        self.bound = bound.cloned();
        self.state = State::Waiting;
    }

    fn finish(&mut self, window: &WindowId, next: &AfterLeg) {
        match (next, self.wish.take()) {
            // Who is wanted back goes back before anything else.
            (AfterLeg::Waits { service, bound_to, .. }, Some((home, wished))) => {
                assert_eq!((service, bound_to.as_ref()), (&wished, Some(&home)));
                self.open(service, Some(&home));
            }
            (AfterLeg::Here { service }, wish) => {
                assert!(wish.is_none_or(|it| it == (window.clone(), service.clone())));
                self.open(service, None);
                self.state = State::Serving(window.clone());
            }
            (AfterLeg::Waits { service, bound_to: None, .. }, None) => {
                assert_eq!(self.to_do.first(), Some(service));
                self.open(service, None);
            }
            (AfterLeg::Done, None) if self.to_do.is_empty() => self.close(),
            (next, wish) => panic!("{next:?} does not follow from {wish:?} and {:?}", self.to_do),
        }
    }

    fn transfer(
        &mut self,
        window: &WindowId,
        service: &ServiceId,
        bound: Option<&WindowId>,
        come_back: bool,
    ) {
        let present = self.service.clone();
        if *service != present && self.wish.as_ref().is_some_and(|(_, wished)| wished == service) {
            self.wish = None;
        }
        if come_back {
            self.drop_wish();
            self.wish = Some((window.clone(), present));
        }
        self.open(service, bound);
    }

    fn free_of(&mut self, window: &WindowId) {
        if self.state == State::Closed {
            return;
        }
        if self.bound.as_ref() == Some(window) {
            self.bound = None;
        }
        if self.wish.as_ref().is_some_and(|(home, _)| home == window) {
            self.drop_wish();
        }
    }

    fn set_class(&mut self, class: Class, plan: &Plan) {
        let (pinned, before) = (self.place.pinned.take(), self.place);
        let gained_ms = plan.credit_ms(class) - plan.credit_ms(self.class);
        self.credit_ms = plan.credit_ms(class);
        self.class = class;
        if self.missed {
            self.place.at.0 -= gained_ms.max(0);
        } else {
            self.place = Place::own(self.id, self.joined, self.credit_ms);
        }
        if gained_ms > 0 && before < self.place {
            self.place = before;
        }
        self.place.pinned = pinned;
    }
}
