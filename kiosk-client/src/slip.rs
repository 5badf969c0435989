//! A ticket in words: what its slip says, in the visitor's language and the hall's time.

use jiff::ZonedDateTime;
use jiff::tz::TimeZone;
use protocol::kiosk::TicketTaken;
use protocol::live::WindowRef;
use protocol::{Class, Language, Timestamp};
use slip::{Content, Line};
use ui::Words;

/// Everything the slip can say. `again` marks a slip that was printed before.
#[must_use]
pub(crate) fn content_of(
    taken: &TicketTaken,
    language: Language,
    zone: &TimeZone,
    again: bool,
) -> Content {
    let words = Words::of(language);
    let line = |key: &str, value: String| Line::new(words.get(key), value);
    Content {
        language,
        hall: taken.hall.get(language).to_owned(),
        caption: words.get("kiosk-slip-caption"),
        number: taken.number.to_string(),
        reprint: again.then(|| words.get("kiosk-slip-reprint")),
        services: taken.services.iter().map(|service| service.get(language).to_owned()).collect(),
        class: (taken.class != Class::Ordinary)
            .then(|| line("kiosk-slip-class", class(taken.class, &words))),
        ahead: line("kiosk-slip-ahead", ahead(taken, &words)),
        places: place_lines(taken, &words),
        not_before: taken.not_before.map(|at| line("kiosk-slip-not-before", clock(at, zone))),
        time: line("kiosk-slip-time", moment(taken.taken_at, zone)),
        last_four: taken.last_four.clone().map(|last| line("kiosk-slip-last-four", last)),
        url: taken.url.clone(),
        url_caption: words.get("kiosk-slip-scan"),
        tip: words.get("kiosk-slip-tip"),
    }
}

/// One line for each zone; only the first says what it is about.
fn place_lines(taken: &TicketTaken, words: &Words) -> Vec<Line> {
    let label =
        |place: usize| if place == 0 { words.get("kiosk-slip-where") } else { String::new() };
    let places = places(&taken.windows, words).into_iter().enumerate();
    places.map(|(place, text)| Line::new(label(place), text)).collect()
}

/// The class as the shared wording calls it.
#[must_use]
pub(crate) fn class(class: Class, words: &Words) -> String {
    words.get(match class {
        Class::Ordinary => "common-class-ordinary",
        Class::Elder => "common-class-elder",
        Class::Disabled => "common-class-disabled",
        Class::Hearing => "common-class-hearing",
        Class::Pregnant => "common-class-pregnant",
        Class::Infant => "common-class-infant",
        Class::Veteran => "common-class-veteran",
        Class::Service => "common-class-service",
        Class::GreenChannel => "common-class-green-channel",
    })
}

fn ahead(taken: &TicketTaken, words: &Words) -> String {
    let Some(count) = taken.ahead else {
        return words.get("common-wait-unknown");
    };
    let count = count.to_string();
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
                if names.len() == 1 { "kiosk-place" } else { "kiosk-places" },
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
pub(crate) fn moment(at: Timestamp, zone: &TimeZone) -> String {
    format_in(at, zone, "%Y-%m-%d %H:%M")
}

fn format_in(at: Timestamp, zone: &TimeZone, format: &str) -> String {
    jiff::Timestamp::from_millisecond(at.0)
        .map(|instant| ZonedDateTime::new(instant, zone.clone()).strftime(format).to_string())
        .unwrap_or_default()
}
