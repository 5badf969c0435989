//! One ticket in the model's list, and what becomes of it.

use hall_core::plan::Plan;
use hall_core::{AfterLeg, Taken};
use protocol::{Class, ServiceId, TicketId, Timestamp, WindowId};

use super::order::Place;

/// What the model knows of one ticket.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) id: TicketId,
    pub(crate) place: Place,
    pub(crate) joined: Timestamp,
    /// Whether somebody called it in vain.
    pub(crate) missed: bool,
    /// Whether its place is what its joining time and its class give: neither it nor a ticket merged
    /// into it was called in vain.
    pub(crate) usual: bool,
    pub(crate) class: Class,
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

/// The entry of a ticket that was just taken.
pub(crate) fn entry_of(taken: &Taken, plan: &Plan) -> Entry {
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

    pub(crate) fn go_to(&mut self, place: Place) {
        self.missed = true;
        self.usual = false;
        self.place = place;
        self.state = State::Waiting;
    }

    pub(crate) fn invite(&mut self, window: &WindowId) {
        self.place.pinned = None;
        self.early = false;
        self.state = State::Called(window.clone());
    }

    pub(crate) fn close(&mut self) {
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

    pub(crate) fn finish(&mut self, window: &WindowId, next: &AfterLeg) {
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

    pub(crate) fn transfer(
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

    pub(crate) fn free_of(&mut self, window: &WindowId) {
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

    pub(crate) fn set_class(&mut self, class: Class, plan: &Plan) {
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
