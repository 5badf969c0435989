//! The plan of a hall: its zones, departments, services, windows and rules, as an administrator wrote
//! them. A plan is data; [`Plan::faults`] says what is wrong with it. The plan of the day is part of the
//! journal (`DayStarted`), so the past can always be replayed under the rules that held then.

mod calendar;
mod check;
mod hours;

use std::collections::BTreeMap;

use protocol::{Class, DepartmentId, Identity, Label, SeriesId, ServiceId, WindowId, ZoneId};
use serde::{Deserialize, Serialize};

pub use calendar::{Calendar, CalendarYear, DayKind};
pub use check::PlanFault;
pub use hours::{ClockTime, Hours, HoursFault, Shift};

/// Everything the rules need to know about one hall.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The hall's name.
    pub name: Label,
    /// Opening hours where a service has none of its own.
    pub hours: Hours,
    /// The hall's own rules.
    #[serde(default)]
    pub rules: Rules,
    /// Seconds of waiting each class is credited with; a class that is missing has none.
    #[serde(default)]
    pub credits: BTreeMap<Class, u32>,
    /// What happens to a call nobody answers, where a service does not say otherwise.
    #[serde(default)]
    pub no_show: NoShowPolicy,
    /// How calls are spoken where a service does not say otherwise; in the usual words if missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice: Option<Voice>,
    /// Why something unusual may be done; pages offer these.
    #[serde(default)]
    pub reasons: BTreeMap<ReasonId, Label>,
    /// Parts of the hall.
    pub zones: BTreeMap<ZoneId, Zone>,
    /// Departments.
    pub departments: BTreeMap<DepartmentId, Department>,
    /// Runs of numbers.
    pub series: BTreeMap<SeriesId, Series>,
    /// What visitors come for.
    pub services: BTreeMap<ServiceId, Service>,
    /// Counters.
    pub windows: BTreeMap<WindowId, WindowPlan>,
}

/// A short code for a reason, listed with its wording in [`Plan::reasons`].
pub type ReasonId = String;

/// A part of the hall.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Zone {
    /// Its name.
    pub name: Label,
    /// The floor as the lift shows it: `B1`, `1F`.
    pub floor: String,
    /// Whether its calls are not spoken, only shown.
    #[serde(default)]
    pub silent: bool,
}

/// A department.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Department {
    /// Its name.
    pub name: Label,
}

/// A run of numbers: a prefix and a counter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// What stands before the digits; must not end in a digit.
    pub prefix: String,
    /// How many digits at least.
    #[serde(default = "three")]
    pub width: u8,
    /// The first number of the day.
    #[serde(default = "one")]
    pub first: u32,
    /// The last number before [`Series::overflow`] decides.
    #[serde(default = "nine_hundred_ninety_nine")]
    pub last: u32,
    /// What comes after the last number.
    #[serde(default)]
    pub overflow: Overflow,
}

/// What a series does after its last number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Overflow {
    /// Goes on with one more digit: A999, A1000.
    #[default]
    Extend,
    /// Starts again at the first number that nobody holds.
    Wrap,
    /// Gives no more numbers today.
    Refuse,
}

/// What a visitor comes for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Its name.
    pub name: Label,
    /// What else people call it, in Chinese; a search finds it by these too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Whose it is.
    pub department: DepartmentId,
    /// Which numbers it gives.
    pub series: SeriesId,
    /// When it is open; the hall's hours if missing.
    #[serde(default)]
    pub hours: Option<Hours>,
    /// Most tickets in one day; no limit if missing.
    #[serde(default)]
    pub day_max: Option<u32>,
    /// How a visitor must make themselves known.
    #[serde(default)]
    pub identity: Identity,
    /// Minutes one visitor usually takes, until today's own figures say better.
    #[serde(default = "ten_minutes")]
    pub typical_minutes: u32,
    /// Services may share a ticket only within one bundle; missing means with every service.
    #[serde(default)]
    pub bundle: Option<String>,
    /// What happens to a call nobody answers; the hall's rule if missing.
    #[serde(default)]
    pub no_show: Option<NoShowPolicy>,
    /// How its calls are spoken; as everywhere in the hall if missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice: Option<Voice>,
}

/// A counter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WindowPlan {
    /// What people call it: `1`, `综合12`; spoken as digits where it is one.
    pub name: Label,
    /// Where it is.
    pub zone: ZoneId,
    /// Works through the noon break and other duty shifts.
    #[serde(default)]
    pub duty: bool,
    /// Which services, in what order.
    pub profile: Profile,
}

/// Which services a window takes and how it chooses among them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// How to choose among the groups.
    #[serde(default)]
    pub mode: ProfileMode,
    /// The services, in groups; the order counts for priority, the weights for ratio.
    pub groups: Vec<ServiceGroup>,
}

/// How a window chooses among its groups of services.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProfileMode {
    /// The one order over all services.
    #[default]
    LongestWait,
    /// The first group that has somebody.
    Priority,
    /// By weights, such as 2:1:1.
    Ratio,
}

/// Services that count as one in a window's profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceGroup {
    /// The services.
    pub services: Vec<ServiceId>,
    /// How many of these for each round of the ratio.
    #[serde(default = "one")]
    pub weight: u32,
}

/// The hall's own limits and habits. Every one has a default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rules {
    /// Services one ticket may carry.
    pub max_services_per_ticket: u8,
    /// Recalls of one call.
    pub max_recalls: u8,
    /// Seconds in which an action at a window can be undone.
    pub undo_within_s: u32,
    /// Actions a window remembers for undoing.
    pub undo_depth: u8,
    /// Seconds of waiting after which a window's preferences no longer count.
    pub overdue_after_s: u32,
    /// Seconds before its slot that an appointment may be called.
    pub appointment_early_s: u32,
    /// Seconds before its slot that a kiosk checks an appointment in.
    pub check_in_early_s: u32,
    /// Seconds after its slot that an appointment still counts.
    pub appointment_late_s: u32,
    /// Age from which a card that was read makes its holder [`Class::Elder`].
    pub elder_age: u8,
    /// Numbers one kiosk may hold in one lease.
    pub max_lease: u32,
    /// Whether a ticket needs a window that is open for its service now.
    pub take_needs_open_window: bool,
    /// Why a window is paused whose keypad says so; the first `pause-` reason if missing.
    pub keypad_pause: Option<ReasonId>,
    /// Why somebody is set aside whose window's keypad says so; the first `hold-` reason if missing.
    pub keypad_hold: Option<ReasonId>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            max_services_per_ticket: 5,
            max_recalls: 3,
            undo_within_s: 120,
            undo_depth: 3,
            overdue_after_s: 1800,
            appointment_early_s: 900,
            check_in_early_s: 3600,
            appointment_late_s: 900,
            elder_age: 60,
            max_lease: 200,
            take_needs_open_window: false,
            keypad_pause: None,
            keypad_hold: None,
        }
    }
}

/// What happens to a call that nobody answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NoShowPolicy {
    /// Where a passed ticket goes by itself.
    pub requeue: Requeue,
    /// How often it goes there before the ticket closes.
    pub max_passes: u8,
    /// Where a visitor goes who comes back after the ticket has closed.
    pub return_to: Requeue,
    /// How often a visitor may come back.
    pub max_returns: u8,
    /// Seconds after closing in which they may.
    pub return_within_s: u32,
}

impl Default for NoShowPolicy {
    fn default() -> Self {
        Self {
            requeue: Requeue::Behind(3),
            max_passes: 1,
            return_to: Requeue::Tail,
            max_returns: 1,
            return_within_s: 4 * 3600,
        }
    }
}

/// How a call is spoken. `{number}` and `{window}` stand for the number and the window's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Voice {
    /// In Mandarin.
    pub zh: String,
    /// In English, for visitors who want it.
    pub en: String,
    /// How often in each language.
    #[serde(default = "twice")]
    pub times: u8,
}

/// A place in the queue for somebody who missed a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Requeue {
    /// Behind this many others.
    Behind(u8),
    /// At the end.
    Tail,
    /// Nowhere: the ticket closes.
    None,
}

impl Plan {
    /// The opening hours of a service.
    #[must_use]
    pub fn hours_of<'a>(&'a self, service: &'a Service) -> &'a Hours {
        service.hours.as_ref().unwrap_or(&self.hours)
    }

    /// What happens to calls for this service that nobody answers.
    #[must_use]
    pub fn no_show_of(&self, service: &ServiceId) -> NoShowPolicy {
        self.services.get(service).and_then(|it| it.no_show).unwrap_or(self.no_show)
    }

    /// Why a window is paused by its keypad, if the plan has any reason to pause.
    #[must_use]
    pub fn keypad_pause(&self) -> Option<&ReasonId> {
        self.rules.keypad_pause.as_ref().or_else(|| self.first_reason("pause-"))
    }

    /// Why somebody is set aside by a keypad, if the plan has any reason to do so.
    #[must_use]
    pub fn keypad_hold(&self) -> Option<&ReasonId> {
        self.rules.keypad_hold.as_ref().or_else(|| self.first_reason("hold-"))
    }

    fn first_reason(&self, kind: &str) -> Option<&ReasonId> {
        self.reasons.keys().find(|reason| reason.starts_with(kind))
    }

    /// How calls for this service are spoken; `None` in the usual words.
    #[must_use]
    pub fn voice_of(&self, service: &ServiceId) -> Option<&Voice> {
        let own = self.services.get(service).and_then(|it| it.voice.as_ref());
        own.or(self.voice.as_ref())
    }

    /// Milliseconds of waiting this class is credited with.
    #[must_use]
    pub fn credit_ms(&self, class: Class) -> i64 {
        i64::from(self.credits.get(&class).copied().unwrap_or(0)) * 1000
    }

    /// The most any class is credited with, in milliseconds: the bound on being overtaken.
    #[must_use]
    pub fn max_credit_ms(&self) -> i64 {
        self.credits.values().copied().max().map_or(0, |seconds| i64::from(seconds) * 1000)
    }
}

impl Profile {
    /// A window that takes these services in the one order.
    #[must_use]
    pub fn longest_wait(services: Vec<ServiceId>) -> Self {
        Self { mode: ProfileMode::LongestWait, groups: vec![ServiceGroup { services, weight: 1 }] }
    }

    /// Every service of every group.
    pub fn services(&self) -> impl Iterator<Item = &ServiceId> {
        self.groups.iter().flat_map(|group| &group.services)
    }

    /// The same profile with only some of its services; groups that become empty are left out.
    #[must_use]
    pub(crate) fn only(&self, keep: impl Fn(&ServiceId) -> bool) -> Self {
        let groups = self.groups.iter().filter_map(|group| {
            let services: Vec<_> = group.services.iter().filter(|it| keep(it)).cloned().collect();
            (!services.is_empty()).then_some(ServiceGroup { services, weight: group.weight })
        });
        Self { mode: self.mode, groups: groups.collect() }
    }

    /// The group a service belongs to.
    #[must_use]
    pub fn group_of(&self, service: &ServiceId) -> Option<usize> {
        self.groups.iter().position(|group| group.services.contains(service))
    }

    /// Whether the window takes this service.
    #[must_use]
    pub fn serves(&self, service: &ServiceId) -> bool {
        self.services().any(|it| it == service)
    }
}

fn one() -> u32 {
    1
}
fn twice() -> u8 {
    2
}
fn three() -> u8 {
    3
}
fn ten_minutes() -> u32 {
    10
}
fn nine_hundred_ninety_nine() -> u32 {
    999
}
