//! Sentences the pages put together: why a service is closed, why the kiosk is, what the printer lacks.

use hardware::card::CardFault;
use hardware::printer::{PrinterFault, PrinterStatus};
use protocol::live::Availability;
use protocol::{Identity, Label};
use ui::Words;

use crate::flow::{Flow, Notice, Slip, find};
use crate::hall::{Away, HallFault};

/// Why a service gives no tickets, and when it will; `None` if it does.
pub(super) fn closed(availability: &Availability, words: &Words) -> Option<String> {
    let until = |with: &str, without: &str, opens: &Option<String>| match opens {
        Some(opens) => words.with(with, &[("time", opens)]),
        None => words.get(without),
    };
    Some(match availability {
        Availability::Open => return None,
        Availability::OutsideHours { opens } => {
            until("common-availability-opens", "common-availability-outside-hours", opens)
        }
        Availability::UsedUp { opens } => {
            until("common-availability-used-up-opens", "common-availability-used-up", opens)
        }
        Availability::Closed { reason } => {
            words.with("common-availability-closed", &[("reason", reason.get(words.language()))])
        }
        Availability::NoWindow => words.get("common-availability-no-window"),
    })
}

/// What a service asks of its visitors; `None` if nothing.
pub(super) fn identity(identity: Identity, words: &Words) -> Option<String> {
    match identity {
        Identity::None => None,
        Identity::Phone => Some(words.get("kiosk-needs-phone")),
        Identity::Card => Some(words.get("kiosk-needs-card")),
    }
}

/// Why a touch did not do what was wanted.
pub(super) fn notice(notice: &Notice, flow: &Flow, words: &Words) -> String {
    let (menu, language) = (flow.menu(), words.language());
    let name = |id| {
        let service = menu.and_then(|menu| find(menu, id)).map(|(_, service)| service);
        service.map_or_else(String::new, |service| service.name.get(language).to_owned())
    };
    match notice {
        Notice::Unavailable(id) => {
            let service = menu.and_then(|menu| find(menu, id)).map(|(_, service)| service);
            let why = service.and_then(|service| closed(&service.availability, words));
            let why = why.unwrap_or_else(|| words.get("kiosk-not-offered"));
            words.with("kiosk-notice-unavailable", &[("service", &name(id)), ("why", &why)])
        }
        Notice::Conflict { first, second } => words
            .with("kiosk-notice-conflict", &[("first", &name(first)), ("second", &name(second))]),
        Notice::NoneLeft(id) => {
            let instead = instead(flow.next_kiosk(), words);
            let values = [("service", &*name(id)), ("instead", &*instead)];
            words.with("kiosk-notice-none-left", &values)
        }
        Notice::NeedsHall => words.get("kiosk-notice-needs-hall"),
        Notice::UnknownCode => words.get("kiosk-notice-unknown-code"),
        Notice::TooMany => {
            let max = menu.map_or(0, |menu| menu.max_services).to_string();
            words.with("kiosk-notice-too-many", &[("max", &max)])
        }
    }
}

/// What a visitor should know of the printer before they take a number.
pub(super) fn printer(status: PrinterStatus, words: &Words) -> Option<String> {
    let why = no_slip(status.fault()?, words);
    Some(words.with("kiosk-printer-down", &[("why", &why)]))
}

/// Why the visitor may have no slip in their hand; `None` if they have one.
pub(super) fn slip_missing(slip: Slip, words: &Words) -> Option<String> {
    match slip {
        Slip::Printed => None,
        Slip::NotPrinted(fault) => Some(no_slip(fault, words)),
        Slip::Doubtful(fault) => {
            Some(words.with("kiosk-slip-doubtful", &[("why", &no_slip(fault, words))]))
        }
        Slip::Interrupted { begun: true } => Some(words.get("kiosk-slip-interrupted")),
        Slip::Interrupted { begun: false } => Some(words.get("kiosk-slip-not-begun")),
    }
}

/// Why nothing is printed.
fn no_slip(fault: PrinterFault, words: &Words) -> String {
    words.get(match fault {
        PrinterFault::PaperOut => "kiosk-printer-paper-out",
        PrinterFault::CoverOpen => "kiosk-printer-cover-open",
        PrinterFault::CutterJam => "kiosk-printer-jam",
        PrinterFault::Broken => "kiosk-printer-broken",
        PrinterFault::Offline | PrinterFault::Silent => "kiosk-printer-silent",
        PrinterFault::BadJob => "kiosk-printer-bad-job",
    })
}

/// What to do about a card.
pub(super) fn card(fault: CardFault, words: &Words) -> String {
    words.get(match fault {
        CardFault::Unreadable => "kiosk-card-unreadable",
        CardFault::Invalid => "kiosk-card-invalid",
        CardFault::Expired => "kiosk-card-expired",
        CardFault::ReaderGone => "kiosk-card-reader-gone",
    })
}

/// Why the kiosk is out of service, for visitors.
pub(super) fn outage(closed: Option<&HallFault>, words: &Words) -> String {
    match closed {
        None => words.get("kiosk-outage-starting"),
        Some(HallFault::UsedUp) => words.get("kiosk-outage-used-up"),
        Some(closed) => fault(closed, words),
    }
}

/// Why the hall did not do what it was asked, for visitors.
pub(super) fn fault(fault: &HallFault, words: &Words) -> String {
    match fault {
        HallFault::Refused(problem) => problem.message.clone(),
        HallFault::NotAdmitted => words.get("kiosk-outage-not-admitted"),
        HallFault::UsedUp => words.get("kiosk-used-up"),
        HallFault::CannotKeep => words.get("kiosk-cannot-keep"),
        HallFault::Away(reason) => away(*reason, words),
    }
}

/// Where to go instead.
pub(super) fn instead(next_kiosk: Option<&Label>, words: &Words) -> String {
    match next_kiosk {
        Some(place) => words.with("kiosk-outage-next", &[("place", place.get(words.language()))]),
        None => words.get("kiosk-outage-instead"),
    }
}

/// Why the hall could not be asked.
fn away(reason: Away, words: &Words) -> String {
    words.get(match reason {
        Away::Unreachable => "kiosk-away-unreachable",
        Away::Silent => "kiosk-away-silent",
        Away::Busy => "kiosk-away-busy",
        Away::Garbled => "kiosk-away-garbled",
    })
}

/// A short code for staff, the same in every language.
pub(super) fn code(fault: Option<&HallFault>) -> &str {
    match fault {
        None => "starting",
        Some(HallFault::Refused(problem)) => &problem.code,
        Some(HallFault::NotAdmitted) => "not-admitted",
        Some(HallFault::UsedUp) => "used-up",
        Some(HallFault::CannotKeep) => "cannot-keep",
        Some(HallFault::Away(Away::Unreachable)) => "unreachable",
        Some(HallFault::Away(Away::Silent)) => "silent",
        Some(HallFault::Away(Away::Busy)) => "busy",
        Some(HallFault::Away(Away::Garbled)) => "garbled",
    }
}
