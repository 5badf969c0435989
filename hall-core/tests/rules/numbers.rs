//! Numbers: width, overflow, never one that is alive, and blocks that kiosks hold.

use hall_core::plan::{Overflow, Plan, Series};
use hall_core::{Command, Event, HallDay, Leased, Refusal, Take};
use protocol::{KioskId, Number, PersonId, TicketId};

use super::common::{TestDay, time, want, want_by};

fn series(first: u32, last: u32, overflow: Overflow) -> impl FnOnce(&mut Plan) {
    move |plan| {
        let series = Series { prefix: "A".to_owned(), width: 3, first, last, overflow };
        plan.series.insert("A".into(), series);
    }
}

fn lease(day: &mut TestDay, kiosk: &str, count: u32) -> (TicketId, Vec<Number>) {
    let (kiosk, series) = (KioskId::from(kiosk), "A".into());
    match day.does(Command::LeaseNumbers { kiosk, series, count }).pop() {
        Some(Event::NumbersLeased { first_ticket, numbers, .. }) => (first_ticket, numbers),
        other => panic!("{other:?}"),
    }
}

fn offline(kiosk: &str, ticket: TicketId, clock: &str) -> Take {
    let leased = Some(Leased { ticket, taken_at: time(clock) });
    Take { kiosk: Some(kiosk.into()), leased, ..want(&["a"]) }
}

fn take_number(day: &mut TestDay) -> String {
    let ticket = day.take("a");
    day.number(ticket)
}

#[test]
fn a_series_goes_on_past_its_last_number() {
    let mut day = TestDay::with(series(998, 999, Overflow::Extend));
    let numbers = [(); 4].map(|()| take_number(&mut day));
    assert_eq!(numbers, ["A998", "A999", "A1000", "A1001"]);
}

#[test]
fn a_series_that_wraps_never_repeats_a_live_number() {
    let mut day = TestDay::with(series(1, 4, Overflow::Wrap));
    let tickets = [(); 4].map(|()| day.take("a"));
    let none_left = day.refuses(Command::Take(want(&["a"])));
    assert_eq!(none_left, Refusal::SeriesExhausted { series: "A".into() });
    day.does(Command::Withdraw { ticket: tickets[2] });
    assert_eq!(take_number(&mut day), "A003");
}

#[test]
fn a_ticket_does_not_return_to_a_number_that_was_given_again() {
    let mut day = TestDay::with(series(1, 1, Overflow::Wrap));
    let ticket = day.take("a");
    day.does(Command::Leave { ticket });
    let other = day.take("a");
    let refusal = day.refuses(Command::Return { ticket });
    assert_eq!(refusal, Refusal::CannotReturn { number: "A001".into() });
    day.does(Command::Leave { ticket: other });
    day.does(Command::Return { ticket });
}

#[test]
fn leased_numbers_belong_to_one_kiosk() {
    let mut day = TestDay::new();
    let (first, numbers) = lease(&mut day, "k1", 3);
    assert_eq!(numbers, ["A500".into(), "A501".into(), "A502".into()]);
    let (other, numbers) = lease(&mut day, "k2", 2);
    assert_eq!(numbers, ["A503".into(), "A504".into()]);
    assert!(other > first.next().next());
    let stolen = Command::Take(offline("k2", first, "09:00"));
    assert_eq!(day.refuses(stolen), Refusal::NotLeased { ticket: first });
    let ticket = day.take_with(offline("k1", first, "09:00"));
    assert_eq!((ticket, day.number(ticket)), (first, "A500".into()));
}

#[test]
fn a_leased_ticket_joins_once_and_its_kiosk_is_told_so() {
    let mut day = TestDay::new();
    let (first, _) = lease(&mut day, "k1", 1);
    day.take_with(offline("k1", first, "09:00"));
    let joined = Refusal::AlreadyJoined { number: "A500".into(), ticket: first };
    assert_eq!(day.refuses(Command::Take(offline("k1", first, "09:00"))), joined);
    // Also when its visit is over; another kiosk learns nothing.
    day.does(Command::Withdraw { ticket: first });
    assert_eq!(day.refuses(Command::Take(offline("k1", first, "09:00"))), joined);
    let stolen = Command::Take(offline("k2", first, "09:00"));
    assert_eq!(day.refuses(stolen), Refusal::NotLeased { ticket: first });
}

#[test]
fn the_day_begins_with_the_first_number_whatever_kiosks_hold() {
    let mut day = TestDay::new();
    for kiosk in 1..=12 {
        assert_eq!(lease(&mut day, &format!("k{kiosk}"), 50).1.len(), 50);
    }
    assert_eq!([(); 2].map(|()| take_number(&mut day)), ["A001", "A002"]);
}

#[test]
fn ordinary_numbers_go_on_behind_the_leased_ones() {
    let mut day = TestDay::with(series(1, 6, Overflow::Extend));
    let (first, numbers) = lease(&mut day, "k", 2);
    assert_eq!(numbers, ["A004".into(), "A005".into()]);
    // Given out and over: the number is not given to somebody else on the same day.
    day.take_with(offline("k", first, "09:00"));
    day.does(Command::Withdraw { ticket: first });
    let numbers = [(); 5].map(|()| take_number(&mut day));
    assert_eq!(numbers, ["A001", "A002", "A003", "A006", "A007"]);
    assert_eq!(lease(&mut day, "k", 2).1, ["A008".into(), "A009".into()]);
    assert_eq!(take_number(&mut day), "A010");
}

#[test]
fn a_series_that_grows_during_the_day_gives_no_leased_number_again() {
    let mut day = TestDay::with(series(1, 6, Overflow::Extend));
    let (first, numbers) = lease(&mut day, "k", 2);
    assert_eq!(numbers, ["A004".into(), "A005".into()]);
    day.take_with(offline("k", first, "09:00"));
    day.does(Command::Withdraw { ticket: first });
    assert_eq!(take_number(&mut day), "A001");
    let mut plan = Plan::clone(&day.day.plan);
    series(1, 99, Overflow::Extend)(&mut plan);
    day.does(Command::ChangePlan { plan: plan.into() });
    let numbers = [(); 3].map(|()| take_number(&mut day));
    assert_eq!(numbers, ["A006", "A007", "A008"]);
    assert_eq!(lease(&mut day, "k", 1).1, ["A050".into()]);
}

#[test]
fn a_day_of_the_first_version_goes_on() {
    let mut day = TestDay::new();
    let old = r#"{ "event": "numbers-leased", "kiosk": "k", "series": "A", "first_ticket": 1,
        "numbers": ["A001", "A002"], "counter": 2 }"#;
    day.day.apply(&serde_json::from_str(old).expect("an event of version 1"), day.now);
    let mut snapshot = serde_json::to_value(&day.day).expect("a day can be written");
    snapshot.as_object_mut().expect("an object").remove("leased_to");
    let restored: HallDay = serde_json::from_value(snapshot).expect("a snapshot of version 1");
    assert!(restored.restored() == day.day);
    assert_eq!(take_number(&mut day), "A003");
    let ticket = day.take_with(offline("k", TicketId(1), "09:00"));
    assert_eq!(day.number(ticket), "A001");
    assert_eq!(lease(&mut day, "k", 1).1, ["A500".into()]);
}

#[test]
fn offline_tickets_join_by_the_time_they_were_taken() {
    let mut day = TestDay::new();
    let (first, _) = lease(&mut day, "k", 3);
    let online = day.at("09:30").take("a");
    day.at("10:00");
    let early = day.take_with(offline("k", first, "09:15"));
    // A clock that is ahead, or of another day, is not believed.
    let ahead = day.take_with(offline("k", first.next(), "23:00"));
    assert_eq!(day.ticket(ahead).taken_at, time("10:00"));
    let yesterday = day.take_with(offline("k", first.next().next(), "-09:00"));
    assert_eq!(day.ticket(yesterday).taken_at, time("00:00"));
    assert_eq!(day.queue("a"), [yesterday, early, online, ahead]);
}

#[test]
fn a_kiosk_without_the_hall_cannot_know_who_waits_already() {
    let mut day = TestDay::new();
    let (leased, _) = lease(&mut day, "k", 1);
    let online = day.take_with(want_by(3, &["a"]));
    let offline = Take { person: Some(PersonId(3)), ..offline("k", leased, "09:00") };
    day.take_with(offline);
    // Both are real; when one is gone the other is still found.
    day.does(Command::Withdraw { ticket: leased });
    let held = day.day.ticket_of(PersonId(3), &"a".into()).map(|it| it.id);
    assert_eq!(held, Some(online));
}

#[test]
fn a_wrapping_series_skips_leased_numbers() {
    let mut day = TestDay::with(series(1, 4, Overflow::Wrap));
    let (_, numbers) = lease(&mut day, "k", 3);
    assert_eq!(numbers, ["A003".into(), "A004".into(), "A001".into()]);
    let ticket = day.take("a");
    day.does(Command::Withdraw { ticket });
    assert_eq!(take_number(&mut day), "A002");
    let none_left = day.refuses(Command::Take(want(&["a"])));
    assert_eq!(none_left, Refusal::SeriesExhausted { series: "A".into() });
}

#[test]
fn a_lease_gives_what_is_left() {
    let mut day = TestDay::with(series(1, 3, Overflow::Refuse));
    day.take("a");
    assert_eq!(lease(&mut day, "k", 10).1.len(), 2);
    let request = |count| Command::LeaseNumbers { kiosk: "k".into(), series: "A".into(), count };
    assert_eq!(day.refuses(request(1)), Refusal::SeriesExhausted { series: "A".into() });
    assert_eq!(day.refuses(request(0)), Refusal::LeaseTooLarge { max: 200 });
    assert_eq!(day.refuses(request(201)), Refusal::LeaseTooLarge { max: 200 });
    let unknown = Command::LeaseNumbers { kiosk: "k".into(), series: "?".into(), count: 1 };
    assert_eq!(day.refuses(unknown), Refusal::UnknownSeries { series: "?".into() });
}
