//! Calls that nobody answers: where the ticket goes, and how its visitor comes back.

use hall_core::plan::{NoShowPolicy, Requeue};
use hall_core::{Command, Refusal, WindowAct};
use protocol::{Class, Outcome, Phase};

use super::common::{TestDay, asked, want, want_by};

fn with_policy(policy: NoShowPolicy) -> TestDay {
    TestDay::with(|plan| plan.no_show = policy)
}

fn requeue(requeue: Requeue) -> NoShowPolicy {
    NoShowPolicy { requeue, ..NoShowPolicy::default() }
}

#[test]
fn a_passed_ticket_goes_a_few_places_back() {
    let mut day = with_policy(requeue(Requeue::Behind(2)));
    let t = [(); 4].map(|()| day.take("a"));
    day.call("1");
    day.act("1", WindowAct::Pass);
    assert_eq!(day.queue("a"), [t[1], t[2], t[0], t[3]]);
    // The next who is passed goes behind two others too, and those behind the same keep their order.
    day.call("1");
    day.act("1", WindowAct::Pass);
    assert_eq!(day.queue("a"), [t[2], t[0], t[1], t[3]]);
}

#[test]
fn a_short_queue_means_its_end() {
    let mut day = with_policy(requeue(Requeue::Behind(3)));
    let (first, second) = (day.take("a"), day.take("a"));
    day.call("1");
    day.act("1", WindowAct::Pass);
    let later = day.take("a");
    assert_eq!(day.queue("a"), [second, first, later]);
}

#[test]
fn a_passed_ticket_may_go_to_the_end_or_close() {
    let mut day = with_policy(requeue(Requeue::Tail));
    let t = [(); 3].map(|()| day.take("a"));
    day.call("1");
    day.act("1", WindowAct::Pass);
    assert_eq!(day.queue("a"), [t[1], t[2], t[0]]);

    let mut day = with_policy(requeue(Requeue::None));
    let only = day.take("a");
    day.call("1");
    day.act("1", WindowAct::Pass);
    assert_eq!(day.legs(only), [("a", Some(Outcome::NoShow))]);
}

#[test]
fn being_passed_never_helps() {
    let mut day = with_policy(requeue(Requeue::Behind(1)));
    let t = [(); 5].map(|()| day.take("a"));
    day.act("1", WindowAct::CallTicket { ticket: t[4], reason: asked() });
    day.act("1", WindowAct::Pass);
    assert_eq!(day.queue("a"), t);
}

#[test]
fn a_ticket_is_passed_a_limited_number_of_times() {
    let mut day = with_policy(NoShowPolicy { max_passes: 2, ..requeue(Requeue::Tail) });
    let ticket = day.take("a");
    for _ in 0..2 {
        day.call("1");
        day.act("1", WindowAct::Pass);
        assert_eq!(day.phase(ticket), Phase::Waiting);
    }
    day.call("1");
    day.act("1", WindowAct::Pass);
    assert_eq!(day.phase(ticket), Phase::Closed);
}

#[test]
fn somebody_who_comes_back_waits_at_the_end() {
    let mut day = with_policy(requeue(Requeue::None));
    let ticket = day.take_with(want(&["a", "c"]));
    day.call("2");
    day.act("2", WindowAct::Pass);
    let other = day.take("a");
    day.at("09:30").does(Command::Return { ticket });
    assert_eq!(day.queue("a"), [other, ticket]);
    assert_eq!(day.legs(ticket), [("a", Some(Outcome::NoShow)), ("a", None)]);
    // What they came for besides is not forgotten.
    assert_eq!(day.ticket(ticket).pending, ["c".into()]);
    // Once is enough.
    day.call("2");
    day.act("2", WindowAct::Pass);
    assert_eq!(day.call("2"), ticket);
    day.act("2", WindowAct::Pass);
    let refusal = day.refuses(Command::Return { ticket });
    assert_eq!(refusal, Refusal::CannotReturn { number: "A001".into() });
}

#[test]
fn coming_back_has_its_limits() {
    let cannot = Refusal::CannotReturn { number: "A001".into() };
    let mut day = TestDay::new();
    let ticket = day.take_with(want_by(1, &["a"]));
    assert_eq!(day.refuses(Command::Return { ticket }), cannot);
    day.does(Command::Leave { ticket });
    // Not while they hold another ticket for the same.
    let another = day.take_with(want_by(1, &["a"]));
    assert_eq!(day.refuses(Command::Return { ticket }), cannot);
    day.does(Command::Withdraw { ticket: another });
    // Not after the time for it.
    day.at("13:01");
    assert_eq!(day.refuses(Command::Return { ticket }), cannot);
    // A ticket that was given back stays so.
    let refusal = day.refuses(Command::Return { ticket: another });
    assert_eq!(refusal, Refusal::CannotReturn { number: "A002".into() });
}

#[test]
fn a_class_granted_after_coming_back_adds_only_itself() {
    let mut day = with_policy(requeue(Requeue::None));
    let ticket = day.take("a");
    day.call("1");
    day.act("1", WindowAct::Pass);
    let before = day.at("09:30").take("a");
    let nearly = day.at("09:50").take("a");
    day.at("10:00").does(Command::Return { ticket });
    let class = Class::Elder;
    day.does(Command::GrantClass { ticket, class, reason: asked(), note: None });
    assert_eq!(day.queue("a"), [before, ticket, nearly]);
}
