//! Windows open, pause and close.

use hall_core::{Event, HoldScope, Refusal, WindowAct};
use protocol::wall::{Key, Rating};
use protocol::{Phase, WindowMode};

use super::common::{TestDay, asked, want};

fn close() -> WindowAct {
    WindowAct::Close { reason: asked() }
}

fn open(clerk: &str) -> WindowAct {
    WindowAct::Open { clerk: clerk.into() }
}

#[test]
fn one_clerk_one_window() {
    let mut day = TestDay::new();
    let taken = Refusal::WindowTaken { clerk: "clerk-1".into() };
    assert_eq!(day.act_refused("1", open("someone")), taken);
    day.act("2", close());
    let elsewhere = Refusal::ClerkElsewhere { window: "1".into() };
    assert_eq!(day.act_refused("2", open("clerk-1")), elsewhere);
    day.act("2", open("someone"));
}

#[test]
fn a_paused_window_finishes_but_does_not_call() {
    let mut day = TestDay::new();
    let ticket = day.take("a");
    day.serve("1");
    day.act("1", WindowAct::Pause { reason: "lunch".to_owned() });
    assert_eq!(day.act_refused("1", WindowAct::CallNext), Refusal::WindowNotOpen);
    assert_eq!(day.act_refused("1", WindowAct::Pause { reason: asked() }), Refusal::WindowNotOpen);
    day.act("1", WindowAct::Finish);
    assert_eq!(day.phase(ticket), Phase::Closed);
    day.act("1", WindowAct::Resume);
    assert_eq!(day.act_refused("1", WindowAct::Resume), Refusal::WindowNotPaused);
}

#[test]
fn a_window_closes_once_it_is_free() {
    let mut day = TestDay::new();
    day.take("a");
    day.call("1");
    assert_eq!(day.act_refused("1", close()), Refusal::WindowBusy { number: "A001".into() });
    day.act("1", WindowAct::Finish);
    day.act("1", close());
    assert_eq!(day.day.windows[&"1".into()].work.mode, WindowMode::Closed);
    assert_eq!(day.act_refused("1", close()), Refusal::WindowNotOpen);
    assert_eq!(day.act_refused("1", WindowAct::Undo), Refusal::NothingToUndo);
}

#[test]
fn what_a_closing_window_set_aside_is_open_to_others() {
    let mut day = TestDay::new();
    let ticket = day.take("a");
    day.serve("1");
    day.act("1", WindowAct::Hold { scope: HoldScope::Private, reason: asked(), until: None });
    day.act("1", close());
    day.act("2", WindowAct::TakeBack { ticket });
    assert_eq!(day.phase(ticket), Phase::Called);
}

#[test]
fn a_window_that_does_not_exist_does_nothing() {
    let mut day = TestDay::new();
    let unknown = Refusal::UnknownWindow { window: "9".into() };
    assert_eq!(day.act_refused("9", WindowAct::CallNext), unknown);
}

#[test]
fn a_service_is_rated_once_and_only_until_the_next_visitor_comes() {
    let rate = |rating| WindowAct::Rate { rating };
    let mut day = TestDay::new();
    let ticket = day.take("a");
    day.take("a");
    day.serve("1");
    assert_eq!(day.act_refused("1", rate(Rating::Good)), Refusal::NothingToRate, "not yet done");
    day.act("1", WindowAct::Finish);
    let said =
        Event::Rated { ticket, window: "1".into(), service: "a".into(), rating: Rating::VeryGood };
    assert_eq!(day.act("1", rate(Rating::VeryGood)), [said]);
    assert_eq!(day.act_refused("1", rate(Rating::Bad)), Refusal::NothingToRate, "once is enough");
    day.serve("1");
    day.act("1", WindowAct::Finish);
    day.take("a");
    day.call("1");
    assert_eq!(day.act_refused("1", rate(Rating::Good)), Refusal::NothingToRate, "too late");
}

#[test]
fn a_service_that_was_rated_stays_done_so_that_nobody_is_asked_twice() {
    let rate = || WindowAct::Rate { rating: Rating::Good };
    let mut day = TestDay::new();
    day.take("a");
    day.serve("1");
    day.act("1", WindowAct::Finish);
    let seen = day.day.windows[&"1".into()].revision;
    day.act("1", rate());
    assert_eq!(day.day.windows[&"1".into()].revision, seen, "the clerk's page is not stale");
    assert_eq!(day.act_refused("1", WindowAct::Undo), Refusal::NothingToUndo);
    // What comes later can still be taken back, and asks nobody again.
    day.take("a");
    day.call("1");
    day.act("1", WindowAct::Undo);
    assert_eq!(day.act_refused("1", rate()), Refusal::NothingToRate);
}

#[test]
fn taking_something_back_asks_nobody_again_about_the_service_before() {
    let rate = || WindowAct::Rate { rating: Rating::Good };
    let mut day = TestDay::new();
    day.take_with(want(&["a", "b"]));
    day.serve("1");
    day.act("1", WindowAct::Finish);
    day.act("1", WindowAct::Hold { scope: HoldScope::Private, reason: asked(), until: None });
    day.act("1", rate());
    day.act("1", WindowAct::Undo);
    assert_eq!(day.act_refused("1", rate()), Refusal::NothingToRate);
}

#[test]
fn whoever_takes_a_window_over_is_not_rated_for_the_clerk_before() {
    let mut day = TestDay::new();
    day.take("a");
    day.serve("1");
    day.act("1", WindowAct::Finish);
    day.act("1", close());
    day.act("1", open("another"));
    let rate = WindowAct::Rate { rating: Rating::Bad };
    assert_eq!(day.act_refused("1", rate), Refusal::NothingToRate);
}

#[test]
fn a_service_whose_start_nobody_marked_counts_from_its_call() {
    let mut day = TestDay::new();
    day.take("a");
    day.at("10:00").call("1");
    day.at("10:07").act("1", WindowAct::Finish);
    assert_eq!(day.day.windows[&"1".into()].work.figures.mean_service_s(), Some(7 * 60));
}

#[test]
fn any_key_ends_a_pause_and_then_does_what_it_says() {
    let press = |key| WindowAct::Press { key };
    let mut day = TestDay::with(|plan| {
        plan.rules.keypad_pause = Some("lunch".to_owned());
    });
    let ticket = day.take("a");
    day.act("1", press(Key::Pause));
    assert_eq!(day.day.windows[&"1".into()].work.mode, WindowMode::Paused);
    day.act("1", press(Key::Call));
    assert_eq!((day.phase(ticket), day.day.windows[&"1".into()].is_open()), (Phase::Called, true));
    day.act("1", press(Key::Pause));
    // Nobody was set aside, and the pause is over all the same.
    day.act("1", press(Key::Resume));
    assert!(day.day.windows[&"1".into()].is_open());
}
