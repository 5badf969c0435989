//! Calling: next, this one, again, and what each call leaves behind.

use hall_core::{Command, Event, Refusal, WindowAct};
use protocol::{Outcome, Phase, Rule};

use super::common::{TestDay, asked, at_window, time};

#[test]
fn next_finishes_the_present_visitor_and_calls_another() {
    let mut day = TestDay::new();
    let (first, second) = (day.take("a"), day.take("a"));
    assert_eq!(day.serve("1"), first);
    assert_eq!(day.call("1"), second);
    assert_eq!(day.legs(first), [("a", Some(Outcome::Served))]);
    assert_eq!(day.phase(second), Phase::Called);
    // With nobody left, next still finishes.
    day.act("1", WindowAct::Start);
    day.act("1", WindowAct::CallNext);
    assert_eq!(day.phase(second), Phase::Closed);
    assert_eq!(day.act_refused("1", WindowAct::CallNext), Refusal::NobodyWaiting);
}

#[test]
fn a_call_without_an_answer_stands_in_the_way_of_next() {
    let mut day = TestDay::new();
    day.take("a");
    day.take("a");
    day.call("1");
    let refusal = day.act_refused("1", WindowAct::CallNext);
    assert_eq!(refusal, Refusal::CallUnanswered { number: "A001".into() });
}

#[test]
fn two_windows_never_get_the_same_ticket() {
    let mut day = TestDay::new();
    let (first, second) = (day.take("a"), day.take("a"));
    assert_eq!((day.call("1"), day.call("2")), (first, second));
    let this_one = WindowAct::CallTicket { ticket: first, reason: asked() };
    day.act("2", WindowAct::Finish);
    assert_eq!(day.act_refused("2", this_one), Refusal::NotWaiting { number: "A001".into() });
}

#[test]
fn an_old_page_is_noticed() {
    let mut day = TestDay::new();
    day.take("a");
    let seen = Some(day.day.windows[&"1".into()].revision);
    let next = Command::AtWindow { window: "1".into(), seen, act: WindowAct::CallNext };
    day.does(next.clone());
    assert_eq!(day.refuses(next), Refusal::StalePage);
}

#[test]
fn calling_this_one_records_who_was_overtaken() {
    let mut day = TestDay::new();
    let tickets = ["a", "b", "a", "a", "c"].map(|service| day.take(service));
    let reason = asked();
    let events = day.act("2", WindowAct::CallTicket { ticket: tickets[3], reason: asked() });
    let [Event::Called { ticket, why, .. }] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!((*ticket, why.rule, &why.reason), (tickets[3], Rule::Chosen, &Some(reason)));
    let overtaken: Vec<_> = why.runners_up.iter().map(|it| it.ticket).collect();
    assert_eq!(overtaken, tickets[..3]);
}

#[test]
fn choosing_whom_the_order_would_choose_overtakes_nobody() {
    let mut day = TestDay::new();
    let first = day.take("a");
    let events = day.act("1", WindowAct::CallTicket { ticket: first, reason: asked() });
    assert!(matches!(&events[0], Event::Called { why, .. } if why.rule == Rule::Order));
}

#[test]
fn a_window_calls_only_what_it_takes() {
    let mut day = TestDay::new();
    let ticket = day.take("c");
    assert_eq!(
        day.act_refused("2", WindowAct::CallTicket { ticket, reason: asked() }),
        Refusal::NotServedHere { service: "c".into() }
    );
    assert_eq!(
        day.act_refused("1", WindowAct::CallTicket { ticket, reason: "because".into() }),
        Refusal::UnknownReason { reason: "because".into() }
    );
    assert_eq!(day.act_refused("2", WindowAct::CallNext), Refusal::NobodyWaiting);
}

#[test]
fn a_call_can_be_repeated_a_few_times() {
    let mut day = TestDay::with(|plan| plan.rules.max_recalls = 2);
    let ticket = day.take("a");
    day.call("1");
    day.act("1", WindowAct::Recall);
    day.act("1", WindowAct::Recall);
    let refusal = day.act_refused("1", WindowAct::Recall);
    assert_eq!(refusal, Refusal::TooManyRecalls { number: "A001".into(), max: 2 });
    day.act("1", WindowAct::Start);
    let refusal = day.act_refused("1", WindowAct::Recall);
    assert_eq!(refusal, Refusal::AlreadyServing { number: "A001".into() });
    assert_eq!(day.phase(ticket), Phase::Serving);
}

#[test]
fn the_times_of_a_leg_are_kept() {
    let mut day = TestDay::new();
    let ticket = day.take("a");
    day.at("09:10").call("1");
    day.at("09:11").act("1", WindowAct::Start);
    day.at("09:21").act("1", WindowAct::Finish);
    let leg = day.ticket(ticket).leg();
    assert_eq!(leg.opened_at, time("09:00"));
    assert_eq!(leg.called_at, Some(time("09:10")));
    assert_eq!(leg.service_ms(), Some(600_000));
    let figures = day.day.windows[&"1".into()].work.figures;
    assert_eq!((figures.called, figures.served, figures.served_ms), (1, 1, 600_000));
    assert_eq!(day.day.services[&"a".into()].served_ms, 600_000);
}

#[test]
fn a_service_that_was_never_started_began_with_the_last_call() {
    let mut day = TestDay::new();
    let ticket = day.take("a");
    day.at("09:10").call("1");
    day.at("09:12").act("1", WindowAct::Recall);
    day.at("09:20").act("1", WindowAct::Finish);
    assert_eq!(day.ticket(ticket).leg().service_ms(), Some(8 * 60_000));
}

#[test]
fn somebody_without_a_ticket_can_be_served() {
    let mut day = TestDay::new();
    let events = day.act("1", WindowAct::WalkUp { service: "a".into() });
    let ticket = events[0].tickets()[0];
    assert_eq!(day.phase(ticket), Phase::Serving);
    assert_eq!(day.number(ticket), "A001");
    let busy = day.refuses(at_window("1", WindowAct::WalkUp { service: "b".into() }));
    assert_eq!(busy, Refusal::WindowBusy { number: "A001".into() });
    let elsewhere = day.act_refused("3", WindowAct::WalkUp { service: "a".into() });
    assert_eq!(elsewhere, Refusal::NotServedHere { service: "a".into() });
}
