//! Taking a number: for what, for whom, how often.

use hall_core::plan::Overflow;
use hall_core::{Command, Refusal, Slot, Take};
use protocol::{Identity, Phase};

use super::common::{TestDay, asked, time, want, want_by};

#[test]
fn a_number_is_taken_and_waits() {
    let mut day = TestDay::new();
    let first = day.take("a");
    let second = day.take("a");
    let other = day.take("b");
    assert_eq!((day.number(first), day.number(second)), ("A001".into(), "A002".into()));
    assert_eq!(day.number(other), "B001");
    assert_eq!(day.queue("a"), [first, second]);
    assert_eq!(day.day.ahead_of(day.ticket(second)), 1);
}

#[test]
fn up_to_five_services_share_a_ticket_of_one_bundle() {
    let mut day = TestDay::with(|plan| {
        plan.rules.max_services_per_ticket = 2;
        let b = plan.services.get_mut(&"b".into()).expect("service b");
        b.bundle = Some("other".to_owned());
    });
    let mut refused = |services: &[&str]| day.refuses(Command::Take(want(services)));
    assert_eq!(refused(&[]), Refusal::NoService);
    assert_eq!(refused(&["a", "c", "b"]), Refusal::TooManyServices { max: 2 });
    assert_eq!(refused(&["a", "a"]), Refusal::SameServiceTwice { service: "a".into() });
    assert_eq!(refused(&["?"]), Refusal::UnknownService { service: "?".into() });
    assert_eq!(
        refused(&["a", "b"]),
        Refusal::ServicesConflict { first: "a".into(), second: "b".into() }
    );
    let both = day.take_with(want(&["a", "c"]));
    assert_eq!(day.number(both), "A001");
    assert_eq!(day.ticket(both).pending, ["c".into()]);
}

#[test]
fn a_person_holds_a_service_once() {
    let mut day = TestDay::new();
    let first = day.take_with(want_by(7, &["a", "b"]));
    let refusal = day.refuses(Command::Take(want_by(7, &["b"])));
    let held =
        Refusal::AlreadyWaiting { service: "b".into(), number: "A001".into(), ticket: first };
    assert_eq!(refusal, held);
    day.take_with(want_by(7, &["c"]));
    day.take_with(want_by(8, &["a"]));
    assert_eq!(day.day.tickets_of(protocol::PersonId(7)).count(), 2);
    // Once the first is over, they may come again.
    day.does(Command::Withdraw { ticket: first });
    day.take_with(want_by(7, &["b"]));
}

#[test]
fn a_service_may_ask_who_it_is() {
    let mut day = TestDay::with(|plan| {
        plan.services.get_mut(&"a".into()).expect("service a").identity = Identity::Card;
    });
    let by_phone = Take { identity: Identity::Phone, ..want(&["a"]) };
    assert_eq!(
        day.refuses(Command::Take(by_phone)),
        Refusal::IdentityNeeded { service: "a".into(), needed: Identity::Card }
    );
    day.take_with(Take { identity: Identity::Card, ..want(&["a"]) });
}

#[test]
fn a_service_can_be_closed_for_today() {
    let mut day = TestDay::new();
    day.does(Command::CloseService { service: "a".into(), reason: asked() });
    let closed = Refusal::ServiceClosed { service: "a".into(), reason: asked() };
    assert_eq!(day.refuses(Command::Take(want(&["a"]))), closed);
    day.does(Command::ReopenService { service: "a".into() });
    day.take("a");
    let again = day.refuses(Command::ReopenService { service: "a".into() });
    assert_eq!(again, Refusal::ServiceNotClosed { service: "a".into() });
}

#[test]
fn a_day_has_a_maximum() {
    let mut day = TestDay::with(|plan| {
        plan.services.get_mut(&"a".into()).expect("service a").day_max = Some(2);
    });
    day.take("a");
    let second = day.take("a");
    // Giving a number back does not make room: it was given.
    day.does(Command::Withdraw { ticket: second });
    let refusal = day.refuses(Command::Take(want(&["a"])));
    assert_eq!(refusal, Refusal::DayMaxReached { service: "a".into() });
}

#[test]
fn a_series_can_end() {
    let mut day = TestDay::with(|plan| {
        let series = plan.series.get_mut(&"A".into()).expect("series A");
        (series.last, series.overflow) = (1, Overflow::Refuse);
    });
    day.take("a");
    let refusal = day.refuses(Command::Take(want(&["a"])));
    assert_eq!(refusal, Refusal::SeriesExhausted { series: "A".into() });
}

#[test]
fn an_appointment_joins_at_its_slot() {
    let mut day = TestDay::new();
    let slot = Some(Slot { start: time("10:00"), end: time("11:00") });
    let early = day.take_with(Take { slot, ..want(&["a"]) });
    let walk_in = day.take("a");
    // An hour before its slot nobody can call it.
    assert_eq!(day.phase(early), Phase::Waiting);
    assert_eq!(day.queue("a"), [walk_in]);
    day.at("09:44");
    assert_eq!(day.queue("a"), [walk_in]);
    // A quarter of an hour before, it may be called, behind those who joined before ten.
    day.at("09:45");
    assert_eq!(day.queue("a"), [walk_in, early]);
}

#[test]
fn an_appointment_keeps_its_slot_if_it_comes_in_time() {
    let mut day = TestDay::new();
    let slot = Some(Slot { start: time("09:30"), end: time("10:00") });
    let at_half_past = day.at("09:40").take("a");
    let in_time = day.at("10:15").take_with(Take { slot, ..want(&["a"]) });
    let too_late = day.at("10:16").take_with(Take { slot, ..want(&["a"]) });
    assert_eq!(day.queue("a"), [in_time, at_half_past, too_late]);
    // Its waiting is counted from when it came.
    assert_eq!(day.ticket(in_time).leg().opened_at, time("10:15"));
}

#[test]
fn an_appointment_is_for_today() {
    let mut day = TestDay::new();
    let slots = [("10:00", "10:00"), ("25:00", "26:00"), ("-01:00", "10:00")];
    for (start, end) in slots {
        let slot = Some(Slot { start: time(start), end: time(end) });
        let refusal = day.refuses(Command::Take(Take { slot, ..want(&["a"]) }));
        assert_eq!(refusal, Refusal::BadSlot, "{start} to {end}");
    }
}

#[test]
fn nothing_is_taken_before_the_day_begins() {
    let mut day = TestDay::new();
    day.does(Command::EndDay);
    assert_eq!(day.refuses(Command::Take(want(&["a"]))), Refusal::DayNotRunning);
}

#[test]
fn an_appointment_was_promised_whatever_others_use_up() {
    let mut day = TestDay::with(|plan| {
        plan.services.get_mut(&"a".into()).expect("service a").day_max = Some(1);
    });
    day.take("a");
    let slot = |from, to| Some(Slot { start: time(from), end: time(to) });
    let refused = Refusal::DayMaxReached { service: "a".into() };
    // Late it is like anybody's.
    let late = Take { slot: slot("08:30", "08:40"), ..want(&["a"]) };
    assert_eq!(day.refuses(Command::Take(late)), refused);
    let kept = day.take_with(Take { slot: slot("10:00", "11:00"), ..want(&["a"]) });
    assert_eq!(day.number(kept), "A002");
    day.does(Command::CloseService { service: "a".into(), reason: asked() });
    let again = Take { slot: slot("10:00", "11:00"), ..want(&["a"]) };
    let closed = Refusal::ServiceClosed { service: "a".into(), reason: asked() };
    assert_eq!(day.refuses(Command::Take(again)), closed);
}

#[test]
fn an_appointment_is_checked_in_before_the_doors_open() {
    let mut day = TestDay::new();
    day.now = time("08:00");
    let slot = |from, to| Some(Slot { start: time(from), end: time(to) });
    let closed_then = Take { slot: slot("07:00", "09:00"), ..want(&["a"]) };
    let opens = Some("08:30".to_owned());
    let refused = Refusal::OutsideHours { service: "a".into(), opens };
    assert_eq!(day.refuses(Command::Take(closed_then)), refused);
    day.take_with(Take { slot: slot("08:30", "09:00"), ..want(&["a"]) });
}

#[test]
fn another_slip_is_for_a_ticket_that_is_alive() {
    let mut day = TestDay::new();
    let ticket = day.take("a");
    let before = day.ticket(ticket).clone();
    let reprint = || Command::ReprintSlip { ticket, kiosk: "k".into() };
    let printed = hall_core::Event::SlipReprinted { ticket, kiosk: "k".into() };
    assert_eq!(day.does(reprint()), [printed]);
    assert_eq!(*day.ticket(ticket), before, "it concerns paper alone");
    day.does(Command::Withdraw { ticket });
    assert_eq!(day.refuses(reprint()), Refusal::TicketClosed { number: "A001".into() });
}
