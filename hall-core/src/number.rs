//! Numbers: a series' next one, which nobody else holds.

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
}

/// A number that was found free, and what the series' counter becomes with it.
pub(crate) struct Next {
    pub(crate) number: Number,
    pub(crate) counter: u32,
}

/// The next number after `counter` that no live ticket and no lease holds.
pub(crate) fn next_after(day: &HallDay, id: &SeriesId, counter: u32) -> Result<Next, Refusal> {
    let exhausted = || Refusal::SeriesExhausted { series: id.clone() };
    let series =
        day.plan.series.get(id).ok_or_else(|| Refusal::UnknownSeries { series: id.clone() })?;
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
