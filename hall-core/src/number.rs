//! Numbers: a series' next one, which nobody else holds. A series has two runs: visitors get theirs from
//! its first number on, kiosks lease from the middle on. So the day begins with A001 however many kiosks
//! hold numbers for when the hall is away.

use std::collections::BTreeMap;

use protocol::{Number, SeriesId};

use crate::day::HallDay;
use crate::plan::{Overflow, Series};
use crate::refusal::Refusal;

impl Series {
    /// How a number of this series is written.
    #[must_use]
    pub fn written(&self, number: u32) -> Number {
        let digits = format!("{number:0width$}", width = usize::from(self.width));
        Number::from(format!("{}{digits}", self.prefix).as_str())
    }

    /// Where its far half begins, which leases take from.
    #[must_use]
    pub fn far_half(&self) -> u32 {
        self.first + self.last.saturating_sub(self.first).div_ceil(2)
    }
}

/// A number that was found free, and what the series' counter becomes with it.
pub(crate) struct Next {
    pub(crate) number: Number,
    pub(crate) counter: u32,
}

/// The next number for a visitor.
pub(crate) fn next_ordinary(day: &HallDay, id: &SeriesId) -> Result<Next, Refusal> {
    let series = known_series(day, id)?;
    let (counter, leased_to) = (count(&day.counters, id), count(&day.leased_to, id));
    // Having come to the far half it goes on behind what was leased: what a kiosk has given out is not
    // given again. A series that wraps gives numbers again anyway.
    let in_far_half = counter.saturating_add(1) >= series.far_half();
    let behind = in_far_half && series.overflow != Overflow::Wrap;
    next_after(day, id, if behind { counter.max(leased_to) } else { counter })
}

/// The counter after which a series' next lease begins.
pub(crate) fn leased_so_far(day: &HallDay, id: &SeriesId) -> Result<u32, Refusal> {
    let before_half = known_series(day, id)?.far_half().saturating_sub(1);
    Ok(before_half.max(count(&day.counters, id)).max(count(&day.leased_to, id)))
}

fn count(counters: &BTreeMap<SeriesId, u32>, id: &SeriesId) -> u32 {
    counters.get(id).copied().unwrap_or(0)
}

fn known_series<'a>(day: &'a HallDay, id: &SeriesId) -> Result<&'a Series, Refusal> {
    day.plan.series.get(id).ok_or_else(|| Refusal::UnknownSeries { series: id.clone() })
}

/// The next number after `counter` that no live ticket and no lease holds.
pub(crate) fn next_after(day: &HallDay, id: &SeriesId, counter: u32) -> Result<Next, Refusal> {
    let exhausted = || Refusal::SeriesExhausted { series: id.clone() };
    let series = known_series(day, id)?;
    let mut counter = counter;
    // Every number is held at most once, so this many tries find a free one if there is any.
    let tries = 1 + day.index.numbers.len();
    for _ in 0..tries {
        counter = match series.overflow {
            _ if counter < series.last => counter + 1,
            Overflow::Extend => counter.checked_add(1).ok_or_else(exhausted)?,
            Overflow::Wrap => series.first,
            Overflow::Refuse => return Err(exhausted()),
        };
        let number = series.written(counter);
        if !day.index.numbers.contains_key(&number) {
            return Ok(Next { number, counter });
        }
    }
    Err(exhausted())
}
