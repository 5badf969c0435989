//! The flow, walked through on every way a visitor can take, the unhappy ones above all.

use std::time::{Duration, Instant};

use hardware::card::{Birth, Card, CardFault};
use hardware::lamp::Light;
use hardware::printer::{PrinterFault, PrinterStatus};
use protocol::kiosk::{Menu, MenuDepartment, MenuService, Problem, TicketTaken, Visitor};
use protocol::live::Availability;
use protocol::{Identity, Label, Language, ServiceId};

use super::{Act, Effect, Event, Flow, Help, Notice, Order, Patience, Screen, Trouble, search};
use crate::hall::{Away, HallFault};

const PATIENCE: Patience = Patience {
    idle: Duration::from_secs(60),
    warning: Duration::from_secs(15),
    farewell: Duration::from_secs(10),
};

/// A kiosk and a watch.
struct Kiosk {
    flow: Flow,
    now: Instant,
}

impl Kiosk {
    /// A kiosk that has heard from the hall.
    fn new() -> Self {
        let now = Instant::now();
        let mut kiosk = Self { flow: Flow::new(PATIENCE, "n".to_owned(), now), now };
        kiosk.step(Event::Menu(menu()));
        kiosk
    }

    fn step(&mut self, event: Event) -> Vec<Effect> {
        self.flow.step(event, self.now)
    }

    fn act(&mut self, act: Act) -> Vec<Effect> {
        self.step(Event::Act(act))
    }

    fn choose(&mut self, service: &str) -> Vec<Effect> {
        self.act(Act::Begin { language: None, elder: false });
        self.act(Act::Service(ServiceId::from(service)))
    }

    /// Goes on until the hall is being asked.
    fn order(&mut self, service: &str) -> Order {
        self.choose(service);
        taken_order(&self.act(Act::Take))
    }

    fn answer(&mut self, order: &Order, answer: Result<TicketTaken, HallFault>) -> Vec<Effect> {
        self.step(Event::Taken { attempt: order.attempt, answer: Box::new(answer) })
    }

    fn wait(&mut self, seconds: u64) -> Vec<Effect> {
        self.now += Duration::from_secs(seconds);
        self.step(Event::Tick)
    }

    fn screen(&self) -> &Screen {
        self.flow.screen()
    }
}

fn taken_order(effects: &[Effect]) -> Order {
    match effects {
        [Effect::Take(order)] => order.clone(),
        other => panic!("no order in {other:?}"),
    }
}

fn service(id: &str, initials: &str, identity: Identity, bundle: Option<&str>) -> MenuService {
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

fn menu() -> Menu {
    let mut shut = service("shut", "gb", Identity::None, None);
    shut.availability = Availability::OutsideHours { opens: Some("13:00".to_owned()) };
    let many = (1..=6).map(|n| service(&format!("m{n}"), "dx", Identity::None, None));
    let services = [
        service("plain", "ptyw", Identity::None, None),
        service("phone", "sj", Identity::Phone, None),
        service("card", "sfz", Identity::Card, None),
        service("tax", "sw", Identity::None, Some("tax")),
        shut,
    ];
    Menu {
        hall: Label::new("大厅", "Hall"),
        date: "2026-11-23".to_owned(),
        time_zone: "Asia/Shanghai".to_owned(),
        at: Default::default(),
        max_services: 5,
        departments: vec![MenuDepartment {
            id: "d".into(),
            name: Label::new("部门", "Department"),
            services: services.into_iter().chain(many).collect(),
        }],
    }
}

fn ticket() -> TicketTaken {
    TicketTaken {
        ticket: protocol::TicketId(1),
        number: "A001".into(),
        token: "secret".to_owned(),
        url: "http://hall/t/secret".to_owned(),
        hall: Label::new("大厅", "Hall"),
        services: vec![Label::new("业务", "Service")],
        class: Default::default(),
        ahead: 3,
        wait: None,
        windows: Vec::new(),
        taken_at: Default::default(),
        last_four: None,
        not_before: None,
    }
}

fn card(number: &str) -> Card {
    let birth = Birth { year: 1949, month: 12, day: 31 };
    Card { name: "王秀英".to_owned(), number: number.to_owned(), birth }
}

const VALID: &str = "11010519491231002X";
const REFUSED: &str = "already-waiting";

fn refusal() -> HallFault {
    HallFault::Refused(Problem { code: REFUSED.to_owned(), message: "…".to_owned() })
}

#[test]
fn the_usual_way_ends_with_a_slip_and_an_empty_kiosk() {
    let mut kiosk = Kiosk::new();
    let order = kiosk.order("plain");
    assert_eq!(order.take.services, ["plain".into()]);
    assert_eq!(order.take.visitor, None);
    let effects = kiosk.answer(&order, Ok(ticket()));
    assert_eq!(effects, [Effect::Print(Box::new(ticket()), Language::Zh)]);
    kiosk.step(Event::Printed(Ok(())));
    assert!(matches!(kiosk.screen(), Screen::Farewell { no_slip: None, .. }));
    kiosk.wait(9);
    assert!(matches!(kiosk.screen(), Screen::Farewell { .. }));
    kiosk.wait(1);
    assert_eq!(*kiosk.screen(), Screen::Welcome);
    assert!(kiosk.flow.basket().is_empty());
}

#[test]
fn a_phone_number_is_asked_for_only_where_it_is_needed_and_must_be_one() {
    let mut kiosk = Kiosk::new();
    kiosk.choose("phone");
    for digit in "12812345678".chars() {
        kiosk.act(Act::Digit(digit));
    }
    kiosk.act(Act::Digit('9'));
    kiosk.act(Act::Phone(None));
    let wrong = Screen::Phone { digits: "12812345678".to_owned(), wrong: true };
    assert_eq!(*kiosk.screen(), wrong);
    kiosk.act(Act::Erase);
    assert!(matches!(kiosk.screen(), Screen::Phone { wrong: false, .. }));
    kiosk.act(Act::Phone(Some("138 1234 5678".to_owned())));
    assert_eq!(*kiosk.screen(), Screen::Confirm);
    let order = taken_order(&kiosk.act(Act::Take));
    assert_eq!(order.take.visitor, Some(Visitor::Phone { number: "13812345678".to_owned() }));
}

#[test]
fn the_reader_is_on_exactly_while_a_card_is_asked_for() {
    let mut kiosk = Kiosk::new();
    assert_eq!(kiosk.choose("card"), [Effect::WaitForCard]);
    let effects = kiosk.step(Event::CardRead(Err(CardFault::Unreadable)));
    assert_eq!(effects, [Effect::WaitForCard]);
    assert_eq!(*kiosk.screen(), Screen::Card { fault: Some(CardFault::Unreadable) });
    let effects = kiosk.step(Event::CardRead(Ok(card("110105194912310021"))));
    assert_eq!(effects, [Effect::WaitForCard], "a wrong check digit is not believed");
    assert_eq!(*kiosk.screen(), Screen::Card { fault: Some(CardFault::Invalid) });
    let effects = kiosk.step(Event::CardRead(Ok(card(VALID))));
    assert_eq!(effects, [Effect::ForgetCard]);
    assert_eq!(*kiosk.screen(), Screen::Confirm);
    assert_eq!(kiosk.flow.identified(), Identity::Card);
}

#[test]
fn a_card_that_nobody_asked_for_changes_nothing() {
    let mut kiosk = Kiosk::new();
    kiosk.choose("plain");
    kiosk.step(Event::CardRead(Ok(card(VALID))));
    assert_eq!(kiosk.flow.identified(), Identity::None);
}

#[test]
fn a_card_may_stand_for_a_phone_number() {
    let mut kiosk = Kiosk::new();
    kiosk.choose("phone");
    assert_eq!(kiosk.act(Act::UseCard), [Effect::WaitForCard]);
    kiosk.step(Event::CardRead(Ok(card(VALID))));
    assert_eq!(*kiosk.screen(), Screen::Confirm);
}

#[test]
fn who_it_is_goes_along_only_if_a_chosen_service_needs_it() {
    let mut kiosk = Kiosk::new();
    kiosk.choose("phone");
    kiosk.act(Act::Phone(Some("13812345678".to_owned())));
    kiosk.act(Act::Add);
    kiosk.act(Act::Service("plain".into()));
    kiosk.act(Act::Remove("phone".into()));
    let order = taken_order(&kiosk.act(Act::Take));
    assert_eq!(order.take.visitor, None);
}

#[test]
fn what_was_said_is_forgotten_when_the_visit_ends() {
    for end in [Act::End, Act::Home] {
        let mut kiosk = Kiosk::new();
        kiosk.choose("card");
        kiosk.step(Event::CardRead(Ok(card(VALID))));
        kiosk.act(end);
        assert_eq!(kiosk.flow.identified(), Identity::None);
        assert!(kiosk.flow.basket().is_empty());
    }
}

#[test]
fn closed_services_explain_themselves() {
    let mut kiosk = Kiosk::new();
    kiosk.choose("shut");
    assert_eq!(kiosk.flow.notice(), Some(&Notice::Unavailable("shut".into())));
    kiosk.act(Act::Dismiss);
    assert_eq!(kiosk.flow.notice(), None);
    kiosk.choose("nonsense");
    assert_eq!(kiosk.flow.notice(), Some(&Notice::Unavailable("nonsense".into())));
    assert!(kiosk.flow.basket().is_empty());
}

#[test]
fn several_services_share_a_ticket_up_to_five_and_within_a_bundle() {
    let mut kiosk = Kiosk::new();
    kiosk.choose("m1");
    kiosk.act(Act::Add);
    kiosk.act(Act::Service("tax".into()));
    let conflict = Notice::Conflict { first: "m1".into(), second: "tax".into() };
    assert_eq!(kiosk.flow.notice(), Some(&conflict));
    for id in ["m2", "m3", "m4", "m5", "m5"] {
        kiosk.act(Act::Add);
        kiosk.act(Act::Service(id.into()));
    }
    assert_eq!(*kiosk.screen(), Screen::Confirm);
    kiosk.act(Act::Add);
    kiosk.act(Act::Service("m6".into()));
    assert_eq!(kiosk.flow.notice(), Some(&Notice::TooMany));
    kiosk.act(Act::Back);
    kiosk.act(Act::Remove("m1".into()));
    let order = taken_order(&kiosk.act(Act::Take));
    let services: Vec<ServiceId> = ["m2", "m3", "m4", "m5"].map(ServiceId::from).to_vec();
    assert_eq!(order.take.services, services);
}

#[test]
fn back_takes_the_last_choice_back() {
    let mut kiosk = Kiosk::new();
    kiosk.choose("plain");
    kiosk.act(Act::Add);
    kiosk.act(Act::Service("m1".into()));
    kiosk.act(Act::Back);
    assert_eq!(*kiosk.screen(), Screen::Services("d".into()));
    assert_eq!(kiosk.flow.basket().services(), ["plain".into()]);
    kiosk.act(Act::Back);
    assert_eq!(*kiosk.screen(), Screen::Departments);
    kiosk.act(Act::Back);
    assert_eq!(*kiosk.screen(), Screen::Confirm, "there is still something chosen");
    kiosk.act(Act::Back);
    kiosk.act(Act::Back);
    kiosk.act(Act::Back);
    assert_eq!(*kiosk.screen(), Screen::Welcome);
}

#[test]
fn a_refusal_is_shown_and_the_way_back_is_open() {
    let mut kiosk = Kiosk::new();
    let order = kiosk.order("plain");
    kiosk.answer(&order, Err(refusal()));
    assert!(matches!(kiosk.screen(), Screen::Trouble(Trouble::Refused(it)) if it.code == REFUSED));
    assert!(kiosk.act(Act::Retry).is_empty(), "a refusal is final");
    kiosk.act(Act::Back);
    assert_eq!(*kiosk.screen(), Screen::Confirm);
    let again = taken_order(&kiosk.act(Act::Take));
    assert_ne!(again.key, order.key, "a new wish is a new order");
}

#[test]
fn an_order_without_an_answer_is_repeated_under_its_own_key() {
    let mut kiosk = Kiosk::new();
    let order = kiosk.order("plain");
    kiosk.answer(&order, Err(HallFault::Away(Away::Silent)));
    assert!(matches!(kiosk.screen(), Screen::Trouble(Trouble::Away(Away::Silent, _))));
    kiosk.act(Act::Language(Language::En));
    let again = taken_order(&kiosk.act(Act::Retry));
    assert_eq!(again, order);
    kiosk.answer(&again, Err(HallFault::Away(Away::Unreachable)));
    // Also by way of the page before.
    kiosk.act(Act::Back);
    assert_eq!(taken_order(&kiosk.act(Act::Take)), order);
    kiosk.answer(&order, Ok(ticket()));
    assert!(matches!(kiosk.screen(), Screen::Printing(_)));
}

#[test]
fn another_wish_after_no_answer_is_another_order() {
    let mut kiosk = Kiosk::new();
    let order = kiosk.order("plain");
    kiosk.answer(&order, Err(HallFault::Away(Away::Silent)));
    kiosk.act(Act::Home);
    let other = kiosk.order("m1");
    assert_ne!(other.key, order.key);
}

#[test]
fn an_answer_to_somebody_elses_order_is_not_shown() {
    let mut kiosk = Kiosk::new();
    let order = kiosk.order("plain");
    kiosk.answer(&Order { attempt: order.attempt + 1, ..order }, Ok(ticket()));
    assert!(matches!(kiosk.screen(), Screen::Taking(_)));
}

#[test]
fn nothing_can_be_pressed_twice_while_the_hall_is_asked() {
    let mut kiosk = Kiosk::new();
    kiosk.order("plain");
    assert!(kiosk.act(Act::Take).is_empty());
    assert!(kiosk.act(Act::Home).is_empty());
    assert!(matches!(kiosk.screen(), Screen::Taking(_)));
    kiosk.wait(600);
    assert!(matches!(kiosk.screen(), Screen::Taking(_)), "and nobody is sent away");
}

#[test]
fn without_a_slip_the_ticket_is_as_valid_and_stays_longer_on_the_screen() {
    let mut kiosk = Kiosk::new();
    let order = kiosk.order("plain");
    kiosk.answer(&order, Ok(ticket()));
    kiosk.step(Event::Printed(Err(PrinterFault::PaperOut)));
    let taken = Box::new(ticket());
    assert_eq!(*kiosk.screen(), Screen::Farewell { taken, no_slip: Some(PrinterFault::PaperOut) });
    kiosk.wait(59);
    assert!(matches!(kiosk.screen(), Screen::Farewell { .. }));
    kiosk.wait(1);
    assert_eq!(*kiosk.screen(), Screen::Welcome);
}

#[test]
fn somebody_who_does_nothing_is_asked_and_can_stay() {
    let mut kiosk = Kiosk::new();
    kiosk.choose("card");
    kiosk.wait(44);
    assert!(!kiosk.flow.is_asking());
    let before = kiosk.flow.revision();
    kiosk.wait(1);
    assert!(kiosk.flow.is_asking());
    assert!(kiosk.flow.revision() > before, "the page looks again");
    kiosk.act(Act::Stay);
    assert!(!kiosk.flow.is_asking());
    assert_eq!(kiosk.flow.remaining(kiosk.now), Some(PATIENCE.idle));
    assert_eq!(kiosk.wait(60), [Effect::ForgetCard]);
    assert_eq!(*kiosk.screen(), Screen::Welcome);
}

#[test]
fn the_large_version_gives_twice_the_time_and_goes_with_its_visitor() {
    let mut kiosk = Kiosk::new();
    kiosk.act(Act::Begin { language: Some(Language::En), elder: true });
    assert!(kiosk.flow.elder());
    assert_eq!(kiosk.flow.language(), Language::En);
    kiosk.wait(119);
    assert_eq!(*kiosk.screen(), Screen::Departments);
    kiosk.wait(1);
    assert_eq!(*kiosk.screen(), Screen::Welcome);
    assert!(!kiosk.flow.elder());
    assert_eq!(kiosk.flow.language(), Language::Zh);
}

#[test]
fn a_hall_that_goes_away_closes_the_kiosk_and_its_return_opens_it() {
    let mut kiosk = Kiosk::new();
    kiosk.act(Act::Begin { language: None, elder: false });
    let away = HallFault::Away(Away::Unreachable);
    assert!(kiosk.step(Event::NoMenu(away.clone())).is_empty(), "one lost answer is nothing");
    assert_eq!(kiosk.flow.out_of_service(), None);
    assert_eq!(kiosk.step(Event::NoMenu(away.clone())), [Effect::Show(Light::Off)]);
    assert_eq!(kiosk.flow.out_of_service(), Some(&away));
    assert_eq!(kiosk.step(Event::Menu(menu())), [Effect::Show(Light::Steady)]);
    assert_eq!(kiosk.flow.out_of_service(), None);
    assert_eq!(*kiosk.screen(), Screen::Departments, "the visitor goes on where they were");
}

#[test]
fn a_kiosk_that_the_hall_does_not_know_says_so_at_once() {
    let mut kiosk = Kiosk::new();
    kiosk.step(Event::NoMenu(HallFault::NotAdmitted));
    assert_eq!(kiosk.flow.out_of_service(), Some(&HallFault::NotAdmitted));
}

#[test]
fn a_number_on_the_screen_stays_there_when_the_hall_goes_away() {
    let mut kiosk = Kiosk::new();
    let order = kiosk.order("plain");
    kiosk.answer(&order, Ok(ticket()));
    for _ in 0..3 {
        kiosk.step(Event::NoMenu(HallFault::Away(Away::Unreachable)));
    }
    assert_eq!(kiosk.flow.out_of_service(), None);
    kiosk.step(Event::Printed(Ok(())));
    assert!(matches!(kiosk.screen(), Screen::Farewell { .. }));
}

#[test]
fn a_service_that_disappears_is_not_ordered() {
    let mut kiosk = Kiosk::new();
    kiosk.choose("plain");
    let mut less = menu();
    less.departments[0].services.retain(|service| service.id != "plain".into());
    kiosk.step(Event::Menu(less));
    assert_eq!(*kiosk.screen(), Screen::Departments);
    assert!(kiosk.act(Act::Take).is_empty());
}

#[test]
fn help_is_called_once_and_outlives_the_visit_until_it_came() {
    let mut kiosk = Kiosk::new();
    kiosk.act(Act::Begin { language: None, elder: false });
    assert_eq!(kiosk.act(Act::Help), [Effect::CallHelp, Effect::Show(Light::Blinking)]);
    assert!(kiosk.act(Act::Help).is_empty());
    kiosk.step(Event::HelpAnswered(true));
    assert_eq!(kiosk.flow.help(), Help::Coming);
    kiosk.wait(60);
    assert_eq!(kiosk.flow.help(), Help::Coming);
    assert_eq!(kiosk.act(Act::HelpDone), [Effect::CancelHelp, Effect::Show(Light::Steady)]);
    assert_eq!(kiosk.flow.help(), Help::None);
}

#[test]
fn help_that_could_not_be_called_says_so_and_ends_with_the_visit() {
    let mut kiosk = Kiosk::new();
    kiosk.act(Act::Begin { language: None, elder: false });
    kiosk.act(Act::Help);
    kiosk.step(Event::HelpAnswered(false));
    assert_eq!(kiosk.flow.help(), Help::Failed);
    assert_eq!(kiosk.act(Act::End), [Effect::Show(Light::Steady)]);
    assert_eq!(kiosk.flow.help(), Help::None);
}

#[test]
fn the_printers_state_is_remembered_for_the_pages() {
    let mut kiosk = Kiosk::new();
    kiosk.step(Event::Printer(PrinterStatus::Down(PrinterFault::PaperOut)));
    assert_eq!(kiosk.flow.printer().fault(), Some(PrinterFault::PaperOut));
}

#[test]
fn acts_that_belong_to_another_page_change_nothing() {
    let acts = [
        Act::Take,
        Act::Retry,
        Act::Digit('1'),
        Act::Letter('A'),
        Act::Erase,
        Act::Phone(Some("13812345678".to_owned())),
        Act::UseCard,
        Act::Service("plain".into()),
        Act::Query("x".to_owned()),
    ];
    let mut kiosk = Kiosk::new();
    for act in acts {
        assert!(kiosk.act(act.clone()).is_empty(), "{act:?}");
        assert_eq!(*kiosk.screen(), Screen::Welcome, "{act:?}");
    }
}

#[test]
fn services_are_found_by_initials_characters_and_english() {
    let menu = menu();
    let ids = |query: &str| -> Vec<String> {
        search(&menu, query).iter().map(|hit| hit.service.id.to_string()).collect()
    };
    assert_eq!(ids("SFZ"), ["card"]);
    assert_eq!(ids("s")[..3], ["phone", "card", "tax"], "initials come before English words");
    assert_eq!(ids("业务tax"), ["tax"]);
    assert_eq!(ids("service tax"), ["tax"]);
    assert_eq!(ids("TY"), ["plain"]);
    assert_eq!(ids("department").len(), 11);
    assert!(ids("").is_empty() && ids("  ").is_empty() && ids("zzz").is_empty());
}

#[test]
fn a_question_is_typed_letter_by_letter_and_has_an_end() {
    let mut kiosk = Kiosk::new();
    kiosk.act(Act::Begin { language: None, elder: false });
    kiosk.act(Act::Search);
    kiosk.act(Act::Letter('S'));
    kiosk.act(Act::Letter('<'));
    kiosk.act(Act::Letter('W'));
    kiosk.act(Act::Erase);
    assert_eq!(*kiosk.screen(), Screen::Search { query: "S".to_owned() });
    kiosk.act(Act::Query("社保".repeat(50_000)));
    assert!(matches!(kiosk.screen(), Screen::Search { query } if query.chars().count() == 20));
}
