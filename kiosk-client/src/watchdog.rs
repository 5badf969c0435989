//! Who watches the kiosk. systemd watches the program: [`Pulse`] tells it that the kiosk's loop lives. The
//! program watches the browser: [`Screen`] starts it again when its page is not heard any more.
//!
//! The loop that passes time makes a [`Pulse`], calls [`Pulse::ready`] once and [`Pulse::beat`] on every
//! turn. `POST /here` of the page calls [`Screen::heard`]; one task runs [`Screen::keep`].

use std::process::Stdio;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use sd_notify::NotifyState;
use tokio::process::Command;
use tokio::time::timeout;

/// A page that was heard is missed after so long. It says something every few seconds.
const SILENCE: Duration = Duration::from_secs(60);
/// A browser that was started has so long to bring up the page.
const STARTING: Duration = Duration::from_secs(120);
/// A browser that starts again and again in vain gets more and more time, up to this.
const LONGEST_STARTING: Duration = Duration::from_secs(600);
/// How often the page's silence is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// How long the command that starts the browser again may take.
const LONGEST_RESTART: Duration = Duration::from_secs(30);

/// Tells systemd that the kiosk lives, if systemd started it and wants to know.
#[derive(Debug)]
pub(crate) struct Pulse {
    /// Between two beats; `None` if nobody listens.
    every: Option<Duration>,
    last: Option<Instant>,
}

impl Pulse {
    /// As systemd asks for it (`WatchdogSec=`).
    pub(crate) fn of_the_service() -> Self {
        Self::expected_within(sd_notify::watchdog_enabled())
    }

    /// Three times within the limit, so that one beat may come late.
    fn expected_within(limit: Option<Duration>) -> Self {
        Self { every: limit.map(|it| it / 3), last: None }
    }

    /// Says that the pages are served.
    pub(crate) fn ready(&self) {
        tell(NotifyState::Ready);
    }

    /// The loop has come round once more. Says so if it is time to.
    pub(crate) fn beat(&mut self, now: Instant) {
        if self.is_due(now) {
            tell(NotifyState::Watchdog);
        }
    }

    fn is_due(&mut self, now: Instant) -> bool {
        let Some(every) = self.every else { return false };
        let due = self.last.is_none_or(|last| now.duration_since(last) >= every);
        if due {
            self.last = Some(now);
        }
        due
    }
}

/// Without systemd nobody listens, and that is no fault.
fn tell(state: NotifyState<'_>) {
    if let Err(fault) = sd_notify::notify(&[state]) {
        tracing::warn!(%fault, "systemd cannot be told how the kiosk is");
    }
}

/// The browser in front of the kiosk. Clones are the same one.
#[derive(Clone, Debug)]
pub(crate) struct Screen {
    silence: Arc<Mutex<Silence>>,
}

impl Screen {
    /// A browser that is being started.
    pub(crate) fn new(now: Instant) -> Self {
        Self { silence: Arc::new(Mutex::new(Silence::new(now))) }
    }

    /// The page has said that it is there.
    pub(crate) fn heard(&self, now: Instant) {
        self.silence().heard(now);
    }

    /// Whether the page is there, as far as it has been heard.
    pub(crate) fn answers(&self, now: Instant) -> bool {
        self.silence().is_short(now)
    }

    /// Starts the browser again by `command`, a program and its arguments, whenever the page is not heard.
    /// Without a command nobody does.
    pub(crate) async fn keep(self, command: Vec<String>) {
        let Some((program, arguments)) = command.split_first() else { return };
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            if self.silence().is_too_long(Instant::now()) {
                tracing::warn!("the page is not heard; the browser is started again");
                restart(program, arguments).await;
            }
        }
    }

    fn silence(&self) -> MutexGuard<'_, Silence> {
        self.silence.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn restart(program: &str, arguments: &[String]) {
    let run = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .kill_on_drop(true)
        .status();
    match timeout(LONGEST_RESTART, run).await {
        Ok(Ok(status)) if status.success() => {}
        Ok(Ok(status)) => tracing::error!(program, %status, "the browser was not started again"),
        Ok(Err(fault)) => tracing::error!(program, %fault, "the browser was not started again"),
        Err(_) => tracing::error!(program, "starting the browser again does not come to an end"),
    }
}

/// How long the page has been silent, and how long it may be.
#[derive(Debug)]
struct Silence {
    /// When the page was heard, or else when the kiosk began.
    heard: Instant,
    /// How long it may be silent from then.
    patience: Duration,
    /// When the browser is to be started again.
    restart_at: Instant,
    /// What a browser is allowed that is started now.
    starting: Duration,
}

impl Silence {
    fn new(now: Instant) -> Self {
        Self::from(now, STARTING)
    }

    fn from(now: Instant, patience: Duration) -> Self {
        Self { heard: now, patience, restart_at: now + patience, starting: STARTING }
    }

    fn heard(&mut self, now: Instant) {
        *self = Self::from(now, SILENCE);
    }

    fn is_short(&self, now: Instant) -> bool {
        now < self.heard + self.patience
    }

    /// Whether the browser is to be started again now; the next one is given its time from here.
    fn is_too_long(&mut self, now: Instant) -> bool {
        if now < self.restart_at {
            return false;
        }
        self.restart_at = now + self.starting;
        self.starting = (self.starting * 2).min(LONGEST_STARTING);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The seconds within an hour at which the browser is started again, if the page is heard at these.
    fn restarts(heard: impl Fn(u64) -> bool) -> Vec<u64> {
        let start = Instant::now();
        let mut silence = Silence::new(start);
        let mut restarts = Vec::new();
        for second in 0..3600 {
            let now = start + Duration::from_secs(second);
            if heard(second) {
                silence.heard(now);
            }
            if silence.is_too_long(now) {
                restarts.push(second);
            }
        }
        restarts
    }

    #[test]
    fn a_page_that_is_heard_is_left_alone() {
        assert_eq!(restarts(|second| second > 100 && second % 5 == 0), [0; 0]);
    }

    #[test]
    fn a_page_that_falls_silent_is_started_again_after_a_minute() {
        assert_eq!(restarts(|second| second <= 1000 || second >= 1100), [1060]);
    }

    #[test]
    fn a_browser_that_never_comes_up_is_tried_more_and_more_seldom() {
        assert_eq!(restarts(|_| false), [120, 240, 480, 960, 1560, 2160, 2760, 3360]);
    }

    #[test]
    fn a_page_that_was_heard_again_has_all_its_chances_again() {
        assert_eq!(
            restarts(|second| second == 600),
            [120, 240, 480, 660, 780, 1020, 1500, 2100, 2700, 3300]
        );
    }

    #[test]
    fn a_page_is_missed_from_its_silence_until_it_is_heard_whatever_is_restarted() {
        let start = Instant::now();
        let at = |second| start + Duration::from_secs(second);
        let mut silence = Silence::new(start);
        assert!(silence.is_short(at(119)) && !silence.is_short(at(120)));
        silence.heard(at(300));
        assert!(silence.is_short(at(359)) && !silence.is_short(at(360)));
        assert!(silence.is_too_long(at(360)));
        assert!(!silence.is_short(at(361)), "the new browser has not been heard");
    }

    #[test]
    fn systemd_hears_three_beats_within_its_limit() {
        let start = Instant::now();
        let mut pulse = Pulse::expected_within(Some(Duration::from_secs(30)));
        let beats = (0..=30_u64).filter(|it| pulse.is_due(start + Duration::from_secs(*it)));
        assert_eq!(beats.collect::<Vec<_>>(), [0, 10, 20, 30]);
    }

    #[test]
    fn where_nobody_listens_nothing_is_said() {
        assert!(!Pulse::expected_within(None).is_due(Instant::now()));
    }
}
