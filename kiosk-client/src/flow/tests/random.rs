//! Visitors, devices and a hall that do anything in any order: never a panic, always a page, and nothing
//! of a person stays behind.

use std::collections::BTreeMap;
use std::time::Duration;

use hardware::card::CardFault;
use hardware::printer::{Outcome, PrinterFault, PrinterStatus};
use proptest::prelude::*;
use protocol::{Language, TicketId};

use super::super::{Act, Effect, Event, Want};
use super::support::{AWAY, Kiosk, VALID, appointment, card, has, menu, refusal, ticket};
use crate::hall::HallFault;

const PHONE: &str = "13812345678";
const CODE: &str = "YY98765432";
/// What only one visitor may know.
const SECRETS: [&str; 5] = [VALID, PHONE, CODE, "秀英", "secret"];

#[derive(Clone, Debug)]
enum Move {
    Act(Act),
    Scan(&'static str),
    Card(Option<CardFault>),
    Wait(u64),
    /// The hall answers the last thing it was asked, well or not.
    Answer(u8),
    Printed(Outcome),
    Printer(bool),
    Menu(bool),
    Leases(u32),
    Help(bool),
    Interrupted,
}

fn acts() -> impl Strategy<Value = Act> {
    let services = ["plain", "phone", "card", "tax", "m1", "shut", "none"];
    let service = proptest::sample::select(services.to_vec());
    prop_oneof![
        4 => service.clone().prop_map(|id| Act::Service(id.into())),
        1 => service.prop_map(|id| Act::Remove(id.into())),
        6 => proptest::sample::select(vec![
            Act::Begin { language: Some(Language::En), elder: true },
            Act::Begin { language: None, elder: false },
            Act::Phone(Some(PHONE.to_owned())),
            Act::Code(Some(CODE.to_owned())),
            Act::Take,
            Act::Retry,
            Act::CheckIn(0),
            Act::Reprint(TicketId(1)),
            Act::Ask(Want::Ticket),
            Act::Ask(Want::Appointment),
        ]),
        5 => proptest::sample::select(vec![
            Act::Wake, Act::TypeCode, Act::CheckIn(9), Act::Another, Act::Home, Act::Back,
            Act::End, Act::Stay, Act::Language(Language::Zh), Act::Elder(true), Act::Voice(true),
            Act::Help, Act::HelpDone, Act::Dismiss, Act::Department("d".into()), Act::Search,
            Act::Query("sfz".to_owned()), Act::Letter('Y'), Act::Erase, Act::Add, Act::Digit('1'),
            Act::UseCard,
        ]),
    ]
}

fn moves() -> impl Strategy<Value = Move> {
    let codes = vec!["form:plain", "form:none", CODE, "http://h/t/secretsecretsecret", "?", ""];
    prop_oneof![
        12 => acts().prop_map(Move::Act),
        2 => proptest::sample::select(codes).prop_map(Move::Scan),
        2 => proptest::option::of(Just(CardFault::Unreadable)).prop_map(Move::Card),
        2 => (0u64..70).prop_map(Move::Wait),
        6 => (0u8..6).prop_map(Move::Answer),
        3 => proptest::sample::select(vec![
            Outcome::Printed,
            Outcome::NotPrinted(PrinterFault::PaperOut),
            Outcome::Doubtful(PrinterFault::Silent),
        ]).prop_map(Move::Printed),
        1 => any::<bool>().prop_map(Move::Printer),
        2 => any::<bool>().prop_map(Move::Menu),
        1 => (0u32..3).prop_map(Move::Leases),
        1 => any::<bool>().prop_map(Move::Help),
        1 => Just(Move::Interrupted),
    ]
}

/// Makes the move; `asked` is what the hall was asked last.
fn make(kiosk: &mut Kiosk, asked: Option<&Effect>, step: Move) -> Vec<Effect> {
    let event = match step {
        Move::Act(act) => Event::Act(act),
        Move::Scan(text) => Event::Scanned(text.to_owned()),
        Move::Card(None) => Event::CardRead(Ok(card(VALID))),
        Move::Card(Some(fault)) => Event::CardRead(Err(fault)),
        Move::Wait(seconds) => {
            kiosk.now += Duration::from_secs(seconds);
            Event::Tick
        }
        Move::Answer(how) => match answer(asked, how) {
            Some(event) => event,
            None => Event::Tick,
        },
        Move::Printed(outcome) => Event::Printed(outcome),
        Move::Printer(true) => Event::Printer(PrinterStatus::Ready),
        Move::Printer(false) => Event::Printer(PrinterStatus::Down(PrinterFault::CoverOpen)),
        Move::Menu(true) => Event::Menu(menu()),
        Move::Menu(false) => Event::NoMenu(AWAY),
        Move::Leases(left) => Event::Leases(BTreeMap::from([("A".into(), left)])),
        Move::Help(true) => Event::HelpAnswered(false),
        Move::Help(false) => Event::HelpCleared,
        Move::Interrupted => {
            Event::Interrupted { taken: Box::new(ticket()), begun: true, language: Language::En }
        }
    };
    kiosk.step(event)
}

fn answer(asked: Option<&Effect>, how: u8) -> Option<Event> {
    let fault = || [AWAY, refusal(), HallFault::UsedUp][usize::from(how) % 3].clone();
    let taken = || Box::new(if how < 3 { Ok(ticket()) } else { Err(fault()) });
    Some(match asked? {
        Effect::Take(order) => Event::Taken { attempt: order.attempt, answer: taken() },
        Effect::CheckIn { attempt, .. } => Event::Taken { attempt: *attempt, answer: taken() },
        Effect::Reprint { attempt, .. } => Event::Reprinted { attempt: *attempt, answer: taken() },
        Effect::Find { attempt, .. } => {
            let found = has(vec![ticket()], vec![appointment()]);
            let answer = if how < 3 { Ok(found) } else { Err(fault()) };
            Event::Visits { attempt: *attempt, answer: Box::new(answer) }
        }
        _ => return None,
    })
}

fn is_question(effect: &Effect) -> bool {
    use Effect::{CheckIn, Find, Reprint, Take};
    matches!(effect, Take(_) | Find { .. } | CheckIn { .. } | Reprint { .. })
}

/// Whether there is something on the screen that can be done or that ends by itself.
fn has_a_way_on(kiosk: &Kiosk) -> bool {
    let screen = kiosk.screen();
    screen.is_busy() || screen.is_idle() || kiosk.flow.remaining(kiosk.now).is_some()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn anything_may_happen(steps in proptest::collection::vec(moves(), 1..120)) {
        let mut kiosk = Kiosk::new();
        let mut asked = None;
        for step in steps {
            let effects = make(&mut kiosk, asked.as_ref(), step);
            asked = effects.iter().rev().find(|it| is_question(it)).cloned().or(asked);
            prop_assert!(has_a_way_on(&kiosk), "{:?}", kiosk.screen());
            if kiosk.screen().is_idle() {
                let all = format!("{:?}", kiosk.flow);
                for secret in SECRETS {
                    prop_assert!(!all.contains(secret), "{secret} stays behind: {all}");
                }
            }
        }
    }
}
