//! Who it is: phones and cards, and how long that is remembered.

use hardware::card::{CardFault, CardKind};
use protocol::Identity;
use protocol::kiosk::Visitor;

use super::super::{Act, Effect, Event, Screen};
use super::support::{Kiosk, VALID, card, taken_order, ticket};

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
    assert!(effects.contains(&Effect::ForgetCard));
    assert_eq!(*kiosk.screen(), Screen::Confirm);
    assert_eq!(kiosk.flow.identified(), Identity::Card);
}

#[test]
fn a_number_on_the_wrong_kind_of_card_is_not_believed() {
    let mut kiosk = Kiosk::new();
    kiosk.choose("card");
    let mut odd = card(VALID);
    odd.kind = CardKind::Foreigner2023;
    kiosk.step(Event::CardRead(Ok(odd)));
    assert_eq!(*kiosk.screen(), Screen::Card { fault: Some(CardFault::Invalid) });
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
fn who_it_is_is_forgotten_as_soon_as_the_ticket_is_there() {
    let mut kiosk = Kiosk::new();
    kiosk.choose("card");
    kiosk.step(Event::CardRead(Ok(card(VALID))));
    let order = taken_order(&kiosk.act(Act::Take));
    kiosk.answer(&order, Ok(ticket()));
    assert!(matches!(kiosk.screen(), Screen::Printing(..)));
    assert!(!format!("{:?}", kiosk.flow).contains(VALID));
    assert_eq!(kiosk.flow.identified(), Identity::None);
}

#[test]
fn an_event_in_a_log_says_nothing_of_a_person() {
    let events = [
        Event::CardRead(Ok(card(VALID))),
        Event::Scanned(VALID.to_owned()),
        Event::Act(Act::Phone(Some("13812345678".to_owned()))),
    ];
    let said = format!("{events:?}");
    assert!(!said.contains(VALID) && !said.contains("138") && !said.contains("王"), "{said}");
}
