//! Why a display's layout, a notice, an emergency message or an errand was not taken.

use axum::http::StatusCode;
use protocol::WindowId;
use protocol::wall::Block;

use super::errands::{LEAST_IDENTIFY_S, MOST_IDENTIFY_S};
use super::layouts::{LEAST_PERCENT_OF_SCALE, MOST_PERCENT_OF_SCALE, MOST_QUIET_HOURS};
use super::media::MOST_FILES;
use super::notices::MOST_OPEN;

/// Why something about the displays was not done. Nothing has changed then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WallsFault {
    /// There is no such display.
    #[error("unknown display")]
    UnknownDisplay,
    /// Somebody else saved another layout meanwhile.
    #[error("revision {newest} was saved meanwhile")]
    LayoutChanged {
        /// The newest revision.
        newest: u64,
    },
    /// There is no such revision of this display's layout.
    #[error("unknown revision")]
    UnknownRevision,
    /// A window's screen without a window.
    #[error("no window named")]
    NoWindow,
    /// The hall has no such window.
    #[error("unknown window {window}")]
    UnknownWindow {
        /// Which was asked for.
        window: WindowId,
    },
    /// Nothing would stand on the screen.
    #[error("no block")]
    NoBlock,
    /// A block stands on the screen twice.
    #[error("block twice: {block:?}")]
    BlockTwice {
        /// Which.
        block: Block,
    },
    /// The letters would be too small or too large.
    #[error("scale {percent} %")]
    Scale {
        /// What was asked for.
        percent: u16,
    },
    /// Louder than loud.
    #[error("volume {percent} %")]
    Volume {
        /// What was asked for.
        percent: u8,
    },
    /// Quiet hours whose times are none, or the same.
    #[error("bad quiet hours {from} to {to}")]
    QuietHours {
        /// As it was sent.
        from: String,
        /// As it was sent.
        to: String,
    },
    /// More stretches of quiet hours than anybody can survey.
    #[error("too many quiet hours")]
    TooManyQuietHours,
    /// The running line has no Chinese text.
    #[error("empty marquee")]
    Marquee,
    /// The media folder has no such file, or not one that can be shown.
    #[error("unknown media {name}")]
    UnknownMedia {
        /// Its name.
        name: String,
    },
    /// A file is to be shown twice.
    #[error("media twice: {name}")]
    MediaTwice {
        /// Its name.
        name: String,
    },
    /// More files than a display shows.
    #[error("too many media")]
    TooManyMedia,
    /// A notice without title or text in one of the languages.
    #[error("a notice lacks words")]
    NoticeWords,
    /// A notice that would be over before it began, or is over already.
    #[error("bad times of a notice")]
    NoticeTimes,
    /// So many notices are open that nobody would read another.
    #[error("too many notices")]
    TooManyNotices,
    /// There is no such notice.
    #[error("unknown notice")]
    UnknownNotice,
    /// An emergency message without words.
    #[error("an emergency message lacks words")]
    EmergencyWords,
    /// Another emergency message is shown than the one who asks has seen.
    #[error("another emergency message is shown")]
    EmergencyChanged,
    /// A flash that is too short to find a screen by, or too long.
    #[error("identify for {seconds} s")]
    IdentifySeconds {
        /// What was asked for.
        seconds: i64,
    },
}

impl WallsFault {
    /// The status of its answer.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::UnknownDisplay | Self::UnknownRevision | Self::UnknownNotice => {
                StatusCode::NOT_FOUND
            }
            Self::LayoutChanged { .. } | Self::EmergencyChanged | Self::TooManyNotices => {
                StatusCode::CONFLICT
            }
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    /// Its stable name, for programs.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::UnknownDisplay => "unknown-display",
            Self::LayoutChanged { .. } => "layout-changed",
            Self::UnknownRevision => "layout-unknown-revision",
            Self::NoWindow => "layout-no-window",
            Self::UnknownWindow { .. } => "layout-unknown-window",
            Self::NoBlock => "layout-no-block",
            Self::BlockTwice { .. } => "layout-block-twice",
            Self::Scale { .. } => "layout-scale",
            Self::Volume { .. } => "layout-volume",
            Self::QuietHours { .. } => "layout-quiet-hours",
            Self::TooManyQuietHours => "layout-too-many-quiet-hours",
            Self::Marquee => "layout-marquee",
            Self::UnknownMedia { .. } => "layout-unknown-media",
            Self::MediaTwice { .. } => "layout-media-twice",
            Self::TooManyMedia => "layout-too-many-media",
            Self::NoticeWords => "notice-words",
            Self::NoticeTimes => "notice-times",
            Self::TooManyNotices => "notice-too-many",
            Self::UnknownNotice => "unknown-notice",
            Self::EmergencyWords => "emergency-words",
            Self::EmergencyChanged => "emergency-changed",
            Self::IdentifySeconds { .. } => "identify-seconds",
        }
    }

    /// What its sentence fills in.
    pub(crate) fn value(&self) -> String {
        match self {
            Self::LayoutChanged { newest } => newest.to_string(),
            Self::UnknownWindow { window } => window.to_string(),
            Self::BlockTwice { block } => name_of(*block),
            Self::Scale { .. } => format!("{LEAST_PERCENT_OF_SCALE}–{MOST_PERCENT_OF_SCALE}"),
            Self::QuietHours { from, to } => format!("{from}–{to}"),
            Self::TooManyQuietHours => MOST_QUIET_HOURS.to_string(),
            Self::UnknownMedia { name } | Self::MediaTwice { name } => name.clone(),
            Self::TooManyMedia => MOST_FILES.to_string(),
            Self::TooManyNotices => MOST_OPEN.to_string(),
            Self::IdentifySeconds { .. } => format!("{LEAST_IDENTIFY_S}–{MOST_IDENTIFY_S}"),
            _ => String::new(),
        }
    }
}

/// A block as requests name it.
fn name_of(block: Block) -> String {
    let name = serde_json::to_value(block).ok();
    name.and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default()
}
