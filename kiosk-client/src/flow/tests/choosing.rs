//! Choosing: departments, services, several on one ticket, the search.

use super::super::{Act, Event, Notice, Screen, search};
use super::support::{Kiosk, menu, taken_order};
use protocol::ServiceId;

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
fn acts_that_belong_to_another_page_change_nothing() {
    let acts = [
        Act::Take,
        Act::Retry,
        Act::Digit('1'),
        Act::Letter('A'),
        Act::Erase,
        Act::Phone(Some("13812345678".to_owned())),
        Act::Code(Some("YY123456".to_owned())),
        Act::UseCard,
        Act::TypeCode,
        Act::CheckIn(0),
        Act::Reprint(protocol::TicketId(1)),
        Act::Another,
        Act::Add,
        Act::Search,
        Act::Home,
        Act::Department("d".into()),
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
    kiosk.begin();
    kiosk.act(Act::Search);
    kiosk.act(Act::Letter('S'));
    kiosk.act(Act::Letter('<'));
    kiosk.act(Act::Letter('W'));
    kiosk.act(Act::Erase);
    assert_eq!(*kiosk.screen(), Screen::Search { query: "S".to_owned() });
    kiosk.act(Act::Query("社保".repeat(50_000)));
    assert!(matches!(kiosk.screen(), Screen::Search { query } if query.chars().count() == 20));
}
