//! Two tickets of one visitor become one.

use hall_core::{Command, Refusal, Slot, Take, WindowAct};
use protocol::{Class, Outcome, PersonId};

use super::common::{TestDay, time, want, want_by};

#[test]
fn the_one_that_stays_has_every_service_and_the_better_place() {
    let mut day = TestDay::new();
    let early = day.take_with(want(&["a", "b"]));
    let other = day.at("09:05").take("c");
    let late = day.at("09:10").take_with(want(&["c", "b"]));
    day.does(Command::Merge { keep: late, drop: early });
    assert_eq!(day.legs(early), [("a", Some(Outcome::Merged))]);
    assert_eq!(day.queue("c"), [late, other]);
    assert_eq!(day.ticket(late).pending, ["b".into(), "a".into()]);
}

#[test]
fn what_is_known_of_the_visitor_stays_known() {
    let mut day = TestDay::new();
    let anonymous = day.take("a");
    let known = day.take_with(Take { class: Class::Elder, ..want_by(5, &["b"]) });
    day.does(Command::Merge { keep: anonymous, drop: known });
    let kept = day.ticket(anonymous);
    assert_eq!((kept.person, kept.class), (Some(PersonId(5)), Class::Elder));
    let held = day.day.ticket_of(PersonId(5), &"b".into()).map(|it| it.id);
    assert_eq!(held, Some(anonymous));
}

#[test]
fn a_visitor_who_is_here_need_not_wait_for_the_appointment() {
    let mut day = TestDay::new();
    let slot = Some(Slot { start: time("11:00"), end: time("12:00") });
    let appointment = day.take_with(Take { slot, ..want(&["a"]) });
    let walk_in = day.take("a");
    assert_eq!(day.queue("a"), [walk_in]);
    day.does(Command::Merge { keep: appointment, drop: walk_in });
    assert_eq!(day.queue("a"), [appointment]);
}

#[test]
fn a_wish_to_come_back_goes_over_too() {
    let mut day = TestDay::new();
    let sent = day.take("a");
    day.serve("2");
    day.send("2", "c", true);
    let other = day.take("b");
    day.does(Command::Merge { keep: other, drop: sent });
    assert_eq!(day.ticket(other).pending, ["c".into(), "a".into()]);
}

#[test]
fn two_tickets_of_one_person_for_one_service_are_both_known() {
    let mut day = TestDay::new();
    let first = day.take_with(want_by(5, &["a"]));
    let second = day.take_with(want_by(5, &["c"]));
    day.call("1");
    day.send("1", "c", false);
    // Both hold c now; neither is lost when one goes.
    assert_eq!(day.day.tickets_of(PersonId(5)).count(), 2);
    day.does(Command::Merge { keep: second, drop: first });
    assert_eq!(day.ticket(second).pending, []);
    assert_eq!(day.day.ticket_of(PersonId(5), &"c".into()).map(|it| it.id), Some(second));
}

#[test]
fn only_tickets_that_wait_are_merged() {
    let mut day = TestDay::new();
    let (first, second) = (day.take("a"), day.take("a"));
    assert_eq!(day.refuses(Command::Merge { keep: first, drop: first }), Refusal::SameTicket);
    day.call("1");
    let merge = Command::Merge { keep: second, drop: first };
    assert_eq!(day.refuses(merge.clone()), Refusal::AtAWindow { number: "A001".into() });
    day.act("1", WindowAct::Finish);
    assert_eq!(day.refuses(merge), Refusal::TicketClosed { number: "A001".into() });
}
