//! How a kiosk's devices are, and what staff ask of them: `POST /api/v1/kiosks/{kiosk}/heartbeat`.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// How a kiosk is. Said every few seconds; the answer is [`KioskErrands`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct KioskReport {
    /// The version of its program.
    pub version: String,
    /// Its devices.
    pub devices: Vec<DeviceReport>,
    /// Tickets it gave while the hall was away and has not handed in yet.
    pub unsent: u32,
    /// Leased numbers it still has.
    pub leased_left: u32,
    /// What became of the tests it was asked for since the last report that was heard.
    pub tests: Vec<TestResult>,
}

/// One device of a kiosk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DeviceReport {
    /// Which.
    pub device: DeviceKind,
    /// How it is.
    pub condition: Condition,
    /// Since when, by the kiosk's clock.
    pub since: Timestamp,
    /// Where it is: `tcp:10.0.0.7:9100`, `simulated`.
    pub address: String,
    /// What it calls itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The version of its program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub firmware: Option<String>,
    /// What it has counted.
    #[serde(default)]
    pub counters: Vec<Counter>,
}

/// The kinds of devices a kiosk has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DeviceKind {
    /// The printer of slips.
    Printer,
    /// The reader of identity cards.
    CardReader,
    /// The reader of social-security cards.
    ChipReader,
    /// The scanner of codes.
    Scanner,
    /// The lamp above.
    Lamp,
    /// The voice.
    Speaker,
    /// The browser that shows the pages.
    Screen,
}

impl DeviceKind {
    /// The word it has in JSON, and in the names of alerts.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Printer => "printer",
            Self::CardReader => "card-reader",
            Self::ChipReader => "chip-reader",
            Self::Scanner => "scanner",
            Self::Lamp => "lamp",
            Self::Speaker => "speaker",
            Self::Screen => "screen",
        }
    }
}

/// How a device is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// It works.
    #[default]
    Ready,
    /// It works; the roll is nearly used up.
    PaperLow,
    /// It works in part: there is no font to print pictures with.
    NoFont,
    /// No paper.
    PaperOut,
    /// The cover is open.
    CoverOpen,
    /// The cutter is stuck.
    CutterJam,
    /// A fault that only switching it off and on, or a technician, mends.
    Broken,
    /// It says that it is off-line.
    Offline,
    /// It does not answer.
    Silent,
    /// It did not understand what it was sent.
    BadJob,
}

impl Condition {
    /// Whether the device does not work, so that somebody must come.
    #[must_use]
    pub fn is_fault(self) -> bool {
        !matches!(self, Self::Ready | Self::PaperLow | Self::NoFont)
    }
}

/// Something a device counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Counter {
    /// What.
    pub what: Counted,
    /// How many.
    pub count: u64,
}

/// What devices count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Counted {
    /// Slips since the roll was changed.
    SlipsOnRoll,
    /// Slips that the rest of the roll is good for, estimated.
    SlipsLeft,
    /// Slips in all.
    Slips,
    /// Slips that were not printed, or perhaps not.
    SlipsFailed,
    /// Cards read.
    Cards,
    /// Cards that could not be read.
    CardsFailed,
    /// Codes scanned.
    Codes,
}

/// What the hall asks of a kiosk, in answer to its report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct KioskErrands {
    /// The hall's time.
    pub at: Timestamp,
    /// Since when the hall has been running. It remembers no call for help from before.
    pub running_since: Timestamp,
    /// Whether somebody at the kiosk still waits for help.
    pub help_open: bool,
    /// The revision of the slip's template; to be fetched when it is another than the one the kiosk has.
    pub slip_template: u64,
    /// What staff want done, until a report says what became of it.
    pub tests: Vec<DeviceTest>,
}

/// Something staff want a device to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DeviceTest {
    /// Which request it is.
    pub id: u64,
    /// What to do.
    pub test: Test,
}

/// What a device can be asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Test {
    /// Print a slip that says it is a test.
    PrintSlip,
    /// Read the card that is placed within half a minute; nothing of it is kept or told.
    ReadCard,
    /// Scan the code that is shown within half a minute; what it says is not told.
    ScanCode,
    /// Blink, so that the kiosk is found.
    Blink,
    /// Say a sentence.
    Speak,
    /// A new roll was put in: count from there.
    NewRoll,
}

/// What became of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TestResult {
    /// Which request it answers.
    pub id: u64,
    /// How it came out.
    pub finding: Finding,
}

/// How a test came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Finding {
    /// It works.
    Passed,
    /// It does not; the device's condition says why.
    Failed,
    /// Nobody placed a card or showed a code in time.
    NothingCame,
    /// There is no such device here.
    NoDevice,
    /// A visitor is at the kiosk; try again.
    Busy,
}
