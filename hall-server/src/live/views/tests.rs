//! Views of a small day: two services, two windows, one visitor with a name.

use std::sync::Arc;

use hall_core::plan::{DayKind, Plan};
use hall_core::{Command, HallDay, HoldScope, Take, WindowAct, decide};
use jiff::civil::date;
use protocol::kiosk::{Condition, DeviceKind};
use protocol::live::{AlertKind, Availability, ConsoleCell, Output, TicketCell, WaitRange};
use protocol::{
    ClerkId, Identity, Label, NoteId, Outcome, PersonId, Phase, TicketId, Timestamp, WindowId,
};

use super::*;
use crate::devices::{Need, OutputTrouble};

const MIDNIGHT: Timestamp = Timestamp(1_795_363_200_000);
/// Half past nine.
const NOW: Timestamp = Timestamp(MIDNIGHT.0 + 34_200_000);

const PLAN: &str = r#"
name = { zh = "测试大厅", en = "Test Hall" }
hours.working = [{ from = "09:00", to = "12:00" }, { from = "13:00", to = "17:00" }]
no_show = { max_passes = 0 }
reasons.lunch = { zh = "午餐", en = "Lunch" }
zones.east = { name = { zh = "东区", en = "East" }, floor = "1F" }
zones.west = { name = { zh = "西区", en = "West" }, floor = "2F" }
departments.police = { name = { zh = "公安", en = "Police" } }
departments.empty = { name = { zh = "空", en = "Empty" } }
series.a = { prefix = "A" }

[services.passport]
name = { zh = "普通护照", en = "Passport" }
aliases = ["因私护照"]
department = "police"
series = "a"
day_max = 5

[services.permit]
name = { zh = "居住证", en = "Permit" }
department = "police"
series = "a"

[windows.e1]
name = { zh = "1", en = "1" }
zone = "east"
profile = { groups = [{ services = ["passport"] }] }

[windows.w1]
name = { zh = "2", en = "2" }
zone = "west"
profile = { groups = [{ services = ["passport", "permit"] }] }
"#;

/// Everybody is called the same.
struct OneName;

impl Names for OneName {
    fn masked(&self, _: PersonId) -> Option<String> {
        Some("张*明".to_owned())
    }
    fn note(&self, _: NoteId) -> Option<String> {
        None
    }
    fn clerk(&self, clerk: &ClerkId) -> Option<Label> {
        Some(Label::new(clerk.as_str(), clerk.as_str()))
    }
    fn time_zone(&self) -> &str {
        "Asia/Shanghai"
    }
}

/// A day and its time.
struct Scene {
    day: HallDay,
    now: Timestamp,
}

impl Scene {
    /// A day that has begun, with both windows open.
    fn new() -> Self {
        let plan: Plan = toml::from_str(PLAN).expect("a plan");
        assert_eq!(plan.faults(), []);
        let mut scene = Self { day: HallDay::default(), now: NOW };
        scene.order(&Command::StartDay {
            date: date(2026, 11, 23),
            midnight: MIDNIGHT,
            kind: DayKind::Working,
            plan: Arc::new(plan),
        });
        scene.at("e1", WindowAct::Open { clerk: "c1".into() });
        scene.at("w1", WindowAct::Open { clerk: "c2".into() });
        scene
    }

    fn order(&mut self, command: &Command) {
        let events = decide(&self.day, command, self.now).expect("the rules allow it");
        for event in events {
            self.day.apply(&event, self.now);
        }
    }

    fn at(&mut self, window: &str, act: WindowAct) {
        self.order(&Command::AtWindow { window: window.into(), seen: None, act });
    }

    fn take(&mut self, service: &str) -> TicketId {
        let ticket = self.day.next_ticket;
        self.order(&Command::Take(Take { services: vec![service.into()], ..Take::default() }));
        ticket
    }

    fn view(&self) -> View<'_> {
        View { day: &self.day, now: self.now, names: &OneName }
    }

    fn ticket(&self, id: TicketId) -> TicketCell {
        ticket_cell(&self.view(), self.day.ticket(id).expect("a ticket"))
    }

    fn console(&self, window: &str) -> ConsoleCell {
        let window = self.day.window(&WindowId::from(window)).expect("a window");
        console_cell(&self.view(), window, None)
    }

    fn availability(&self, service: &str) -> Availability {
        availability(&self.view(), &service.into())
    }

    fn alerts(&self, machines: &Machines) -> Vec<(String, AlertKind, u32)> {
        let alerts = alert_cells(&self.view(), machines);
        alerts.into_iter().map(|(name, alert)| (name, alert.kind, alert.count)).collect()
    }
}

#[test]
fn availability_says_why_not_and_until_when() {
    let mut scene = Scene::new();
    assert_eq!(scene.availability("passport"), Availability::Open);
    for _ in 0..5 {
        scene.take("passport");
    }
    assert_eq!(scene.availability("passport"), Availability::UsedUp { opens: None });
    scene.now = MIDNIGHT.plus_s(12 * 3600);
    let at_one = Some("13:00".to_owned());
    assert_eq!(scene.availability("permit"), Availability::OutsideHours { opens: at_one });
    scene.order(&Command::CloseService { service: "permit".into(), reason: "lunch".to_owned() });
    let reason = Label::new("午餐", "Lunch");
    assert_eq!(scene.availability("permit"), Availability::Closed { reason });
    scene.order(&Command::EndDay);
    assert_eq!(scene.availability("permit"), Availability::OutsideHours { opens: None });
}

#[test]
fn a_wait_is_rounded_outwards_to_minutes() {
    let mut scene = Scene::new();
    assert_eq!(
        wait_range(&scene.day, &"permit".into(), 0),
        Some(WaitRange { low_s: 0, high_s: 0 })
    );
    for _ in 0..3 {
        scene.take("permit");
    }
    let wait = wait_range(&scene.day, &"permit".into(), 3).expect("a window is open");
    assert_eq!((wait.low_s % 60, wait.high_s % 60), (0, 0));
    assert!(wait.low_s < wait.high_s);
    scene.at("w1", WindowAct::Close { reason: "lunch".to_owned() });
    assert_eq!(wait_range(&scene.day, &"permit".into(), 3), None, "nobody can say");
}

#[test]
fn a_wall_shows_masked_names_and_the_last_call() {
    let mut scene = Scene::new();
    scene.order(&Command::Take(Take {
        services: vec!["passport".into()],
        person: Some(PersonId(7)),
        identity: Identity::Card,
        ..Take::default()
    }));
    scene.at("e1", WindowAct::CallNext);
    scene.now = NOW.plus_s(30);
    scene.at("e1", WindowAct::Recall);
    let cells = board_cells(&scene.view(), &["east".into()]);
    let Some(Cell::Call(call)) = cells.get("call/e1") else { panic!("a call: {cells:?}") };
    assert_eq!(call.holder.as_deref(), Some("张*明"));
    assert_eq!((call.called_at, call.recalls), (NOW.plus_s(30), 1));
    assert!(!cells.contains_key("window/w1"), "not of this zone");
    let Some(Cell::Window(window)) = cells.get("window/e1") else { panic!("a window") };
    assert_eq!((&window.clerk, &window.current, window.revision), (&None, &None, 0));
}

#[test]
fn a_console_shows_who_is_set_aside_for_whom() {
    let mut scene = Scene::new();
    for scope in [HoldScope::Private, HoldScope::Shared] {
        scene.take("passport");
        scene.at("e1", WindowAct::CallNext);
        scene.at("e1", WindowAct::Hold { scope, reason: "lunch".to_owned(), until: None });
    }
    let held = |window: &str| {
        let held = scene.console(window).held;
        held.iter().map(|ticket| ticket.private).collect::<Vec<_>>()
    };
    assert_eq!(held("e1"), [true, false]);
    assert_eq!(held("w1"), [false]);
}

#[test]
fn who_missed_a_call_may_come_back_while_the_rules_let_them() {
    let mut scene = Scene::new();
    let ticket = scene.take("passport");
    assert!(scene.ticket(ticket).may_withdraw);
    scene.at("e1", WindowAct::CallNext);
    assert!(!scene.ticket(ticket).may_withdraw, "the clerk is waiting");
    scene.at("e1", WindowAct::Pass);
    let missed = scene.ticket(ticket);
    assert_eq!((missed.phase, missed.outcome), (Phase::Closed, Some(Outcome::NoShow)));
    assert!(missed.may_return);
    assert_eq!(scene.console("e1").missed.len(), 1);
    assert!(scene.console("w1").missed.is_empty(), "it was not called there");
    scene.now = NOW.plus_s(5 * 3600);
    assert!(!scene.ticket(ticket).may_return);
    assert!(scene.console("e1").missed.is_empty());
}

#[test]
fn a_visitor_sees_their_place_and_where_to_wait() {
    let mut scene = Scene::new();
    scene.take("passport");
    let second = scene.take("passport");
    let names = |ticket: &TicketCell| {
        ticket.windows.iter().map(|at| at.window.to_string()).collect::<Vec<_>>()
    };
    let waiting = scene.ticket(second);
    assert_eq!((waiting.ahead, names(&waiting)), (1, vec!["e1".to_owned(), "w1".to_owned()]));
    scene.at("e1", WindowAct::Pause { reason: "lunch".to_owned() });
    assert_eq!(names(&scene.ticket(second)), ["w1"]);
    scene.at("w1", WindowAct::CallNext);
    scene.at("w1", WindowAct::Start);
    scene.at("w1", WindowAct::CallNext);
    let called = scene.ticket(second);
    assert_eq!((called.phase, called.ahead, called.wait), (Phase::Called, 0, None));
    assert_eq!(called.window.map(|at| at.floor), Some("2F".to_owned()));
}

#[test]
fn todays_figures_add_up() {
    let mut scene = Scene::new();
    scene.take("passport");
    scene.take("permit");
    scene.now = NOW.plus_s(90);
    scene.at("e1", WindowAct::CallNext);
    scene.at("e1", WindowAct::Start);
    let totals = totals_cell(&scene.view());
    assert_eq!((totals.taken, totals.waiting, totals.serving), (2, 1, 1));
    assert_eq!((totals.mean_wait_s, totals.windows), (Some(90), [2, 0, 0]));
    assert_eq!(totals.closed, []);
    scene.at("e1", WindowAct::Finish);
    assert_eq!(totals_cell(&scene.view()).closed, [(Outcome::Served, 1)]);
}

#[test]
fn a_duty_manager_is_told_what_needs_them() {
    let mut scene = Scene::new();
    assert_eq!(scene.alerts(&Machines::default()), []);
    scene.take("permit");
    scene.take("permit");
    scene.at("w1", WindowAct::Pause { reason: "lunch".to_owned() });
    let nobody = ("nobody-serves/permit".to_owned(), AlertKind::NobodyServes, 2);
    assert_eq!(scene.alerts(&Machines::default()), std::slice::from_ref(&nobody));
    scene.now = NOW.plus_s(1_801);
    let too_long = ("waits-too-long/permit".to_owned(), AlertKind::WaitsTooLong, 2);
    assert_eq!(scene.alerts(&Machines::default()), [nobody, too_long]);
    scene.at("w1", WindowAct::Resume);
    let name = Label::new("东屏", "East");
    let machines = Machines {
        gone_displays: vec![("d1".into(), name.clone(), NOW)],
        output_troubles: vec![(
            OutputTrouble { display: "d2".into(), output: Output::Strip, count: 3, since: NOW },
            name.clone(),
        )],
        kiosk_needs: [
            Need::Help,
            Need::Gone,
            Need::Device(DeviceKind::Printer, Condition::PaperOut),
            Need::Device(DeviceKind::CardReader, Condition::Silent),
        ]
        .map(|need| KioskNeed { kiosk: "k1".into(), name: name.clone(), need, since: NOW })
        .to_vec(),
        calendar_missing: true,
    };
    let kinds: Vec<AlertKind> = scene.alerts(&machines).into_iter().map(|it| it.1).collect();
    let expected = [
        AlertKind::CalendarMissing,
        AlertKind::DeviceNeedsHelp,
        AlertKind::DeviceNeedsHelp,
        AlertKind::DisplayGone,
        AlertKind::KioskGone,
        AlertKind::KioskNeedsHelp,
        AlertKind::OutputNeedsHelp,
        AlertKind::WaitsTooLong,
    ];
    assert_eq!(kinds, expected);
    let cells = alert_cells(&scene.view(), &machines);
    let printer = &cells["device-needs-help/k1/printer"];
    assert_eq!(printer.device, Some(DeviceKind::Printer));
    assert_eq!(printer.condition, Some(Condition::PaperOut));
    let strips = &cells["output-needs-help/d2/strip"];
    assert_eq!((strips.output, strips.count), (Some(Output::Strip), 3));
}

#[test]
fn a_menu_has_only_departments_with_services() {
    let mut scene = Scene::new();
    scene.take("passport");
    let menu = menu(&scene.view());
    assert_eq!(menu.departments.len(), 1);
    let passport = &menu.departments[0].services[0];
    assert_eq!((passport.id.as_str(), passport.initials.as_str()), ("passport", "pthz yshz"));
    assert_eq!((passport.waiting, passport.windows.len()), (1, 2));
}
