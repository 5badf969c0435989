//! The hall of a recorded day: a service for each service type, a window for each server, and one more
//! for a server recorded as serving two at once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use hall_core::plan::{
    ClockTime, Department, Hours, Overflow, Plan, Profile, Rules, Series, Service, Shift,
    WindowPlan, Zone,
};
use protocol::{Class, Identity, Label, ServiceId, WindowId};

use super::record::Record;

/// The class of priority callers.
pub(super) const PRIORITY: Class = Class::GreenChannel;
/// How far the recorded centre advanced them in the queue.
const PRIORITY_CREDIT_S: u32 = 90;
/// Why a window calls somebody who is not next: the record says so.
pub(super) const RECORDED: &str = "recorded";

/// The plan of the day, and who called whom where.
pub(super) struct Roster {
    pub(super) plan: Arc<Plan>,
    /// Every recorded call, in order.
    pub(super) calls: Vec<RecordedCall>,
}

/// A call as it was. The order of two in the same second is that of their ends, so that a service of no
/// length comes before the next one at the same window.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RecordedCall {
    /// At which second.
    pub(super) called_s: i64,
    /// When the service ended.
    pub(super) ended_s: i64,
    /// Of whom: their place in the record.
    pub(super) place: usize,
    /// Where.
    pub(super) window: WindowId,
    /// Whether the server was serving somebody else as well.
    pub(super) overlaps: bool,
}

impl Roster {
    /// The hall that a record asks for.
    pub(super) fn of(record: &Record) -> Self {
        let calls = calls(record);
        let plan = Arc::new(plan(record, &calls));
        Self { plan, calls }
    }
}

/// Every call at the server's first window that is free at the recorded moment.
fn calls(record: &Record) -> Vec<RecordedCall> {
    let mut calls: Vec<RecordedCall> = record
        .visits
        .iter()
        .enumerate()
        .filter_map(|(place, visit)| {
            let served = visit.served.as_ref()?;
            let called_s = visit.waited_until_s();
            let ended_s = called_s + served.service_s;
            let window = served.server.as_str().into();
            Some(RecordedCall { called_s, ended_s, place, window, overlaps: false })
        })
        .collect();
    calls.sort_unstable();
    let mut free_from: BTreeMap<WindowId, Vec<i64>> = BTreeMap::new();
    for call in &mut calls {
        let desks = free_from.entry(call.window.clone()).or_default();
        let free = desks.iter().position(|free_from| *free_from <= call.called_s);
        let desk = free.unwrap_or_else(|| {
            desks.push(0);
            desks.len() - 1
        });
        desks[desk] = call.ended_s;
        call.overlaps = desk > 0;
        call.window = window_id(call.window.as_str(), desk);
    }
    calls
}

/// The server's name, and for a second window a number after it.
fn window_id(server: &str, desk: usize) -> WindowId {
    match desk {
        0 => server.into(),
        _ => format!("{server}/{}", desk + 1).as_str().into(),
    }
}

fn plan(record: &Record, calls: &[RecordedCall]) -> Plan {
    let types: BTreeSet<&ServiceId> = record.visits.iter().map(|it| &it.service_type).collect();
    let all_day = Shift { from: ClockTime(0), to: ClockTime(24 * 60), quota: None, duty: false };
    let named = |name: &str| Label::new(name, name);
    Plan {
        name: named("replay"),
        hours: Hours { working: vec![all_day], ..Hours::default() },
        // Nothing is undone in a replay.
        rules: Rules { undo_depth: 0, ..Rules::default() },
        credits: BTreeMap::from([(PRIORITY, PRIORITY_CREDIT_S)]),
        no_show: hall_core::plan::NoShowPolicy::default(),
        voice: None,
        reasons: BTreeMap::from([(RECORDED.to_owned(), named(RECORDED))]),
        zones: BTreeMap::from([(
            "hall".into(),
            Zone { name: named("hall"), floor: "1F".into(), silent: false },
        )]),
        departments: BTreeMap::from([("hall".into(), Department { name: named("hall") })]),
        series: types.iter().map(|id| (id.as_str().into(), series(id))).collect(),
        services: types.iter().map(|&id| (id.clone(), service(id))).collect(),
        windows: window_plans(record, calls, &types),
    }
}

fn series(service: &ServiceId) -> Series {
    let prefix = format!("{service}-");
    Series { prefix, width: 3, first: 1, last: 999, overflow: Overflow::Extend }
}

fn service(id: &ServiceId) -> Service {
    Service {
        aliases: Vec::new(),
        name: Label::new(id.as_str(), id.as_str()),
        department: "hall".into(),
        series: id.as_str().into(),
        hours: None,
        day_max: None,
        identity: Identity::None,
        typical_minutes: 3,
        bundle: None,
        no_show: None,
        voice: None,
    }
}

/// Each window takes what its server was recorded serving, whoever has waited longest first. What
/// nobody was recorded serving, everybody may take.
fn window_plans(
    record: &Record,
    calls: &[RecordedCall],
    types: &BTreeSet<&ServiceId>,
) -> BTreeMap<WindowId, WindowPlan> {
    let mut skills: BTreeMap<&str, BTreeSet<&ServiceId>> = BTreeMap::new();
    for visit in &record.visits {
        if let Some(served) = &visit.served {
            skills.entry(&served.server).or_default().insert(&visit.service_type);
        }
    }
    let served: BTreeSet<&ServiceId> = skills.values().flatten().copied().collect();
    let never: Vec<&ServiceId> = types.difference(&served).copied().collect();
    let window_plan = |server: &str| {
        let skills = skills.get(server).into_iter().flatten().chain(&never);
        WindowPlan {
            name: Label::new(server, server),
            zone: "hall".into(),
            duty: false,
            profile: Profile::longest_wait(skills.map(|&id| id.clone()).collect()),
        }
    };
    let mut plans: BTreeMap<_, _> = calls
        .iter()
        .filter_map(|call| {
            let served = record.visits[call.place].served.as_ref()?;
            Some((call.window.clone(), window_plan(&served.server)))
        })
        .collect();
    // A day on which nobody was served still needs a window for its services to be open.
    if plans.is_empty() && !types.is_empty() {
        plans.insert("nobody".into(), window_plan("nobody"));
    }
    plans
}
