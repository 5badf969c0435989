//! The devices of this kiosk, real or simulated, as the configuration says.

use std::sync::Arc;

use anyhow::Context;
use hardware::card::{CardReader, SimulatedCardReader};
use hardware::lamp::{Lamp, Light, RaspberryLamp, SimulatedLamp};
use hardware::printer::{Paper, Printer, SimulatedPrinter};

use crate::config::{CardReaderKind, Config, LampKind, PrinterKind};

/// What the kiosk is bolted together from.
#[derive(Clone)]
pub struct Devices {
    /// Prints slips.
    pub printer: Arc<dyn Printer>,
    /// The paper in it.
    pub paper: Paper,
    /// Reads cards.
    pub card_reader: Arc<dyn CardReader>,
    /// Shines above.
    pub lamp: Arc<dyn Lamp>,
    /// The simulated ones again, for the bench beside the screen.
    pub bench: Bench,
}

/// The simulated devices, as somebody who tries the kiosk handles them.
#[derive(Clone, Default)]
pub struct Bench {
    /// The printer, if it is simulated.
    pub printer: Option<SimulatedPrinter>,
    /// The card reader, if it is simulated.
    pub card_reader: Option<SimulatedCardReader>,
    /// The lamp, if it is simulated.
    pub lamp: Option<SimulatedLamp>,
}

impl Bench {
    /// Whether there is anything on it. A lamp alone is not worth a bench.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.printer.is_none() && self.card_reader.is_none()
    }
}

impl Devices {
    /// Opens every device.
    ///
    /// # Errors
    /// If one cannot be used; the sentence names its key.
    pub fn open(config: &Config) -> anyhow::Result<Self> {
        let mut bench = Bench::default();
        let paper = config.paper()?;
        let printer: Arc<dyn Printer> = match config.printer.kind {
            PrinterKind::Simulated => {
                Arc::new(bench.printer.insert(SimulatedPrinter::new(paper)).clone())
            }
        };
        let card_reader: Arc<dyn CardReader> = match config.card_reader.kind {
            CardReaderKind::Simulated => {
                Arc::new(bench.card_reader.insert(SimulatedCardReader::default()).clone())
            }
        };
        let lamp = open_lamp(config, &mut bench)?;
        Ok(Self { printer, paper, card_reader, lamp, bench })
    }

    /// Shows something on the lamp. A lamp that fails is worth a line in the log, not a closed kiosk.
    pub fn show(&self, light: Light) {
        if let Err(fault) = self.lamp.show(light) {
            tracing::warn!(%fault, "the lamp cannot be switched");
        }
    }
}

fn open_lamp(config: &Config, bench: &mut Bench) -> anyhow::Result<Arc<dyn Lamp>> {
    Ok(match config.lamp.kind {
        LampKind::Simulated => Arc::new(bench.lamp.insert(SimulatedLamp::default()).clone()),
        LampKind::RaspberryPi => {
            let pin = config.lamp.pin.context("`lamp.pin` is missing")?;
            Arc::new(RaspberryLamp::open(pin).context("`lamp.kind` cannot be \"raspberry-pi\"")?)
        }
    })
}
