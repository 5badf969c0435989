//! The wall: what an administrator makes of a display, what the hall tells it besides its cells, and (in the
//! modules) what it reports and which keys clerks press.

mod keys;
mod report;

use serde::{Deserialize, Serialize};

pub use keys::{Key, KeyPress, KeypadView, Rating, RatingGiven};
pub use report::{DisplayReport, OutputReport, OutputState};

use crate::{Label, Language, Timestamp, WindowId};

/// What a display is to be, whole each time: sent when a display joins and with every change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Screen {
    /// What people call the display.
    pub name: Label,
    /// How it looks and sounds.
    pub layout: Layout,
    /// Notices in force there, in the order of showing.
    pub notices: Vec<Notice>,
    /// Pictures and videos to show there, in the order of showing.
    pub media: Vec<Media>,
    /// What takes every screen over, while it lasts.
    pub emergency: Option<Emergency>,
    /// Until when it flashes its name, so that somebody finds it.
    pub identify_until: Option<Timestamp>,
    /// It is to start again; once for each number.
    pub restart: Option<u64>,
}

/// How a display looks and sounds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Layout {
    /// What kind of screen it is.
    pub kind: LayoutKind,
    /// Whose screen it is, for [`LayoutKind::Window`]; for [`LayoutKind::Floor`] a window of the floor on which it
    /// hangs, so that this floor stands out.
    pub window: Option<WindowId>,
    /// What stands on it, in the order of importance.
    pub blocks: Vec<Block>,
    /// Its colours.
    pub theme: Theme,
    /// Size of its letters in percent, 50 to 200.
    pub scale_percent: u16,
    /// The first language.
    pub language: Language,
    /// What becomes of the second.
    pub languages: Languages,
    /// The running line of [`Block::Marquee`].
    pub marquee: Option<Label>,
    /// Names of pictures and videos to show; empty for all there are.
    pub media: Vec<String>,
    /// How loud its voices are in percent, 0 to 100.
    pub volume_percent: u8,
    /// When its voices are silent, in the hall's time.
    pub quiet: Vec<QuietHours>,
}

impl Default for Layout {
    fn default() -> Self {
        Self::of_kind(LayoutKind::Lobby)
    }
}

impl Layout {
    /// The usual layout of a kind.
    #[must_use]
    pub fn of_kind(kind: LayoutKind) -> Self {
        Self {
            kind,
            window: None,
            blocks: kind.usual_blocks().to_vec(),
            theme: Theme::default(),
            scale_percent: 100,
            language: Language::default(),
            languages: Languages::default(),
            marquee: None,
            media: Vec::new(),
            volume_percent: 80,
            quiet: Vec::new(),
        }
    }
}

/// What kind of screen a display is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LayoutKind {
    /// The whole hall, read from afar (综合屏).
    #[default]
    Lobby,
    /// One part of the hall (区域屏).
    Zone,
    /// Above or beside one window (窗口屏).
    Window,
    /// Where everything is (楼层导引).
    Floor,
    /// Notices, pictures and videos (公告屏).
    Notice,
}

impl LayoutKind {
    /// Every kind, in the order pages list them.
    pub const ALL: [Self; 5] = [Self::Lobby, Self::Zone, Self::Window, Self::Floor, Self::Notice];

    /// What usually stands on it.
    #[must_use]
    pub fn usual_blocks(self) -> &'static [Block] {
        use Block::{Calls, Clock, Guide, Marquee, Media, Next, Notices, Waiting, Windows};
        match self {
            Self::Lobby => &[Calls, Waiting, Clock, Marquee],
            Self::Zone => &[Calls, Next, Waiting, Windows, Clock, Marquee],
            Self::Window => &[Calls, Next, Clock],
            Self::Floor => &[Guide, Waiting, Clock, Marquee],
            Self::Notice => &[Notices, Media, Calls, Clock, Marquee],
        }
    }
}

/// A part of a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Block {
    /// Who is called where, one row for each window; the newest large.
    Calls,
    /// Who is next, by number only.
    Next,
    /// How many wait for each service, and how long.
    Waiting,
    /// Which windows are open, paused and closed.
    Windows,
    /// Where everything is: floors, zones, windows and their services.
    Guide,
    /// Notices.
    Notices,
    /// Pictures and videos.
    Media,
    /// Date and time.
    Clock,
    /// A running line.
    Marquee,
}

impl Block {
    /// Every block, in the order pages list them.
    pub const ALL: [Self; 9] = [
        Self::Calls,
        Self::Next,
        Self::Waiting,
        Self::Windows,
        Self::Guide,
        Self::Notices,
        Self::Media,
        Self::Clock,
        Self::Marquee,
    ];
}

/// The colours of a screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// Light letters on a dark ground, for most rooms.
    #[default]
    Night,
    /// Dark letters on a light ground, for rooms full of daylight.
    Day,
    /// Black, white and yellow: the highest contrast.
    Contrast,
}

/// What becomes of the second language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Languages {
    /// Both at once, the first larger.
    #[default]
    Both,
    /// One after the other, each large.
    Turns,
    /// The first alone.
    One,
}

/// A stretch of the day, `12:00` to `13:30`; one that ends before it begins goes over midnight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct QuietHours {
    /// From, `12:00`.
    pub from: String,
    /// To, `13:30`.
    pub to: String,
}

/// Something the hall wants everybody to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Notice {
    /// Which.
    pub id: u64,
    /// Its heading.
    pub title: Label,
    /// What it says.
    pub text: Label,
}

/// A picture or a video in the hall's media folder, at `/media/NAME?v=REVISION`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Media {
    /// The file's name.
    pub name: String,
    /// What it is.
    pub kind: MediaKind,
    /// Another one when the file has changed.
    pub revision: String,
}

/// What a file of the media folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MediaKind {
    /// A picture.
    Picture,
    /// A video without sound.
    Video,
}

/// What takes every screen over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Emergency {
    /// Which; displays acknowledge it by this number.
    pub id: u64,
    /// What it says.
    pub text: Label,
    /// Since when.
    pub since: Timestamp,
}
