//! What the hall remembers of one kiosk: when it was heard, how its devices are, who asks for help there, and
//! the tests that staff ask for.

use std::collections::{BTreeMap, VecDeque};

use protocol::Timestamp;
use protocol::kiosk::{
    Condition, DeviceKind, DeviceReport, DeviceTest, Finding, KioskReport, Test, TestResult,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::since::believed;

/// Seconds without a word after which a kiosk counts as gone; it reports every three.
pub(super) const GONE_AFTER_S: i64 = 30;
/// Seconds in which a kiosk must have done a test; a reader waits half a minute for a card.
const TEST_PATIENCE_S: i64 = 90;
/// Tests that are remembered for each kiosk.
const KEPT_TESTS: usize = 12;

/// How a kiosk is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KioskState {
    /// When it last said that it lives; one that never did cannot fall silent.
    pub heard_at: Option<Timestamp>,
    /// Since when somebody there asks for help.
    pub help_since: Option<Timestamp>,
    /// What it said last.
    pub report: Option<KioskReport>,
    /// Devices that do not work or soon will not, by the hall's clock.
    troubles: BTreeMap<DeviceKind, Trouble>,
    tests: VecDeque<AskedTest>,
}

/// A device that needs somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Trouble {
    condition: Condition,
    since: Timestamp,
}

/// Why a kiosk needs somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// A visitor asks.
    Help,
    /// It has fallen silent.
    Gone,
    /// A device does not work, or soon will not.
    Device(DeviceKind, Condition),
}

/// A test that staff asked for, and what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AskedTest {
    /// Which request it is.
    pub id: u64,
    /// What was to be done.
    pub test: Test,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// How it came out; `None` while the kiosk has not said.
    pub finding: Option<Finding>,
    /// When the kiosk said so, or when the hall stopped waiting; `None` while it waits.
    pub ended_at: Option<Timestamp>,
}

impl AskedTest {
    /// Whether the kiosk may still do it.
    fn is_open(&self, now: Timestamp) -> bool {
        self.ended_at.is_none() && now < self.expires_at()
    }

    fn expires_at(&self) -> Timestamp {
        self.asked_at.plus_s(TEST_PATIENCE_S)
    }

    /// The same, as somebody sees it at a time.
    fn seen_at(self, now: Timestamp) -> Self {
        let expired = (now >= self.expires_at()).then(|| self.expires_at());
        Self { ended_at: self.ended_at.or(expired), ..self }
    }
}

impl KioskState {
    /// Hears a report. Says whether anything changed that others see.
    pub(super) fn hear(&mut self, mut report: KioskReport, now: Timestamp) -> bool {
        self.put_right(&mut report, now);
        let was_gone = self.gone_since(now).is_some();
        let before = std::mem::take(&mut self.troubles);
        for device in report.devices.iter().filter(|it| it.condition != Condition::Ready) {
            let same = before.get(&device.device).filter(|it| it.condition == device.condition);
            let since = same.map_or(now, |it| it.since);
            self.troubles.insert(device.device, Trouble { condition: device.condition, since });
        }
        report.tests.iter().for_each(|result| self.end_test(result, now));
        self.heard_at = Some(now);
        self.report = Some(report);
        was_gone || self.troubles != before
    }

    /// A kiosk whose clock has not been set says impossible times.
    fn put_right(&self, report: &mut KioskReport, now: Timestamp) {
        let earlier = self.report.as_ref().map_or(&[][..], |it| &it.devices);
        for device in &mut report.devices {
            let is_same =
                |it: &&DeviceReport| (it.device, it.condition) == (device.device, device.condition);
            let first_heard = earlier.iter().find(is_same).map_or(now, |it| it.since);
            device.since = believed(device.since, first_heard, now);
        }
    }

    /// Since when it is silent, if it is.
    pub(super) fn gone_since(&self, now: Timestamp) -> Option<Timestamp> {
        self.heard_at.map(|at| at.plus_s(GONE_AFTER_S)).filter(|gone| now >= *gone)
    }

    /// Why it needs somebody, and since when. What a silent kiosk said of its devices is no longer known.
    pub(super) fn needs(&self, now: Timestamp) -> Vec<(Need, Timestamp)> {
        let gone = self.gone_since(now);
        let help = self.help_since.map(|since| (Need::Help, since));
        let devices = self.troubles.iter().filter(|_| gone.is_none());
        let devices = devices.map(|(device, it)| (Need::Device(*device, it.condition), it.since));
        help.into_iter().chain(gone.map(|since| (Need::Gone, since))).chain(devices).collect()
    }

    /// Asks for a test; one of the same kind that is still open stands for it.
    pub(super) fn ask(&mut self, test: Test, now: Timestamp) -> DeviceTest {
        let open = self.tests.iter().find(|it| it.test == test && it.is_open(now));
        if let Some(open) = open {
            return DeviceTest { id: open.id, test };
        }
        // An id is never used again, also not after a restart: kiosks remember what they have done.
        let last = self.tests.back().map_or(0, |it| it.id);
        let id = now.0.unsigned_abs().max(last + 1);
        self.tests.push_back(AskedTest { id, test, asked_at: now, finding: None, ended_at: None });
        if self.tests.len() > KEPT_TESTS {
            self.tests.pop_front();
        }
        DeviceTest { id, test }
    }

    /// The tests that are to be done.
    pub(super) fn open_tests(&self, now: Timestamp) -> Vec<DeviceTest> {
        let open = self.tests.iter().filter(|it| it.is_open(now));
        open.map(|it| DeviceTest { id: it.id, test: it.test }).collect()
    }

    /// The tests asked for, the latest first.
    pub(super) fn recent_tests(&self, now: Timestamp) -> Vec<AskedTest> {
        self.tests.iter().rev().map(|it| it.seen_at(now)).collect()
    }

    /// A kiosk repeats what became of a test until it knows that it was heard: the first word counts.
    fn end_test(&mut self, result: &TestResult, now: Timestamp) {
        let test = self.tests.iter_mut().find(|it| it.id == result.id && it.ended_at.is_none());
        if let Some(test) = test {
            test.finding = Some(result.finding);
            test.ended_at = Some(now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_795_399_200_000);

    fn printer(condition: Condition) -> KioskReport {
        let printer = DeviceReport {
            device: DeviceKind::Printer,
            condition,
            since: Timestamp(0),
            address: "simulated".to_owned(),
            model: None,
            firmware: None,
            counters: Vec::new(),
        };
        KioskReport { devices: vec![printer], ..KioskReport::default() }
    }

    #[test]
    fn only_what_others_see_counts_as_a_change() {
        let mut kiosk = KioskState::default();
        assert!(!kiosk.hear(printer(Condition::Ready), NOW));
        assert!(!kiosk.hear(printer(Condition::Ready), NOW.plus_s(3)));
        assert!(kiosk.hear(printer(Condition::PaperOut), NOW.plus_s(6)));
        assert!(!kiosk.hear(printer(Condition::PaperOut), NOW.plus_s(9)));
        let no_paper = Need::Device(DeviceKind::Printer, Condition::PaperOut);
        assert_eq!(kiosk.needs(NOW.plus_s(12)), [(no_paper, NOW.plus_s(6))], "since it was heard");
        assert!(kiosk.hear(printer(Condition::CoverOpen), NOW.plus_s(12)), "another trouble");
        assert!(kiosk.hear(printer(Condition::Ready), NOW.plus_s(15)));
        assert!(kiosk.needs(NOW.plus_s(15)).is_empty());
    }

    #[test]
    fn a_silent_kiosk_is_gone_and_its_devices_are_unknown() {
        let mut kiosk = KioskState::default();
        assert!(kiosk.needs(NOW).is_empty(), "it was never there");
        kiosk.hear(printer(Condition::Silent), NOW);
        let gone = NOW.plus_s(GONE_AFTER_S);
        assert_eq!(kiosk.needs(gone.plus_s(5)), [(Need::Gone, gone)]);
        assert!(kiosk.hear(printer(Condition::Silent), gone.plus_s(6)), "it is back");
    }

    #[test]
    fn a_test_is_asked_once_and_its_first_result_counts() {
        let mut kiosk = KioskState::default();
        let first = kiosk.ask(Test::PrintSlip, NOW);
        assert_eq!(kiosk.ask(Test::PrintSlip, NOW.plus_s(1)), first, "it is being done");
        let other = kiosk.ask(Test::Speak, NOW);
        assert_ne!(other.id, first.id);
        assert_eq!(kiosk.open_tests(NOW), [first, other]);
        for finding in [Finding::Passed, Finding::Failed] {
            let tests = vec![TestResult { id: first.id, finding }];
            kiosk.hear(KioskReport { tests, ..KioskReport::default() }, NOW.plus_s(2));
        }
        assert_eq!(kiosk.open_tests(NOW), [other]);
        let late = NOW.plus_s(TEST_PATIENCE_S);
        assert!(kiosk.open_tests(late).is_empty(), "nobody waits for ever");
        let recent = kiosk.recent_tests(late);
        assert_eq!((recent[0].finding, recent[0].ended_at), (None, Some(late)));
        assert_eq!(recent[1].finding, Some(Finding::Passed));
        assert_ne!(kiosk.ask(Test::Speak, late).id, other.id, "an id is never used again");
    }
}
