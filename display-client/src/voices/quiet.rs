//! Quiet hours: stretches of the day in which a voice is silent, in the hall's time. Pure.

use jiff::tz::TimeZone;
use protocol::Timestamp;
use protocol::wall::QuietHours;

/// Minutes of a day.
const DAY: u32 = 24 * 60;

/// Whether it is quiet at this moment in the hall's zone. A stretch nobody can read is none.
pub(super) fn is_quiet(hours: &[QuietHours], at: Timestamp, zone: &TimeZone) -> bool {
    let Ok(moment) = jiff::Timestamp::from_millisecond(at.0) else { return false };
    let local = moment.to_zoned_datetime(zone.clone());
    let now =
        u32::from(local.hour().unsigned_abs()) * 60 + u32::from(local.minute().unsigned_abs());
    hours.iter().any(|hours| match (minute(&hours.from), minute(&hours.to)) {
        (Some(from), Some(to)) if from <= to => (from..to).contains(&now),
        (Some(from), Some(to)) => now >= from || now < to,
        _ => false,
    })
}

/// The minute of the day that `12:30` names; `24:00` is its end.
fn minute(text: &str) -> Option<u32> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute) = (hour.parse::<u32>().ok()?, minute.parse::<u32>().ok()?);
    let of_day = hour.checked_mul(60)?.checked_add(minute)?;
    (minute < 60 && of_day <= DAY).then_some(of_day)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-23 at a time of day in China.
    fn at(hour: i64, minute: i64) -> Timestamp {
        Timestamp(1_795_392_000_000 + ((hour - 8) * 60 + minute) * 60_000)
    }

    fn quiet(from: &str, to: &str, at: Timestamp) -> bool {
        let hours = [QuietHours { from: from.to_owned(), to: to.to_owned() }];
        is_quiet(&hours, at, &TimeZone::get("Asia/Shanghai").expect("a zone"))
    }

    #[test]
    fn a_stretch_begins_with_its_first_minute_and_ends_before_its_last() {
        assert!(!quiet("12:00", "13:30", at(11, 59)));
        assert!(quiet("12:00", "13:30", at(12, 0)));
        assert!(quiet("12:00", "13:30", at(13, 29)));
        assert!(!quiet("12:00", "13:30", at(13, 30)));
        assert!(quiet("12:00", "24:00", at(23, 59)));
    }

    #[test]
    fn a_stretch_can_go_over_midnight() {
        assert!(quiet("22:00", "07:00", at(23, 0)));
        assert!(quiet("22:00", "07:00", at(6, 59)));
        assert!(!quiet("22:00", "07:00", at(12, 0)));
    }

    #[test]
    fn what_cannot_be_read_silences_nobody() {
        assert!(!quiet("noon", "13:30", at(12, 0)));
        assert!(!quiet("12:61", "13:30", at(12, 0)));
        assert!(!quiet("25:00", "26:00", at(12, 0)));
        assert!(!quiet("4000000000:00", "26:00", at(12, 0)));
    }
}
