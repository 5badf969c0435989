//! The hall away: with leased numbers the kiosk goes on, with none it says where to go.

use std::collections::BTreeMap;

use hardware::card::CardFault;
use hardware::lamp::Light;
use hardware::printer::Outcome;
use protocol::SeriesId;
use protocol::kiosk::{TicketTaken, Visitor};
use protocol::live::Availability;

use super::super::{Act, Effect, Event, Notice, Screen, Want};
use super::support::{AWAY, Kiosk, VALID, card, menu, taken_order, ticket};
use crate::hall::HallFault;

/// Leased numbers of one series.
fn leases(series: &str, left: u32) -> Event {
    Event::Leases(BTreeMap::from([(SeriesId::from(series), left)]))
}

fn offline() -> Kiosk {
    let mut kiosk = Kiosk::new();
    kiosk.step(leases("A", 2));
    kiosk.lose_the_hall();
    kiosk
}

#[test]
fn a_hall_that_goes_away_closes_the_kiosk_and_its_return_opens_it() {
    let mut kiosk = Kiosk::new();
    kiosk.begin();
    assert!(kiosk.step(Event::NoMenu(AWAY)).is_empty(), "one lost answer is nothing");
    assert!(kiosk.flow.is_in_service());
    assert_eq!(kiosk.step(Event::NoMenu(AWAY)), [Effect::Show(Light::Off)]);
    assert_eq!(kiosk.flow.out_of_service(), Some(&AWAY));
    assert_eq!(kiosk.step(Event::Menu(menu())), [Effect::Show(Light::Steady)]);
    assert_eq!(kiosk.flow.out_of_service(), None);
    assert_eq!(*kiosk.screen(), Screen::Departments, "the visitor goes on where they were");
}

#[test]
fn a_kiosk_that_the_hall_does_not_know_says_so_at_once_and_gives_no_leased_number() {
    let mut kiosk = Kiosk::new();
    kiosk.step(leases("A", 2));
    kiosk.step(Event::NoMenu(HallFault::NotAdmitted));
    assert_eq!(kiosk.flow.out_of_service(), Some(&HallFault::NotAdmitted));
}

#[test]
fn with_leased_numbers_left_a_number_is_taken_as_ever() {
    let mut kiosk = offline();
    assert!(kiosk.flow.is_offline() && kiosk.flow.is_in_service());
    kiosk.choose("card");
    kiosk.step(Event::CardRead(Err(CardFault::Unreadable)));
    let effects = kiosk.step(Event::CardRead(Ok(card(VALID))));
    assert_eq!(effects, [Effect::ForgetCard], "the hall is not asked what the visitor has");
    let order = taken_order(&kiosk.act(Act::Take));
    assert!(matches!(order.take.visitor, Some(Visitor::Card { .. })));
    let leased = TicketTaken { ahead: None, wait: None, ..ticket() };
    kiosk.answer(&order, Ok(leased.clone()));
    kiosk.step(Event::Printed(Outcome::Printed));
    assert!(matches!(kiosk.screen(), Screen::Farewell { taken, .. } if **taken == leased));
}

#[test]
fn services_without_leased_numbers_say_so_but_can_still_share_a_ticket() {
    let mut kiosk = offline();
    kiosk.choose("tax");
    assert_eq!(kiosk.flow.notice(), Some(&Notice::NoneLeft("tax".into())));
    assert!(kiosk.flow.basket().is_empty());
    kiosk.step(leases("T", 1));
    kiosk.act(Act::Service("tax".into()));
    assert_eq!(*kiosk.screen(), Screen::Confirm);
}

#[test]
fn what_only_the_hall_knows_is_not_asked() {
    let mut kiosk = offline();
    for want in [Want::Appointment, Want::Ticket] {
        assert!(kiosk.act(Act::Ask(want)).is_empty());
        assert_eq!(*kiosk.screen(), Screen::Welcome);
        assert_eq!(kiosk.flow.notice(), Some(&Notice::NeedsHall));
    }
    assert!(kiosk.step(Event::Scanned("YY20261123".to_owned())).is_empty());
    assert_eq!(kiosk.flow.notice(), Some(&Notice::NeedsHall));
}

#[test]
fn the_last_leased_number_closes_the_kiosk() {
    let mut kiosk = offline();
    assert_eq!(kiosk.step(leases("A", 0)), [Effect::Show(Light::Off)]);
    assert_eq!(kiosk.flow.out_of_service(), Some(&HallFault::UsedUp));
    assert!(kiosk.flow.next_kiosk().is_some());
    assert!(kiosk.step(Event::Scanned("form:plain".to_owned())).is_empty());
    assert_eq!(*kiosk.screen(), Screen::Welcome);
}

#[test]
fn numbers_left_for_closed_services_only_are_none() {
    let mut kiosk = offline();
    kiosk.step(leases("S", 3));
    assert_eq!(kiosk.flow.out_of_service(), Some(&HallFault::UsedUp));
    let mut night = menu();
    for service in night.departments.iter_mut().flat_map(|it| &mut it.services) {
        service.availability = Availability::OutsideHours { opens: None };
    }
    kiosk.step(Event::Menu(night));
    kiosk.lose_the_hall();
    assert_eq!(kiosk.flow.out_of_service(), None, "with everything closed nothing is used up");
}
