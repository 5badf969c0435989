//! The devices of this kiosk, real or simulated, as the configuration says.

use std::sync::Arc;

use hardware::card::{CardReader, SimulatedCardReader};
use hardware::lamp::{Lamp, LampFault, Light, RaspberryLamp, SimulatedLamp};
use hardware::printer::{Paper, Printer, SimulatedPrinter};
use settings::Fault;

use crate::config::{CardReaderKind, Config, PrinterKind};

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
    /// If one cannot be used.
    pub fn open(config: &Config) -> Result<Self, Fault> {
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

fn open_lamp(config: &Config, bench: &mut Bench) -> Result<Arc<dyn Lamp>, Fault> {
    match config.lamp_pin()? {
        None => Ok(Arc::new(bench.lamp.insert(SimulatedLamp::default()).clone())),
        Some(pin) => match RaspberryLamp::open(pin) {
            Ok(lamp) => Ok(Arc::new(lamp)),
            Err(LampFault::NoRaspberryPi) => {
                let problem = "this machine is not a Raspberry Pi";
                Err(config.fault("lamp.kind", problem, "write \"simulated\""))
            }
            Err(fault) => {
                Err(config.fault("lamp.pin", fault.to_string(), "choose a free pin of the header"))
            }
        },
    }
}
