//! Short wishes to a display: to flash its name so that somebody finds it, and to start again. They lapse by
//! themselves, and a hall that stops forgets them.

use std::collections::BTreeMap;

use protocol::{DisplayId, Timestamp};

use super::fault::WallsFault;
use super::service::Walls;

/// The shortest flash, in seconds.
pub(super) const LEAST_IDENTIFY_S: i64 = 10;
/// The longest flash, in seconds.
pub(super) const MOST_IDENTIFY_S: i64 = 30;
/// How long a display is told to start again, in seconds. One that hears nothing for so long is not helped by
/// starting again later.
const RESTART_TOLD_S: i64 = 60;
/// For so many seconds a wish to start again stands for another one.
const RESTART_ONCE_IN_S: i64 = 10;

/// What displays are asked to do just now.
#[derive(Default)]
pub(super) struct Errands {
    /// Until when they flash.
    identify: BTreeMap<DisplayId, Timestamp>,
    /// When they were asked to start again.
    restart: BTreeMap<DisplayId, Timestamp>,
}

impl Errands {
    /// Until when a display flashes, if it does.
    pub(super) fn identify_until(&self, display: &DisplayId, now: Timestamp) -> Option<Timestamp> {
        self.identify.get(display).copied().filter(|until| *until > now)
    }

    /// The errand to start again, if there is one. Its number is its time, so that none comes twice, also
    /// after a restart of the hall.
    pub(super) fn restart(&self, display: &DisplayId, now: Timestamp) -> Option<u64> {
        let asked = self.restart.get(display).filter(|asked| asked.plus_s(RESTART_TOLD_S) > now)?;
        u64::try_from(asked.0).ok()
    }

    fn ask_restart(&mut self, display: &DisplayId, now: Timestamp) {
        let last = self.restart.get(display);
        if last.is_none_or(|last| last.plus_s(RESTART_ONCE_IN_S) <= now) {
            self.restart.insert(display.clone(), now);
        }
    }

    /// The times at which an errand lapses.
    pub(super) fn ends(&self) -> impl Iterator<Item = Timestamp> {
        let restarts = self.restart.values().map(|asked| asked.plus_s(RESTART_TOLD_S));
        self.identify.values().copied().chain(restarts)
    }
}

impl Walls {
    /// Lets a display flash its name for some seconds; gives until when.
    pub(super) fn identify(
        &self,
        display: &DisplayId,
        seconds: i64,
    ) -> Result<Timestamp, WallsFault> {
        self.known(display)?;
        if !(LEAST_IDENTIFY_S..=MOST_IDENTIFY_S).contains(&seconds) {
            return Err(WallsFault::IdentifySeconds { seconds });
        }
        let until = self.now().plus_s(seconds);
        self.state_mut().errands.identify.insert(display.clone(), until);
        self.wake();
        Ok(until)
    }

    /// Lets a display start again.
    pub(super) fn restart(&self, display: &DisplayId) -> Result<(), WallsFault> {
        self.known(display)?;
        self.state_mut().errands.ask_restart(display, self.now());
        self.wake();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_to_start_again_is_told_once_for_a_minute() {
        let (mut errands, display) = (Errands::default(), DisplayId::from("lobby"));
        let asked = Timestamp(1_000_000);
        errands.ask_restart(&display, asked);
        errands.ask_restart(&display, asked.plus_s(9));
        assert_eq!(errands.restart(&display, asked.plus_s(59)), Some(1_000_000), "one wish");
        assert_eq!(errands.restart(&display, asked.plus_s(60)), None);
        errands.ask_restart(&display, asked.plus_s(10));
        assert_eq!(errands.restart(&display, asked.plus_s(10)), Some(1_010_000), "another wish");
        assert_eq!(errands.restart(&DisplayId::from("other"), asked), None);
    }
}
