//! Which machines are there, as they last said. In memory only: after a restart they say it again.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use protocol::{DisplayId, KioskId, Timestamp};
use tokio::sync::watch;

/// Seconds without a word after which a kiosk counts as gone.
const KIOSK_GONE_AFTER_S: i64 = 90;

/// Which machines are there.
pub struct Presence {
    machines: Mutex<Machines>,
    /// Rises with every change, so that the live hub wakes.
    changes: watch::Sender<u64>,
}

#[derive(Default)]
struct Machines {
    displays: BTreeMap<DisplayId, DisplayState>,
    kiosks: BTreeMap<KioskId, KioskState>,
}

#[derive(Clone, Copy, Default)]
struct DisplayState {
    sockets: u32,
    changed_at: Timestamp,
}

/// How a kiosk is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KioskState {
    /// When it last said that it lives; one that never did cannot fall silent.
    pub heard_at: Option<Timestamp>,
    /// Since when it has a fault, such as no paper.
    pub fault_since: Option<Timestamp>,
    /// Since when somebody there asks for help.
    pub help_since: Option<Timestamp>,
}

impl Default for Presence {
    fn default() -> Self {
        Self { machines: Mutex::default(), changes: watch::Sender::new(0) }
    }
}

impl Presence {
    /// A display has connected.
    pub fn display_came(&self, display: &DisplayId, now: Timestamp) {
        let mut machines = self.locked();
        let state = machines.displays.entry(display.clone()).or_default();
        state.sockets += 1;
        state.changed_at = now;
        self.changed(machines);
    }

    /// A display's connection has ended.
    pub fn display_went(&self, display: &DisplayId, now: Timestamp) {
        let mut machines = self.locked();
        if let Some(state) = machines.displays.get_mut(display) {
            state.sockets = state.sockets.saturating_sub(1);
            state.changed_at = now;
        }
        self.changed(machines);
    }

    /// Whether a display is connected.
    #[must_use]
    pub fn is_connected(&self, display: &DisplayId) -> bool {
        self.locked().displays.get(display).is_some_and(|state| state.sockets > 0)
    }

    /// Displays that were connected and no longer are, with the time they went.
    #[must_use]
    pub fn displays_gone(&self) -> Vec<(DisplayId, Timestamp)> {
        let machines = self.locked();
        let gone = machines.displays.iter().filter(|(_, state)| state.sockets == 0);
        gone.map(|(display, state)| (display.clone(), state.changed_at)).collect()
    }

    /// A kiosk says that it is there, and whether it has a fault.
    pub fn kiosk_heard(&self, kiosk: &KioskId, faulty: bool, now: Timestamp) {
        let mut machines = self.locked();
        let state = machines.kiosks.entry(kiosk.clone()).or_default();
        state.heard_at = Some(now);
        state.fault_since = faulty.then(|| state.fault_since.unwrap_or(now));
        self.changed(machines);
    }

    /// Somebody at a kiosk asks for help.
    pub fn help_asked(&self, kiosk: &KioskId, now: Timestamp) {
        let mut machines = self.locked();
        let state = machines.kiosks.entry(kiosk.clone()).or_default();
        state.help_since.get_or_insert(now);
        self.changed(machines);
    }

    /// Somebody is looking after it.
    pub fn help_given(&self, kiosk: &KioskId) {
        let mut machines = self.locked();
        if let Some(state) = machines.kiosks.get_mut(kiosk) {
            state.help_since = None;
        }
        self.changed(machines);
    }

    /// Kiosks that need somebody, with the time since when: a visitor asks, there is a fault, or the
    /// machine has fallen silent.
    #[must_use]
    pub fn kiosks_in_need(&self, now: Timestamp) -> Vec<(KioskId, Timestamp)> {
        let machines = self.locked();
        let in_need = machines.kiosks.iter().filter_map(|(kiosk, state)| {
            let silent = state.heard_at.map(|heard_at| heard_at.plus_s(KIOSK_GONE_AFTER_S));
            let silent_since = silent.filter(|silent| now >= *silent);
            let since = [state.help_since, state.fault_since, silent_since];
            Some((kiosk.clone(), since.into_iter().flatten().min()?))
        });
        in_need.collect()
    }

    /// Wakes after each change.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    fn locked(&self) -> MutexGuard<'_, Machines> {
        self.machines.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets go of the machines, then tells everybody who listens.
    fn changed(&self, machines: MutexGuard<'_, Machines>) {
        drop(machines);
        self.changes.send_modify(|count| *count += 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_display_is_gone_when_its_last_connection_ends() {
        let presence = Presence::default();
        let wall = DisplayId::from("d1");
        presence.display_came(&wall, Timestamp(1));
        presence.display_came(&wall, Timestamp(2));
        presence.display_went(&wall, Timestamp(3));
        assert!(presence.is_connected(&wall));
        presence.display_went(&wall, Timestamp(4));
        assert_eq!(presence.displays_gone(), [(wall, Timestamp(4))]);
    }

    #[test]
    fn a_kiosk_needs_somebody_when_asked_for_broken_or_silent() {
        let presence = Presence::default();
        let kiosk = KioskId::from("k1");
        let start = Timestamp(1_000);
        presence.kiosk_heard(&kiosk, false, start);
        assert!(presence.kiosks_in_need(start).is_empty());
        presence.help_asked(&kiosk, start);
        presence.help_asked(&kiosk, start.plus_s(5));
        assert_eq!(presence.kiosks_in_need(start.plus_s(9)), [(kiosk.clone(), start)]);
        presence.help_given(&kiosk);
        presence.kiosk_heard(&kiosk, true, start.plus_s(10));
        presence.kiosk_heard(&kiosk, true, start.plus_s(20));
        assert_eq!(
            presence.kiosks_in_need(start.plus_s(20)),
            [(kiosk.clone(), start.plus_s(10))],
            "a fault counts from its beginning"
        );
        presence.kiosk_heard(&kiosk, false, start.plus_s(30));
        assert!(presence.kiosks_in_need(start.plus_s(30)).is_empty());
        let silent = start.plus_s(30 + KIOSK_GONE_AFTER_S);
        assert_eq!(presence.kiosks_in_need(silent), [(kiosk, silent)]);
    }
}
