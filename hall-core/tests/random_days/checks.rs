//! What is looked at after every step of a random day.

use std::collections::{BTreeMap, BTreeSet};

use hall_core::plan::Overflow;
use hall_core::{
    AfterLeg, Command, Event, HallDay, Place, Refusal, Ticket, Totals, Why, Window, WindowAct,
    decide,
};
use protocol::{Outcome, Phase, Rule, TicketId, Timestamp, WindowId};

use super::entry::{Entry, State};
use super::model::Model;
use super::steps::{RandomDay, Step, opening, opening_time};

/// A day beside its model.
pub(crate) struct Checked {
    day: HallDay,
    now: Timestamp,
    model: Model,
}

impl Checked {
    /// Opens the hall.
    pub(crate) fn begin(day: &RandomDay) -> Self {
        let (hall, model) = (HallDay::default(), Model::new());
        let mut checked = Self { day: hall, now: opening_time(), model };
        for command in opening(day) {
            checked.tries(&command);
        }
        assert!(checked.day.windows.values().all(Window::is_open));
        checked
    }

    /// Lives through one step and looks at everything.
    pub(crate) fn step(&mut self, step: &Step) {
        self.now = step.time_after(&self.day, self.now);
        self.tries(&step.command(&self.day, self.now));
        self.same_as_model();
        self.everybody_is_somewhere();
        self.numbers_are_given_once();
        self.figures_add_up();
        assert!(self.day.index_is_true());
    }

    fn tries(&mut self, command: &Command) {
        let decided = decide(&self.day, command, self.now);
        self.next_is_right(command, &decided);
        for event in decided.iter().flatten() {
            if let Event::Called { ticket, window, why } = event {
                self.overtaking_is_right(*ticket, window, why);
            }
            self.model.read(event, &self.day, self.now);
            let before = self.day.windows.clone();
            self.day.apply(event, self.now);
            // A window whose services a new plan changed begins its ratio anew.
            for window in self.day.windows.values() {
                if before.get(&window.id).is_some_and(|it| it.profile != window.profile) {
                    self.model.turns.remove(&window.id);
                }
            }
        }
    }

    /// *Next* calls whom the model calls, by the same rule, and nobody when it calls nobody.
    fn next_is_right(&self, command: &Command, decided: &Result<Vec<Event>, Refusal>) {
        let Command::AtWindow { window, act, .. } = command else { return };
        let expected = || self.model.next(&self.day, window, self.now);
        let called = decided.iter().flatten().find_map(|event| match event {
            Event::Called { ticket, why, .. } => Some((*ticket, why.rule)),
            _ => None,
        });
        match (act, decided) {
            (WindowAct::CallNext, Err(Refusal::NobodyWaiting)) => assert_eq!(expected(), None),
            (WindowAct::CallNext, Ok(events)) => {
                let goes_on = events.iter().any(stays);
                assert_eq!(called, expected().filter(|_| !goes_on));
            }
            (WindowAct::CallTicket { ticket, .. }, Ok(_)) => {
                let by_rule = expected().filter(|(id, _)| id == ticket);
                assert_eq!(called, Some(by_rule.unwrap_or((*ticket, Rule::Chosen))));
            }
            _ => {}
        }
    }

    /// Nobody is overtaken but by a pin, a recorded choice, a window's preference within its limit, or
    /// a class within its credit.
    fn overtaking_is_right(&self, id: TicketId, window: &WindowId, why: &Why) {
        let called = self.model.entry(id);
        let window = &self.day.windows[window];
        let line = self.model.waiting_for(window);
        let others = line.iter().filter(|it| it.id != id);
        let overtaken: Vec<&Entry> = others.copied().filter(|it| it.place < called.place).collect();
        if let Some(first) = overtaken.first() {
            let recorded = why.runners_up.first().map(|it| it.ticket);
            assert_eq!(recorded, Some(first.id), "who is overtaken is recorded");
            let limit = self.now.minus_s(i64::from(self.day.plan.rules.overdue_after_s));
            match why.rule {
                Rule::Chosen => assert!(why.reason.is_some()),
                Rule::Bound | Rule::Priority | Rule::Ratio => assert!(first.place.at > limit),
                rule => panic!("{rule:?} overtakes {first:?}"),
            }
        }
        if matches!(why.rule, Rule::Order | Rule::Overdue) && called.usual {
            let earlier = line.iter().filter(|it| it.usual && it.joined < called.joined);
            let most = earlier.map(|it| called.joined.since(it.joined)).max();
            assert!(most.is_none_or(|ms| ms <= called.credit_ms), "{most:?} of {called:?}");
        }
    }

    /// The hall's tickets and queues are the model's.
    fn same_as_model(&self) {
        assert_eq!(self.day.tickets.len(), self.model.list.len());
        for entry in &self.model.list {
            let ticket = &self.day.tickets[&entry.id];
            assert_eq!(state_of(ticket), entry.state, "{entry:?}");
            assert_eq!(*ticket.service(), entry.service, "{entry:?}");
            let wish = ticket.come_back.as_ref().map(|it| (it.window.clone(), it.service.clone()));
            assert_eq!((&ticket.pending, &wish), (&entry.to_do, &entry.wish), "{entry:?}");
        }
        let ids = |line: Vec<&Entry>| line.iter().map(|it| it.id).collect::<Vec<_>>();
        for service in self.day.plan.services.keys() {
            let line = self.model.sorted(|it| it.bound.is_none() && it.service == *service);
            let queue: Vec<_> = self.day.queue(service).map(|it| it.id).collect();
            assert_eq!(queue, ids(line), "the queue of {service}");
        }
        for window in self.day.windows.keys() {
            let line = self.model.sorted(|it| it.bound.as_ref() == Some(window));
            let queue: Vec<_> = self.day.bound_to(window).map(|it| it.id).collect();
            assert_eq!(queue, ids(line), "those sent to window {window}");
        }
    }

    /// Every ticket is in one place: at most one at a window, and each number with one live ticket.
    fn everybody_is_somewhere(&self) {
        for window in self.day.windows.values() {
            let here: Vec<_> =
                self.model.list.iter().filter(|it| it.is_at(&window.id)).map(|it| it.id).collect();
            assert_eq!(here, Vec::from_iter(window.work.current), "at window {}", window.id);
        }
        let mut numbers = BTreeSet::new();
        let live = self.day.tickets.values().filter(|it| it.is_live()).map(|it| &it.number);
        for number in live.chain(self.day.leases.values().map(|lease| &lease.number)) {
            assert!(numbers.insert(number), "{number} is given twice");
        }
        for ticket in self.day.tickets.values() {
            let (last, before) = ticket.legs.split_last().expect("a ticket has a leg");
            assert!(before.iter().all(|leg| leg.outcome.is_some()), "{ticket:?}");
            assert_eq!(last.outcome.is_none(), ticket.is_live(), "{ticket:?}");
        }
    }

    /// A number is of one ticket all day long, whether a visitor took it or a kiosk holds it, unless its
    /// series wraps; and leases never push the others up.
    fn numbers_are_given_once(&self) {
        let wraps = |id| self.day.plan.series[id].overflow == Overflow::Wrap;
        let tickets = self.day.tickets.values().map(|it| (&it.series, &it.number));
        let leases = self.day.leases.values().map(|it| (&it.series, &it.number));
        let mut given = BTreeSet::new();
        for (_, number) in tickets.chain(leases).filter(|(series, _)| !wraps(*series)) {
            assert!(given.insert(number), "{number} is given twice in a day");
        }
        for (id, series) in self.day.plan.series.iter().filter(|(id, _)| !wraps(*id)) {
            let so_far = self.day.counters.get(id).copied().unwrap_or_default();
            for counter in series.first..series.far_half().min(so_far + 1) {
                let number = series.written(counter);
                assert!(given.contains(&number), "{number} was passed over");
            }
        }
    }

    /// Totals, windows' and services' figures say the same as the tickets.
    fn figures_add_up(&self) {
        let totals = Totals::of(&self.day);
        assert!(totals.add_up(), "{totals:?}");
        let count = |phase| {
            let of_phase = self.day.tickets.values().filter(|it| it.phase() == phase);
            u32::try_from(of_phase.count()).expect("few tickets")
        };
        let counted = [Phase::Waiting, Phase::Called, Phase::Serving, Phase::Held].map(count);
        let said = [totals.waiting, totals.called, totals.serving, totals.held];
        assert_eq!(said, counted);

        let mut served = BTreeMap::new();
        let legs = self.day.tickets.values().flat_map(|ticket| &ticket.legs);
        for leg in legs.filter(|leg| leg.outcome == Some(Outcome::Served)) {
            let (count, ms) = served.entry(leg.service.clone()).or_insert((0, 0));
            *count += 1;
            *ms += leg.service_ms().expect("a served leg has ended");
        }
        for (id, service) in &self.day.services {
            let expected = served.get(id).copied().unwrap_or_default();
            assert_eq!((service.served, service.served_ms), expected, "service {id}");
        }
        let by_windows = self.day.windows.values().fold((0, 0), |(count, ms), window| {
            let figures = window.work.figures;
            (count + figures.served, ms + figures.served_ms)
        });
        let by_legs = served.values().fold((0, 0), |(a, b), (count, ms)| (a + count, b + ms));
        assert_eq!(by_windows, by_legs, "windows and legs");
    }
}

/// A ticket's place in the model's words.
fn state_of(ticket: &Ticket) -> State {
    match &ticket.place {
        Place::Waiting => State::Waiting,
        Place::Called { window, .. } => State::Called(window.clone()),
        Place::Serving { window } => State::Serving(window.clone()),
        Place::Held(hold) => State::Held(hold.window.clone()),
        Place::Closed { .. } => State::Closed,
    }
}

/// Whether the window goes on with the visitor it has.
fn stays(event: &Event) -> bool {
    matches!(event, Event::Finished { next: AfterLeg::Here { .. }, .. })
}
