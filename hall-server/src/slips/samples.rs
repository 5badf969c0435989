//! Slips that nobody took, made of the hall's own services and windows, to see a layout with. They say
//! what a kiosk's slips say, in the same words.

use hall_core::plan::{Plan, Profile};
use jiff::ZonedDateTime;
use jiff::tz::TimeZone;
use protocol::live::{WaitRange, WindowRef};
use protocol::{ServiceId, Timestamp};
use serde::Deserialize;
use slip::{Content, Line};
use ui::Words;
use utoipa::ToSchema;

use crate::live::views::{View, window_ref};

/// Services on the long slip.
const LONG_SERVICES: usize = 5;
/// Seconds from now to the sample appointment.
const APPOINTMENT_IN_S: i64 = 90 * 60;
/// Places before the usual visitor, and before the one of a crowded day.
const AHEAD: [u32; 2] = [6, 128];
/// How long they wait.
const WAITS: [WaitRange; 2] =
    [WaitRange { low_s: 600, high_s: 1_200 }, WaitRange { low_s: 5_400, high_s: 7_200 }];
/// The end of a card's number that belongs to nobody.
const LAST_FOUR: &str = "002X";

/// Which slip a layout is shown with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Sample {
    /// One service, an ordinary visitor.
    Usual,
    /// Everything a slip can say, with the longest names.
    Long,
    /// An appointment that was checked in.
    Appointment,
    /// The usual one, printed again.
    Reprint,
}

/// What a sample says.
pub(super) fn content(
    view: &View<'_>,
    sample: Sample,
    words: &Words,
    zone: &TimeZone,
    url: String,
) -> Content {
    let plan = &view.day.plan;
    let long = sample == Sample::Long;
    let services = services(plan, long, words);
    let line = |key: &str, value: String| Line::new(words.get(key), value);
    Content {
        language: words.language(),
        hall: plan.name.get(words.language()).to_owned(),
        caption: words.get("kiosk-slip-caption"),
        number: number(plan, &services),
        reprint: (sample == Sample::Reprint).then(|| words.get("kiosk-slip-reprint")),
        services: names(plan, &services, words),
        class: long.then(|| line("kiosk-slip-class", words.get("common-class-elder"))),
        ahead: line("kiosk-slip-ahead", ahead(long, words)),
        places: places(view, &services, words),
        not_before: (sample == Sample::Appointment).then(|| {
            let at = view.now.plus_s(APPOINTMENT_IN_S);
            line("kiosk-slip-not-before", written(at, zone, "%H:%M"))
        }),
        time: line("kiosk-slip-time", written(view.now, zone, "%Y-%m-%d %H:%M")),
        last_four: long.then(|| line("kiosk-slip-last-four", LAST_FOUR.to_owned())),
        url,
        url_caption: words.get("kiosk-slip-scan"),
        tip: words.get("kiosk-slip-tip"),
    }
}

/// The plan's first service, or those with the longest names.
fn services(plan: &Plan, long: bool, words: &Words) -> Vec<ServiceId> {
    let mut ids: Vec<&ServiceId> = plan.services.keys().collect();
    if long {
        let chars = |id: &&ServiceId| plan.services[*id].name.get(words.language()).chars().count();
        ids.sort_by_key(|id| std::cmp::Reverse(chars(id)));
    }
    ids.into_iter().take(if long { LONG_SERVICES } else { 1 }).cloned().collect()
}

fn names(plan: &Plan, services: &[ServiceId], words: &Words) -> Vec<String> {
    let of = |id: &ServiceId| plan.services[id].name.get(words.language()).to_owned();
    services.iter().map(of).collect()
}

/// The first number of the service's series.
fn number(plan: &Plan, services: &[ServiceId]) -> String {
    let first = services.first().and_then(|id| plan.services.get(id));
    let series = first.and_then(|service| plan.series.get(&service.series));
    series.map(|series| series.written(series.first).to_string()).unwrap_or_default()
}

fn ahead(long: bool, words: &Words) -> String {
    let which = usize::from(long);
    let (count, wait) = (AHEAD[which].to_string(), words.wait(&WAITS[which]));
    words.with("kiosk-slip-ahead-wait", &[("count", &count), ("wait", &wait)])
}

/// The windows of the services, one line for each zone; only the first says what it is about.
fn places(view: &View<'_>, services: &[ServiceId], words: &Words) -> Vec<Line> {
    let plan = &view.day.plan;
    let takes = |profile: &Profile| services.iter().any(|it| profile.serves(it));
    let mut zones: Vec<(WindowRef, Vec<String>)> = Vec::new();
    for (id, _) in plan.windows.iter().filter(|(_, window)| takes(&window.profile)) {
        let window = window_ref(view.day, id);
        let name = window.name.get(words.language()).to_owned();
        match zones.iter_mut().find(|(first, _)| first.zone == window.zone) {
            Some((_, names)) => names.push(name),
            None => zones.push((window, vec![name])),
        }
    }
    let said = zones.iter().enumerate().map(|(place, (zone, windows))| {
        let label = if place == 0 { words.get("kiosk-slip-where") } else { String::new() };
        Line::new(label, place_of(zone, windows, words))
    });
    said.collect()
}

fn place_of(zone: &WindowRef, windows: &[String], words: &Words) -> String {
    let key = if windows.len() == 1 { "kiosk-place" } else { "kiosk-places" };
    let windows = windows.join(&words.get("kiosk-list-separator"));
    let name = zone.zone_name.get(words.language());
    words.with(key, &[("floor", &zone.floor), ("zone", name), ("windows", &windows)])
}

fn written(at: Timestamp, zone: &TimeZone, format: &str) -> String {
    let instant = jiff::Timestamp::from_millisecond(at.0);
    instant
        .map(|it| ZonedDateTime::new(it, zone.clone()).strftime(format).to_string())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use protocol::{Label, Language};

    use super::*;

    #[test]
    fn one_window_and_several_are_said_as_on_a_kiosks_slip() {
        let label = |zh: &str, en: &str| Label { zh: zh.to_owned(), en: en.to_owned() };
        let zone = WindowRef {
            window: "w1".into(),
            name: label("1", "1"),
            zone: "f1".into(),
            zone_name: label("综合受理区", "General"),
            floor: "1F".to_owned(),
        };
        let english = Words::of(Language::En);
        let place = |windows: &[&str]| {
            let windows: Vec<String> = windows.iter().map(|&it| it.to_owned()).collect();
            place_of(&zone, &windows, &english)
        };
        assert_eq!(place(&["1"]), "1F General, window 1");
        assert_eq!(place(&["1", "2"]), "1F General, windows 1, 2");
    }
}
