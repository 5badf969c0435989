//! The kiosk's clock: this machine's, corrected by what the hall last said, for what must agree with the
//! hall. Times given to tickets never run backwards.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::ZonedDateTime;
use jiff::tz::TimeZone;
use protocol::Timestamp;

/// A smaller change of the correction is not worth a write to the disk.
const WORTH_KEEPING_MS: u64 = 1_000;

/// The corrected clock.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    correction_ms: AtomicI64,
    last: Mutex<Timestamp>,
}

impl Clock {
    /// A clock with a correction that was kept, and which is behind no time it gave before.
    pub(crate) fn new(correction_ms: i64, last: Timestamp) -> Self {
        Self { correction_ms: AtomicI64::new(correction_ms), last: Mutex::new(last) }
    }

    /// The hall's time, as well as it is known.
    pub(crate) fn now(&self) -> Timestamp {
        Timestamp(machine_ms().saturating_add(self.correction_ms.load(Ordering::Relaxed)))
    }

    /// A time for a ticket: later than any before.
    pub(crate) fn next(&self) -> Timestamp {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        *last = Timestamp(self.now().0.max(last.0.saturating_add(1)));
        *last
    }

    /// The hall says what time it is. Returns the new correction if it is worth keeping.
    pub(crate) fn correct(&self, hall: Timestamp) -> Option<i64> {
        let correction = hall.0.saturating_sub(machine_ms());
        let before = self.correction_ms.swap(correction, Ordering::Relaxed);
        (correction.abs_diff(before) > WORTH_KEEPING_MS).then_some(correction)
    }

    /// The day in a zone, as the hall writes business days.
    pub(crate) fn date_in(&self, zone: &TimeZone) -> String {
        jiff::Timestamp::from_millisecond(self.now().0)
            .map(|now| ZonedDateTime::new(now, zone.clone()).date().to_string())
            .unwrap_or_default()
    }
}

fn machine_ms() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_for_tickets_only_rise_even_if_the_hall_sets_the_clock_back() {
        let clock = Clock::default();
        let first = clock.next();
        assert!(clock.correct(Timestamp(first.0 - 60_000)).is_some(), "a minute is worth keeping");
        assert!(clock.now() < first);
        assert!(clock.next() > first && clock.next() > clock.now());
        assert!(clock.correct(clock.now()).is_none());
    }

    #[test]
    fn a_day_begins_at_the_zones_midnight() {
        let clock = Clock::default();
        let zone = TimeZone::get("Asia/Shanghai").expect("bundled");
        clock.correct(Timestamp(1_795_449_600_000 - 5_000));
        assert_eq!(clock.date_in(&zone), "2026-11-23");
        clock.correct(Timestamp(1_795_449_600_000 + 5_000));
        assert_eq!(clock.date_in(&zone), "2026-11-24");
    }
}
