//! Looking at the devices now and then.

use std::time::{Duration, Instant};

use hardware::printer::{PrinterFault, PrinterStatus};
use protocol::kiosk::{Condition, DeviceKind};

use crate::flow::Event;
use crate::kiosk::Kiosk;

/// How often the printer is asked how it is.
const PRINTER_EVERY: Duration = Duration::from_secs(2);
/// How often the other devices are.
const OTHERS_EVERY: Duration = Duration::from_secs(5);

/// Asks the printer for ever.
pub(crate) async fn look_at_printer(kiosk: Kiosk) {
    loop {
        kiosk.ask_printer().await;
        tokio::time::sleep(PRINTER_EVERY).await;
    }
}

/// Asks the other devices for ever.
pub(crate) async fn look_at_devices(kiosk: Kiosk) {
    loop {
        kiosk.ask_devices().await;
        tokio::time::sleep(OTHERS_EVERY).await;
    }
}

impl Kiosk {
    /// Asks the printer how it is, and tells the flow and the hall if that has changed.
    pub(crate) async fn ask_printer(&self) {
        let status = self.devices().printer.status().await;
        if status != self.flow().printer() {
            self.happen(Event::Printer(status));
        }
        self.found(DeviceKind::Printer, condition_of(status, self.health().no_font));
    }

    async fn ask_devices(&self) {
        let devices = self.devices();
        let card = async {
            if let Some(reader) = &devices.card_reader {
                self.found(DeviceKind::CardReader, answers(reader.status().await.is_ok()));
            }
        };
        let chip = async {
            if let Some(reader) = &devices.chip_reader {
                self.found(DeviceKind::ChipReader, answers(reader.status().await.is_ok()));
            }
        };
        let scanner = async {
            if let Some(scanner) = &devices.scanner {
                self.found(DeviceKind::Scanner, answers(scanner.status().await.is_ok()));
            }
        };
        tokio::join!(card, chip, scanner);
        if let Some(speaker) = &devices.speaker {
            let works = speaker.status().is_ok();
            self.found(
                DeviceKind::Speaker,
                if works { Condition::Ready } else { Condition::Broken },
            );
        }
        if devices.lamp.is_some() {
            self.found(DeviceKind::Lamp, Condition::Ready);
        }
        // Whoever cannot start the browser again may show the page on any screen, or on none.
        if !self.config().screen.restart_command.is_empty() {
            let screen = self.watched_screen().answers(Instant::now());
            self.found(DeviceKind::Screen, answers(screen));
        }
    }

    fn found(&self, device: DeviceKind, condition: Condition) {
        self.health().found(device, condition, self.clock().now());
    }
}

fn answers(does: bool) -> Condition {
    if does { Condition::Ready } else { Condition::Silent }
}

fn condition_of(status: PrinterStatus, no_font: bool) -> Condition {
    match status {
        PrinterStatus::PaperLow => Condition::PaperLow,
        PrinterStatus::Ready if no_font => Condition::NoFont,
        PrinterStatus::Ready => Condition::Ready,
        PrinterStatus::Down(fault) => match fault {
            PrinterFault::PaperOut => Condition::PaperOut,
            PrinterFault::CoverOpen => Condition::CoverOpen,
            PrinterFault::CutterJam => Condition::CutterJam,
            PrinterFault::Broken => Condition::Broken,
            PrinterFault::Offline => Condition::Offline,
            PrinterFault::Silent => Condition::Silent,
            PrinterFault::BadJob => Condition::BadJob,
        },
    }
}
