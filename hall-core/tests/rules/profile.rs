//! How a window chooses among its services: longest wait, priority, ratio, and the limit of preference.

use hall_core::plan::{Profile, ProfileMode, ServiceGroup};
use hall_core::{Command, Refusal, WindowAct};
use protocol::{Rule, ServiceId};

use super::common::{TestDay, asked};

fn profile(mode: ProfileMode, groups: &[(&str, u32)]) -> Profile {
    let group = |&(services, weight): &(&str, u32)| ServiceGroup {
        services: services.split('+').map(ServiceId::from).collect(),
        weight,
    };
    Profile { mode, groups: groups.iter().map(group).collect() }
}

fn set(day: &mut TestDay, window: &str, mode: ProfileMode, groups: &[(&str, u32)]) {
    let profile = Some(profile(mode, groups));
    day.does(Command::SetProfile { window: window.into(), profile });
}

#[test]
fn priority_takes_the_first_group_that_has_somebody() {
    let mut day = TestDay::new();
    set(&mut day, "1", ProfileMode::Priority, &[("c", 1), ("a+b", 1)]);
    let [b, a, c] = ["b", "a", "c"].map(|service| day.take(service));
    assert_eq!(day.call_why("1"), (c, Rule::Priority));
    day.act("1", WindowAct::Finish);
    assert_eq!([day.serve("1"), day.serve("1")], [b, a]);
}

#[test]
fn nobody_waits_beyond_the_limit_for_a_preference() {
    let mut day = TestDay::new();
    set(&mut day, "1", ProfileMode::Priority, &[("c", 1), ("a", 1)]);
    let a = day.take("a");
    for minute in 1..=30 {
        let clock = format!("09:{minute:02}");
        let c = (minute < 30).then(|| day.at(&clock).take("c"));
        match c {
            Some(c) => assert_eq!(day.serve("1"), c),
            None => assert_eq!(day.at("09:30").call_why("1"), (a, Rule::Overdue)),
        }
        day.take("c");
        day.act("1", WindowAct::Finish);
        if minute < 30 {
            day.serve("1");
        }
    }
}

#[test]
fn a_ratio_gives_each_group_its_share() {
    let mut day = TestDay::new();
    set(&mut day, "1", ProfileMode::Ratio, &[("a", 2), ("b", 1), ("c", 1)]);
    for service in ["a", "b", "c"].repeat(8) {
        day.take(service);
    }
    let mut called = String::new();
    for _ in 0..12 {
        let ticket = day.serve("1");
        called += day.ticket(ticket).service().as_str();
    }
    assert_eq!(called, "abcaabcaabca");
}

#[test]
fn a_group_without_visitors_gives_its_turn_away() {
    let mut day = TestDay::new();
    set(&mut day, "1", ProfileMode::Ratio, &[("a", 1), ("b", 3)]);
    let tickets = [(); 4].map(|()| day.take("a"));
    for ticket in tickets {
        assert_eq!(day.call_why("1"), (ticket, Rule::Ratio));
        day.act("1", WindowAct::Finish);
    }
}

#[test]
fn choosing_somebody_counts_for_the_ratio() {
    let mut day = TestDay::new();
    set(&mut day, "1", ProfileMode::Ratio, &[("a", 1), ("b", 2)]);
    let [.., chosen] = ["a", "a", "b", "b", "b"].map(|service| day.take(service));
    day.act("1", WindowAct::CallTicket { ticket: chosen, reason: asked() });
    day.act("1", WindowAct::Finish);
    let called = [(); 3].map(|()| {
        let ticket = day.serve("1");
        day.ticket(ticket).service().to_string()
    });
    // One of b's two turns was used, so the round is over after a and one more b.
    assert_eq!(called, ["a", "b", "a"]);
}

#[test]
fn those_sent_to_a_window_come_before_its_groups() {
    let mut day = TestDay::new();
    set(&mut day, "1", ProfileMode::Ratio, &[("a", 1)]);
    let sent = day.take("b");
    day.call("2");
    let waiting = day.take("a");
    day.send_to_window("2", "1", false);
    assert_eq!(day.call_why("1"), (sent, Rule::Bound));
    assert_eq!(day.queue("a"), [waiting]);
}

#[test]
fn a_window_changes_its_services_while_the_hall_runs() {
    let mut day = TestDay::new();
    let b = day.take("b");
    set(&mut day, "3", ProfileMode::LongestWait, &[("b", 1)]);
    assert_eq!(day.call("3"), b);
    day.does(Command::SetProfile { window: "3".into(), profile: None });
    assert!(day.day.windows[&"3".into()].profile.serves(&"c".into()));
    let bad = profile(ProfileMode::Ratio, &[("a+a", 1)]);
    let refusal = day.refuses(Command::SetProfile { window: "3".into(), profile: Some(bad) });
    assert_eq!(refusal, Refusal::SameServiceTwice { service: "a".into() });
    let empty = profile(ProfileMode::Ratio, &[("a", 0)]);
    let refusal = day.refuses(Command::SetProfile { window: "3".into(), profile: Some(empty) });
    assert_eq!(refusal, Refusal::EmptyGroup);
}
