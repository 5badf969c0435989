//! How long the kiosk waits for a person who does nothing, and what it does then.

use std::time::{Duration, Instant};

use super::Flow;
use super::event::Effect;
use super::screen::Screen;

/// Old people, and people who need the number from the screen, get this many times as long.
const MORE_TIME: u32 = 2;

/// How long the kiosk waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For somebody who does nothing.
    pub idle: Duration,
    /// Of that, how long it asks whether they are still there.
    pub warning: Duration,
    /// For somebody who has their slip.
    pub farewell: Duration,
}

impl Flow {
    /// How long the present page stays if nobody does anything; `None` if it stays.
    #[must_use]
    pub fn limit(&self) -> Option<Duration> {
        let limit = match &self.visit.screen {
            Screen::Welcome | Screen::Taking(_) | Screen::Printing(_) => return None,
            Screen::Farewell { no_slip: None, .. } => self.patience.farewell,
            Screen::Farewell { no_slip: Some(_), .. } => self.patience.idle,
            _ => self.patience.idle,
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
            return Vec::new();
        };
        if remaining.is_zero() {
            return self.leave(now);
        }
        let asks = !matches!(self.visit.screen, Screen::Farewell { .. });
        if asks && !self.visit.warned && remaining <= self.patience.warning {
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
