//! The screen of `kiosk.toml`: how long its pages wait, and what shows them.

use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;
use settings::Fault;

use super::{Config, SpeakerKind};
use crate::flow::{Patience, Settings};

/// How long pages wait, how often the menu is asked for, and what the browser is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ScreenConfig {
    /// Seconds for somebody who does nothing.
    pub idle_seconds: u64,
    /// Of those, how many it asks whether they are still there.
    pub warning_seconds: u64,
    /// Seconds the number stays on the screen once the slip is printed.
    pub farewell_seconds: u64,
    /// Seconds between two looks at the hall's menu.
    pub refresh_seconds: u64,
    /// Seconds without a visitor before the slides are shown.
    pub attract_after_seconds: u64,
    /// Where pictures for the slides are.
    pub media_dir: Option<PathBuf>,
    /// Starts the browser again when its page is not heard: a program and its arguments.
    pub restart_command: Vec<String>,
}

impl Default for ScreenConfig {
    fn default() -> Self {
        Self {
            idle_seconds: 60,
            warning_seconds: 15,
            farewell_seconds: 15,
            refresh_seconds: 5,
            attract_after_seconds: 60,
            media_dir: None,
            restart_command: Vec::new(),
        }
    }
}

impl Config {
    /// What the flow must be told about this kiosk.
    #[must_use]
    pub fn flow_settings(&self) -> Settings {
        let screen = &self.screen;
        Settings {
            patience: Patience {
                idle: Duration::from_secs(screen.idle_seconds),
                warning: Duration::from_secs(screen.warning_seconds),
                farewell: Duration::from_secs(screen.farewell_seconds),
            },
            attract_after: Duration::from_secs(screen.attract_after_seconds),
            next_kiosk: self.offline.next_kiosk.clone(),
            voice: self.speaker.kind != SpeakerKind::None,
        }
    }

    pub(super) fn check_screen(&self) -> Result<(), Fault> {
        let screen = &self.screen;
        self.within("screen.idle_seconds", screen.idle_seconds, 10, 600)?;
        self.within("screen.warning_seconds", screen.warning_seconds, 1, screen.idle_seconds - 1)?;
        self.within("screen.farewell_seconds", screen.farewell_seconds, 5, 300)?;
        self.within("screen.refresh_seconds", screen.refresh_seconds, 1, 60)?;
        self.within("screen.attract_after_seconds", screen.attract_after_seconds, 10, 3600)?;
        if let Some(dir) = screen.media_dir.as_ref().filter(|dir| !dir.is_dir()) {
            let problem = format!("there is no directory {}", dir.display());
            return Err(self.fault("screen.media_dir", problem, "make it, or leave the key out"));
        }
        Ok(())
    }
}
