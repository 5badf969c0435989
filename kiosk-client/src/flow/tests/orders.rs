//! Orders: asked once, answered once, repeated under their own key, given up when nobody waits any more.

use protocol::{Identity, Language};

use super::super::{Act, Copy, Effect, Order, Screen, Slip, Trouble};
use super::support::{AWAY, Kiosk, refusal, taken_order, ticket};
use crate::hall::{Away, HallFault};
use hardware::printer::Outcome;

#[test]
fn the_usual_way_ends_with_a_slip_and_an_empty_kiosk() {
    let mut kiosk = Kiosk::new();
    let order = kiosk.order("plain");
    assert_eq!(order.take.services, ["plain".into()]);
    assert_eq!(order.take.visitor, None);
    let effects = kiosk.answer(&order, Ok(ticket()));
    assert_eq!(effects, [Effect::Print(Box::new(ticket()), Language::Zh, Copy::First)]);
    kiosk.step(super::super::Event::Printed(Outcome::Printed));
    assert!(matches!(kiosk.screen(), Screen::Farewell { slip: Slip::Printed, .. }));
    kiosk.wait(9);
    assert!(matches!(kiosk.screen(), Screen::Farewell { .. }));
    assert!(kiosk.wait(1).is_empty(), "an answered order is not given up");
    assert_eq!(*kiosk.screen(), Screen::Welcome);
    assert!(kiosk.flow.basket().is_empty());
    assert_eq!(kiosk.flow.identified(), Identity::None);
}

#[test]
fn a_refusal_is_shown_and_the_way_back_is_open() {
    let mut kiosk = Kiosk::new();
    let order = kiosk.order("plain");
    kiosk.answer(&order, Err(refusal()));
    let is_refusal = |it: &Trouble| it.fault == refusal() && !it.may_retry();
    assert!(matches!(kiosk.screen(), Screen::Trouble(trouble) if is_refusal(trouble)));
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
    assert!(matches!(kiosk.screen(), Screen::Trouble(trouble) if trouble.may_retry()));
    kiosk.act(Act::Language(Language::En));
    let again = taken_order(&kiosk.act(Act::Retry));
    assert_eq!(again, order);
    kiosk.answer(&again, Err(AWAY));
    // Also by way of the page before.
    kiosk.act(Act::Back);
    assert_eq!(taken_order(&kiosk.act(Act::Take)), order);
    kiosk.answer(&order, Ok(ticket()));
    assert!(matches!(kiosk.screen(), Screen::Printing(..)));
}

#[test]
fn another_wish_after_no_answer_gives_the_first_one_up() {
    let mut kiosk = Kiosk::new();
    let order = kiosk.order("plain");
    kiosk.answer(&order, Err(HallFault::Away(Away::Silent)));
    kiosk.act(Act::Home);
    kiosk.act(Act::Service("m1".into()));
    let effects = kiosk.act(Act::Take);
    assert_eq!(effects[0], Effect::GiveUp(order.key.clone()));
    assert_ne!(taken_order(&effects).key, order.key);
}

#[test]
fn whoever_leaves_an_unanswered_order_gives_it_up() {
    for fault in [AWAY, HallFault::UsedUp] {
        let mut kiosk = Kiosk::new();
        let order = kiosk.order("plain");
        kiosk.answer(&order, Err(fault));
        assert_eq!(kiosk.wait(60), [Effect::GiveUp(order.key)]);
    }
    let mut kiosk = Kiosk::new();
    let order = kiosk.order("plain");
    kiosk.answer(&order, Err(refusal()));
    assert!(kiosk.act(Act::End).is_empty(), "a refusal was an answer");
}

#[test]
fn an_answer_to_somebody_elses_order_is_not_shown() {
    let mut kiosk = Kiosk::new();
    let order = kiosk.order("plain");
    kiosk.answer(&Order { attempt: order.attempt + 1, ..order }, Ok(ticket()));
    assert!(matches!(kiosk.screen(), Screen::Asking(_)));
}

#[test]
fn nothing_can_be_pressed_twice_while_the_hall_is_asked() {
    let mut kiosk = Kiosk::new();
    kiosk.order("plain");
    assert!(kiosk.act(Act::Take).is_empty());
    assert!(kiosk.act(Act::Home).is_empty());
    assert!(matches!(kiosk.screen(), Screen::Asking(_)));
    kiosk.wait(600);
    assert!(matches!(kiosk.screen(), Screen::Asking(_)), "and nobody is sent away");
}
