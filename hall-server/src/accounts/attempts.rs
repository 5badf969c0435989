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

    /// Seconds somebody must still wait before the next attempt.
    pub(super) fn must_wait_s(&self, clerk: &ClerkId, now: Timestamp) -> Option<i64> {
        let wrong = self.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        let until = wrong.get(clerk)?.paused_until;
        (until > now).then(|| until.seconds_since(now).max(1))
    }

    /// How many attempts somebody has left, or `None` while they must wait.
    pub(super) fn left(&self, clerk: &ClerkId, now: Timestamp) -> Option<u32> {
        let wrong = self.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        let wrong = wrong.get(clerk).copied().unwrap_or_default();
        (wrong.paused_until <= now).then(|| self.allowed.saturating_sub(wrong.in_a_row))
    }

    /// Remembers how an attempt went.
    pub(super) fn remember(&self, clerk: &ClerkId, passed: bool, now: Timestamp) {
        let mut wrong = self.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        if passed {
            wrong.remove(clerk);
            return;
        }
        let entry = wrong.entry(clerk.clone()).or_default();
        entry.in_a_row += 1;
        if entry.in_a_row >= self.allowed {
            *entry = Wrong { in_a_row: 0, paused_until: now.plus_s(self.pause_s) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_many_wrong_pins_make_a_pause_for_one_person() {
        let attempts = Attempts::new(3, 60);
        let (clerk, other) = (ClerkId::from("c1"), ClerkId::from("c2"));
        let start = Timestamp(1_000_000);
        for _ in 0..2 {
            attempts.remember(&clerk, false, start);
        }
        assert_eq!(attempts.left(&clerk, start), Some(1));
        assert_eq!(attempts.must_wait_s(&clerk, start), None);
        attempts.remember(&clerk, false, start);
        assert_eq!(attempts.must_wait_s(&clerk, start), Some(60));
        assert_eq!(attempts.left(&clerk, start), None);
        assert_eq!(attempts.left(&other, start), Some(3));
        assert_eq!(attempts.must_wait_s(&clerk, start.plus_s(59)), Some(1));
        assert_eq!(attempts.must_wait_s(&clerk, start.plus_s(60)), None);
        assert_eq!(attempts.must_wait_s(&other, start), None);
    }

    #[test]
    fn a_right_pin_forgives_the_wrong_ones() {
        let attempts = Attempts::new(2, 60);
        let clerk = ClerkId::from("c1");
        attempts.remember(&clerk, false, Timestamp(0));
        attempts.remember(&clerk, true, Timestamp(0));
        attempts.remember(&clerk, false, Timestamp(0));
        assert_eq!(attempts.must_wait_s(&clerk, Timestamp(0)), None);
    }
}
