//! The devices of `kiosk.toml`: what each is, where it is, and what differs from one make to the next.

use std::path::PathBuf;

use serde::Deserialize;

/// The printer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PrinterConfig {
    /// What it is.
    pub kind: PrinterKind,
    /// Where it is: `tcp:10.0.0.7:9100`, `file:/dev/usb/lp0`, `usb:04b8:0202`, `serial:/dev/ttyS1@9600`.
    pub address: Option<String>,
    /// The width of its paper: 58 or 80.
    pub paper_mm: u32,
    /// How slips are put on paper.
    pub mode: PrintMode,
    /// The characters its own font has.
    pub glyphs: PrinterGlyphs,
    /// The font of slips that are pictures; one of the system's is looked for without it.
    pub font: Option<PathBuf>,
    /// What cuts a slip, in hexadecimal; the usual cut without it.
    pub cut: Option<String>,
    /// What hands a slip out after the cut, in hexadecimal.
    pub present: Option<String>,
    /// What makes the printer forget a slip it could not finish, in hexadecimal; the usual bytes without it.
    pub clear: Option<String>,
    /// How it says that a slip is done.
    pub confirm: PrinterConfirm,
    /// Slips a roll is good for.
    pub slips_per_roll: u64,
}

impl Default for PrinterConfig {
    fn default() -> Self {
        Self {
            kind: PrinterKind::default(),
            address: None,
            paper_mm: 80,
            mode: PrintMode::default(),
            glyphs: PrinterGlyphs::default(),
            font: None,
            cut: None,
            present: None,
            clear: None,
            confirm: PrinterConfirm::default(),
            slips_per_roll: 850,
        }
    }
}

/// Which printer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PrinterKind {
    /// One that draws the slip beside the screen.
    #[default]
    Simulated,
    /// One that speaks ESC/POS.
    Escpos,
}

/// How slips are put on paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PrintMode {
    /// As text, in the printer's own Chinese font.
    #[default]
    Text,
    /// As a picture.
    Raster,
}

/// The characters a printer's own font has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PrinterGlyphs {
    /// GB 2312.
    Gb2312,
    /// GBK.
    #[default]
    Gbk,
    /// All of GB 18030.
    Gb18030,
}

/// How a printer says that a slip is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PrinterConfirm {
    /// It answers for its paper when it has come so far.
    #[default]
    Paper,
    /// It sends the slip's number back.
    Process,
    /// It does not: a slip counts as done if the printer is well for a while after it.
    None,
}

/// The reader of identity cards.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CardReaderConfig {
    /// What it is.
    pub kind: CardReaderKind,
    /// Where it is: `serial:/dev/ttyUSB0`, `usb:0400:c35a`.
    pub address: Option<String>,
}

/// Which card reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CardReaderKind {
    /// One on which a click places a card of somebody who does not exist.
    #[default]
    Simulated,
    /// One with the security module of China's identity cards.
    Sam,
    /// None; visitors cannot identify themselves by card.
    None,
}

/// The reader of social-security cards.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ChipReaderConfig {
    /// What it is.
    pub kind: ChipReaderKind,
    /// A part of its name, where PC/SC knows several.
    pub name: Option<String>,
    /// What leads to the application on the card: commands in hexadecimal; the national layout without it.
    pub open_commands: Vec<String>,
    /// What leads to the holder's number.
    pub number_commands: Vec<String>,
    /// What leads to the holder's name.
    pub name_commands: Vec<String>,
}

/// Which chip reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChipReaderKind {
    /// None.
    #[default]
    None,
    /// One that PC/SC knows; only in programs built with the feature `pcsc`.
    Pcsc,
}

/// The scanner of codes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ScannerConfig {
    /// What it is.
    pub kind: ScannerKind,
    /// Where it is: `serial:/dev/ttyACM0`, or of a keyboard `usb:1eab:0c10` or `file:/dev/input/by-id/…`.
    pub address: Option<String>,
}

/// Which scanner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScannerKind {
    /// One to which a click shows a code.
    #[default]
    Simulated,
    /// One that sends bytes; the better way.
    Serial,
    /// One that pretends to be a keyboard.
    Wedge,
    /// None.
    None,
}

/// The voice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SpeakerConfig {
    /// What it is.
    pub kind: SpeakerKind,
    /// Where recordings are: `zh/NAME.wav` and `en/NAME.wav`.
    pub clips_dir: Option<PathBuf>,
    /// Makes a sound of words: a program and its arguments; espeak-ng without it.
    pub engine: Option<Vec<String>>,
    /// Plays a sound: a program and its arguments; aplay without it.
    pub player: Option<Vec<String>>,
    /// The engine's Mandarin voice.
    pub mandarin_voice: Option<String>,
    /// The engine's English voice.
    pub english_voice: Option<String>,
}

/// Which speaker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpeakerKind {
    /// One whose words stand beside the screen.
    #[default]
    Simulated,
    /// Two programs: one that makes a sound of words, one that plays it.
    Engine,
    /// None.
    None,
}

/// The lamp above the kiosk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LampConfig {
    /// What it is.
    pub kind: LampKind,
    /// The pin of a Raspberry Pi, by its BCM number.
    pub pin: Option<u8>,
}

/// Which lamp.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LampKind {
    /// One on the page beside the screen.
    #[default]
    Simulated,
    /// One on a pin of a Raspberry Pi.
    RaspberryPi,
    /// None.
    None,
}
