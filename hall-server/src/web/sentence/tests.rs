//! Every refusal and every fault has a whole sentence in both languages.

use std::collections::BTreeSet;

use hall_core::HallDay;
use protocol::wall::Block;
use protocol::{ClerkId, Identity, Language, Number, TicketId};
use slip::TemplateFault;

use super::*;
use crate::appointments::AppointmentFault;
use crate::people::VisitorFault;
use crate::slips::SlipsFault;
use crate::walls::WallsFault;
use crate::web::policy::Forbidden;

const LANGUAGES: [Language; 2] = [Language::Zh, Language::En];

/// The code of every refusal there is, as the rules themselves list them.
fn every_code() -> BTreeSet<String> {
    let error = serde_json::from_str::<Refusal>(r#"{"code": "?"}"#).expect_err("no such code");
    let list = error.to_string();
    let (_, list) = list.split_once("expected one of").expect("serde names what it expects");
    list.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn every_refusal() -> Vec<Refusal> {
    let number = || Number::from("A001");
    let service = || ServiceId::from("passport");
    let window = || WindowId::from("w1");
    let opens = || Some("13:00".to_owned());
    let ticket = TicketId(7);
    vec![
        Refusal::DayNotRunning,
        Refusal::DayAlreadyRunning,
        Refusal::BadPlan { fault: "fault".to_owned() },
        Refusal::UnknownService { service: service() },
        Refusal::UnknownWindow { window: window() },
        Refusal::UnknownTicket { ticket },
        Refusal::UnknownSeries { series: SeriesId::from("A") },
        Refusal::UnknownReason { reason: "why".to_owned() },
        Refusal::NoService,
        Refusal::TooManyServices { max: 5 },
        Refusal::SameServiceTwice { service: service() },
        Refusal::ServicesConflict { first: service(), second: ServiceId::from("pension") },
        Refusal::ServiceClosed { service: service(), reason: "why".to_owned() },
        Refusal::OutsideHours { service: service(), opens: None },
        Refusal::OutsideHours { service: service(), opens: opens() },
        Refusal::QuotaUsedUp { service: service(), opens: None },
        Refusal::QuotaUsedUp { service: service(), opens: opens() },
        Refusal::DayMaxReached { service: service() },
        Refusal::NoOpenWindow { service: service() },
        Refusal::IdentityNeeded { service: service(), needed: Identity::None },
        Refusal::IdentityNeeded { service: service(), needed: Identity::Phone },
        Refusal::IdentityNeeded { service: service(), needed: Identity::Card },
        Refusal::AlreadyWaiting { service: service(), number: number(), ticket },
        Refusal::BadSlot,
        Refusal::SeriesExhausted { series: SeriesId::from("A") },
        Refusal::NotLeased { ticket },
        Refusal::AlreadyJoined { number: number(), ticket },
        Refusal::LeaseTooLarge { max: 200 },
        Refusal::StalePage,
        Refusal::WindowNotOpen,
        Refusal::WindowTaken { clerk: ClerkId::from("c1") },
        Refusal::ClerkElsewhere { window: window() },
        Refusal::WindowNotPaused,
        Refusal::WindowBusy { number: number() },
        Refusal::NobodyHere,
        Refusal::NobodyWaiting,
        Refusal::NothingToRate,
        Refusal::CallUnanswered { number: number() },
        Refusal::AlreadyServing { number: number() },
        Refusal::TooManyRecalls { number: number(), max: 3 },
        Refusal::NotWaiting { number: number() },
        Refusal::TooEarly { number: number() },
        Refusal::NotServedHere { service: service() },
        Refusal::BoundElsewhere { number: number(), window: window() },
        Refusal::NotHeld { number: number() },
        Refusal::HeldByOther { number: number(), window: window() },
        Refusal::HoldInPast,
        Refusal::TransferToSelf,
        Refusal::TargetClosed { window: window() },
        Refusal::NothingToUndo,
        Refusal::TooLateToUndo { limit_s: 120 },
        Refusal::MovedOn { number: number() },
        Refusal::TicketClosed { number: number() },
        Refusal::AtAWindow { number: number() },
        Refusal::AlreadyPinned { number: number() },
        Refusal::NotPinned { number: number() },
        Refusal::CannotReturn { number: number() },
        Refusal::SameTicket,
        Refusal::ServiceNotClosed { service: service() },
        Refusal::EmptyGroup,
    ]
}

fn every_other_fault() -> Vec<Fault> {
    let detail = || "detail".to_owned();
    vec![
        Fault::Forbidden(Forbidden::SignInFirst),
        Fault::Forbidden(Forbidden::NotYourRole),
        Fault::Forbidden(Forbidden::NotYourWindow),
        Fault::Forbidden(Forbidden::NotYourDevice),
        Fault::BadRequest,
        Fault::Malformed { detail: detail() },
        Fault::WrongShape { detail: detail() },
        Fault::NotJson,
        Fault::TooLarge { limit: 65_536 },
        Fault::TextTooLong { limit: 500 },
        Fault::BadAddress { detail: detail() },
        Fault::BadQuery { detail: detail() },
        Fault::BadKey,
        Fault::KeyReused,
        Fault::GivenUp,
        Fault::Appointment(AppointmentFault::Unknown),
        Fault::Appointment(AppointmentFault::Cancelled),
        Fault::Appointment(AppointmentFault::CheckedIn),
        Fault::Appointment(AppointmentFault::OtherDay { date: "2026-11-24".to_owned() }),
        Fault::Appointment(AppointmentFault::TooEarly { opens: "09:30".to_owned() }),
        Fault::Appointment(AppointmentFault::BadTimes),
        Fault::Appointment(AppointmentFault::BadCode),
        Fault::Visitor(VisitorFault::CardNumber),
        Fault::Visitor(VisitorFault::PhoneNumber),
        Fault::Visitor(VisitorFault::Name),
        Fault::NoClerkNamed,
        Fault::UnknownClerk,
        Fault::UnknownKiosk,
        Fault::WrongPin,
        Fault::TooManyAttempts { wait_s: 60 },
        Fault::UnknownVisit,
        Fault::NotJoined,
        Fault::Slip(SlipsFault::Template(TemplateFault::Number)),
        Fault::Slip(SlipsFault::Template(TemplateFault::Code)),
        Fault::Slip(SlipsFault::Template(TemplateFault::TooMany)),
        Fault::Slip(SlipsFault::Template(TemplateFault::Size { part: 3 })),
        Fault::Slip(SlipsFault::Template(TemplateFault::Text { part: 3 })),
        Fault::Slip(SlipsFault::Changed { newest: 4 }),
        Fault::Slip(SlipsFault::UnknownPaper),
        Fault::Slip(SlipsFault::UnknownRevision),
        Fault::Slip(SlipsFault::NoFont { package: "fonts-noto-cjk".to_owned() }),
        Fault::Slip(SlipsFault::Unwritable { detail: detail() }),
        Fault::Wall(WallsFault::UnknownDisplay),
        Fault::Wall(WallsFault::LayoutChanged { newest: 4 }),
        Fault::Wall(WallsFault::UnknownRevision),
        Fault::Wall(WallsFault::NoWindow),
        Fault::Wall(WallsFault::UnknownWindow { window: WindowId::from("w99") }),
        Fault::Wall(WallsFault::NoBlock),
        Fault::Wall(WallsFault::BlockTwice { block: Block::Calls }),
        Fault::Wall(WallsFault::Scale { percent: 20 }),
        Fault::Wall(WallsFault::Volume { percent: 101 }),
        Fault::Wall(WallsFault::QuietHours { from: detail(), to: detail() }),
        Fault::Wall(WallsFault::TooManyQuietHours),
        Fault::Wall(WallsFault::Marquee),
        Fault::Wall(WallsFault::UnknownMedia { name: detail() }),
        Fault::Wall(WallsFault::MediaTwice { name: detail() }),
        Fault::Wall(WallsFault::TooManyMedia),
        Fault::Wall(WallsFault::NoticeWords),
        Fault::Wall(WallsFault::NoticeTimes),
        Fault::Wall(WallsFault::TooManyNotices),
        Fault::Wall(WallsFault::UnknownNotice),
        Fault::Wall(WallsFault::EmergencyWords),
        Fault::Wall(WallsFault::EmergencyChanged),
        Fault::Wall(WallsFault::IdentifySeconds { seconds: 5 }),
        Fault::NotFound,
        Fault::MethodNotAllowed,
        Fault::CrossSite,
        Fault::TimedOut,
        Fault::Overloaded,
        Fault::Storage(detail()),
        Fault::Stopping,
        Fault::Internal,
    ]
}

/// A sentence that people can read: whole, filled in, and not its own key.
fn assert_whole(sentence: &str, code: &str, language: Language) {
    let language = language.tag();
    assert!(!sentence.starts_with("refusal-"), "{language} says nothing about {code}: {sentence}");
    assert!(!sentence.starts_with("error-"), "{language} says nothing about {code}: {sentence}");
    assert!(!sentence.contains(['{', '$']), "{language}: {code} is not filled in: {sentence}");
    assert!(sentence.ends_with(['。', '.']), "{language}: {code} is no sentence: {sentence}");
}

#[test]
fn every_refusal_has_a_sentence_in_both_languages() {
    let refusals = every_refusal();
    let listed: BTreeSet<String> = refusals.iter().map(Refusal::code).collect();
    assert_eq!(listed, every_code(), "the list above has every refusal");
    let day = HallDay::default();
    for language in LANGUAGES {
        let words = Words::of(language);
        for refusal in &refusals {
            let sentence = of_refusal(refusal, &words, &day.plan, &[]);
            assert_whole(&sentence, &refusal.code(), language);
            assert!(!sentence.contains("refusal-"), "{sentence}");
        }
    }
}

#[test]
fn every_fault_has_a_sentence_in_both_languages() {
    for language in LANGUAGES {
        let words = Words::of(language);
        for fault in every_other_fault() {
            assert_whole(&of_other(&fault, &words), &fault.code(), language);
        }
    }
}

#[test]
fn somebodys_own_words_are_repeated_only_in_part() {
    let words = Words::of(Language::En);
    let fault = Fault::WrongShape { detail: "x".repeat(100_000) };
    assert!(of_other(&fault, &words).chars().count() < 300);
    let refusal = Refusal::UnknownService { service: ServiceId::from("y".repeat(400).as_str()) };
    let sentence = of_refusal(&refusal, &words, &HallDay::default().plan, &[]);
    assert!(sentence.chars().count() < 300);
}
