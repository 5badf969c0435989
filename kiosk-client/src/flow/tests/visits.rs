//! What a visitor has already: found by card and code, checked in, printed again.

use hardware::printer::Outcome;
use protocol::kiosk::Proof;
use protocol::{Label, Language, TicketId};

use super::super::{Act, Copy, Effect, Event, Notice, Screen, Slip, Want, Why};
use super::support::{
    AWAY, Kiosk, VALID, appointment, asked_attempt, card, has, refusal, taken_order, ticket,
};

#[test]
fn a_ticket_is_found_by_its_slip_and_printed_again_with_a_mark() {
    let mut kiosk = Kiosk::new();
    kiosk.act(Act::Ask(Want::Ticket));
    let attempt = kiosk.look_up();
    kiosk.found(attempt, Ok(has(vec![ticket()], Vec::new())));
    assert!(matches!(kiosk.screen(), Screen::Found { why: Why::Asked, .. }));
    assert!(kiosk.act(Act::Reprint(TicketId(77))).is_empty(), "only what was found");
    let attempt = asked_attempt(&kiosk.act(Act::Reprint(TicketId(1))));
    let answer = Box::new(Ok(ticket()));
    let effects = kiosk.step(Event::Reprinted { attempt, answer });
    assert_eq!(effects, [Effect::Print(Box::new(ticket()), Language::Zh, Copy::Again)]);
    kiosk.step(Event::Printed(Outcome::Printed));
    let over = |slip, copy| matches!((slip, copy), (Slip::Printed, Copy::Again));
    assert!(matches!(kiosk.screen(), Screen::Farewell { slip, copy, .. } if over(*slip, *copy)));
}

#[test]
fn an_appointment_is_found_by_card_and_checked_in_under_one_key() {
    let mut kiosk = Kiosk::new();
    assert_eq!(kiosk.act(Act::Ask(Want::Appointment)), [Effect::WaitForCard]);
    let effects = kiosk.step(Event::CardRead(Ok(card(VALID))));
    assert!(effects.contains(&Effect::ForgetCard));
    let attempt = asked_attempt(&effects);
    kiosk.found(attempt, Ok(has(Vec::new(), vec![appointment()])));
    assert!(kiosk.act(Act::CheckIn(1)).is_empty(), "there is only one");
    let first = kiosk.act(Act::CheckIn(0));
    let attempt = asked_attempt(&first);
    assert!(matches!(&first[..], [Effect::CheckIn { code, .. }] if code == "YY123456"));
    kiosk.step(Event::Taken { attempt, answer: Box::new(Err(AWAY)) });
    assert_eq!(kiosk.act(Act::Retry), first, "asked again it is the same request");
    kiosk.step(Event::Taken { attempt, answer: Box::new(Ok(ticket())) });
    assert!(matches!(kiosk.screen(), Screen::Printing(_, Copy::First)));
}

#[test]
fn an_appointments_code_can_be_typed_and_must_be_one() {
    let mut kiosk = Kiosk::new();
    kiosk.act(Act::Ask(Want::Appointment));
    kiosk.act(Act::TypeCode);
    for letter in "Y-1+".chars() {
        kiosk.act(Act::Letter(letter));
    }
    assert!(kiosk.act(Act::Code(None)).is_empty());
    assert_eq!(*kiosk.screen(), Screen::TypeCode { code: "Y-1".to_owned(), wrong: true });
    kiosk.act(Act::Query(" YY 12-34 ".to_owned()));
    assert_eq!(*kiosk.screen(), Screen::TypeCode { code: "YY12-34".to_owned(), wrong: false });
    let effects = kiosk.act(Act::Code(None));
    let by = Proof::Appointment("YY12-34".to_owned());
    assert!(matches!(&effects[..], [Effect::Find { by: asked, .. }] if *asked == by));
}

#[test]
fn codes_are_understood_on_every_page_that_waits() {
    let pages: [fn(&mut Kiosk); 6] = [
        |_| {},
        |kiosk| drop(kiosk.wait(40)),
        |kiosk| drop(kiosk.choose("plain")),
        |kiosk| drop(kiosk.choose("card")),
        |kiosk| drop(kiosk.act(Act::Ask(Want::Ticket))),
        |kiosk| {
            let order = kiosk.order("plain");
            kiosk.answer(&order, Ok(ticket()));
            kiosk.step(Event::Printed(Outcome::Printed));
        },
    ];
    for (place, page) in pages.iter().enumerate() {
        let mut kiosk = Kiosk::new();
        page(&mut kiosk);
        kiosk.look_up();
        let mut kiosk = Kiosk::new();
        page(&mut kiosk);
        kiosk.step(Event::Scanned("form:m2".to_owned()));
        assert!(kiosk.flow.basket().holds(&"m2".into()), "page {place}");
        let mut kiosk = Kiosk::new();
        page(&mut kiosk);
        kiosk.step(Event::Scanned("WIFI:S:hall;;".to_owned()));
        assert_eq!(kiosk.flow.notice(), Some(&Notice::UnknownCode), "page {place}");
    }
}

#[test]
fn a_form_for_a_service_nobody_knows_is_an_unknown_code() {
    let mut kiosk = Kiosk::new();
    kiosk.step(Event::Scanned("form:none".to_owned()));
    assert_eq!(kiosk.flow.notice(), Some(&Notice::UnknownCode));
}

#[test]
fn whoever_shows_an_appointment_has_not_come_for_what_was_chosen_before() {
    let mut kiosk = Kiosk::new();
    kiosk.step(Event::Scanned("form:m2".to_owned()));
    kiosk.step(Event::Scanned("apt:AB12CD34".to_owned()));
    assert!(kiosk.flow.basket().is_empty());
}

#[test]
fn a_form_for_a_service_that_is_closed_says_so() {
    let mut kiosk = Kiosk::new();
    kiosk.step(Event::Scanned("form:shut".to_owned()));
    assert_eq!(kiosk.flow.notice(), Some(&Notice::Unavailable("shut".into())));
}

#[test]
fn codes_shown_while_the_machine_works_are_not_heard() {
    let mut kiosk = Kiosk::new();
    kiosk.order("plain");
    assert!(kiosk.step(Event::Scanned("form:m2".to_owned())).is_empty());
    assert!(matches!(kiosk.screen(), Screen::Asking(_)));
}

#[test]
fn whoever_has_a_ticket_for_this_already_hears_of_it_when_the_card_is_read() {
    let mut kiosk = Kiosk::new();
    kiosk.choose("card");
    let attempt = asked_attempt(&kiosk.step(Event::CardRead(Ok(card(VALID)))));
    kiosk.found(attempt, Ok(has(vec![ticket()], Vec::new())));
    assert!(matches!(kiosk.screen(), Screen::Found { why: Why::TakingSame, .. }));
    assert!(kiosk.act(Act::Another).is_empty());
    assert!(matches!(kiosk.screen(), Screen::Found { .. }), "no second number for the same");
    kiosk.act(Act::Back);
    assert!(matches!(kiosk.screen(), Screen::Services(_)));
}

#[test]
fn whoever_has_a_ticket_for_something_else_may_take_another() {
    let mut kiosk = Kiosk::new();
    kiosk.choose("card");
    let attempt = asked_attempt(&kiosk.step(Event::CardRead(Ok(card(VALID)))));
    let mut other = ticket();
    other.services = vec![Label::new("别的", "Other")];
    kiosk.found(attempt, Ok(has(vec![other], Vec::new())));
    assert!(matches!(kiosk.screen(), Screen::Found { why: Why::TakingOther, .. }));
    kiosk.act(Act::Another);
    assert_eq!(*kiosk.screen(), Screen::Confirm);
    taken_order(&kiosk.act(Act::Take));
}

#[test]
fn nothing_found_or_no_answer_does_not_stop_whoever_takes_a_number() {
    for answer in [Ok(has(Vec::new(), Vec::new())), Err(AWAY), Err(refusal())] {
        let mut kiosk = Kiosk::new();
        kiosk.choose("card");
        let attempt = asked_attempt(&kiosk.step(Event::CardRead(Ok(card(VALID)))));
        kiosk.found(attempt, answer);
        assert_eq!(*kiosk.screen(), Screen::Confirm);
    }
}

#[test]
fn an_answer_that_comes_after_its_visitor_has_gone_is_not_shown() {
    let mut kiosk = Kiosk::new();
    kiosk.choose("card");
    let attempt = asked_attempt(&kiosk.step(Event::CardRead(Ok(card(VALID)))));
    kiosk.act(Act::End);
    kiosk.choose("plain");
    kiosk.found(attempt, Ok(has(vec![ticket()], Vec::new())));
    assert_eq!(*kiosk.screen(), Screen::Confirm);
}

#[test]
fn what_could_not_be_found_can_be_asked_again() {
    let mut kiosk = Kiosk::new();
    let attempt = kiosk.look_up();
    kiosk.found(attempt, Err(AWAY));
    assert!(matches!(kiosk.screen(), Screen::Trouble(trouble) if trouble.may_retry()));
    assert_eq!(asked_attempt(&kiosk.act(Act::Retry)), attempt);
    kiosk.found(attempt, Err(refusal()));
    kiosk.act(Act::Back);
    assert_eq!(*kiosk.screen(), Screen::Welcome);
}
