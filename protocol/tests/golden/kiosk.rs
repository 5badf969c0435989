//! Examples of what kiosks and the hall say to each other. The card and phone numbers are made up.

use protocol::kiosk::{
    AppointmentFound, CheckIn, Condition, Counted, Counter, DeviceKind, DeviceReport, DeviceTest,
    FindVisits, Finding, GiveUp, GivenUp, KioskErrands, KioskReport, LeaseGranted, LeaseRequest,
    LeasedNumber, LeasedTicket, Menu, MenuDepartment, MenuService, Problem, Proof, Reprint,
    TakeTicket, Test, TestResult, TicketTaken, Visitor, VisitsFound,
};
use protocol::live::{Availability, WaitRange};
use protocol::{Class, Identity, Label, Language, TicketId};

use crate::Examples;
use crate::live::{NOW, passport, place};

const CODE: &str = "YY-2026-0042";
const TOKEN: &str = "AAAAAAAAACo3f0yZJc1r0uQ5Yq8wX2bN";

pub(crate) fn check(examples: &mut Examples) {
    examples.check("kiosk-menu", &menu());
    examples.check("kiosk-take-ticket-card", &by_card());
    examples.check("kiosk-take-ticket-phone", &by_phone());
    examples.check("kiosk-take-ticket-leased", &leased());
    examples.check("kiosk-ticket-taken", &taken());
    let request = LeaseRequest { series: "A".into(), count: 50 };
    examples.check("kiosk-lease-request", &request);
    examples.check("kiosk-lease-granted", &granted());
    examples.check("problem", &problem());
    examples.check("kiosk-report", &report());
    examples.check("kiosk-errands", &errands());
    for (name, by) in proofs() {
        let find = FindVisits { by, language: Language::Zh };
        examples.check(&format!("kiosk-find-by-{name}"), &find);
    }
    examples.check("kiosk-visits-found", &found());
    let check_in = CheckIn { code: CODE.to_owned(), language: Language::En };
    examples.check("kiosk-check-in", &check_in);
    examples.check("kiosk-reprint", &Reprint { ticket: TicketId(42) });
    examples.check("kiosk-give-up", &GiveUp { key: "7f3a".to_owned() });
    examples.check("kiosk-given-up", &GivenUp { withdrawn: Some(TicketId(42)) });
    examples.check("kiosk-given-up-nothing", &GivenUp { withdrawn: None });
}

fn report() -> KioskReport {
    let slips = |what, count| Counter { what, count };
    KioskReport {
        version: "0.1.0".to_owned(),
        devices: vec![
            DeviceReport {
                device: DeviceKind::Printer,
                condition: Condition::PaperLow,
                since: NOW.minus_s(600),
                address: "tcp:10.0.0.7:9100".to_owned(),
                model: Some("TM-T82".to_owned()),
                firmware: Some("30.21".to_owned()),
                counters: vec![slips(Counted::SlipsOnRoll, 412), slips(Counted::SlipsLeft, 38)],
            },
            DeviceReport {
                device: DeviceKind::CardReader,
                condition: Condition::Ready,
                since: NOW.minus_s(3_600),
                address: "simulated".to_owned(),
                model: None,
                firmware: None,
                counters: Vec::new(),
            },
        ],
        unsent: 2,
        leased_left: 48,
        tests: vec![TestResult { id: 7, finding: Finding::Passed }],
    }
}

fn errands() -> KioskErrands {
    KioskErrands {
        at: NOW,
        running_since: NOW.minus_s(3_600),
        help_open: true,
        slip_template: 3,
        tests: vec![DeviceTest { id: 8, test: Test::PrintSlip }],
    }
}

fn proofs() -> [(&'static str, Proof); 3] {
    let number = "13800138000".to_owned();
    [
        ("visitor", Proof::Visitor(Visitor::Phone { number })),
        ("ticket", Proof::Ticket(TOKEN.to_owned())),
        ("appointment", Proof::Appointment(CODE.to_owned())),
    ]
}

fn found() -> VisitsFound {
    VisitsFound {
        tickets: vec![taken()],
        appointments: vec![AppointmentFound {
            code: CODE.to_owned(),
            services: vec![passport()],
            start: NOW.plus_s(1_800),
            end: NOW.plus_s(5_400),
            opens: NOW.minus_s(1_800),
            late: false,
        }],
    }
}

fn menu() -> Menu {
    Menu {
        hall: Label::new("大东区政务服务中心", "Dadong District Service Hall"),
        date: "2026-11-23".to_owned(),
        time_zone: "Asia/Shanghai".to_owned(),
        at: NOW,
        max_services: 5,
        departments: vec![MenuDepartment {
            id: "entry-exit".into(),
            name: Label::new("出入境管理", "Exit and entry"),
            services: vec![MenuService {
                id: "passport".into(),
                name: passport(),
                initials: "pthz".to_owned(),
                series: "A".into(),
                identity: Identity::Card,
                availability: Availability::Open,
                waiting: 14,
                wait: Some(WaitRange { low_s: 1_200, high_s: 2_220 }),
                bundle: None,
                windows: vec![place()],
            }],
        }],
    }
}

fn by_card() -> TakeTicket {
    TakeTicket {
        services: vec!["passport".into(), "permit".into()],
        visitor: Some(Visitor::Card {
            name: "张小明".to_owned(),
            number: "11010519491231002X".to_owned(),
        }),
        language: Language::Zh,
        class: None,
        kiosk: Some("k1".into()),
        leased: None,
    }
}

fn by_phone() -> TakeTicket {
    TakeTicket {
        services: vec!["passport".into()],
        visitor: Some(Visitor::Phone { number: "13800138000".to_owned() }),
        language: Language::En,
        ..TakeTicket::default()
    }
}

fn leased() -> TakeTicket {
    TakeTicket {
        services: vec!["passport".into()],
        kiosk: Some("k1".into()),
        leased: Some(LeasedTicket { ticket: TicketId(42), taken_at: NOW.minus_s(600) }),
        ..TakeTicket::default()
    }
}

fn taken() -> TicketTaken {
    TicketTaken {
        ticket: TicketId(42),
        number: "A012".into(),
        token: TOKEN.to_owned(),
        url: format!("http://hall.example:8080/t/{TOKEN}"),
        hall: Label::new("大东区政务服务中心", "Dadong District Service Hall"),
        services: vec![passport()],
        class: Class::Elder,
        ahead: Some(3),
        wait: Some(WaitRange { low_s: 600, high_s: 1_140 }),
        windows: vec![place()],
        taken_at: NOW,
        last_four: Some("002X".to_owned()),
        not_before: None,
    }
}

fn granted() -> LeaseGranted {
    LeaseGranted {
        series: "A".into(),
        date: "2026-11-23".to_owned(),
        tickets: vec![LeasedNumber {
            ticket: TicketId(42),
            number: "A500".into(),
            token: TOKEN.to_owned(),
            url: format!("http://hall.example:8080/t/{TOKEN}"),
        }],
    }
}

fn problem() -> Problem {
    Problem { code: "nobody-waiting".to_owned(), message: "现在没有人在等候。".to_owned() }
}
