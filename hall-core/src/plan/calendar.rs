//! The working-day calendar. Public holidays and make-up working days (调休) come from a data file a
//! year, taken from the State Council's yearly notice; weekends follow by themselves.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

/// What kind of day a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind {
    /// An ordinary working day, or a weekend day that is worked in exchange.
    Working,
    /// A weekend day.
    Rest(Weekday),
    /// A public holiday.
    Holiday,
}

/// One year of the calendar, as its data file says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarYear {
    /// The year.
    pub year: i16,
    /// Where the dates come from.
    pub source: String,
    /// First and last day of each holiday.
    pub holidays: Vec<(Date, Date)>,
    /// Weekend days that are worked.
    pub make_up_days: Vec<Date>,
}

/// All the years that are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    years: BTreeMap<i16, CalendarYear>,
}

impl Calendar {
    /// A calendar of these years.
    #[must_use]
    pub fn new(years: Vec<CalendarYear>) -> Self {
        Self { years: years.into_iter().map(|year| (year.year, year)).collect() }
    }

    /// Whether the year's notice has been entered; without it only weekends are known.
    #[must_use]
    pub fn knows(&self, date: Date) -> bool {
        self.years.contains_key(&date.year())
    }

    /// What kind of day this is.
    #[must_use]
    pub fn kind(&self, date: Date) -> DayKind {
        let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        match self.years.get(&date.year()) {
            Some(year) if year.make_up_days.contains(&date) => DayKind::Working,
            Some(year) if year.holidays.iter().any(|&(a, b)| span(a, b).contains(&date)) => {
                DayKind::Holiday
            }
            _ if weekend => DayKind::Rest(date.weekday()),
            _ => DayKind::Working,
        }
    }

    /// The date `days` working days after `start`, which itself does not count. `None` at the end of time.
    #[must_use]
    pub fn working_days_after(&self, start: Date, days: u32) -> Option<Date> {
        let mut date = start;
        for _ in 0..days {
            date = date.tomorrow().ok()?;
            while self.kind(date) != DayKind::Working {
                date = date.tomorrow().ok()?;
            }
        }
        Some(date)
    }
}

fn span(first: Date, last: Date) -> RangeInclusive<Date> {
    first..=last
}

/// Written as text, so that events stay readable: `working`, `saturday`, `sunday`, `holiday`.
impl Serialize for DayKind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self {
            Self::Working => "working",
            Self::Rest(Weekday::Saturday) => "saturday",
            Self::Rest(_) => "sunday",
            Self::Holiday => "holiday",
        })
    }
}

impl<'de> Deserialize<'de> for DayKind {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match String::deserialize(deserializer)?.as_str() {
            "working" => Ok(Self::Working),
            "saturday" => Ok(Self::Rest(Weekday::Saturday)),
            "sunday" => Ok(Self::Rest(Weekday::Sunday)),
            "holiday" => Ok(Self::Holiday),
            other => Err(serde::de::Error::unknown_variant(
                other,
                &["working", "saturday", "sunday", "holiday"],
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn year_2026() -> Calendar {
        let span = |m1, d1, m2, d2| (date(2026, m1, d1), date(2026, m2, d2));
        Calendar::new(vec![CalendarYear {
            year: 2026,
            source: "test".to_owned(),
            holidays: vec![
                span(1, 1, 1, 3),
                span(2, 15, 2, 23),
                span(4, 4, 4, 6),
                span(5, 1, 5, 5),
                span(6, 19, 6, 21),
                span(9, 25, 9, 27),
                span(10, 1, 10, 7),
            ],
            make_up_days: vec![
                date(2026, 1, 4),
                date(2026, 2, 14),
                date(2026, 2, 28),
                date(2026, 5, 9),
                date(2026, 9, 20),
                date(2026, 10, 10),
            ],
        }])
    }

    #[test]
    fn counts_working_days_over_holidays_and_make_up_days() {
        let calendar = year_2026();
        for (start, days, expected) in [
            (date(2026, 2, 10), 5, date(2026, 2, 24)),
            (date(2026, 2, 13), 1, date(2026, 2, 14)),
            (date(2026, 9, 24), 3, date(2026, 9, 30)),
            (date(2026, 9, 30), 1, date(2026, 10, 8)),
            (date(2026, 1, 1), 1, date(2026, 1, 4)),
            (date(2026, 4, 30), 5, date(2026, 5, 11)),
        ] {
            assert_eq!(
                calendar.working_days_after(start, days),
                Some(expected),
                "{start} + {days}"
            );
        }
    }

    #[test]
    fn a_year_has_the_published_number_of_working_days() {
        let calendar = year_2026();
        let working = date(2026, 1, 1)
            .series(jiff::Span::new().days(1))
            .take_while(|day| day.year() == 2026)
            .filter(|&day| calendar.kind(day) == DayKind::Working)
            .count();
        assert_eq!(working, 248);
    }

    #[test]
    fn an_unknown_year_still_has_weekends() {
        let calendar = Calendar::default();
        assert!(!calendar.knows(date(2031, 1, 1)));
        assert_eq!(calendar.kind(date(2026, 11, 21)), DayKind::Rest(Weekday::Saturday));
        assert_eq!(calendar.kind(date(2026, 11, 23)), DayKind::Working);
    }
}
