//! A witness of a random day, who remembers what happened and how things were before: for replaying,
//! for reading back, and for undoing.

use std::collections::BTreeMap;

use hall_core::{Command, Event, HallDay, Place, Refusal, Ticket, Work, decide};
use protocol::{Outcome, ServiceId, TicketId, Timestamp, WindowId};

use super::steps::{RandomDay, Step, opening, opening_time};

/// A day, everything that happened in it, and how things were before each act that can be undone.
pub(crate) struct Witness {
    pub(crate) day: HallDay,
    pub(crate) now: Timestamp,
    pub(crate) events: Vec<(Timestamp, Event)>,
    before: BTreeMap<WindowId, Vec<Before>>,
}

/// How things were before an act at a window, and the ticket right after it.
struct Before {
    act: Event,
    after: Option<Ticket>,
    ticket: Option<Ticket>,
    work: Work,
    served: BTreeMap<ServiceId, (u32, i64)>,
}

impl Witness {
    /// Opens the hall.
    pub(crate) fn begin(day: &RandomDay) -> Self {
        let mut witness = Self {
            day: HallDay::default(),
            now: opening_time(),
            events: Vec::new(),
            before: BTreeMap::new(),
        };
        for command in opening(day) {
            witness.tries(&command).expect("the hall opens");
        }
        witness
    }

    /// Lives through one step.
    pub(crate) fn step(&mut self, step: &Step) {
        self.now = step.time_after(&self.day, self.now);
        // A refusal is as good an answer as any; that it changes nothing, the types say.
        let _ = self.tries(&step.command(&self.day, self.now));
    }

    /// Carries a command out, if it is not refused.
    pub(crate) fn tries(&mut self, command: &Command) -> Result<Vec<Event>, Refusal> {
        let events = decide(&self.day, command, self.now)?;
        for event in &events {
            self.see(event);
        }
        Ok(events)
    }

    fn see(&mut self, event: &Event) {
        let next_ticket = self.day.next_ticket;
        let undoable = can_be_undone(event);
        if undoable {
            self.remember(event);
        }
        if let Event::Undone { window, ticket, .. } = event {
            self.nothing_was_built_on(window, *ticket);
        }
        self.day.apply(event, self.now);
        if undoable {
            self.remember_after(event);
        }
        if let Event::Undone { window, ticket, .. } = event {
            self.compare(window, *ticket);
        }
        if let Event::Rated { window, .. } = event {
            self.nobody_is_asked_again(window);
        }
        assert!(self.day.next_ticket >= next_ticket, "ticket ids rise, over the days too");
        self.events.push((self.now, event.clone()));
    }

    fn remember(&mut self, event: &Event) {
        let Some(window) = event.window() else { return };
        let before = Before {
            act: event.clone(),
            after: None,
            ticket: self.day.tickets.get(&event.tickets()[0]).cloned(),
            work: self.day.windows[window].work.clone(),
            served: self.served(),
        };
        self.before.entry(window.clone()).or_default().push(before);
    }

    fn remember_after(&mut self, event: &Event) {
        let after = self.day.tickets.get(&event.tickets()[0]).map(without_revision);
        let remembered = event.window().and_then(|window| self.before.get_mut(window));
        if let Some(last) = remembered.and_then(|acts| acts.last_mut()) {
            last.after = after;
        }
    }

    /// What a visitor has said is not taken back with anything.
    fn nobody_is_asked_again(&mut self, window: &WindowId) {
        for before in self.before.get_mut(window).into_iter().flatten() {
            before.work.unrated = None;
        }
    }

    /// Before an undo, the ticket is as the act left it; only recalls do not count.
    fn nothing_was_built_on(&self, window: &WindowId, id: TicketId) {
        let last = self.before.get(window).and_then(|acts| acts.last());
        let last = last.expect("something was done before it is undone");
        let ticket = self.day.tickets.get(&id).map(without_revision);
        assert_eq!(ticket, last.after, "since {:?}", last.act);
    }

    /// After an undo, ticket, window and figures are as they were; only revisions, and whether the
    /// window is open, go on.
    fn compare(&mut self, window: &WindowId, id: TicketId) {
        let remembered = self.before.get_mut(window).and_then(Vec::pop);
        let before = remembered.expect("something was done before it is undone");
        let work = &self.day.windows[window].work;
        let Work { mode, clerk, reason, since, .. } = work.clone();
        let expected = Work { mode, clerk, reason, since, ..before.work };
        assert_eq!(*work, expected, "the window after taking back {:?}", before.act);
        let ticket = &self.day.tickets[&id];
        match before.ticket {
            Some(before_act) => {
                let revision = ticket.revision;
                assert!(revision > before_act.revision);
                assert_eq!(*ticket, Ticket { revision, ..before_act }, "{:?}", before.act);
            }
            None => {
                let undone = Outcome::Undone;
                assert!(matches!(ticket.place, Place::Closed { outcome, .. } if outcome == undone));
            }
        }
        for (service, served) in before.served {
            // Other windows may have served others meanwhile; then there is nothing to compare.
            if matches!(before.act, Event::Finished { .. }) && self.alone_since(&before.act) {
                assert_eq!(self.served().get(&service), Some(&served), "{:?}", before.act);
            }
        }
    }

    /// Whether nobody finished anywhere since this act.
    fn alone_since(&self, act: &Event) -> bool {
        let since = self.events.iter().rev().take_while(|(_, event)| event != act);
        !since.into_iter().any(|(_, event)| {
            matches!(
                event,
                Event::Finished { .. } | Event::Undone { .. } | Event::DayStarted { .. }
            )
        })
    }

    fn served(&self) -> BTreeMap<ServiceId, (u32, i64)> {
        let figures = |(id, it): (&ServiceId, &hall_core::ServiceDay)| {
            (id.clone(), (it.served, it.served_ms))
        };
        self.day.services.iter().map(figures).collect()
    }

    /// The same events give the same day.
    pub(crate) fn replays(&self) {
        let mut again = HallDay::default();
        for (at, event) in &self.events {
            again.apply(event, *at);
        }
        assert!(again == self.day, "replayed:\n{again:#?}\nlived:\n{:#?}", self.day);
    }

    /// Events and the day survive being written down.
    pub(crate) fn restores(&self) {
        for (_, event) in &self.events {
            let text = serde_json::to_string(event).expect("an event can be written");
            let read: Event = serde_json::from_str(&text).expect("an event can be read");
            assert_eq!(read, *event);
        }
        let text = serde_json::to_string(&self.day).expect("a day can be written");
        let read: HallDay = serde_json::from_str(&text).expect("a day can be read");
        assert!(read.restored() == self.day, "read from {text}");
    }
}

/// A ticket apart from its revision and its recalls.
fn without_revision(ticket: &Ticket) -> Ticket {
    let mut ticket = Ticket { revision: 0, ..ticket.clone() };
    if let Place::Called { at, recalls, .. } = &mut ticket.place {
        (*at, *recalls) = (Timestamp(0), 0);
    }
    ticket
}

/// Whether a window remembers this for undoing.
fn can_be_undone(event: &Event) -> bool {
    matches!(
        event,
        Event::Called { .. }
            | Event::Started { .. }
            | Event::Finished { .. }
            | Event::Passed { .. }
            | Event::Held { .. }
            | Event::TakenBack { .. }
            | Event::Transferred { .. }
            | Event::WalkUpStarted { .. }
    )
}
