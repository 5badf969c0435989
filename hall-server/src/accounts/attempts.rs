//! Wrong PINs, counted per member of staff: after a few in a row they must wait a while. The count is in
//! memory only; a restart forgives.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use protocol::{ClerkId, Timestamp};

/// Counts wrong PINs.
pub(super) struct Attempts {
    allowed: u32,
    pause_s: i64,
    wrong: Mutex<HashMap<ClerkId, Wrong>>,
}

#[derive(Clone, Copy, Default)]
struct Wrong {
    in_a_row: u32,
    paused_until: Timestamp,
}

impl Attempts {
    pub(super) fn new(allowed: u32, pause_s: i64) -> Self {
        Self { allowed, pause_s, wrong: Mutex::default() }
    }

    /// Counts an attempt before it is checked, so that many at once count as many.
    ///
    /// # Errors
    /// The seconds to wait, if there have been too many.
    pub(super) fn begin(&self, clerk: &ClerkId, now: Timestamp) -> Result<(), i64> {
        let mut wrong = self.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = wrong.entry(clerk.clone()).or_default();
        if entry.paused_until > now {
            return Err(entry.paused_until.seconds_since(now).max(1));
        }
        if entry.in_a_row >= self.allowed {
            return Err(self.pause_s);
        }
        entry.in_a_row += 1;
        Ok(())
    }

    /// How many attempts somebody has left, or `None` while they must wait.
    pub(super) fn left(&self, clerk: &ClerkId, now: Timestamp) -> Option<u32> {
        let wrong = self.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        let wrong = wrong.get(clerk).copied().unwrap_or_default();
        (wrong.paused_until <= now).then(|| self.allowed.saturating_sub(wrong.in_a_row))
    }

    /// A right PIN forgives the wrong ones.
    pub(super) fn passed(&self, clerk: &ClerkId) {
        self.wrong.lock().unwrap_or_else(PoisonError::into_inner).remove(clerk);
    }

    /// The last attempt allowed was wrong as well: now there is a pause.
    pub(super) fn failed(&self, clerk: &ClerkId, now: Timestamp) {
        let mut wrong = self.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = wrong.entry(clerk.clone()).or_default();
        if entry.in_a_row >= self.allowed {
            *entry = Wrong { in_a_row: 0, paused_until: now.plus_s(self.pause_s) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Timestamp = Timestamp(1_000_000);

    fn wrong_pin(attempts: &Attempts, clerk: &ClerkId) {
        attempts.begin(clerk, START).expect("an attempt is left");
        attempts.failed(clerk, START);
    }

    #[test]
    fn too_many_wrong_pins_make_a_pause_for_one_person() {
        let attempts = Attempts::new(3, 60);
        let (clerk, other) = (ClerkId::from("c1"), ClerkId::from("c2"));
        wrong_pin(&attempts, &clerk);
        wrong_pin(&attempts, &clerk);
        assert_eq!(attempts.left(&clerk, START), Some(1));
        wrong_pin(&attempts, &clerk);
        assert_eq!(attempts.left(&clerk, START), None);
        assert_eq!(attempts.begin(&clerk, START), Err(60));
        assert_eq!(attempts.begin(&clerk, START.plus_s(59)), Err(1));
        assert_eq!(attempts.begin(&clerk, START.plus_s(60)), Ok(()));
        assert_eq!(attempts.begin(&other, START), Ok(()));
    }

    #[test]
    fn a_right_pin_forgives_the_wrong_ones() {
        let attempts = Attempts::new(2, 60);
        let clerk = ClerkId::from("c1");
        wrong_pin(&attempts, &clerk);
        attempts.begin(&clerk, START).expect("one is left");
        attempts.passed(&clerk);
        assert_eq!(attempts.left(&clerk, START), Some(2));
    }

    #[test]
    fn attempts_made_at_once_are_counted_before_any_is_checked() {
        let attempts = Attempts::new(3, 60);
        let clerk = ClerkId::from("c1");
        let begun = (0..100).filter(|_| attempts.begin(&clerk, START).is_ok()).count();
        assert_eq!(begun, 3);
    }
}
