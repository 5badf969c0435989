//! The plan: what is wrong with one, and changing it while the hall runs.

use std::sync::Arc;

use hall_core::plan::{Plan, Profile, Voice};
use hall_core::{Command, HallDay, Refusal, WindowAct};
use serde_json::Value;

use super::common::{TestDay, asked, small_plan, want};

fn faults(change: impl FnOnce(&mut Plan)) -> Vec<String> {
    let mut plan = small_plan();
    change(&mut plan);
    plan.faults().into_iter().map(|fault| fault.key).collect()
}

fn change_to(change: impl FnOnce(&mut Plan)) -> Command {
    let mut plan = small_plan();
    change(&mut plan);
    Command::ChangePlan { plan: Arc::new(plan) }
}

/// Takes a service out of the plan and out of every window.
fn without_service(id: &'static str) -> impl FnOnce(&mut Plan) {
    move |plan| {
        plan.services.remove(&id.into());
        for window in plan.windows.values_mut() {
            window.profile.groups[0].services.retain(|it| it.as_str() != id);
        }
        plan.windows.retain(|_, window| window.profile.services().next().is_some());
    }
}

#[test]
fn a_call_says_the_number_and_the_window() {
    let voice = |zh: &str, times| {
        Some(Voice { zh: zh.to_owned(), en: "{number} to {window}".to_owned(), times })
    };
    assert_eq!(faults(|plan| plan.voice = voice("{number}", 2)), ["voice.zh"]);
    assert_eq!(faults(|plan| plan.voice = voice("{number} {window}", 6)), ["voice.times"]);
    let own = |plan: &mut Plan| {
        let service = plan.services.get_mut(&"a".into()).expect("service a");
        service.voice = voice("{window}", 1);
    };
    assert_eq!(faults(own), ["services.a.voice.zh"]);
}

#[test]
fn a_keypads_reason_is_one_of_the_plans() {
    assert_eq!(
        faults(|plan| plan.rules.keypad_pause = Some("tea".to_owned())),
        ["rules.keypad_pause"]
    );
    assert_eq!(faults(|plan| plan.rules.keypad_hold = Some("lunch".to_owned())), [""; 0]);
}

#[test]
fn a_fault_names_its_key() {
    assert_eq!(faults(|_| ()), [""; 0]);
    let prefix = |plan: &mut Plan, text: &str| {
        plan.series.get_mut(&"A".into()).expect("series A").prefix = text.to_owned();
    };
    assert_eq!(faults(|plan| prefix(plan, "A1")), ["series.A.prefix"]);
    assert_eq!(faults(|plan| prefix(plan, "B")), ["series.B.prefix"]);
    let nowhere = faults(|plan| plan.windows.retain(|id, _| id.as_str() == "2"));
    assert_eq!(nowhere, ["services.c"]);
    let no_series = faults(|plan| {
        plan.series.remove(&"C".into());
    });
    assert_eq!(no_series, ["services.c.series"]);
    let backwards = faults(|plan| {
        plan.series.get_mut(&"A".into()).expect("series A").first = 1000;
    });
    assert_eq!(backwards, ["series.A"]);
    let starving = faults(|plan| {
        plan.credits.insert(protocol::Class::Elder, 5 * 3600);
    });
    assert_eq!(starving, ["credits"]);
}

#[test]
fn windows_follow_the_plan_unless_they_were_set_by_hand() {
    let mut day = TestDay::new();
    let profile = Some(Profile::longest_wait(vec!["b".into()]));
    day.does(Command::SetProfile { window: "1".into(), profile });
    day.does(change_to(|plan| {
        for id in ["1", "2"] {
            let window = plan.windows.get_mut(&id.into()).expect("a window");
            window.profile = Profile::longest_wait(vec!["a".into(), "b".into(), "c".into()]);
        }
    }));
    let serves = |window: &str, service: &str| {
        day.day.windows[&window.into()].profile.serves(&service.into())
    };
    assert!(serves("1", "b") && !serves("1", "c"));
    assert!(serves("2", "c"));
}

#[test]
fn what_is_in_use_stays_until_tomorrow() {
    let mut day = TestDay::new();
    day.take_with(want(&["a", "c"]));
    let refusal = day.refuses(change_to(without_service("c")));
    assert!(matches!(refusal, Refusal::BadPlan { fault } if fault.contains("services `c`")));
    day.serve("1");
    for _ in 0..2 {
        day.act("1", WindowAct::Finish);
    }
    // Window 3 goes with its only service; its clerk has to leave first.
    let refusal = day.refuses(change_to(without_service("c")));
    assert!(matches!(refusal, Refusal::BadPlan { fault } if fault.contains("windows `3`")));
    day.act("3", WindowAct::Close { reason: asked() });
    day.does(change_to(without_service("c")));
    // What was served before cannot come back to life without its service.
    let refusal = day.act_refused("1", WindowAct::Undo);
    assert_eq!(refusal, Refusal::NothingToUndo);
    let gone = Refusal::UnknownWindow { window: "3".into() };
    assert_eq!(day.act_refused("3", WindowAct::Open { clerk: "x".into() }), gone);
}

#[test]
fn nobody_returns_to_a_service_that_is_gone() {
    let mut day = TestDay::new();
    let ticket = day.take("c");
    day.does(Command::Leave { ticket });
    day.act("3", WindowAct::Close { reason: asked() });
    day.does(change_to(without_service("c")));
    let refusal = day.refuses(Command::Return { ticket });
    assert_eq!(refusal, Refusal::CannotReturn { number: "C001".into() });
}

#[test]
fn a_plan_with_a_fault_is_refused() {
    let mut day = TestDay::new();
    let refusal = day.refuses(change_to(|plan| plan.zones.clear()));
    assert!(matches!(refusal, Refusal::BadPlan { fault } if fault.contains("windows.1.zone")));
}

/// Takes fields out of a document, wherever they stand.
fn without(document: &mut Value, names: &[&str]) {
    match document {
        Value::Object(fields) => {
            fields.retain(|name, _| !names.contains(&name.as_str()));
            fields.values_mut().for_each(|value| without(value, names));
        }
        Value::Array(values) => values.iter_mut().for_each(|value| without(value, names)),
        _ => {}
    }
}

#[test]
fn a_day_that_was_written_before_there_were_voices_keypads_and_ratings_is_read() {
    let mut day = TestDay::new();
    day.take("a");
    day.serve("1");
    let mut written = serde_json::to_value(&day.day).expect("a day has a JSON form");
    let newer = ["voice", "silent", "keypad_pause", "keypad_hold", "unrated"];
    without(&mut written, &newer);
    let read: HallDay = serde_json::from_value(written).expect("it is read");
    assert_eq!(read.restored(), day.day);
}
