//! How long to wait before trying the hall again: full jitter, so that all the screens of a hall that
//! comes back do not arrive at the same moment.

use std::time::Duration;

const FIRST: Duration = Duration::from_millis(250);
const LONGEST: Duration = Duration::from_secs(5);

/// A random time between nothing and a bound that doubles with every failure.
pub(crate) fn before_retry(failures: u32) -> Duration {
    // Without randomness from the system the whole bound is still a sound choice.
    let share = getrandom::u32().map_or(1.0, |random| f64::from(random) / f64::from(u32::MAX));
    bound(failures).mul_f64(share)
}

fn bound(failures: u32) -> Duration {
    FIRST.saturating_mul(1 << failures.min(10)).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_limit() {
        assert_eq!(bound(0), FIRST);
        assert_eq!(bound(2), FIRST * 4);
        assert_eq!(bound(u32::MAX), LONGEST);
        assert!((0..100).all(|_| before_retry(3) <= bound(3)));
    }
}
