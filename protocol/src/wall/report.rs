//! What a display says of itself over its live connection.

use serde::{Deserialize, Serialize};

use crate::live::Output;
use crate::{Timestamp, WindowId, ZoneId};

/// How a display is: said when it joins, whenever something changes, and otherwise every few seconds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DisplayReport {
    /// The version of its program.
    pub version: String,
    /// Since when it runs, by the hall's clock.
    pub started_at: Timestamp,
    /// Pages that show its board.
    pub pages: u32,
    /// Everything it gives calls out with, a screen's pages left out.
    pub outputs: Vec<OutputReport>,
    /// The last [`super::Screen::restart`] it followed.
    pub restarted: Option<u64>,
}

/// A voice, strip or lamp of a display.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OutputReport {
    /// What it does.
    pub output: Output,
    /// Its name in the display's configuration.
    pub name: String,
    /// Where it is: `serial:/dev/ttyS1@9600`, `aplay`.
    pub address: String,
    /// Whether it works.
    pub state: OutputState,
    /// Its own words for what is wrong.
    pub fault: Option<String>,
    /// Since when it is so, by the hall's clock.
    pub since: Timestamp,
    /// The windows whose calls it gives out; empty for all of its zones.
    pub windows: Vec<WindowId>,
    /// The zones whose calls it gives out; empty for all of the display's.
    pub zones: Vec<ZoneId>,
    /// Whether it is only for visitors who cannot hear.
    #[serde(default)]
    pub by_light: bool,
}

/// Whether an output works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum OutputState {
    /// It does.
    Ready,
    /// It is to be silent now, so nothing is expected of it.
    Quiet,
    /// It does not.
    Faulty,
}
