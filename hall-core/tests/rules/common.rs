//! A small hall and a day in it that reads like a story: `day.at("09:00").take("a")`.

use std::sync::Arc;

use hall_core::plan::{DayKind, Plan};
use hall_core::{Command, Event, HallDay, Refusal, Take, Ticket, TransferTo, WindowAct, decide};
use jiff::civil::date;
use protocol::{Class, Outcome, PersonId, Phase, Rule, ServiceId, TicketId, Timestamp, WindowId};
use serde_json::json;

/// The first moment of the test day.
pub(crate) const MIDNIGHT: Timestamp = Timestamp(1_780_000_000_000);

/// Three services, three windows: 1 takes all, 2 takes a and b, 3 takes c alone and works at noon.
pub(crate) fn small_plan() -> Plan {
    let label = |text: &str| json!({ "zh": text, "en": text });
    let service =
        |series: &str| json!({ "name": label(series), "department": "d", "series": series });
    let window = |name: &str, services: &[&str]| {
        let profile = json!({ "groups": [{ "services": services }] });
        json!({ "name": label(name), "zone": "z", "duty": name == "3", "profile": profile })
    };
    let working = json!([
        { "from": "08:30", "to": "12:00" },
        { "from": "12:00", "to": "13:00", "duty": true },
        { "from": "13:00", "to": "17:00" },
    ]);
    serde_json::from_value(json!({
        "name": label("hall"),
        "hours": { "working": working },
        "credits": { "elder": 900, "green-channel": 3600 },
        "reasons": { "asked": label("asked"), "lunch": label("lunch") },
        "zones": { "z": { "name": label("z"), "floor": "1F" } },
        "departments": { "d": { "name": label("d") } },
        "series": { "A": { "prefix": "A" }, "B": { "prefix": "B" }, "C": { "prefix": "C" } },
        "services": { "a": service("A"), "b": service("B"), "c": service("C") },
        "windows": {
            "1": window("1", &["a", "b", "c"]),
            "2": window("2", &["a", "b"]),
            "3": window("3", &["c"]),
        },
    }))
    .expect("the small plan is well-formed")
}

/// A day in the small hall, and the time in it.
pub(crate) struct TestDay {
    pub(crate) day: HallDay,
    pub(crate) now: Timestamp,
}

impl TestDay {
    /// A working day at nine, with every window open.
    pub(crate) fn new() -> Self {
        Self::with(|_| ())
    }

    /// The same under other rules.
    pub(crate) fn with(change: impl FnOnce(&mut Plan)) -> Self {
        Self::on(DayKind::Working, change)
    }

    /// The same on another kind of day.
    pub(crate) fn on(kind: DayKind, change: impl FnOnce(&mut Plan)) -> Self {
        let mut plan = small_plan();
        change(&mut plan);
        let mut day = Self { day: HallDay::default(), now: MIDNIGHT };
        let plan = Arc::new(plan);
        day.does(Command::StartDay { date: date(2026, 5, 28), midnight: MIDNIGHT, kind, plan });
        day.at("09:00");
        for window in ["1", "2", "3"] {
            day.open(window);
        }
        day
    }

    /// Lets the clock show a time, and time have its effect.
    pub(crate) fn at(&mut self, clock: &str) -> &mut Self {
        self.now = time(clock);
        if self.day.running {
            self.does(Command::SettleDue);
        }
        self
    }

    /// What comes of a command.
    #[expect(clippy::needless_pass_by_value, reason = "a story reads better without borrows")]
    pub(crate) fn tries(&mut self, command: Command) -> Result<Vec<Event>, Refusal> {
        let events = decide(&self.day, &command, self.now)?;
        for event in &events {
            self.day.apply(event, self.now);
            assert!(self.day.index_is_true(), "index after {event:?}");
        }
        Ok(events)
    }

    /// A command that must be carried out.
    pub(crate) fn does(&mut self, command: Command) -> Vec<Event> {
        self.tries(command).expect("the command is carried out")
    }

    /// A command that must be refused, and why it was.
    pub(crate) fn refuses(&mut self, command: Command) -> Refusal {
        self.tries(command).expect_err("the command is refused")
    }

    /// Takes a number for a service.
    pub(crate) fn take(&mut self, service: &str) -> TicketId {
        self.take_with(want(&[service]))
    }

    /// Takes a number as a member of a class.
    pub(crate) fn take_as(&mut self, service: &str, class: Class) -> TicketId {
        self.take_with(Take { class, ..want(&[service]) })
    }

    /// Takes a number with every detail.
    pub(crate) fn take_with(&mut self, take: Take) -> TicketId {
        self.does(Command::Take(take))[0].tickets()[0]
    }

    /// Does something at a window.
    pub(crate) fn act(&mut self, window: &str, act: WindowAct) -> Vec<Event> {
        self.does(at_window(window, act))
    }

    /// Why something cannot be done at a window.
    pub(crate) fn act_refused(&mut self, window: &str, act: WindowAct) -> Refusal {
        self.refuses(at_window(window, act))
    }

    /// A clerk named after the window begins to work.
    pub(crate) fn open(&mut self, window: &str) {
        self.act(window, WindowAct::Open { clerk: format!("clerk-{window}").as_str().into() });
    }

    /// Calls the next and says who came, and by which rule.
    pub(crate) fn call_why(&mut self, window: &str) -> (TicketId, Rule) {
        match self.act(window, WindowAct::CallNext).pop() {
            Some(Event::Called { ticket, why, .. }) => (ticket, why.rule),
            other => panic!("nobody was called: {other:?}"),
        }
    }

    /// Calls the next.
    pub(crate) fn call(&mut self, window: &str) -> TicketId {
        self.call_why(window).0
    }

    /// Calls the next and begins to serve them.
    pub(crate) fn serve(&mut self, window: &str) -> TicketId {
        let ticket = self.call(window);
        self.act(window, WindowAct::Start);
        ticket
    }

    /// Sends the present visitor on to a service.
    pub(crate) fn send(&mut self, window: &str, service: &str, come_back: bool) {
        let to = TransferTo::Service(service.into());
        self.act(window, WindowAct::Transfer { to, note: None, come_back });
    }

    /// Sends the present visitor on to another window.
    pub(crate) fn send_to_window(&mut self, window: &str, target: &str, come_back: bool) {
        let to = TransferTo::Window(target.into());
        self.act(window, WindowAct::Transfer { to, note: None, come_back });
    }

    pub(crate) fn ticket(&self, id: TicketId) -> &Ticket {
        self.day.ticket(id).expect("the ticket exists")
    }

    pub(crate) fn number(&self, id: TicketId) -> String {
        self.ticket(id).number.to_string()
    }

    pub(crate) fn phase(&self, id: TicketId) -> Phase {
        self.ticket(id).phase()
    }

    /// The outcome of every leg, and `None` for one that is open.
    pub(crate) fn legs(&self, id: TicketId) -> Vec<(&str, Option<Outcome>)> {
        self.ticket(id).legs.iter().map(|leg| (leg.service.as_str(), leg.outcome)).collect()
    }

    /// Who waits for a service, in order.
    pub(crate) fn queue(&self, service: &str) -> Vec<TicketId> {
        self.day.queue(&service.into()).map(|ticket| ticket.id).collect()
    }
}

/// A time of the test day.
pub(crate) fn time(clock: &str) -> Timestamp {
    let (hours, minutes) = clock.split_once(':').expect("a time such as 09:00");
    let number = |text: &str| text.parse::<i64>().expect("digits");
    MIDNIGHT.plus_s(number(hours) * 3600 + number(minutes) * 60)
}

/// A wish for services, nothing else said.
pub(crate) fn want(services: &[&str]) -> Take {
    Take { services: services.iter().map(|&id| ServiceId::from(id)).collect(), ..Take::default() }
}

/// The same of a known person.
pub(crate) fn want_by(person: u128, services: &[&str]) -> Take {
    Take { person: Some(PersonId(person)), ..want(services) }
}

/// An act at a window, whatever its page showed.
pub(crate) fn at_window(window: &str, act: WindowAct) -> Command {
    Command::AtWindow { window: WindowId::from(window), seen: None, act }
}

/// The reason used where any will do.
pub(crate) fn asked() -> String {
    "asked".to_owned()
}
