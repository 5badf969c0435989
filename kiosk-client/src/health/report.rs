//! The kiosk's report to the hall.

use std::time::Duration;

use hardware::About;
use protocol::Timestamp;
use protocol::kiosk::{
    Condition, Counted, Counter, DeviceKind, DeviceReport, KioskReport, TestResult,
};
use rusqlite::Transaction;

use super::name;
use crate::book::NotKept;
use crate::book::store::counted;
use crate::flow::Help;
use crate::kiosk::Kiosk;
use crate::offline;

/// How often the hall hears how the kiosk is, and the kiosk what the hall wants.
const REPORT_EVERY: Duration = Duration::from_secs(3);
/// What breaks and is mended again and again is not reported more often.
const LEAST_PAUSE: Duration = Duration::from_millis(200);

/// Reports for ever. A hall that is away is not told; when it is back it is told at once.
pub(crate) async fn report(kiosk: Kiosk) {
    let mut absence = kiosk.hall().absence();
    loop {
        if !kiosk.hall().is_away() {
            kiosk.send_report().await;
        }
        absence.mark_unchanged();
        tokio::time::sleep(LEAST_PAUSE).await;
        tokio::select! {
            () = tokio::time::sleep(REPORT_EVERY) => {}
            () = kiosk.health().news.notified() => {}
            _ = absence.changed() => {}
        }
    }
}

impl Kiosk {
    async fn send_report(&self) {
        // Help that is called for meanwhile is not yet known to the answer.
        let help_known = self.flow().help() == Help::Coming;
        let report = match self.kiosk_report().await {
            Ok(report) => report,
            Err(fault) => {
                tracing::error!(%fault, "the kiosk's book cannot be read");
                return;
            }
        };
        if let Ok(errands) = self.hall().report(&report).await {
            self.results_heard(&report.tests);
            self.run_errands(errands, help_known).await;
        }
    }

    async fn kiosk_report(&self) -> Result<KioskReport, NotKept> {
        let today = self.today();
        let (counts, unsent, left) = self
            .book()
            .write(move |tx| {
                let (unsent, _) = offline::store::unsent(tx)?;
                Ok((Counts::read(tx)?, unsent, offline::store::left(tx, &today)?))
            })
            .await?;
        Ok(KioskReport {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            devices: self.device_reports(&counts),
            unsent,
            leased_left: left.values().sum(),
            tests: self.health().state().results.clone(),
        })
    }

    fn results_heard(&self, heard: &[TestResult]) {
        self.health().state().results.retain(|result| !heard.contains(result));
    }

    fn device_reports(&self, counts: &Counts) -> Vec<DeviceReport> {
        let conditions = self.health().state().conditions.clone();
        let reports = conditions.into_iter().map(|(device, (condition, since))| {
            self.device_report(device, condition, since, counts)
        });
        reports.collect()
    }

    fn device_report(
        &self,
        device: DeviceKind,
        condition: Condition,
        since: Timestamp,
        counts: &Counts,
    ) -> DeviceReport {
        let About { address, model, firmware } = self.about(device);
        let counters = counts.of(device, self.config().printer.slips_per_roll);
        DeviceReport { device, condition, since, address, model, firmware, counters }
    }

    /// What a device says of itself. Where a simulated one is, is nobody's business.
    fn about(&self, device: DeviceKind) -> About {
        let (devices, bench) = (self.devices(), self.bench());
        let (about, simulated) = match device {
            DeviceKind::Printer => (Some(devices.printer.about()), bench.printer.is_some()),
            DeviceKind::CardReader => {
                (devices.card_reader.as_ref().map(|it| it.about()), bench.card_reader.is_some())
            }
            DeviceKind::ChipReader => (devices.chip_reader.as_ref().map(|it| it.about()), false),
            DeviceKind::Scanner => {
                (devices.scanner.as_ref().map(|it| it.about()), bench.scanner.is_some())
            }
            DeviceKind::Speaker => {
                (devices.speaker.as_ref().map(|it| it.about()), bench.speaker.is_some())
            }
            DeviceKind::Lamp => {
                let pin = self.config().lamp.pin.map(|pin| format!("gpio:{pin}"));
                let about = About { address: pin.unwrap_or_default(), ..About::default() };
                (Some(about), bench.lamp.is_some())
            }
            DeviceKind::Screen => {
                let address = format!("http://{}", self.config().listen);
                (Some(About { address, ..About::default() }), false)
            }
        };
        let mut about = about.unwrap_or_default();
        if simulated {
            "simulated".clone_into(&mut about.address);
        }
        about
    }
}

/// What the devices have counted.
struct Counts {
    on_roll: u64,
    slips: u64,
    slips_failed: u64,
    cards: u64,
    cards_failed: u64,
    codes: u64,
}

impl Counts {
    fn read(tx: &Transaction<'_>) -> rusqlite::Result<Self> {
        let count = |what| counted(tx, name(what));
        Ok(Self {
            on_roll: count(Counted::SlipsOnRoll)?,
            slips: count(Counted::Slips)?,
            slips_failed: count(Counted::SlipsFailed)?,
            cards: count(Counted::Cards)?,
            cards_failed: count(Counted::CardsFailed)?,
            codes: count(Counted::Codes)?,
        })
    }

    fn of(&self, device: DeviceKind, slips_per_roll: u64) -> Vec<Counter> {
        let counts = match device {
            DeviceKind::Printer => vec![
                (Counted::SlipsOnRoll, self.on_roll),
                (Counted::SlipsLeft, slips_per_roll.saturating_sub(self.on_roll)),
                (Counted::Slips, self.slips),
                (Counted::SlipsFailed, self.slips_failed),
            ],
            DeviceKind::CardReader => {
                vec![(Counted::Cards, self.cards), (Counted::CardsFailed, self.cards_failed)]
            }
            DeviceKind::Scanner => vec![(Counted::Codes, self.codes)],
            _ => Vec::new(),
        };
        counts.into_iter().map(|(what, count)| Counter { what, count }).collect()
    }
}
