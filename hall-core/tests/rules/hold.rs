//! Setting a visitor aside: by whom they may be taken back, and when they return by themselves.

use hall_core::{Command, HoldScope, Refusal, WindowAct};
use protocol::{Phase, TicketId};

use super::common::{TestDay, asked, time};

fn hold(day: &mut TestDay, window: &str, scope: HoldScope, until: Option<&str>) {
    let until = until.map(time);
    day.act(window, WindowAct::Hold { scope, reason: asked(), until });
}

fn take_back(ticket: TicketId) -> WindowAct {
    WindowAct::TakeBack { ticket }
}

#[test]
fn a_private_hold_is_the_windows_own() {
    let mut day = TestDay::new();
    let ticket = day.take("a");
    day.serve("1");
    hold(&mut day, "1", HoldScope::Private, None);
    assert_eq!(day.phase(ticket), Phase::Held);
    let other = Refusal::HeldByOther { number: "A001".into(), window: "1".into() };
    assert_eq!(day.act_refused("2", take_back(ticket)), other);
    day.act("1", take_back(ticket));
    assert_eq!(day.phase(ticket), Phase::Called);
}

#[test]
fn a_shared_hold_is_open_to_all_who_serve_it() {
    let mut day = TestDay::new();
    let ticket = day.take("a");
    day.serve("1");
    hold(&mut day, "1", HoldScope::Shared, None);
    let not_here = Refusal::NotServedHere { service: "a".into() };
    assert_eq!(day.act_refused("3", take_back(ticket)), not_here);
    day.act("2", take_back(ticket));
    assert_eq!(day.ticket(ticket).window(), Some(&"2".into()));
    let not_held = Refusal::NotHeld { number: "A001".into() };
    assert_eq!(day.act_refused("1", take_back(ticket)), not_held);
}

#[test]
fn a_timed_hold_ends_by_itself_in_its_old_place() {
    let mut day = TestDay::new();
    let (first, second) = (day.take("a"), day.take("a"));
    day.serve("1");
    hold(&mut day, "1", HoldScope::Private, Some("09:20"));
    assert_eq!(day.day.next_due(), Some(time("09:20")));
    day.at("09:19");
    assert_eq!(day.queue("a"), [second]);
    day.at("09:20");
    assert_eq!(day.queue("a"), [first, second]);
}

#[test]
fn a_hold_ends_in_the_future() {
    let mut day = TestDay::new();
    day.take("a");
    day.serve("1");
    let until = Some(time("09:00"));
    let act = WindowAct::Hold { scope: HoldScope::Private, reason: asked(), until };
    assert_eq!(day.act_refused("1", act), Refusal::HoldInPast);
}

#[test]
fn the_time_set_aside_is_no_service() {
    let mut day = TestDay::new();
    let ticket = day.take("a");
    day.serve("1");
    day.at("09:05");
    hold(&mut day, "1", HoldScope::Shared, None);
    day.at("10:00").act("2", take_back(ticket));
    day.at("10:02").act("2", WindowAct::Start);
    day.at("10:05").act("2", WindowAct::Finish);
    assert_eq!(day.ticket(ticket).leg().service_ms(), Some(8 * 60_000));
}

#[test]
fn somebody_who_was_set_aside_may_leave() {
    let mut day = TestDay::new();
    let ticket = day.take("a");
    day.serve("1");
    hold(&mut day, "1", HoldScope::Private, Some("09:20"));
    day.does(Command::Leave { ticket });
    assert_eq!(day.phase(ticket), Phase::Closed);
    day.at("09:30");
    assert_eq!(day.phase(ticket), Phase::Closed);
    assert_eq!(day.day.next_due(), None);
}
