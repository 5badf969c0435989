//! The devices of this kiosk, real or simulated, as the configuration says. A simulated one is spoken to by
//! the same driver as a real one, in its real bytes, over a port or pseudo-terminal of this machine.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use hardware::card::{CardReader, SamReader, SimulatedSam};
use hardware::gpio::{self, GpioFault, LineAddress};
use hardware::lamp::{Lamp, Light, LineLamp, SimulatedLamp};
use hardware::line::Address;
use hardware::printer::{EscposPrinter, Printer, SimulatedPrinter};
use hardware::scanner::{self, Scanner, SimulatedScanner};
use hardware::speaker::{EngineSpeaker, SimulatedSpeaker, Speaker};
use settings::Fault;
use slip::Press;

use crate::config::{
    CardReaderKind, ChipReaderKind, Config, LampKind, PrinterKind, ScannerKind, SpeakerKind,
};

/// A pseudo-terminal takes any speed.
const SIMULATED_BAUD: u32 = 115_200;

/// What the kiosk is bolted together from. What it has not is `None`.
#[derive(Clone)]
pub struct Devices {
    /// Prints slips.
    pub printer: Arc<dyn Printer>,
    /// How slips are made for it.
    pub press: Press,
    /// Reads identity cards.
    pub card_reader: Option<Arc<dyn CardReader>>,
    /// Reads social-security cards.
    pub chip_reader: Option<Arc<dyn CardReader>>,
    /// Scans codes.
    pub scanner: Option<Arc<dyn Scanner>>,
    /// Speaks.
    pub speaker: Option<Arc<dyn Speaker>>,
    /// Shines above.
    pub lamp: Option<Arc<dyn Lamp>>,
    /// The simulated ones again, for the bench beside the screen.
    pub bench: Bench,
    /// What the lamp was last told.
    light: Arc<Mutex<Light>>,
}

/// The simulated devices, as somebody who tries the kiosk handles them.
#[derive(Clone, Default)]
pub struct Bench {
    /// The printer, if it is simulated.
    pub printer: Option<SimulatedPrinter>,
    /// The card reader, if it is simulated.
    pub card_reader: Option<SimulatedSam>,
    /// The scanner, if it is simulated.
    pub scanner: Option<SimulatedScanner>,
    /// The speaker, if it is simulated.
    pub speaker: Option<SimulatedSpeaker>,
    /// The lamp, if it is simulated.
    pub lamp: Option<SimulatedLamp>,
}

impl Bench {
    /// Whether there is anything on it. A lamp and a voice alone are not worth a bench.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.printer.is_none() && self.card_reader.is_none() && self.scanner.is_none()
    }
}

impl Devices {
    /// Makes every device. A real one need not be there yet. The printer may have `slip_begun` on its paper,
    /// by a start that was cut short.
    ///
    /// # Errors
    /// If one can never be used.
    pub async fn open(config: &Config, slip_begun: bool) -> Result<Self, Fault> {
        let mut bench = Bench::default();
        Ok(Self {
            printer: open_printer(config, slip_begun, &mut bench)?,
            press: config.press()?,
            card_reader: open_card_reader(config, &mut bench).await?,
            chip_reader: open_chip_reader(config)?,
            scanner: open_scanner(config, &mut bench)?,
            speaker: open_speaker(config, &mut bench),
            lamp: open_lamp(config, &mut bench)?,
            bench,
            light: Arc::new(Mutex::new(Light::Off)),
        })
    }

    /// Shows something on the lamp, until something else is shown.
    pub fn show(&self, light: Light) {
        *self.light.lock().unwrap_or_else(PoisonError::into_inner) = light;
        self.switch(light);
    }

    /// Blinks, whatever is shown.
    pub fn blink(&self) {
        self.switch(Light::Blinking);
    }

    /// Shows again what was shown before it blinked.
    pub fn stop_blinking(&self) {
        self.switch(*self.light.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// A lamp that fails is worth a line in the log, not a closed kiosk.
    fn switch(&self, light: Light) {
        if let Some(Err(fault)) = self.lamp.as_ref().map(|lamp| lamp.show(light)) {
            tracing::warn!(%fault, "the lamp cannot be switched");
        }
    }
}

fn open_printer(
    config: &Config,
    slip_begun: bool,
    bench: &mut Bench,
) -> Result<Arc<dyn Printer>, Fault> {
    let address = match config.printer.kind {
        PrinterKind::Escpos => config.printer_address()?,
        PrinterKind::Simulated => {
            let printer = bench.printer.insert(SimulatedPrinter::new(config.press()?.paper.dots()));
            let port = printer.serve_tcp().map_err(no_place(config, "printer.kind"))?;
            Address::Tcp(port.to_string())
        }
    };
    let printer = EscposPrinter::new(address, config.printer_profile()?);
    // A simulated one was just made and has nothing on its paper.
    let is_real = config.printer.kind == PrinterKind::Escpos;
    Ok(Arc::new(if slip_begun && is_real { printer.with_slip_begun() } else { printer }))
}

async fn open_card_reader(
    config: &Config,
    bench: &mut Bench,
) -> Result<Option<Arc<dyn CardReader>>, Fault> {
    let address = match config.card_reader.kind {
        CardReaderKind::None => return Ok(None),
        CardReaderKind::Sam => config.card_reader_address()?,
        CardReaderKind::Simulated => {
            let reader = bench.card_reader.insert(SimulatedSam::default());
            let port = reader.serve_tcp().await.map_err(no_place(config, "card_reader.kind"))?;
            Address::Tcp(port.to_string())
        }
    };
    Ok(Some(Arc::new(SamReader::new(address))))
}

#[cfg(feature = "pcsc")]
fn open_chip_reader(config: &Config) -> Result<Option<Arc<dyn CardReader>>, Fault> {
    if config.chip_reader.kind == ChipReaderKind::None {
        return Ok(None);
    }
    let (name, profile) = (config.chip_reader.name.clone(), config.chip_profile()?);
    Ok(Some(Arc::new(hardware::card::PcscReader::new(name, profile))))
}

/// The configuration was refused if it asks for one.
#[cfg(not(feature = "pcsc"))]
fn open_chip_reader(config: &Config) -> Result<Option<Arc<dyn CardReader>>, Fault> {
    match config.chip_reader.kind {
        ChipReaderKind::None => Ok(None),
        ChipReaderKind::Pcsc => {
            let problem = "this program was built without PC/SC";
            Err(config.fault("chip_reader.kind", problem, "write \"none\""))
        }
    }
}

fn open_scanner(config: &Config, bench: &mut Bench) -> Result<Option<Arc<dyn Scanner>>, Fault> {
    let address = match config.scanner.kind {
        ScannerKind::None => return Ok(None),
        ScannerKind::Serial | ScannerKind::Wedge => config.scanner_address()?,
        ScannerKind::Simulated => {
            let simulated = bench.scanner.insert(SimulatedScanner::default());
            let path = simulated.serve_pty().map_err(no_place(config, "scanner.kind"))?;
            Address::Serial { path, baud: SIMULATED_BAUD }
        }
    };
    Ok(Some(scanner::at(address)))
}

fn open_speaker(config: &Config, bench: &mut Bench) -> Option<Arc<dyn Speaker>> {
    match config.speaker.kind {
        SpeakerKind::None => None,
        SpeakerKind::Engine => Some(Arc::new(EngineSpeaker::new(config.speaker_settings()))),
        SpeakerKind::Simulated => {
            Some(Arc::new(bench.speaker.insert(SimulatedSpeaker::default()).clone()))
        }
    }
}

fn open_lamp(config: &Config, bench: &mut Bench) -> Result<Option<Arc<dyn Lamp>>, Fault> {
    match config.lamp.kind {
        LampKind::None => Ok(None),
        LampKind::Simulated => {
            Ok(Some(Arc::new(bench.lamp.insert(SimulatedLamp::default()).clone())))
        }
        LampKind::RaspberryPi => {
            let line = LineAddress::Raspberry { pin: config.lamp_pin()?, active_low: false };
            let lamp = gpio::output(&line).and_then(|line| LineLamp::new(Arc::from(line)));
            let lamp = lamp.map_err(|fault| match fault {
                GpioFault::NoRaspberryPi(_) => {
                    let problem = "this machine is not a Raspberry Pi";
                    config.fault("lamp.kind", problem, "write \"none\" or \"simulated\"")
                }
                other => {
                    config.fault("lamp.pin", other.to_string(), "choose a free pin of the header")
                }
            })?;
            Ok(Some(Arc::new(lamp)))
        }
    }
}

/// The fault of a simulated device that this machine gives no port or pseudo-terminal.
fn no_place<'a>(config: &'a Config, key: &'a str) -> impl Fn(io::Error) -> Fault + 'a {
    move |cause| {
        let problem = format!("the simulated device cannot be reached ({cause})");
        config.fault(key, problem, "write \"none\", or free a port or pseudo-terminal")
    }
}
