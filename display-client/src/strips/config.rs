//! `[[strips]]` of `display.toml`: one table for each bus.

use std::collections::{BTreeMap, BTreeSet};

use hardware::strip::{Charset, Colour, Strip};
use protocol::{Language, WindowId};
use serde::Deserialize;
use ui::Words;

use super::make;
use crate::config::Mistake;

/// The longest strip, in half-widths: 16×512 dots.
const LONGEST: u16 = 64;
/// Longer pauses would make a bus of thirty strips useless, in milliseconds.
const LONGEST_GAP_MS: u64 = 5_000;
/// A day, in minutes.
const LONGEST_RESEND: u64 = 24 * 60;
/// A minute of flashing is no flashing any more.
const LONGEST_FLASH_S: u64 = 60;

/// One bus of strips.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// What people call the bus.
    pub(crate) name: String,
    /// The make of its cards.
    pub(super) driver: DriverKind,
    /// With `driver = "simulated"`: the make of the cards that are simulated.
    #[serde(default = "usual_make")]
    pub(super) simulates: DriverKind,
    /// Where they are: `serial:/dev/ttyUSB0@9600`, `tcp:10.0.0.7:5005`, `udp:10.0.0.8:8453`.
    #[serde(default)]
    pub(super) line: Option<String>,
    /// The pause after each frame, in milliseconds; what the make needs without it.
    #[serde(default)]
    pub(super) gap_ms: Option<u64>,
    /// After how many minutes a text is sent again, because a strip that lost its power has lost it.
    #[serde(default = "usual_resend")]
    pub(super) resend_minutes: u64,
    /// How long a call flashes before it stands, in seconds; 0 not at all.
    #[serde(default = "usual_flash")]
    pub(super) flash_seconds: u64,
    /// The characters the cards have a font for.
    #[serde(default)]
    pub(super) charset: CharsetKind,
    /// What is shown when.
    #[serde(default)]
    pub(super) texts: Texts,
    /// In which colours.
    #[serde(default)]
    pub(super) colours: Colours,
    /// The strips of the bus.
    pub(super) windows: Vec<Place>,
    /// What a BX card has to be told.
    #[serde(default)]
    pub(super) bx: Bx,
    /// The frame of a card that has no driver of its own.
    #[serde(default)]
    pub(super) template: Option<Frame>,
    /// With `driver = "program"`: the program and its arguments.
    #[serde(default)]
    pub(super) program: Vec<String>,
}

/// A make of card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum DriverKind {
    /// The classic strip with frames of 69 bytes.
    #[serde(rename = "hall-69")]
    Hall69,
    /// BX-5K and BX-6K with fonts of their own.
    #[serde(rename = "bx-5k")]
    Bx5k,
    /// The CX card.
    CxUdp,
    /// The number board.
    #[serde(rename = "rs485-number")]
    Number,
    /// As `template` says.
    Template,
    /// A program of the site.
    Program,
    /// Strips on the bench, behind the driver that `simulates` names.
    Simulated,
}

/// The characters a card has a font for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum CharsetKind {
    /// GBK.
    #[default]
    Gbk,
    /// All of GB 18030.
    Gb18030,
}

impl From<CharsetKind> for Charset {
    fn from(kind: CharsetKind) -> Self {
        match kind {
            CharsetKind::Gbk => Self::Gbk,
            CharsetKind::Gb18030 => Self::Gb18030,
        }
    }
}

/// What a strip shows when. `{number}` and `{window}` stand for the number and the window's name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Texts {
    /// The window is open and calls nobody.
    pub(super) idle: String,
    /// It is paused.
    pub(super) pause: String,
    /// It is closed.
    pub(super) closed: String,
    /// Somebody is called, or served.
    pub(super) call: String,
}

impl Default for Texts {
    /// As strips in Chinese halls have them.
    fn default() -> Self {
        let words = Words::of(Language::Zh);
        Self {
            idle: words.get("strip-idle"),
            pause: words.get("strip-pause"),
            closed: String::new(),
            call: words.with("strip-call", &[("number", "{number}")]),
        }
    }
}

/// In which colours.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Colours {
    /// While the window calls nobody.
    pub(super) idle: ColourKind,
    /// While it is paused.
    pub(super) pause: ColourKind,
    /// While it is closed.
    pub(super) closed: ColourKind,
    /// While somebody is called or served.
    pub(super) call: ColourKind,
}

/// A colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ColourKind {
    /// Red.
    #[default]
    Red,
    /// Green.
    Green,
    /// Yellow.
    Yellow,
}

impl From<ColourKind> for Colour {
    fn from(kind: ColourKind) -> Self {
        match kind {
            ColourKind::Red => Self::Red,
            ColourKind::Green => Self::Green,
            ColourKind::Yellow => Self::Yellow,
        }
    }
}

/// One strip.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Place {
    /// The window it is above.
    pub(super) window: WindowId,
    /// Its address on the bus.
    pub(super) address: u16,
    /// How many half-width characters fit: a column of 8 dots each; of a number board, its digits.
    #[serde(default = "usual_width")]
    pub(super) width: u16,
}

/// What a BX card has to be told.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Bx {
    /// Its dynamic area.
    pub(super) area: u8,
    /// x, y, width and height of the area, as this model counts them.
    pub(super) place: Option<[u16; 4]>,
    /// What stands before a text that is red, green, yellow; without it no colour is sent.
    pub(super) marks: Option<[String; 3]>,
}

/// The frame of a card that has no driver of its own.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Frame {
    /// Bytes and fields with blanks between them.
    pub(super) frame: String,
    /// What stands for bytes that would mean something else: `A5 = "A6 02"`.
    #[serde(default)]
    pub(super) escape: BTreeMap<String, String>,
    /// The bytes of `{effect}` while it flashes.
    #[serde(default = "usual_flash_bytes")]
    pub(super) flash: String,
    /// The bytes of `{effect}` while it stands.
    #[serde(default = "usual_steady_bytes")]
    pub(super) steady: String,
}

fn usual_make() -> DriverKind {
    DriverKind::Hall69
}
fn usual_resend() -> u64 {
    5
}
fn usual_flash() -> u64 {
    3
}
fn usual_width() -> u16 {
    8
}
fn usual_flash_bytes() -> String {
    "01".to_owned()
}
fn usual_steady_bytes() -> String {
    "00".to_owned()
}

impl Config {
    /// Whether the table makes sense.
    pub(crate) fn check(&self) -> Result<(), Mistake> {
        if self.name.is_empty() {
            return Err(Mistake::new("name", "is empty", "write what people call the bus"));
        }
        at_most("gap_ms", self.gap_ms.unwrap_or_default(), LONGEST_GAP_MS)?;
        at_most("flash_seconds", self.flash_seconds, LONGEST_FLASH_S)?;
        at_most("resend_minutes", self.resend_minutes, LONGEST_RESEND)?;
        if self.resend_minutes == 0 {
            return Err(Mistake::new("resend_minutes", "0 would never end", "write 1 to 1440"));
        }
        self.check_windows()?;
        make::check(self)
    }

    fn check_windows(&self) -> Result<(), Mistake> {
        let mistake = |problem, mend: &str| Err(Mistake::new("windows", problem, mend));
        if self.windows.is_empty() {
            let mend = "write windows = [{ window = \"w01\", address = 1 }]";
            return mistake("is empty".to_owned(), mend);
        }
        let mut addresses = BTreeSet::new();
        for place in &self.windows {
            if !addresses.insert(place.address) {
                let problem = format!("the address {} is there twice", place.address);
                return mistake(problem, "give each strip of the bus its own");
            }
            if !(1..=LONGEST).contains(&place.width) {
                let problem = format!("a strip with a width of {}", place.width);
                return mistake(problem, "write 1 to 64; 8 dots are one");
            }
        }
        Ok(())
    }

    /// The strips of the bus, as hardware knows them.
    pub(super) fn strips(&self) -> Vec<Strip> {
        let strips = self.windows.iter();
        strips.map(|it| Strip { address: it.address, width: it.width }).collect()
    }

    /// The make of its cards, simulated or not.
    pub(super) fn make(&self) -> DriverKind {
        match self.driver {
            DriverKind::Simulated => self.simulates,
            make => make,
        }
    }
}

fn at_most(key: &str, value: u64, most: u64) -> Result<(), Mistake> {
    if value <= most {
        return Ok(());
    }
    Err(Mistake::new(key, format!("{value} is too much"), format!("write at most {most}")))
}
