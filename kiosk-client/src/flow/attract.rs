//! While nobody is here: after a while the kiosk shows slides, one after the other, until somebody comes.

use std::time::{Duration, Instant};

use super::Flow;
use super::screen::Screen;
use super::visit::Visit;

/// How long a slide stays: long enough to read it twice.
const SLIDE: Duration = Duration::from_secs(9);

impl Flow {
    /// Shows the first slide, or the next one.
    pub(super) fn pass_idle_time(&mut self, now: Instant) {
        let since = now.saturating_duration_since(self.visit.touched);
        let slide = match self.visit.screen {
            Screen::Welcome if since >= self.settings.attract_after && self.gives_numbers() => 0,
            Screen::Attract { slide } if since >= SLIDE => slide.wrapping_add(1),
            // Out of service: no slides, but the next one's language and size all the same.
            Screen::Welcome if since >= self.settings.attract_after => {
                self.visit = Visit::new(now);
                self.revision += 1;
                return;
            }
            _ => return,
        };
        // Anew, so that a language or size chosen by somebody who left is not the next one's.
        self.visit = Visit { screen: Screen::Attract { slide }, ..Visit::new(now) };
    }

    /// Somebody has come.
    pub(super) fn wake(&mut self) {
        if matches!(self.visit.screen, Screen::Attract { .. }) {
            self.visit.screen = Screen::Welcome;
        }
    }
}
