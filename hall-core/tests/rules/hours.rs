//! When tickets are given: shifts, breaks, quotas, duty windows, rest days.

use hall_core::plan::{ClockTime, DayKind, Hours, Plan, Shift};
use hall_core::{Command, Refusal, WindowAct};
use jiff::civil::Weekday;
use std::sync::Arc;

use super::common::{TestDay, asked, small_plan, want};

fn shift(from: u16, to: u16, quota: Option<u32>) -> Shift {
    Shift { from: ClockTime(from * 60), to: ClockTime(to * 60), quota, duty: false }
}

fn set_hours(plan: &mut Plan, shifts: Vec<Shift>) {
    let hours = Hours { working: shifts, ..Hours::default() };
    plan.services.get_mut(&"a".into()).expect("service a").hours = Some(hours);
}

#[test]
fn tickets_are_given_within_the_hours() {
    let mut day =
        TestDay::with(|plan| set_hours(plan, vec![shift(9, 12, None), shift(13, 17, None)]));
    let closed = |opens: Option<&str>| Refusal::OutsideHours {
        service: "a".into(),
        opens: opens.map(str::to_owned),
    };
    day.take("a");
    assert_eq!(day.at("12:00").refuses(Command::Take(want(&["a"]))), closed(Some("13:00")));
    day.at("13:00").take("a");
    assert_eq!(day.at("17:00").refuses(Command::Take(want(&["a"]))), closed(None));
    // Another service keeps the hall's hours: its evening begins at five too.
    let refusal = day.refuses(Command::Take(want(&["b"])));
    assert_eq!(refusal, Refusal::OutsideHours { service: "b".into(), opens: None });
}

#[test]
fn each_stretch_has_its_own_quota() {
    let quotas = vec![shift(9, 12, Some(2)), shift(13, 17, Some(1))];
    let mut day = TestDay::with(|plan| set_hours(plan, quotas));
    let used_up = |opens: Option<&str>| Refusal::QuotaUsedUp {
        service: "a".into(),
        opens: opens.map(str::to_owned),
    };
    day.take("a");
    day.take_with(want(&["b", "a"]));
    assert_eq!(day.refuses(Command::Take(want(&["a"]))), used_up(Some("13:00")));
    day.at("13:30").take("a");
    assert_eq!(day.refuses(Command::Take(want(&["b", "a"]))), used_up(None));
}

#[test]
fn counts_stay_with_their_stretch_when_the_hours_change() {
    let mut day =
        TestDay::with(|plan| set_hours(plan, vec![shift(9, 10, None), shift(10, 12, Some(2))]));
    day.at("10:00").take("a");
    day.take("a");
    let mut plan = small_plan();
    set_hours(&mut plan, vec![shift(10, 13, Some(2))]);
    day.does(Command::ChangePlan { plan: Arc::new(plan) });
    let refusal = day.refuses(Command::Take(want(&["a"])));
    assert_eq!(refusal, Refusal::QuotaUsedUp { service: "a".into(), opens: None });
}

#[test]
fn at_noon_only_duty_windows_count() {
    let mut day = TestDay::new();
    day.at("12:30");
    // Window 3 works at noon and takes c alone.
    day.take("c");
    let refusal = day.refuses(Command::Take(want(&["a"])));
    assert_eq!(refusal, Refusal::NoOpenWindow { service: "a".into() });
    day.act("3", WindowAct::Close { reason: asked() });
    let refusal = day.refuses(Command::Take(want(&["c"])));
    assert_eq!(refusal, Refusal::NoOpenWindow { service: "c".into() });
    // By day a closed window may still open.
    day.at("13:00").take("c");
}

#[test]
fn a_hall_may_ask_for_an_open_window() {
    let mut day = TestDay::with(|plan| plan.rules.take_needs_open_window = true);
    day.take("c");
    for window in ["1", "3"] {
        day.act(window, WindowAct::Close { reason: asked() });
    }
    let refusal = day.refuses(Command::Take(want(&["c"])));
    assert_eq!(refusal, Refusal::NoOpenWindow { service: "c".into() });
}

#[test]
fn rest_days_and_holidays_have_hours_of_their_own() {
    let saturday = |plan: &mut Plan| plan.hours.saturday = vec![shift(9, 11, None)];
    let mut day = TestDay::on(DayKind::Rest(Weekday::Saturday), saturday);
    day.take("a");
    for kind in [DayKind::Rest(Weekday::Sunday), DayKind::Holiday] {
        let mut day = TestDay::on(kind, saturday);
        let refusal = day.refuses(Command::Take(want(&["a"])));
        assert_eq!(refusal, Refusal::OutsideHours { service: "a".into(), opens: None });
    }
}

#[test]
fn the_menu_asks_without_taking() {
    let mut day = TestDay::new();
    assert_eq!(day.day.gives_tickets(&"a".into(), day.now), Ok(()));
    day.does(Command::EndDay);
    assert_eq!(day.day.gives_tickets(&"a".into(), day.now), Err(Refusal::DayNotRunning));
}
