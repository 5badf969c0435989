//! How long the kiosk waits for a person who does nothing, and what it does then.

use std::time::{Duration, Instant};

use super::Flow;
use super::event::Effect;
use super::screen::{Screen, Slip};

/// Old people, and people who need the number from the screen, get this many times as long.
const MORE_TIME: u32 = 2;

impl Flow {
    /// How long the present page stays if nobody does anything; `None` if it stays.
    #[must_use]
    pub fn limit(&self) -> Option<Duration> {
        let patience = &self.settings.patience;
        let limit = match &self.visit.screen {
            screen if screen.is_idle() || screen.is_busy() => return None,
            Screen::Farewell { slip: Slip::Printed, .. } => patience.farewell,
            _ => patience.idle,
        };
        Some(if self.visit.elder { limit * MORE_TIME } else { limit })
    }

    /// How long the present page still stays.
    #[must_use]
    pub fn remaining(&self, now: Instant) -> Option<Duration> {
        Some(self.limit()?.saturating_sub(now.saturating_duration_since(self.visit.touched)))
    }

    /// Whether the kiosk asks if anybody is still there.
    #[must_use]
    pub fn is_asking(&self) -> bool {
        self.visit.warned
    }

    pub(super) fn tick(&mut self, now: Instant) -> Vec<Effect> {
        let Some(remaining) = self.remaining(now) else {
            self.pass_idle_time(now);
            return Vec::new();
        };
        if remaining.is_zero() {
            return self.leave(now);
        }
        let asks = !matches!(self.visit.screen, Screen::Farewell { .. });
        if asks && !self.visit.warned && remaining <= self.settings.patience.warning {
            self.visit.warned = true;
            self.revision += 1;
        }
        Vec::new()
    }

    pub(super) fn touch(&mut self, now: Instant) {
        self.visit.touched = now;
        self.visit.warned = false;
    }
}
