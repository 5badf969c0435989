//! The halls in which random days happen: few services, few windows, every kind of rule.

use std::sync::Arc;

use hall_core::plan::{NoShowPolicy, Plan, Profile, Requeue};
use serde_json::json;

/// How many different plans there are.
pub(crate) const PLANS: u8 = 4;
/// Every service of the plans; the last one is missing in some.
pub(crate) const SERVICES: [&str; 4] = ["a", "b", "c", "d"];
/// Every window of the plans; the last one is missing in some.
pub(crate) const WINDOWS: [&str; 4] = ["1", "2", "3", "4"];

/// One of the plans. They share services and windows, so that one can follow another in mid-day.
pub(crate) fn plan(which: u8) -> Arc<Plan> {
    let mut plan = base();
    match which % PLANS {
        0 => {}
        1 => {
            profile(&mut plan, "1", json!({ "mode": "priority", "groups": groups(&["c", "ab"]) }));
            profile(&mut plan, "2", json!({ "mode": "ratio", "groups": groups(&["a", "b", "d"]) }));
            plan.no_show = NoShowPolicy { requeue: Requeue::Tail, max_passes: 2, ..plan.no_show };
            plan.rules.overdue_after_s = 600;
        }
        2 => {
            profile(&mut plan, "1", json!({ "mode": "ratio", "groups": groups(&["a", "bc"]) }));
            plan.no_show = NoShowPolicy {
                requeue: Requeue::None,
                return_to: Requeue::Behind(1),
                max_returns: 3,
                ..plan.no_show
            };
            plan.credits.clear();
        }
        // The last service and the last window are gone.
        _ => {
            plan.services.remove(&"d".into());
            plan.windows.remove(&"4".into());
            plan.no_show = NoShowPolicy { requeue: Requeue::Behind(0), ..plan.no_show };
            profile(&mut plan, "2", json!({ "mode": "priority", "groups": groups(&["b", "a"]) }));
        }
    }
    Arc::new(plan)
}

fn profile(plan: &mut Plan, window: &str, profile: serde_json::Value) {
    let profile: Profile = serde_json::from_value(profile).expect("a profile");
    plan.windows.get_mut(&window.into()).expect("a window").profile = profile;
}

/// Groups from words whose letters are services; the first counts double in a ratio.
fn groups(words: &[&str]) -> serde_json::Value {
    let group = |(place, word): (usize, &&str)| {
        let services: Vec<String> = word.chars().map(String::from).collect();
        json!({ "services": services, "weight": if place == 0 { 2 } else { 1 } })
    };
    words.iter().enumerate().map(group).collect()
}

fn base() -> Plan {
    let label = |text: &str| json!({ "zh": text, "en": text });
    let service =
        |series: &str| json!({ "name": label(series), "department": "d", "series": series });
    let window = |name: &str, services: &str| {
        let profile = json!({ "groups": groups(&[services]) });
        json!({ "name": label(name), "zone": "z", "duty": true, "profile": profile })
    };
    let mut services =
        json!({ "a": service("A"), "b": service("B"), "c": service("C"), "d": service("C") });
    services["b"]["day_max"] = json!(9);
    services["c"]["hours"] = json!({ "working": [
        { "from": "00:00", "to": "10:00", "quota": 6 },
        { "from": "10:00", "to": "24:00", "quota": 6 },
    ] });
    serde_json::from_value(json!({
        "name": label("hall"),
        "hours": { "working": [{ "from": "00:00", "to": "24:00" }] },
        "rules": { "max_services_per_ticket": 3, "overdue_after_s": 1200, "undo_within_s": 300 },
        "credits": { "elder": 300, "green-channel": 1800 },
        "reasons": { "r": label("r") },
        "zones": { "z": { "name": label("z"), "floor": "1F" } },
        "departments": { "d": { "name": label("d") } },
        "series": {
            "A": { "prefix": "A" },
            "B": { "prefix": "B", "last": 7, "overflow": "wrap" },
            "C": { "prefix": "C", "last": 12, "overflow": "refuse" },
        },
        "services": services,
        "windows": {
            "1": window("1", "abc"),
            "2": window("2", "ab"),
            "3": window("3", "c"),
            "4": window("4", "abd"),
        },
    }))
    .expect("the plan is well-formed")
}
