//! Taking back what was done at a window: ticket and window are as they were.

use hall_core::{
    Command, HallDay, HoldScope, Refusal, Ticket, TransferTo, UndoAction, WindowAct, Work,
};
use protocol::{Class, Outcome, TicketId};

use super::common::{TestDay, asked, want_by};

/// A ticket and a window's work, the ticket's revision left out.
fn state(day: &HallDay, ticket: TicketId, window: &str) -> (Ticket, Work) {
    let ticket = Ticket { revision: 0, ..day.tickets[&ticket].clone() };
    (ticket, day.windows[&window.into()].work.clone())
}

#[test]
fn every_act_on_a_ticket_can_be_taken_back() {
    let to = TransferTo::Service("c".into());
    let hold = WindowAct::Hold { scope: HoldScope::Private, reason: asked(), until: None };
    let acts = [
        WindowAct::Start,
        WindowAct::Finish,
        WindowAct::Pass,
        hold,
        WindowAct::Transfer { to, note: None, come_back: true },
    ];
    for act in acts {
        let mut day = TestDay::new();
        let ticket = day.take("a");
        day.at("09:10").call("1");
        let before = state(&day.day, ticket, "1");
        let served = day.day.services[&"a".into()].clone();
        day.at("09:11").act("1", act.clone());
        assert_ne!(state(&day.day, ticket, "1"), before, "{act:?}");
        day.at("09:12").act("1", WindowAct::Undo);
        assert_eq!(state(&day.day, ticket, "1"), before, "{act:?}");
        assert_eq!(day.day.services[&"a".into()], served, "{act:?}");
    }
}

#[test]
fn a_call_goes_back_to_its_place() {
    let mut day = TestDay::new();
    let (first, second) = (day.take("a"), day.take("a"));
    let before = state(&day.day, first, "1");
    day.call("1");
    day.act("1", WindowAct::Recall);
    day.act("1", WindowAct::Undo);
    assert_eq!(state(&day.day, first, "1"), before);
    assert_eq!(day.queue("a"), [first, second]);
}

#[test]
fn several_steps_can_be_taken_back_up_to_a_depth() {
    let mut day = TestDay::new();
    let ticket = day.take("a");
    day.call("1");
    let called = state(&day.day, ticket, "1");
    day.act("1", WindowAct::Start);
    day.act("1", WindowAct::Hold { scope: HoldScope::Private, reason: asked(), until: None });
    day.act("1", WindowAct::TakeBack { ticket });
    for _ in 0..3 {
        day.act("1", WindowAct::Undo);
    }
    assert_eq!(state(&day.day, ticket, "1"), called);
    // Three are remembered; the call was the fourth.
    assert_eq!(day.act_refused("1", WindowAct::Undo), Refusal::NothingToUndo);
}

#[test]
fn undo_has_a_time_limit() {
    let mut day = TestDay::new();
    day.take("a");
    day.call("1");
    day.at("09:03");
    let refusal = day.act_refused("1", WindowAct::Undo);
    assert_eq!(refusal, Refusal::TooLateToUndo { limit_s: 120 });
}

#[test]
fn what_has_been_built_on_stands() {
    let moved_on = Refusal::MovedOn { number: "A001".into() };
    let mut day = TestDay::new();
    let ticket = day.take("a");
    day.call("1");
    day.send("1", "c", false);
    day.call("3");
    assert_eq!(day.act_refused("1", WindowAct::Undo), moved_on);
    // A class that was granted meanwhile is not lost by a recall and an undo.
    let class = Class::Elder;
    day.does(Command::GrantClass { ticket, class, reason: asked(), note: None });
    day.act("3", WindowAct::Recall);
    assert_eq!(day.act_refused("3", WindowAct::Undo), moved_on);
}

#[test]
fn a_step_back_does_not_jump_over_what_time_did() {
    let mut day = TestDay::new();
    day.take("a");
    day.serve("1");
    let until = Some(day.now.plus_s(30));
    day.act("1", WindowAct::Hold { scope: HoldScope::Private, reason: asked(), until });
    day.at("09:01");
    day.call("1");
    day.act("1", WindowAct::Undo);
    // The hold before ended by itself: it cannot be taken back any more.
    let refusal = day.act_refused("1", WindowAct::Undo);
    assert_eq!(refusal, Refusal::MovedOn { number: "A001".into() });
}

#[test]
fn a_closed_ticket_does_not_live_again_beside_its_successor() {
    let mut day = TestDay::new();
    day.take_with(want_by(1, &["a", "b"]));
    day.call("1");
    for _ in 0..2 {
        day.act("1", WindowAct::Finish);
    }
    day.take_with(want_by(1, &["a"]));
    // The end of b can be taken back; that of a cannot, as the new ticket holds it.
    day.act("1", WindowAct::Undo);
    let refusal = day.act_refused("1", WindowAct::Undo);
    assert_eq!(refusal, Refusal::MovedOn { number: "A001".into() });
}

#[test]
fn a_walk_up_that_should_not_have_been_is_closed() {
    let mut day = TestDay::new();
    let ticket = day.act("1", WindowAct::WalkUp { service: "a".into() })[0].tickets()[0];
    let events = day.act("1", WindowAct::Undo);
    let undone =
        hall_core::Event::Undone { window: "1".into(), action: UndoAction::WalkUp, ticket };
    assert_eq!(events, [undone]);
    assert_eq!(day.legs(ticket), [("a", Some(Outcome::Undone))]);
    assert_eq!(day.day.windows[&"1".into()].work.current, None);
}

#[test]
fn pausing_is_no_part_of_what_is_undone() {
    let mut day = TestDay::new();
    day.take("a");
    day.call("1");
    day.act("1", WindowAct::Pause { reason: asked() });
    day.act("1", WindowAct::Undo);
    assert!(!day.day.windows[&"1".into()].is_open());
}
