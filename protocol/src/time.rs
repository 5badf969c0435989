//! Points in time, as milliseconds since 1970 in UTC. Zones and calendars belong to whoever shows them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z. Arithmetic saturates, so no input can overflow it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(value_type = i64))]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// This time and `seconds` more.
    #[must_use]
    pub fn plus_s(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// This time and `seconds` less.
    #[must_use]
    pub fn minus_s(self, seconds: i64) -> Self {
        Self(self.0.saturating_sub(seconds.saturating_mul(1000)))
    }

    /// Milliseconds from `earlier` to this, never negative.
    #[must_use]
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0).max(0)
    }

    /// Whole seconds from `earlier` to this, never negative.
    #[must_use]
    pub fn seconds_since(self, earlier: Self) -> i64 {
        self.since(earlier) / 1000
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_input_overflows_a_time() {
        assert_eq!(Timestamp(i64::MAX).plus_s(i64::MAX), Timestamp(i64::MAX));
        assert_eq!(Timestamp(i64::MIN).minus_s(1), Timestamp(i64::MIN));
        assert_eq!(Timestamp(i64::MAX).since(Timestamp(i64::MIN)), i64::MAX);
        assert_eq!(Timestamp(1_000).since(Timestamp(5_000)), 0, "never negative");
        assert_eq!(Timestamp(5_999).seconds_since(Timestamp(4_000)), 1);
    }
}
