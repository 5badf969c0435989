//! From the flow's state to the page that shows it.

use askama::Template;
use jiff::tz::TimeZone;
use protocol::kiosk::{Menu, MenuDepartment, MenuService, TicketTaken};
use protocol::live::{Availability, WaitRange};
use protocol::{Class, DepartmentId, Identity};
use ui::{Look, Page, Words};

use hardware::card::CardFault;
use hardware::printer::PrinterFault;

use super::frame::Frame;
use super::screens::{
    Busy, Card, Chosen, CodePicture, Confirm, DepartmentCard, Departments, Farewell, Outage, Phone,
    Search, ServiceCard, Services, Trouble, Welcome,
};
use super::texts;
use crate::flow::{self, Flow, Screen, find};
use crate::kiosk::Kiosk;
use crate::slip;

/// The letters as a keyboard has them.
const KEYS: [&str; 3] = ["QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"];

/// The page of this moment.
pub(super) fn render(kiosk: &Kiosk) -> askama::Result<String> {
    let zone = kiosk.time_zone();
    let flow = kiosk.flow();
    let words = Words::of(flow.language());
    let look = Look { language: flow.language(), elder: flow.elder() };
    let frame = Frame::of(&flow, kiosk, &zone, &words);
    let page = Page::new(look, words.get("kiosk-title"), "/");
    View { flow: &flow, zone, words, page, frame }.render()
}

/// What a page is made from.
struct View<'a> {
    flow: &'a Flow,
    zone: TimeZone,
    words: Words,
    page: Page,
    frame: Frame,
}

impl View<'_> {
    fn render(self) -> askama::Result<String> {
        let flow = self.flow;
        let Some(menu) = flow.menu().filter(|_| flow.out_of_service().is_none()) else {
            return self.outage();
        };
        match flow.screen() {
            Screen::Welcome => self.welcome(menu),
            Screen::Departments => self.departments(menu),
            Screen::Services(id) => self.services(menu, id),
            Screen::Search { query } => self.search(menu, query),
            Screen::Phone { digits, wrong } => self.phone(digits, *wrong),
            Screen::Card { fault } => self.card(*fault),
            Screen::Confirm => self.confirm(menu),
            Screen::Taking(_) => self.busy("kiosk-taking", "kiosk-taking-hint", None),
            Screen::Printing(taken) => {
                self.busy("kiosk-printing", "kiosk-printing-hint", Some(taken))
            }
            Screen::Farewell { taken, no_slip } => self.farewell(taken, *no_slip),
            Screen::Trouble(trouble) => self.trouble(trouble),
        }
    }

    fn outage(self) -> askama::Result<String> {
        let fault = self.flow.out_of_service();
        let message = texts::outage(fault, &self.words);
        let code = texts::code(fault).to_owned();
        Outage { page: self.page, words: self.words, frame: self.frame, message, code }.render()
    }

    fn welcome(self, menu: &Menu) -> askama::Result<String> {
        let date = menu.date.parse::<jiff::civil::Date>().map_or_else(
            |_| menu.date.clone(),
            |date| {
                let (year, month, day) =
                    (date.year().to_string(), date.month().to_string(), date.day().to_string());
                let values = [("year", &*year), ("month", &*month), ("day", &*day)];
                self.words.with("kiosk-date", &values)
            },
        );
        let total: u32 = menu.departments.iter().map(waiting_in).sum();
        let waiting = self.words.with("kiosk-waiting-now", &[("count", &total.to_string())]);
        Welcome { page: self.page, words: self.words, frame: self.frame, date, waiting }.render()
    }

    fn departments(self, menu: &Menu) -> askama::Result<String> {
        let language = self.words.language();
        let chosen = self.flow.basket().services().iter();
        let chosen = chosen
            .filter_map(|id| find(menu, id))
            .map(|(_, service)| service.name.get(language).to_owned())
            .collect();
        let departments =
            menu.departments.iter().map(|department| self.department(department)).collect();
        let (page, words, frame) = (self.page, self.words, self.frame);
        Departments { page, words, frame, chosen, departments }.render()
    }

    fn department(&self, department: &MenuDepartment) -> DepartmentCard {
        let words = &self.words;
        let closed =
            department.services.iter().all(|service| service.availability != Availability::Open);
        let services = department.services.len().to_string();
        let waiting = match waiting_in(department) {
            _ if closed => words.get("kiosk-department-closed"),
            count => queue(count, words),
        };
        DepartmentCard {
            id: department.id.to_string(),
            name: department.name.get(words.language()).to_owned(),
            services: words.with("kiosk-service-count", &[("count", &services)]),
            waiting,
            closed,
        }
    }

    fn services(self, menu: &Menu, id: &DepartmentId) -> askama::Result<String> {
        let Some(department) = menu.departments.iter().find(|department| department.id == *id)
        else {
            return self.departments(menu);
        };
        let name = department.name.get(self.words.language()).to_owned();
        let services =
            department.services.iter().map(|service| self.service(menu, service, None)).collect();
        Services { page: self.page, words: self.words, frame: self.frame, name, services }.render()
    }

    fn service(
        &self,
        menu: &Menu,
        service: &MenuService,
        department: Option<&MenuDepartment>,
    ) -> ServiceCard {
        let words = &self.words;
        let language = words.language();
        let basket = self.flow.basket();
        let chosen = basket.holds(&service.id);
        let obstacle = texts::closed(&service.availability, words).or_else(|| {
            let conflict =
                matches!(basket.obstacle(menu, service), Some(flow::Notice::Conflict { .. }));
            conflict.then(|| words.get("kiosk-not-together"))
        });
        ServiceCard {
            id: service.id.to_string(),
            name: service.name.get(language).to_owned(),
            department: department.map(|it| it.name.get(language).to_owned()),
            // Among services of many departments the department says enough.
            places: match department {
                Some(_) => Vec::new(),
                None => slip::places(&service.windows, words),
            },
            identity: texts::identity(service.identity, words),
            waiting: queue(service.waiting, words),
            wait: wait(service.wait.as_ref(), words),
            obstacle: obstacle.filter(|_| !chosen),
            chosen,
        }
    }

    fn search(self, menu: &Menu, query: &str) -> askama::Result<String> {
        let hits = flow::search(menu, query);
        let services =
            hits.iter().map(|hit| self.service(menu, hit.service, Some(hit.department))).collect();
        let query = query.to_owned();
        let (page, words, frame) = (self.page, self.words, self.frame);
        Search { page, words, frame, query, keys: KEYS, services }.render()
    }

    fn phone(self, digits: &str, wrong: bool) -> askama::Result<String> {
        let digits = digits.to_owned();
        let shown = grouped(&digits);
        Phone { page: self.page, words: self.words, frame: self.frame, digits, shown, wrong }
            .render()
    }

    fn card(self, fault: Option<CardFault>) -> askama::Result<String> {
        let fault = fault.map(|fault| texts::card(fault, &self.words));
        Card { page: self.page, words: self.words, frame: self.frame, fault }.render()
    }

    fn confirm(self, menu: &Menu) -> askama::Result<String> {
        let words = self.words;
        let language = words.language();
        let basket = self.flow.basket();
        let chosen: Vec<_> = basket.services().iter().filter_map(|id| find(menu, id)).collect();
        let services = chosen
            .iter()
            .map(|(department, service)| Chosen {
                id: service.id.to_string(),
                name: service.name.get(language).to_owned(),
                department: department.name.get(language).to_owned(),
            })
            .collect();
        let main = chosen.first().map(|(_, service)| *service);
        let identified = match self.flow.identified() {
            Identity::None => None,
            Identity::Phone => Some(words.get("kiosk-identified-phone")),
            Identity::Card => Some(words.get("kiosk-identified-card")),
        };
        Confirm {
            page: self.page,
            words,
            frame: self.frame,
            services,
            ahead: ahead(main.map_or(0, |service| service.waiting), &words),
            wait: wait(main.and_then(|service| service.wait.as_ref()), &words),
            places: main.map(|service| slip::places(&service.windows, &words)).unwrap_or_default(),
            identified,
            may_add: basket.has_room(menu),
        }
        .render()
    }

    fn busy(self, title: &str, hint: &str, taken: Option<&TicketTaken>) -> askama::Result<String> {
        let (title, hint) = (self.words.get(title), self.words.get(hint));
        let number = taken.map(|taken| taken.number.to_string());
        Busy { page: self.page, words: self.words, frame: self.frame, title, hint, number }.render()
    }

    fn farewell(
        self,
        taken: &TicketTaken,
        no_slip: Option<PrinterFault>,
    ) -> askama::Result<String> {
        let words = self.words;
        let language = words.language();
        let class = (taken.class != Class::Ordinary).then(|| slip::class(taken.class, &words));
        Farewell {
            number: taken.number.to_string(),
            services: taken.services.iter().map(|it| it.get(language).to_owned()).collect(),
            class,
            ahead: ahead(taken.ahead, &words),
            wait: wait(taken.wait.as_ref(), &words),
            places: slip::places(&taken.windows, &words),
            not_before: taken.not_before.map(|opens| slip::clock(opens, &self.zone)),
            no_slip: no_slip.map(|fault| texts::no_slip(fault, &words)),
            code: CodePicture::of(&taken.url),
            // Only for whoever tries it on one screen: from a real kiosk a link would lead away.
            address: self.frame.bench.is_some().then(|| taken.url.clone()),
            page: self.page,
            words,
            frame: self.frame,
        }
        .render()
    }

    fn trouble(self, trouble: &flow::Trouble) -> askama::Result<String> {
        let words = self.words;
        let (message, code) = match trouble {
            flow::Trouble::Refused(problem) => (problem.message.clone(), problem.code.clone()),
            flow::Trouble::Away(reason, _) => {
                (texts::away(*reason, &words), texts::away_code(*reason).to_owned())
            }
            flow::Trouble::NotAdmitted => {
                (words.get("kiosk-outage-not-admitted"), "not-admitted".to_owned())
            }
        };
        let may_retry = matches!(trouble, flow::Trouble::Away(..));
        Trouble { page: self.page, words, frame: self.frame, message, code, may_retry }.render()
    }
}

fn waiting_in(department: &MenuDepartment) -> u32 {
    department.services.iter().map(|service| service.waiting).sum()
}

/// How long a queue is.
fn queue(count: u32, words: &Words) -> String {
    match count {
        0 => words.get("kiosk-nobody-waits"),
        count => words.with("kiosk-waiting", &[("count", &count.to_string())]),
    }
}

/// How many stand before somebody.
fn ahead(count: u32, words: &Words) -> String {
    match count {
        0 => words.get("kiosk-nobody-ahead"),
        count => words.with("common-people", &[("count", &count.to_string())]),
    }
}

fn wait(range: Option<&WaitRange>, words: &Words) -> String {
    range.map_or_else(|| words.get("common-wait-unknown"), |range| words.wait(range))
}

/// A phone number as people say it: 138 1234 5678.
fn grouped(digits: &str) -> String {
    let cut = |from: usize, to: usize| digits.get(from.min(digits.len())..to.min(digits.len()));
    [cut(0, 3), cut(3, 7), cut(7, 11)]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
