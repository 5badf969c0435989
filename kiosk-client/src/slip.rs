//! A ticket in words: what its slip says, in the visitor's language and the hall's time.

use hardware::printer::{Slip, SlipLine};
use jiff::ZonedDateTime;
use jiff::tz::TimeZone;
use protocol::kiosk::TicketTaken;
use protocol::live::WindowRef;
use protocol::{Class, Language, Timestamp};
use ui::Words;

/// Everything on the slip.
#[must_use]
pub(crate) fn slip_of(taken: &TicketTaken, language: Language, zone: &TimeZone) -> Slip {
    let words = Words::of(language);
    Slip {
        hall: taken.hall.get(language).to_owned(),
        caption: words.get("kiosk-slip-caption"),
        number: taken.number.to_string(),
        services: taken.services.iter().map(|service| service.get(language).to_owned()).collect(),
        lines: lines(taken, &words, zone),
        url: taken.url.clone(),
        url_caption: words.get("kiosk-slip-scan"),
        tip: words.get("kiosk-slip-tip"),
    }
}

fn lines(taken: &TicketTaken, words: &Words, zone: &TimeZone) -> Vec<SlipLine> {
    let mut lines = Vec::new();
    let mut add = |key: &str, value: String, strong: bool| {
        let label = if key.is_empty() { String::new() } else { words.get(key) };
        lines.push(SlipLine { label, value, strong });
    };
    if taken.class != Class::Ordinary {
        add("kiosk-slip-class", class(taken.class, words), true);
    }
    add("kiosk-slip-ahead", ahead(taken, words), true);
    for (order, place) in places(&taken.windows, words).into_iter().enumerate() {
        add(if order == 0 { "kiosk-slip-where" } else { "" }, place, true);
    }
    if let Some(opens) = taken.not_before {
        add("kiosk-slip-not-before", clock(opens, zone), false);
    }
    add("kiosk-slip-time", moment(taken.taken_at, zone), false);
    if let Some(last_four) = &taken.last_four {
        add("kiosk-slip-last-four", last_four.clone(), false);
    }
    lines
}

/// The class as the shared wording calls it.
#[must_use]
pub(crate) fn class(class: Class, words: &Words) -> String {
    words.get(match class {
        Class::Ordinary => "common-class-ordinary",
        Class::Elder => "common-class-elder",
        Class::Disabled => "common-class-disabled",
        Class::Pregnant => "common-class-pregnant",
        Class::Infant => "common-class-infant",
        Class::Veteran => "common-class-veteran",
        Class::Service => "common-class-service",
        Class::GreenChannel => "common-class-green-channel",
    })
}

fn ahead(taken: &TicketTaken, words: &Words) -> String {
    let count = taken.ahead.to_string();
    match &taken.wait {
        Some(wait) => {
            words.with("kiosk-slip-ahead-wait", &[("count", &count), ("wait", &words.wait(wait))])
        }
        None => words.with("kiosk-slip-ahead-only", &[("count", &count)]),
    }
}

/// Where a ticket may be called to, one text for each zone: `1F 综合服务区 1、2、3号窗口`.
#[must_use]
pub(crate) fn places(windows: &[WindowRef], words: &Words) -> Vec<String> {
    let language = words.language();
    let mut zones: Vec<(&WindowRef, Vec<&str>)> = Vec::new();
    for window in windows {
        let name = window.name.get(language);
        match zones.iter_mut().find(|(first, _)| first.zone == window.zone) {
            Some((_, names)) => names.push(name),
            None => zones.push((window, vec![name])),
        }
    }
    let separator = words.get("kiosk-list-separator");
    zones
        .into_iter()
        .map(|(first, names)| {
            let windows = names.join(&separator);
            let zone = first.zone_name.get(language);
            words.with(
                "kiosk-place",
                &[("floor", &first.floor), ("zone", zone), ("windows", &windows)],
            )
        })
        .collect()
}

/// A time of day in the hall.
#[must_use]
pub(crate) fn clock(at: Timestamp, zone: &TimeZone) -> String {
    format_in(at, zone, "%H:%M")
}

/// A date and time in the hall.
fn moment(at: Timestamp, zone: &TimeZone) -> String {
    format_in(at, zone, "%Y-%m-%d %H:%M")
}

fn format_in(at: Timestamp, zone: &TimeZone, format: &str) -> String {
    jiff::Timestamp::from_millisecond(at.0)
        .map(|instant| ZonedDateTime::new(instant, zone.clone()).strftime(format).to_string())
        .unwrap_or_default()
}
