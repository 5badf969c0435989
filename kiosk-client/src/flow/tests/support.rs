//! A kiosk with a watch that a test moves, and what stands in its menu.

use std::time::{Duration, Instant};

use hardware::card::{Card, CardKind, Day};
use protocol::kiosk::{
    AppointmentFound, Menu, MenuDepartment, MenuService, Problem, TicketTaken, VisitsFound,
};
use protocol::live::Availability;
use protocol::{Identity, Label, ServiceId, TicketId, Timestamp};

use super::super::{Act, Effect, Event, Flow, Order, Patience, Screen, Settings};
use crate::hall::{Away, HallFault};

pub(super) const PATIENCE: Patience = Patience {
    idle: Duration::from_secs(60),
    warning: Duration::from_secs(15),
    farewell: Duration::from_secs(10),
};
/// A number with a valid check digit that the rule's own description uses.
pub(super) const VALID: &str = "11010519491231002X";
pub(super) const AWAY: HallFault = HallFault::Away(Away::Unreachable);

/// A kiosk and a watch.
pub(super) struct Kiosk {
    pub(super) flow: Flow,
    pub(super) now: Instant,
}

impl Kiosk {
    /// A kiosk that has heard from the hall.
    pub(super) fn new() -> Self {
        let mut kiosk = Self::unheard();
        kiosk.step(Event::Menu(menu()));
        kiosk
    }

    /// One that has not.
    pub(super) fn unheard() -> Self {
        let now = Instant::now();
        Self { flow: Flow::new(settings(), "n".to_owned(), now), now }
    }

    pub(super) fn step(&mut self, event: Event) -> Vec<Effect> {
        self.flow.step(event, self.now)
    }

    pub(super) fn act(&mut self, act: Act) -> Vec<Effect> {
        self.step(Event::Act(act))
    }

    pub(super) fn begin(&mut self) {
        self.act(Act::Begin { language: None, elder: false });
    }

    pub(super) fn choose(&mut self, service: &str) -> Vec<Effect> {
        self.begin();
        self.act(Act::Service(ServiceId::from(service)))
    }

    /// Goes on until the hall is being asked.
    pub(super) fn order(&mut self, service: &str) -> Order {
        self.choose(service);
        taken_order(&self.act(Act::Take))
    }

    pub(super) fn answer(
        &mut self,
        order: &Order,
        answer: Result<TicketTaken, HallFault>,
    ) -> Vec<Effect> {
        self.step(Event::Taken { attempt: order.attempt, answer: Box::new(answer) })
    }

    /// Goes on until the hall is being asked what a visitor has, by scanning a ticket.
    pub(super) fn look_up(&mut self) -> u64 {
        asked_attempt(&self.step(Event::Scanned(format!("http://hall/t/{}", "k".repeat(32)))))
    }

    pub(super) fn found(
        &mut self,
        attempt: u64,
        answer: Result<VisitsFound, HallFault>,
    ) -> Vec<Effect> {
        self.step(Event::Visits { attempt, answer: Box::new(answer) })
    }

    /// The hall is not heard from for long enough to be away.
    pub(super) fn lose_the_hall(&mut self) -> Vec<Effect> {
        self.step(Event::NoMenu(AWAY));
        self.step(Event::NoMenu(AWAY))
    }

    pub(super) fn wait(&mut self, seconds: u64) -> Vec<Effect> {
        self.now += Duration::from_secs(seconds);
        self.step(Event::Tick)
    }

    pub(super) fn screen(&self) -> &Screen {
        self.flow.screen()
    }
}

pub(super) fn settings() -> Settings {
    Settings {
        patience: PATIENCE,
        attract_after: Duration::from_secs(40),
        next_kiosk: Some(Label::new("一楼东门", "the east door")),
        voice: true,
    }
}

pub(super) fn taken_order(effects: &[Effect]) -> Order {
    match effects {
        [.., Effect::Take(order)] => order.clone(),
        other => panic!("no order in {other:?}"),
    }
}

/// Which question the hall was asked.
pub(super) fn asked_attempt(effects: &[Effect]) -> u64 {
    let attempt = effects.iter().find_map(|effect| match effect {
        Effect::Find { attempt, .. }
        | Effect::CheckIn { attempt, .. }
        | Effect::Reprint { attempt, .. } => Some(*attempt),
        _ => None,
    });
    attempt.unwrap_or_else(|| panic!("the hall is not asked in {effects:?}"))
}

pub(super) fn service(
    id: &str,
    initials: &str,
    identity: Identity,
    bundle: Option<&str>,
) -> MenuService {
    MenuService {
        id: ServiceId::from(id),
        name: Label::new(&format!("业务{id}"), &format!("Service {id}")),
        initials: initials.to_owned(),
        series: "A".into(),
        identity,
        availability: Availability::Open,
        waiting: 3,
        wait: None,
        bundle: bundle.map(str::to_owned),
        windows: Vec::new(),
    }
}

pub(super) fn menu() -> Menu {
    let mut shut = service("shut", "gb", Identity::None, None);
    shut.availability = Availability::OutsideHours { opens: Some("13:00".to_owned()) };
    shut.series = "S".into();
    let many = (1..=6).map(|n| service(&format!("m{n}"), "dx", Identity::None, None));
    let mut tax = service("tax", "sw", Identity::None, Some("tax"));
    tax.series = "T".into();
    let services = [
        service("plain", "ptyw", Identity::None, None),
        service("phone", "sj", Identity::Phone, None),
        service("card", "sfz", Identity::Card, None),
        tax,
        shut,
    ];
    Menu {
        hall: Label::new("大厅", "Hall"),
        date: "2026-11-23".to_owned(),
        time_zone: "Asia/Shanghai".to_owned(),
        at: Timestamp::default(),
        max_services: 5,
        departments: vec![MenuDepartment {
            id: "d".into(),
            name: Label::new("部门", "Department"),
            services: services.into_iter().chain(many).collect(),
        }],
    }
}

pub(super) fn ticket() -> TicketTaken {
    TicketTaken {
        ticket: TicketId(1),
        number: "A001".into(),
        token: "secret".to_owned(),
        url: "http://hall/t/secret".to_owned(),
        hall: Label::new("大厅", "Hall"),
        services: vec![Label::new("业务card", "Service card")],
        class: Default::default(),
        ahead: Some(3),
        wait: None,
        windows: Vec::new(),
        taken_at: Timestamp::default(),
        last_four: None,
        not_before: None,
    }
}

pub(super) fn appointment() -> AppointmentFound {
    AppointmentFound {
        code: "YY123456".to_owned(),
        services: vec![Label::new("业务plain", "Service plain")],
        start: Timestamp(1),
        end: Timestamp(2),
        opens: Timestamp(0),
        late: false,
    }
}

pub(super) fn has(tickets: Vec<TicketTaken>, appointments: Vec<AppointmentFound>) -> VisitsFound {
    VisitsFound { tickets, appointments }
}

pub(super) fn card(number: &str) -> Card {
    Card {
        kind: CardKind::Resident,
        name: "王秀英".to_owned(),
        number: number.to_owned(),
        birth: Day { year: 1949, month: 12, day: 31 },
        valid_until: None,
    }
}

pub(super) fn refusal() -> HallFault {
    let code = "already-waiting".to_owned();
    HallFault::Refused(Problem { code, message: "…".to_owned() })
}
