//! From the flow's state to the page that shows it.

use askama::Template;
use jiff::tz::TimeZone;
use protocol::Timestamp;
use protocol::kiosk::TicketTaken;
use protocol::live::WaitRange;
use ui::{Look, Page, Words};

use super::frame::Frame;
use super::screens::{Busy, Outage, Trouble};
use super::texts;
use crate::flow::{self, Errand, Flow, Screen};
use crate::hall::HallFault;
use crate::kiosk::Kiosk;
use crate::slip;

/// The page of this moment.
pub(super) fn render(kiosk: &Kiosk) -> askama::Result<String> {
    let zone = kiosk.time_zone();
    let now = kiosk.clock().now();
    let flow = kiosk.flow();
    let words = Words::of(flow.language());
    let look = Look { language: flow.language(), elder: flow.elder() };
    let frame = Frame::of(&flow, kiosk, slip::clock(now, &zone), &words);
    let page = Page::new(look, words.get("kiosk-title"), "/");
    View { flow: &flow, now, zone, words, page, frame }.render()
}

/// What a page is made from. The pages themselves are in the modules beside this one.
pub(super) struct View<'a> {
    pub(super) flow: &'a Flow,
    /// The hall's time.
    pub(super) now: Timestamp,
    pub(super) zone: TimeZone,
    pub(super) words: Words,
    pub(super) page: Page,
    pub(super) frame: Frame,
}

impl View<'_> {
    fn render(self) -> askama::Result<String> {
        let flow = self.flow;
        if !flow.is_in_service() {
            return self.outage();
        }
        match flow.screen() {
            Screen::Attract { slide } => self.attract(*slide),
            Screen::Welcome => self.welcome(),
            Screen::Departments => self.departments(),
            Screen::Services(id) => self.services(id),
            Screen::Search { query } => self.search(query),
            Screen::Phone { digits, wrong } => self.phone(digits, *wrong),
            Screen::Card { fault } => self.card(*fault),
            Screen::Ask { want, fault } => self.ask(*want, *fault),
            Screen::TypeCode { code, wrong } => self.type_code(code, *wrong),
            Screen::Found { found, why } => self.found(found, *why),
            Screen::Confirm => self.confirm(),
            Screen::Asking(Errand::Find { .. }) => {
                self.busy("kiosk-looking", "kiosk-taking-hint", None)
            }
            Screen::Asking(_) => self.busy("kiosk-taking", "kiosk-taking-hint", None),
            Screen::Printing(taken, _) => {
                self.busy("kiosk-printing", "kiosk-printing-hint", Some(taken))
            }
            Screen::Farewell { taken, slip, copy } => self.farewell(taken, *slip, *copy),
            Screen::Trouble(trouble) => self.trouble(trouble),
        }
    }

    fn outage(self) -> askama::Result<String> {
        let fault = self.flow.out_of_service();
        let message = texts::outage(fault, &self.words);
        let instead = texts::instead(self.flow.next_kiosk(), &self.words);
        let code = texts::code(fault).to_owned();
        Outage { page: self.page, words: self.words, frame: self.frame, message, instead, code }
            .render()
    }

    fn busy(self, title: &str, hint: &str, taken: Option<&TicketTaken>) -> askama::Result<String> {
        let (title, hint) = (self.words.get(title), self.words.get(hint));
        let number = taken.map(|taken| taken.number.to_string());
        Busy { page: self.page, words: self.words, frame: self.frame, title, hint, number }.render()
    }

    fn trouble(self, trouble: &flow::Trouble) -> askama::Result<String> {
        let words = self.words;
        let title = words.get(match trouble.errand {
            Errand::Take(_) => "kiosk-trouble",
            Errand::CheckIn { .. } => "kiosk-trouble-check-in",
            Errand::Find { .. } => "kiosk-trouble-find",
            Errand::Reprint { .. } => "kiosk-trouble-reprint",
        });
        Trouble {
            title,
            message: texts::fault(&trouble.fault, &words),
            instead: matches!(trouble.fault, HallFault::UsedUp | HallFault::CannotKeep)
                .then(|| texts::instead(self.flow.next_kiosk(), &words)),
            code: texts::code(Some(&trouble.fault)).to_owned(),
            may_retry: trouble.may_retry(),
            is_order: trouble.errand.is_order(),
            page: self.page,
            words,
            frame: self.frame,
        }
        .render()
    }
}

/// How long a queue is.
pub(super) fn queue(count: u32, words: &Words) -> String {
    match count {
        0 => words.get("kiosk-nobody-waits"),
        count => words.with("kiosk-waiting", &[("count", &count.to_string())]),
    }
}

/// How many stand before somebody.
pub(super) fn ahead(count: Option<u32>, words: &Words) -> String {
    match count {
        None => words.get("common-wait-unknown"),
        Some(0) => words.get("kiosk-nobody-ahead"),
        Some(count) => words.with("common-people", &[("count", &count.to_string())]),
    }
}

/// How long somebody waits.
pub(super) fn wait(range: Option<&WaitRange>, words: &Words) -> String {
    range.map_or_else(|| words.get("common-wait-unknown"), |range| words.wait(range))
}
