//! Opening hours: shifts of a day, by kind of day. Times are the hall's own wall clock.

use std::fmt;

use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};

use super::DayKind;

/// A time of day, in minutes since midnight; written `08:30`, and `24:00` for the end of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ClockTime(pub u16);

impl ClockTime {
    /// Milliseconds since midnight.
    #[must_use]
    pub fn as_millis(self) -> i64 {
        i64::from(self.0) * 60_000
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl From<ClockTime> for String {
    fn from(time: ClockTime) -> Self {
        time.to_string()
    }
}

/// A text that is no time of day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a time of day; write it as 08:30, at most 24:00")]
pub struct HoursFault(String);

impl TryFrom<String> for ClockTime {
    type Error = HoursFault;

    fn try_from(text: String) -> Result<Self, HoursFault> {
        let two_digits = |part: &str| {
            (part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| part.parse::<u16>().ok())
                .flatten()
        };
        text.split_once(':')
            .and_then(|(hours, minutes)| Some((two_digits(hours)?, two_digits(minutes)?)))
            .filter(|&(hours, minutes)| minutes < 60 && hours * 60 + minutes <= 24 * 60)
            .map(|(hours, minutes)| Self(hours * 60 + minutes))
            .ok_or(HoursFault(text))
    }
}

/// One stretch of a day in which tickets are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shift {
    /// From this time.
    pub from: ClockTime,
    /// Until just before this time.
    pub to: ClockTime,
    /// Most tickets in this stretch; no limit if missing.
    #[serde(default)]
    pub quota: Option<u32>,
    /// Only windows on duty work now (the noon break, a late evening).
    #[serde(default)]
    pub duty: bool,
}

impl Shift {
    /// Whether this stretch covers a time of day given in milliseconds since midnight.
    #[must_use]
    pub fn covers(&self, time_of_day_ms: i64) -> bool {
        (self.from.as_millis()..self.to.as_millis()).contains(&time_of_day_ms)
    }
}

/// Shifts by kind of day. A kind that is not written is closed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Hours {
    /// Working days, make-up working days (调休) among them.
    pub working: Vec<Shift>,
    /// Saturdays that are not working days.
    pub saturday: Vec<Shift>,
    /// Sundays that are not working days.
    pub sunday: Vec<Shift>,
    /// Public holidays.
    pub holiday: Vec<Shift>,
}

impl Hours {
    /// The shifts of a day.
    #[must_use]
    pub fn on(&self, kind: DayKind) -> &[Shift] {
        match kind {
            DayKind::Working => &self.working,
            DayKind::Rest(Weekday::Saturday) => &self.saturday,
            DayKind::Rest(_) => &self.sunday,
            DayKind::Holiday => &self.holiday,
        }
    }

    /// All four kinds with the names the configuration gives them.
    pub fn by_kind(&self) -> [(&'static str, &[Shift]); 4] {
        [
            ("working", &self.working),
            ("saturday", &self.saturday),
            ("sunday", &self.sunday),
            ("holiday", &self.holiday),
        ]
    }
}
