//! Whatever is held before a kiosk's scanner: no panic, and the hall is asked about nothing but what looks
//! like its own tokens and codes. The same under a fuzzer: `fuzz/`.

use std::time::{Duration, Instant};

use kiosk_client::flow::{Effect, Event, Flow, Patience, Settings};
use proptest::prelude::*;
use protocol::kiosk::{Menu, MenuDepartment, Proof};
use protocol::{Label, Timestamp};

/// The longest token or code that is worth asking the hall about.
const LONGEST: usize = 64;

fn kiosk(now: Instant) -> Flow {
    let minute = Duration::from_secs(60);
    let patience = Patience { idle: minute, warning: minute / 4, farewell: minute / 6 };
    let settings = Settings { patience, attract_after: minute, next_kiosk: None, voice: false };
    let mut flow = Flow::new(settings, "n".to_owned(), now);
    flow.step(Event::Menu(menu()), now);
    flow
}

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

/// Texts that begin like a code the kiosk knows, and any others.
fn texts() -> impl Strategy<Value = String> {
    let heads = vec!["", "form:", "apt:", "http://hall/t/", "/t/", " /t//", "form:apt:"];
    let tails = prop_oneof![any::<String>(), "[A-Za-z0-9_-]{0,600}", "[A-Z0-9]{6,20}[?#/\r\n]?.*"];
    (prop::sample::select(heads), tails).prop_map(|(head, tail)| format!("{head}{tail}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn the_hall_is_asked_about_sound_codes_only(text in texts()) {
        let now = Instant::now();
        for effect in kiosk(now).step(Event::Scanned(text), now) {
            if let Effect::Find { by: Proof::Ticket(code) | Proof::Appointment(code), .. } = effect {
                prop_assert!((1..=LONGEST).contains(&code.len()));
                prop_assert!(code.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_".contains(&it)));
            }
        }
    }

    #[test]
    fn good_codes_are_asked_about(token in "[A-Za-z0-9_-]{24,48}", code in "[A-Z0-9]{8,20}") {
        let now = Instant::now();
        for text in [format!("https://hall.example/t/{token}"), format!("apt:{code}"), code] {
            let effects = kiosk(now).step(Event::Scanned(text), now);
            let asked = effects.iter().any(|it| matches!(it, Effect::Find { .. }));
            prop_assert!(asked);
        }
    }
}
