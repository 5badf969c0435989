//! From what `kiosk.toml` says of the devices to what they are made from.

use hardware::card::{Apdu, ApduProfile};
use hardware::line::Address;
use hardware::printer::{Confirm, Profile};
use hardware::speaker;
use settings::Fault;
use slip::{Glyphs, Mode, Paper, Press};

use super::Config;
use super::devices::{
    CardReaderKind, ChipReaderKind, LampKind, PrintMode, PrinterConfirm, PrinterGlyphs,
    PrinterKind, ScannerKind,
};

/// What the devices are made from. Each error names the key.
impl Config {
    /// How slips are made for the printer.
    ///
    /// # Errors
    /// If there is no such paper.
    pub fn press(&self) -> Result<Press, Fault> {
        let printer = &self.printer;
        let paper = Paper::of_mm(printer.paper_mm).ok_or_else(|| {
            let problem = format!("there is no paper of {} mm", printer.paper_mm);
            self.fault("printer.paper_mm", problem, "write 58 or 80")
        })?;
        if let Some(font) = printer.font.as_ref().filter(|font| !font.is_file()) {
            let problem = format!("there is no file {}", font.display());
            let mend = "name a font file, or leave the key out and install fonts-noto-cjk";
            return Err(self.fault("printer.font", problem, mend));
        }
        let mode = match printer.mode {
            PrintMode::Text => Mode::Text,
            PrintMode::Raster => Mode::Raster,
        };
        let glyphs = match printer.glyphs {
            PrinterGlyphs::Gb2312 => Glyphs::Gb2312,
            PrinterGlyphs::Gbk => Glyphs::Gbk,
            PrinterGlyphs::Gb18030 => Glyphs::Gb18030,
        };
        Ok(Press { paper, mode, glyphs, font: printer.font.clone() })
    }

    /// What is special about the printer.
    ///
    /// # Errors
    /// If bytes are not written in hexadecimal.
    pub fn printer_profile(&self) -> Result<Profile, Fault> {
        let usual = Profile::default();
        let bytes = |key, text: &Option<String>, usual| match text {
            None => Ok(usual),
            Some(text) => hexadecimal(text).ok_or_else(|| {
                let problem = format!("`{text}` is not hexadecimal");
                self.fault(key, problem, "write pairs of digits, such as \"1d 56 42 00\"")
            }),
        };
        let cut = bytes("printer.cut", &self.printer.cut, usual.cut.clone())?;
        let present = bytes("printer.present", &self.printer.present, usual.present.clone())?;
        let clear = bytes("printer.clear", &self.printer.clear, usual.clear.clone())?;
        let confirm = match self.printer.confirm {
            PrinterConfirm::Paper => Confirm::Paper,
            PrinterConfirm::Process => Confirm::Process,
            PrinterConfirm::None => Confirm::None,
        };
        Ok(Profile { cut, present, clear, confirm, ..usual })
    }

    /// Where the printer is.
    ///
    /// # Errors
    /// If it is missing or no address.
    pub fn printer_address(&self) -> Result<Address, Fault> {
        self.address("printer.address", self.printer.address.as_deref(), "tcp:10.0.0.7:9100")
    }

    /// Where the card reader is.
    ///
    /// # Errors
    /// If it is missing or no address.
    pub fn card_reader_address(&self) -> Result<Address, Fault> {
        let address = self.card_reader.address.as_deref();
        self.address("card_reader.address", address, "serial:/dev/ttyUSB0")
    }

    /// Where the scanner is.
    ///
    /// # Errors
    /// If it is missing, no address, or not one of its kind.
    pub fn scanner_address(&self) -> Result<Address, Fault> {
        let (text, kind) = (self.scanner.address.as_deref(), self.scanner.kind);
        let example = match kind {
            ScannerKind::Wedge => "usb:1eab:0c10",
            _ => "serial:/dev/ttyACM0",
        };
        let address = self.address("scanner.address", text, example)?;
        let types = matches!(address, Address::Usb { .. } | Address::File(_));
        if types == (kind == ScannerKind::Wedge) {
            return Ok(address);
        }
        let problem = format!("no scanner of this kind is at `{address}`");
        Err(self.fault("scanner.address", problem, format!("write it as \"{example}\"")))
    }

    fn address(&self, key: &str, text: Option<&str>, example: &str) -> Result<Address, Fault> {
        let Some(text) = text else {
            return Err(self.fault(key, "is missing", format!("write it as \"{example}\"")));
        };
        text.parse().map_err(|_| {
            let problem = format!("`{text}` is no address of a device");
            let mend =
                "write tcp:HOST:PORT, serial:/dev/ttyS1@9600, file:/dev/… or usb:VENDOR:PRODUCT";
            self.fault(key, problem, mend)
        })
    }

    /// What is said to cards with a chip.
    ///
    /// # Errors
    /// If something is no command.
    pub fn chip_profile(&self) -> Result<ApduProfile, Fault> {
        let usual = ApduProfile::default();
        let commands = |key: &str, texts: &[String], usual| {
            if texts.is_empty() {
                return Ok(usual);
            }
            let parsed = texts.iter().map(|text| text.parse::<Apdu>());
            parsed.collect::<Result<Vec<_>, _>>().map_err(|fault| {
                let mend = "write the card's commands as its issuer's description has them";
                self.fault(key, fault.to_string(), mend)
            })
        };
        let chip = &self.chip_reader;
        Ok(ApduProfile {
            open: commands("chip_reader.open_commands", &chip.open_commands, usual.open)?,
            number: commands("chip_reader.number_commands", &chip.number_commands, usual.number)?,
            name: commands("chip_reader.name_commands", &chip.name_commands, usual.name)?,
        })
    }

    /// What the voice is made of.
    #[must_use]
    pub fn speaker_settings(&self) -> speaker::Settings {
        let (usual, own) = (speaker::Settings::default(), self.speaker.clone());
        speaker::Settings {
            clips: own.clips_dir,
            engine: own.engine.unwrap_or(usual.engine),
            player: own.player.unwrap_or(usual.player),
            mandarin: own.mandarin_voice.unwrap_or(usual.mandarin),
            english: own.english_voice.unwrap_or(usual.english),
        }
    }

    /// The pin of the lamp, for a lamp that needs one.
    ///
    /// # Errors
    /// If it is missing.
    pub fn lamp_pin(&self) -> Result<u8, Fault> {
        self.lamp.pin.ok_or_else(|| {
            self.fault("lamp.pin", "is missing", "write the pin's BCM number, such as 17")
        })
    }

    /// Checks what can be checked without touching a device.
    pub(super) fn check_devices(&self) -> Result<(), Fault> {
        self.press()?;
        self.printer_profile()?;
        self.chip_profile()?;
        if self.printer.kind == PrinterKind::Escpos {
            self.printer_address()?;
        }
        if self.card_reader.kind == CardReaderKind::Sam {
            self.card_reader_address()?;
        }
        if matches!(self.scanner.kind, ScannerKind::Serial | ScannerKind::Wedge) {
            self.scanner_address()?;
        }
        if self.lamp.kind == LampKind::RaspberryPi {
            self.lamp_pin()?;
        }
        if cfg!(not(feature = "pcsc")) && self.chip_reader.kind == ChipReaderKind::Pcsc {
            let problem = "this program was built without PC/SC";
            let mend = "install one built with `--features pcsc`, or write \"none\"";
            return Err(self.fault("chip_reader.kind", problem, mend));
        }
        self.within("printer.slips_per_roll", self.printer.slips_per_roll, 50, 20_000)
    }
}

/// Bytes written in hexadecimal, with or without blanks.
fn hexadecimal(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text
        .chars()
        .filter(|it| *it != ' ')
        .map(|it| it.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect();
    let digits = digits.filter(|digits| digits.len().is_multiple_of(2))?;
    Some(digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}
