//! What the fake hall knows: its mood, its menu, what it was asked and what it gave.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use protocol::kiosk::{
    DeviceTest, KioskReport, LeaseGranted, Menu, MenuDepartment, MenuService, TakeTicket,
    TicketTaken,
};
use protocol::live::{Availability, WaitRange, WindowRef};
use protocol::{Identity, Label, TicketId, Timestamp};

/// The first ticket and number it leases.
pub(crate) const FIRST_LEASED: u64 = 901;
/// Its day and time when it starts.
const DAY: (&str, Timestamp) = ("2026-11-23", Timestamp(1_795_400_000_000));

/// How it answers orders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Mood {
    /// With tickets.
    #[default]
    Willing,
    /// It takes the ticket, but so many answers are lost on the way.
    Forgetful(u32),
    /// With a refusal.
    Refusing,
    /// Not at all.
    Broken,
    /// The line is cut: whatever is asked never has an answer.
    Away,
}

/// What it was asked.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) key: String,
    pub(crate) language: String,
    pub(crate) take: TakeTicket,
}

/// Everything it has heard and said. Tests read and change it as they like.
pub(crate) struct Books {
    pub(crate) mood: Mood,
    /// Online orders, in the order they came.
    pub(crate) orders: Vec<Asked>,
    /// Tickets by the key of their order.
    pub(crate) tickets: BTreeMap<String, TicketTaken>,
    /// Orders that were given up; they give no ticket any more.
    pub(crate) given_up: BTreeSet<String>,
    /// Leased tickets that joined, in the order they came; a repetition is not one.
    pub(crate) joined: Vec<Asked>,
    /// How often a leased ticket was offered.
    pub(crate) offered: u32,
    /// Answers to leased tickets that are lost on the way.
    pub(crate) joins_lost: u32,
    /// Whether leased tickets are refused for good.
    pub(crate) refuses_leased: bool,
    /// Leases by their key.
    pub(crate) leases: BTreeMap<String, LeaseGranted>,
    /// Answers to leases that are lost on the way.
    pub(crate) leases_lost: u32,
    /// Numbers it leases at once.
    pub(crate) largest_lease: u32,
    /// Orders that it never heard because the line was cut, and how long the kiosk waited for each.
    pub(crate) unheard: Vec<Duration>,
    pub(crate) help: Vec<bool>,
    pub(crate) reports: Vec<KioskReport>,
    pub(crate) reprints: Vec<TicketId>,
    /// What it wants of the kiosk.
    pub(crate) tests: Vec<DeviceTest>,
    pub(crate) help_open: bool,
    /// When it was started.
    pub(crate) running_since: Timestamp,
    pub(crate) template: (u64, slip::Template),
    pub(crate) day: (&'static str, Timestamp),
    since: Instant,
}

impl Default for Books {
    fn default() -> Self {
        Self {
            mood: Mood::default(),
            orders: Vec::new(),
            tickets: BTreeMap::new(),
            given_up: BTreeSet::new(),
            joined: Vec::new(),
            offered: 0,
            joins_lost: 0,
            refuses_leased: false,
            leases: BTreeMap::new(),
            leases_lost: 0,
            largest_lease: 200,
            unheard: Vec::new(),
            help: Vec::new(),
            reports: Vec::new(),
            reprints: Vec::new(),
            tests: Vec::new(),
            help_open: false,
            running_since: Timestamp(1),
            template: (1, slip::Template::default()),
            day: DAY,
            since: Instant::now(),
        }
    }
}

impl Books {
    pub(crate) fn now(&self) -> Timestamp {
        Timestamp(self.day.1.0 + self.since.elapsed().as_millis() as i64)
    }

    /// Whether the kiosk has said so many leased numbers are left.
    pub(crate) fn has_leased(&self, count: u32) -> bool {
        self.reports.last().is_some_and(|report| report.leased_left == count)
    }

    /// Whether the last report had a device that somebody must look after.
    pub(crate) fn is_faulty(&self) -> Option<bool> {
        let report = self.reports.last()?;
        Some(report.devices.iter().any(|device| device.condition.is_fault()))
    }
}

pub(crate) fn ticket(serial: u64, number: &str, take: &TakeTicket) -> TicketTaken {
    let chosen = |id| the_menu().departments[0].services.iter().find(|it| it.id == id).cloned();
    let main = chosen(take.services[0].clone()).unwrap();
    TicketTaken {
        ticket: TicketId(serial),
        number: number.into(),
        token: "6sB2yQm0c1xN4nA8wq".to_owned(),
        url: "http://hall.example/t/6sB2yQm0c1xN4nA8wq".to_owned(),
        hall: the_menu().hall,
        services: take.services.iter().map(|id| chosen(id.clone()).unwrap().name).collect(),
        class: Default::default(),
        ahead: Some(main.waiting),
        wait: main.wait,
        windows: main.windows,
        taken_at: DAY.1,
        last_four: take.visitor.as_ref().map(|_| "002X".to_owned()),
        not_before: None,
    }
}

pub(crate) fn the_menu() -> Menu {
    let services = vec![
        service("plain", "办事咨询", "Advice", Identity::None),
        service("card", "社会保障卡申领", "Social security cards", Identity::Card),
        service("phone", "企业登记", "Registering a company", Identity::Phone),
    ];
    Menu {
        hall: Label::new("测试政务大厅", "Test hall"),
        date: DAY.0.to_owned(),
        time_zone: "Asia/Shanghai".to_owned(),
        at: DAY.1,
        max_services: 5,
        departments: vec![MenuDepartment {
            id: "general".into(),
            name: Label::new("综合受理", "General"),
            services,
        }],
    }
}

fn service(id: &str, zh: &str, en: &str, identity: Identity) -> MenuService {
    let window = |name: &str| WindowRef {
        window: format!("w{name}").as_str().into(),
        name: Label::new(name, name),
        zone: "a".into(),
        zone_name: Label::new("综合服务区", "General area"),
        floor: "1F".to_owned(),
    };
    MenuService {
        id: id.into(),
        name: Label::new(zh, en),
        initials: "bszx".to_owned(),
        series: "A".into(),
        identity,
        availability: Availability::Open,
        waiting: 12,
        wait: Some(WaitRange { low_s: 600, high_s: 900 }),
        bundle: None,
        windows: vec![window("1"), window("2")],
    }
}
