//! What somebody holds before a kiosk's scanner: each line is one code.
#![no_main]

use std::time::{Duration, Instant};

use kiosk_client::flow::{Effect, Event, Flow, Patience, Settings};
use libfuzzer_sys::fuzz_target;
use protocol::kiosk::{Menu, MenuDepartment, Proof};
use protocol::{Label, Timestamp};

/// The longest token or code that is worth asking the hall about.
const LONGEST: usize = 64;

fuzz_target!(|bytes: &[u8]| {
    let now = Instant::now();
    for code in bytes.split(|byte| *byte == b'\n') {
        let mut flow = Flow::new(settings(), "n".to_owned(), now);
        flow.step(Event::Menu(menu()), now);
        for effect in flow.step(Event::Scanned(String::from_utf8_lossy(code).into_owned()), now) {
            if let Effect::Find { by: Proof::Ticket(text) | Proof::Appointment(text), .. } = effect
            {
                assert!((1..=LONGEST).contains(&text.len()));
                assert!(text.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_".contains(&it)));
            }
        }
    }
});

fn settings() -> Settings {
    let minute = Duration::from_secs(60);
    let patience = Patience { idle: minute, warning: minute / 4, farewell: minute / 6 };
    Settings { patience, attract_after: minute, next_kiosk: None, voice: false }
}

/// A hall whose services are all elsewhere: a form for one of them must not harm either.
fn menu() -> Menu {
    let name = Label::new("-", "-");
    let department = MenuDepartment { id: "d".into(), name: name.clone(), services: Vec::new() };
    Menu {
        hall: name,
        date: "2026-11-23".to_owned(),
        time_zone: "Asia/Shanghai".to_owned(),
        at: Timestamp::default(),
        max_services: 5,
        departments: vec![department],
    }
}
