//! The one order: time joined less the credit of the class, pins first.

use hall_core::{Command, Refusal};
use protocol::{Class, Rule};

use super::common::{TestDay, asked};

#[test]
fn first_come_first_served_over_all_services_of_a_window() {
    let mut day = TestDay::new();
    let tickets = ["b", "a", "c", "a"].map(|service| day.take(service));
    for expected in tickets {
        assert_eq!(day.serve("1"), expected);
    }
}

#[test]
fn a_class_is_ahead_by_its_credit_and_no_more() {
    let mut day = TestDay::new();
    let long_before = day.take("a");
    let just_before = day.at("09:10").take("a");
    let elder = day.at("09:16").take_as("a", Class::Elder);
    assert_eq!(day.queue("a"), [long_before, elder, just_before]);
}

#[test]
fn a_class_can_be_granted_later() {
    let mut day = TestDay::new();
    let (first, second) = (day.take("a"), day.take("a"));
    let (ticket, class) = (second, Class::Elder);
    day.does(Command::GrantClass { ticket, class, reason: asked(), note: None });
    assert_eq!(day.queue("a"), [second, first]);
    assert_eq!(day.ticket(second).class, Class::Elder);
    let class = Class::Ordinary;
    day.does(Command::GrantClass { ticket, class, reason: asked(), note: None });
    assert_eq!(day.queue("a"), [first, second]);
}

#[test]
fn pins_come_first_in_the_order_they_were_set() {
    let mut day = TestDay::new();
    let tickets = [(); 4].map(|()| day.take("a"));
    let pin = |ticket| Command::Pin { ticket, reason: asked(), note: None };
    day.at("09:01").does(pin(tickets[3]));
    day.at("09:02").does(pin(tickets[2]));
    assert_eq!(day.queue("a"), [tickets[3], tickets[2], tickets[0], tickets[1]]);
    assert_eq!(day.refuses(pin(tickets[3])), Refusal::AlreadyPinned { number: "A004".into() });
    assert_eq!(day.call_why("1"), (tickets[3], Rule::Pinned));
    day.does(Command::Unpin { ticket: tickets[2] });
    assert_eq!(day.call_why("2"), (tickets[0], Rule::Order));
    let not_pinned = day.refuses(Command::Unpin { ticket: tickets[2] });
    assert_eq!(not_pinned, Refusal::NotPinned { number: "A003".into() });
}

#[test]
fn a_pin_keeps_its_rank_when_a_class_is_granted() {
    let mut day = TestDay::new();
    let tickets = [(); 3].map(|()| day.take("a"));
    let ticket = tickets[2];
    day.does(Command::Pin { ticket, reason: asked(), note: None });
    day.does(Command::GrantClass { ticket, class: Class::Elder, reason: asked(), note: None });
    assert_eq!(day.call_why("1"), (ticket, Rule::Pinned));
}

#[test]
fn time_never_runs_backwards() {
    let mut day = TestDay::new();
    let first = day.at("10:00").take("a");
    let second = day.at("09:30").take("a");
    assert_eq!(day.queue("a"), [first, second]);
    assert!(day.ticket(second).joined_at >= day.ticket(first).joined_at);
}
