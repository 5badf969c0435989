//! Sending a visitor on: to a service, to a window, there and back, and through several services.

use hall_core::{Command, Refusal, TransferTo, WindowAct};
use protocol::{Outcome, Phase, Rule};

use super::common::{TestDay, asked, want};

#[test]
fn a_transfer_keeps_the_place() {
    let mut day = TestDay::new();
    let ticket = day.take("a");
    day.call("1");
    let waiting = day.at("09:10").take("c");
    day.at("09:20").send("1", "c", false);
    assert_eq!(day.queue("c"), [ticket, waiting]);
    assert_eq!(day.legs(ticket), [("a", Some(Outcome::Transferred)), ("c", None)]);
}

#[test]
fn a_transfer_to_a_window_is_for_it_alone() {
    let mut day = TestDay::new();
    let ticket = day.take("a");
    day.call("1");
    day.send_to_window("1", "3", false);
    assert_eq!(day.queue("a"), []);
    assert_eq!(
        day.act_refused("2", WindowAct::CallTicket { ticket, reason: asked() }),
        Refusal::BoundElsewhere { number: "A001".into(), window: "3".into() }
    );
    // Window 3 does not take the service; this visitor it does take.
    assert_eq!(day.call_why("3"), (ticket, Rule::Bound));
}

#[test]
fn a_transfer_needs_somewhere_to_go() {
    let mut day = TestDay::new();
    day.take("c");
    day.call("3");
    let to = |to| WindowAct::Transfer { to, note: None, come_back: false };
    let window = |id: &str| to(TransferTo::Window(id.into()));
    assert_eq!(day.act_refused("3", window("3")), Refusal::TransferToSelf);
    day.act("2", WindowAct::Close { reason: asked() });
    let closed = Refusal::TargetClosed { window: "2".into() };
    assert_eq!(day.act_refused("3", window("2")), closed);
    let service = |id: &str| to(TransferTo::Service(id.into()));
    let unknown = Refusal::UnknownService { service: "?".into() };
    assert_eq!(day.act_refused("3", service("?")), unknown);
    assert_eq!(day.act_refused("2", service("a")), Refusal::NobodyHere);
}

#[test]
fn there_and_back_again() {
    let mut day = TestDay::new();
    let ticket = day.take("a");
    day.serve("2");
    day.send("2", "c", true);
    assert_eq!(day.serve("3"), ticket);
    day.act("3", WindowAct::Finish);
    // Only the window that wanted them back may call them.
    assert_eq!(day.queue("a"), []);
    assert_eq!(day.call_why("2"), (ticket, Rule::Bound));
    day.act("2", WindowAct::Finish);
    assert_eq!(
        day.legs(ticket),
        [
            ("a", Some(Outcome::Transferred)),
            ("c", Some(Outcome::Served)),
            ("a", Some(Outcome::Served))
        ]
    );
}

#[test]
fn the_way_back_may_be_cut_short() {
    let mut day = TestDay::new();
    let ticket = day.take("a");
    day.serve("2");
    day.send("2", "c", true);
    day.serve("3");
    // Sent by hand to what the first window wanted: nothing is left to come back for.
    day.send("3", "a", false);
    assert_eq!(day.serve("1"), ticket);
    day.act("1", WindowAct::Finish);
    assert_eq!(day.phase(ticket), Phase::Closed);
}

#[test]
fn a_second_wish_to_come_back_does_not_lose_the_first_service() {
    let mut day = TestDay::new();
    let ticket = day.take("a");
    day.serve("1");
    day.send("1", "c", true);
    day.serve("3");
    day.send("3", "b", true);
    day.serve("2");
    day.act("2", WindowAct::Finish);
    assert_eq!(day.serve("3"), ticket);
    day.act("3", WindowAct::Finish);
    assert_eq!(day.queue("a"), [ticket]);
}

#[test]
fn a_window_that_closes_frees_those_who_were_to_come_back() {
    let mut day = TestDay::new();
    let ticket = day.take("a");
    day.serve("2");
    day.send("2", "c", true);
    let close = WindowAct::Close { reason: asked() };
    let events = day.act("2", close);
    assert_eq!(events[0].tickets(), [ticket]);
    day.serve("3");
    day.act("3", WindowAct::Finish);
    assert_eq!(day.queue("a"), [ticket]);
}

#[test]
fn a_window_that_closes_frees_those_who_were_sent_to_it() {
    let mut day = TestDay::new();
    let ticket = day.take("a");
    day.call("1");
    day.send_to_window("1", "2", false);
    day.act("2", WindowAct::Close { reason: asked() });
    assert_eq!(day.call("1"), ticket);
}

#[test]
fn several_services_are_done_where_the_visitor_sits_if_possible() {
    let mut day = TestDay::new();
    let ticket = day.take_with(want(&["a", "c", "b"]));
    day.serve("2");
    // Window 2 takes b as well, so that comes before c.
    day.act("2", WindowAct::CallNext);
    assert_eq!(day.ticket(ticket).service().as_str(), "b");
    assert_eq!(day.phase(ticket), Phase::Serving);
    day.act("2", WindowAct::Finish);
    assert_eq!(day.queue("c"), [ticket]);
    assert_eq!(day.serve("3"), ticket);
    day.act("3", WindowAct::Finish);
    let served = Some(Outcome::Served);
    assert_eq!(day.legs(ticket), [("a", served), ("b", served), ("c", served)]);
}

#[test]
fn a_transfer_to_a_service_still_to_come_does_it_once() {
    let mut day = TestDay::new();
    let ticket = day.take_with(want(&["a", "c"]));
    day.serve("2");
    day.send("2", "c", false);
    assert_eq!(day.serve("3"), ticket);
    day.act("3", WindowAct::Finish);
    assert_eq!(day.phase(ticket), Phase::Closed);
}

#[test]
fn a_passed_ticket_goes_back_within_the_line_it_waits_in() {
    let mut day = TestDay::new();
    let t = [(); 3].map(|()| day.take("a"));
    for _ in 0..3 {
        day.call("1");
        day.send_to_window("1", "2", false);
    }
    day.take("a");
    assert_eq!(day.call("2"), t[0]);
    day.act("2", WindowAct::Pass);
    let line: Vec<_> = day.day.bound_to(&"2".into()).map(|it| it.id).collect();
    assert_eq!(line, [t[1], t[2], t[0]]);
}

#[test]
fn leaving_while_at_a_window_is_the_clerks_matter() {
    let mut day = TestDay::new();
    let ticket = day.take("a");
    day.call("1");
    let refusal = day.refuses(Command::Leave { ticket });
    assert_eq!(refusal, Refusal::AtAWindow { number: "A001".into() });
}
