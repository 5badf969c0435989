//! Which machines are there, as they last said. In memory only: after a restart they say it again.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use protocol::kiosk::{DeviceTest, KioskErrands, KioskReport, Test};
use protocol::live::{Announcement, Output};
use protocol::wall::DisplayReport;
use protocol::{DisplayId, KioskId, Timestamp};
use tokio::sync::watch;

use super::displays::{DisplayState, OutputTrouble, Standing};
use super::kiosks::{AskedTest, KioskState, Need};

/// Which machines are there.
pub struct Presence {
    /// Since when it listens.
    since: Timestamp,
    machines: Mutex<Machines>,
    /// Rises with every change, so that the live hub wakes.
    changes: watch::Sender<u64>,
}

#[derive(Default)]
struct Machines {
    displays: BTreeMap<DisplayId, DisplayState>,
    kiosks: BTreeMap<KioskId, KioskState>,
}

impl Presence {
    /// Nobody is there yet.
    #[must_use]
    pub fn new(now: Timestamp) -> Self {
        Self { since: now, machines: Mutex::default(), changes: watch::Sender::new(0) }
    }

    /// A display has connected.
    pub fn display_came(&self, display: &DisplayId, now: Timestamp) {
        let mut machines = self.locked();
        machines.displays.entry(display.clone()).or_default().come(now);
        self.changed(machines);
    }

    /// A display's connection has ended.
    pub fn display_went(&self, display: &DisplayId) {
        let mut machines = self.locked();
        if let Some(state) = machines.displays.get_mut(display) {
            state.go();
        }
        self.changed(machines);
    }

    /// A display has said something, if only that it lives.
    pub fn display_heard(&self, display: &DisplayId, now: Timestamp) {
        self.locked().displays.entry(display.clone()).or_default().heard(now);
    }

    /// A display says how it is. It says so every few seconds: nobody is woken unless something changed that
    /// others see.
    pub fn display_reported(&self, display: &DisplayId, report: DisplayReport, now: Timestamp) {
        let mut machines = self.locked();
        if machines.displays.entry(display.clone()).or_default().report(report, now) {
            self.changed(machines);
        }
    }

    /// How a display is.
    #[must_use]
    pub fn display(&self, display: &DisplayId) -> DisplayState {
        self.locked().displays.get(display).cloned().unwrap_or_default()
    }

    /// Whether a display is connected.
    #[must_use]
    pub fn is_connected(&self, display: &DisplayId) -> bool {
        self.locked().displays.get(display).is_some_and(DisplayState::is_connected)
    }

    /// Displays that were connected and no longer are, with the time they were last heard.
    #[must_use]
    pub fn displays_gone(&self) -> Vec<(DisplayId, Timestamp)> {
        let machines = self.locked();
        let gone = machines.displays.iter();
        gone.filter_map(|(display, state)| Some((display.clone(), state.gone_since()?))).collect()
    }

    /// Outputs of connected displays that do not work.
    #[must_use]
    pub fn outputs_in_trouble(&self) -> Vec<OutputTrouble> {
        let machines = self.locked();
        machines.displays.iter().flat_map(|(display, state)| state.troubles(display)).collect()
    }

    /// The outputs of a display that should give a call out; none if the display was never here, so that
    /// nobody counts on it.
    #[must_use]
    pub fn outputs_for(&self, display: &DisplayId, call: &Announcement) -> Vec<Output> {
        let machines = self.locked();
        let known = machines.displays.get(display).filter(|state| state.since.is_some());
        known.map(|state| state.outputs_for(call)).unwrap_or_default()
    }

    /// How a display's outputs of a kind stand that should give a call out.
    #[must_use]
    pub fn standing(&self, display: &DisplayId, kind: Output, call: &Announcement) -> Standing {
        let machines = self.locked();
        machines.displays.get(display).map(|it| it.standing(kind, call)).unwrap_or_default()
    }

    /// A kiosk says how it is. It says so every few seconds: nobody is woken unless something changed that
    /// others see.
    pub fn kiosk_heard(&self, kiosk: &KioskId, report: KioskReport, now: Timestamp) {
        let mut machines = self.locked();
        if machines.kiosks.entry(kiosk.clone()).or_default().hear(report, now) {
            self.changed(machines);
        }
    }

    /// What is asked of a kiosk, which is to have the slip's layout of this revision.
    #[must_use]
    pub fn errands(&self, kiosk: &KioskId, slip_template: u64, now: Timestamp) -> KioskErrands {
        let machines = self.locked();
        let state = machines.kiosks.get(kiosk);
        KioskErrands {
            at: now,
            running_since: self.since,
            help_open: state.is_some_and(|state| state.help_since.is_some()),
            slip_template,
            tests: state.map(|state| state.open_tests(now)).unwrap_or_default(),
        }
    }

    /// Asks a kiosk to test a device.
    pub fn test_asked(&self, kiosk: &KioskId, test: Test, now: Timestamp) -> DeviceTest {
        self.locked().kiosks.entry(kiosk.clone()).or_default().ask(test, now)
    }

    /// How a kiosk is, with the tests asked of it lately, the latest first.
    #[must_use]
    pub fn kiosk(&self, kiosk: &KioskId, now: Timestamp) -> (KioskState, Vec<AskedTest>) {
        let machines = self.locked();
        let state = machines.kiosks.get(kiosk).cloned().unwrap_or_default();
        let tests = state.recent_tests(now);
        (state, tests)
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

    /// Everything for which a kiosk needs somebody, with the time since when.
    #[must_use]
    pub fn kiosks_in_need(&self, now: Timestamp) -> Vec<(KioskId, Need, Timestamp)> {
        let machines = self.locked();
        let needs = machines.kiosks.iter().flat_map(|(kiosk, state)| {
            let needs = state.needs(now).into_iter();
            needs.map(|(need, since)| (kiosk.clone(), need, since))
        });
        needs.collect()
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
        let presence = Presence::new(Timestamp(0));
        let wall = DisplayId::from("d1");
        presence.display_came(&wall, Timestamp(1));
        presence.display_came(&wall, Timestamp(2));
        presence.display_went(&wall);
        assert!(presence.is_connected(&wall));
        presence.display_heard(&wall, Timestamp(4));
        presence.display_went(&wall);
        assert_eq!(presence.displays_gone(), [(wall, Timestamp(4))], "since its last word");
    }

    #[test]
    fn a_kiosk_that_goes_on_as_before_wakes_nobody() {
        let presence = Presence::new(Timestamp(0));
        let kiosk = KioskId::from("k1");
        let mut changes = presence.changes();
        let start = Timestamp(1_000);
        presence.kiosk_heard(&kiosk, KioskReport::default(), start);
        presence.kiosk_heard(&kiosk, KioskReport::default(), start.plus_s(3));
        assert!(!changes.has_changed().expect("presence is there"));
        presence.help_asked(&kiosk, start);
        presence.help_asked(&kiosk, start.plus_s(5));
        assert!(changes.has_changed().expect("presence is there"));
        changes.mark_unchanged();
        let needs = presence.kiosks_in_need(start.plus_s(9));
        assert_eq!(needs, [(kiosk.clone(), Need::Help, start)], "since the first time");
        assert!(presence.errands(&kiosk, 0, start).help_open);
        presence.help_given(&kiosk);
        assert!(presence.kiosks_in_need(start.plus_s(9)).is_empty());
    }
}
