//! A ticket as its visitor's page says it: which of a few stages it is in, and the sentences for that.

use jiff::tz::TimeZone;
use protocol::live::{TicketCell, WindowRef};
use protocol::{Class, Outcome, Phase, Timestamp};
use ui::Words;

/// What the page says.
pub(super) struct VisitView {
    /// The one thing to know, short enough for a browser's tab.
    pub(super) title: String,
    /// The number.
    pub(super) number: String,
    /// What for, now.
    pub(super) service: String,
    /// What comes after.
    pub(super) pending: Vec<String>,
    /// Why it is ahead of others, if it is.
    pub(super) class: Option<String>,
    /// When the number was taken.
    pub(super) taken_at: String,
    /// Where it is.
    pub(super) stage: Stage,
    /// Whether it may be given back.
    pub(super) may_withdraw: bool,
    /// Whether its visitor may come back after a missed call.
    pub(super) may_return: bool,
}

/// Where a ticket is, as a visitor sees it.
pub(super) enum Stage {
    /// In the queue.
    Waiting {
        ahead: u32,
        wait: Option<String>,
        /// From when it may be called, if that is still to come.
        not_before: Option<String>,
        places: Vec<WaitingPlace>,
    },
    /// Invited: go there now.
    Called(Window),
    /// At the window.
    Serving(Window),
    /// Set aside, perhaps until a time.
    Held { until: Option<String> },
    /// Called, and not come.
    Missed,
    /// Over.
    Closed { sentence: String },
}

/// A window to go to.
pub(super) struct Window {
    pub(super) name: String,
    pub(super) floor: String,
    pub(super) zone: String,
}

/// A zone to wait in, and its windows that may call.
pub(super) struct WaitingPlace {
    pub(super) floor: String,
    pub(super) zone: String,
    pub(super) windows: String,
}

impl VisitView {
    /// The view of a ticket.
    pub(super) fn of(cell: &TicketCell, words: &Words, zone: &TimeZone, now: Timestamp) -> Self {
        let language = words.language();
        let stage = stage(cell, words, zone, now);
        let class = (cell.class != Class::Ordinary)
            .then(|| words.get(&format!("common-class-{}", kebab(&cell.class))));
        Self {
            title: title(cell, &stage, words),
            number: cell.number.to_string(),
            service: cell.service.get(language).to_owned(),
            pending: cell.pending.iter().map(|it| it.get(language).to_owned()).collect(),
            class,
            taken_at: clock(cell.taken_at, zone),
            stage,
            may_withdraw: cell.may_withdraw,
            may_return: cell.may_return,
        }
    }

    /// The stage's name for styles and scripts.
    pub(super) fn stage_name(&self) -> &'static str {
        match self.stage {
            Stage::Waiting { .. } => "waiting",
            Stage::Called(_) => "called",
            Stage::Serving(_) => "serving",
            Stage::Held { .. } => "held",
            Stage::Missed => "missed",
            Stage::Closed { .. } => "closed",
        }
    }
}

fn stage(cell: &TicketCell, words: &Words, zone: &TimeZone, now: Timestamp) -> Stage {
    let window = || cell.window.as_ref().map(|window| window_of(window, words));
    match cell.phase {
        Phase::Called => window().map(Stage::Called),
        Phase::Serving => window().map(Stage::Serving),
        Phase::Held => Some(Stage::Held { until: cell.held_until.map(|until| clock(until, zone)) }),
        Phase::Closed => Some(closed(cell.outcome, words)),
        Phase::Waiting => None,
    }
    .unwrap_or_else(|| waiting(cell, words, zone, now))
}

fn waiting(cell: &TicketCell, words: &Words, zone: &TimeZone, now: Timestamp) -> Stage {
    let still_to_come = cell.not_before.filter(|at| *at > now);
    Stage::Waiting {
        ahead: cell.ahead,
        wait: cell.wait.as_ref().map(|wait| words.wait(wait)),
        not_before: still_to_come.map(|at| clock(at, zone)),
        places: places(&cell.windows, words),
    }
}

fn closed(outcome: Option<Outcome>, words: &Words) -> Stage {
    match outcome {
        Some(Outcome::NoShow) => Stage::Missed,
        Some(outcome) => {
            Stage::Closed { sentence: words.get(&format!("ticket-closed-{}", kebab(&outcome))) }
        }
        None => Stage::Closed { sentence: words.get("ticket-closed-served") },
    }
}

fn window_of(window: &WindowRef, words: &Words) -> Window {
    let language = words.language();
    Window {
        name: window.name.get(language).to_owned(),
        floor: window.floor.clone(),
        zone: window.zone_name.get(language).to_owned(),
    }
}

/// The windows, gathered by zone in the order they come.
fn places(windows: &[WindowRef], words: &Words) -> Vec<WaitingPlace> {
    let language = words.language();
    let comma = words.get("ticket-list-comma");
    let mut places: Vec<(&WindowRef, String)> = Vec::new();
    for window in windows {
        let name = window.name.get(language);
        match places.iter_mut().find(|(first, _)| first.zone == window.zone) {
            Some((_, names)) => {
                names.push_str(&comma);
                names.push_str(name);
            }
            None => places.push((window, name.to_owned())),
        }
    }
    places
        .into_iter()
        .map(|(first, names)| WaitingPlace {
            floor: first.floor.clone(),
            zone: first.zone_name.get(language).to_owned(),
            windows: words.with("ticket-windows", &[("windows", &names)]),
        })
        .collect()
}

fn title(cell: &TicketCell, stage: &Stage, words: &Words) -> String {
    let number = cell.number.as_str();
    match stage {
        Stage::Called(window) => {
            words.with("ticket-title-called", &[("number", number), ("window", &window.name)])
        }
        Stage::Waiting { ahead, .. } => {
            words.with("ticket-title-waiting", &[("number", number), ("ahead", &ahead.to_string())])
        }
        _ => number.to_owned(),
    }
}

/// The name of a value of a closed list, as it is on the wire and in the wording's keys.
fn kebab(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// A time of day in the hall's zone.
fn clock(at: Timestamp, zone: &TimeZone) -> String {
    let Ok(time) = jiff::Timestamp::from_millisecond(at.0) else {
        return String::new();
    };
    time.to_zoned_datetime(zone.clone()).strftime("%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use protocol::{Label, Language};

    use super::*;

    fn window(id: &str, zone: &str) -> WindowRef {
        WindowRef {
            window: id.into(),
            name: Label::new(id, id),
            zone: zone.into(),
            zone_name: Label::new(zone, zone),
            floor: "1F".to_owned(),
        }
    }

    fn cell(phase: Phase) -> TicketCell {
        TicketCell {
            number: "A001".into(),
            service: Label::new("业务", "Service"),
            pending: Vec::new(),
            phase,
            outcome: None,
            class: Class::Ordinary,
            ahead: 3,
            wait: None,
            window: Some(window("3", "z")),
            windows: vec![window("1", "a"), window("2", "b"), window("4", "a")],
            taken_at: Timestamp(0),
            called_at: None,
            held_until: None,
            not_before: Some(Timestamp(3_600_000)),
            may_withdraw: true,
            may_return: false,
        }
    }

    fn view(cell: &TicketCell, now: i64) -> VisitView {
        VisitView::of(cell, &Words::of(Language::En), &TimeZone::UTC, Timestamp(now))
    }

    #[test]
    fn windows_are_gathered_by_zone() {
        let Stage::Waiting { places, not_before, .. } = view(&cell(Phase::Waiting), 0).stage else {
            panic!("waiting")
        };
        let said: Vec<_> =
            places.iter().map(|it| (it.zone.as_str(), it.windows.as_str())).collect();
        assert_eq!(said, [("a", "Windows 1, 4"), ("b", "Windows 2")]);
        assert_eq!(not_before.as_deref(), Some("01:00"));
    }

    #[test]
    fn a_time_that_has_come_is_not_promised_again() {
        let Stage::Waiting { not_before, .. } = view(&cell(Phase::Waiting), 3_600_000).stage else {
            panic!("waiting")
        };
        assert_eq!(not_before, None);
    }

    #[test]
    fn every_outcome_has_its_sentence() {
        for outcome in Outcome::ALL {
            let mut closed = cell(Phase::Closed);
            closed.outcome = Some(outcome);
            match view(&closed, 0).stage {
                Stage::Missed => assert_eq!(outcome, Outcome::NoShow),
                Stage::Closed { sentence } => {
                    assert!(!sentence.starts_with("ticket-"), "{sentence}");
                }
                _ => panic!("{outcome:?} is not over"),
            }
        }
    }

    #[test]
    fn a_called_ticket_says_so_in_the_tab() {
        let called = view(&cell(Phase::Called), 0);
        assert_eq!(called.stage_name(), "called");
        assert!(called.title.contains('3') && called.title.contains("A001"));
    }
}
