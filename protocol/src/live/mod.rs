//! The live connection: one WebSocket at `/live`, JSON text messages, one topic each.
//!
//! A client says [`ClientMessage::Hello`] with the topic it wants and the last sequence it saw, and gets
//! what it missed or a fresh [`ServerMessage::Snapshot`]. From then on it gets [`ServerMessage::Delta`]s:
//! a topic is a set of named cells, a delta says which cells have a new value and which are gone. Deltas
//! and announcements of one topic come in the order of the journal; an announcement comes before any delta
//! or snapshot of the same sequence. `golden/` holds one example of every message, and
//! `docs/integrator/live-protocol.md` tells the whole story.

mod cells;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use cells::{
    AlertCell, AlertKind, Availability, CallCell, Cell, ConsoleCell, CurrentTicket, Figures,
    GivenOut, HallCell, HeldTicket, LineTicket, NextTicket, QueueCell, RecentTicket, ShownOn,
    TicketCell, TotalsCell, Undo, WaitRange, WindowCell, WindowRef,
};

use crate::wall::{DisplayReport, Screen};
use crate::{
    DisplayId, Label, Language, Number, Seq, ServiceId, TicketId, Timestamp, WindowId, ZoneId,
};

/// The version of these messages; a hall refuses a client with another one.
pub const VERSION: u32 = 1;
/// Seconds between pings from the hall; less than half of [`STALE_AFTER_S`], so that one late ping makes
/// nobody call itself stale.
pub const PING_EVERY_S: u64 = 4;
/// Seconds without any message after which a client calls itself stale.
pub const STALE_AFTER_S: u64 = 10;

/// The name of a cell within its topic: `call/w01`, `queue/passport`, `totals`.
pub type CellKey = String;

/// What a client wants to see.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "topic", rename_all = "kebab-case")]
pub enum Topic {
    /// What a wall display shows: cells `hall`, `call/<window>`, `queue/<service>`, `window/<window>`;
    /// announcements. Needs no sign-in; to acknowledge, a display's token.
    Board {
        /// Which display; it decides which zones are shown.
        display: DisplayId,
    },
    /// What a clerk's console shows: the cell `console`. For the clerk of the window and managers.
    Console {
        /// Which window.
        window: WindowId,
    },
    /// What a duty manager sees: cells `hall`, `totals`, `window/<window>`, `queue/<service>`,
    /// `alert/<name>`.
    Hall,
    /// What a visitor sees of one ticket: the cells `hall` and `ticket`. The token is the permission.
    Ticket {
        /// The ticket's secret.
        token: String,
    },
}

/// What a client says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum ClientMessage {
    /// The first message.
    Hello {
        /// [`VERSION`].
        version: u32,
        /// What it wants to see.
        topic: Topic,
        /// The sequence of the last message it saw of this topic, to get only what it missed.
        #[serde(default)]
        seen: Option<Seq>,
    },
    /// An announcement has been given out. Displays only.
    Acknowledge {
        /// Which.
        announcement: Seq,
        /// How.
        output: Output,
        /// When, by the display's clock.
        at: Timestamp,
    },
    /// The emergency message is on the screen. Displays only.
    AcknowledgeEmergency {
        /// Which.
        emergency: u64,
        /// Since when, by the display's clock.
        at: Timestamp,
    },
    /// How the display is. Displays only.
    Report(DisplayReport),
    /// The answer to a ping.
    Pong,
}

/// How an announcement was given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Output {
    /// On a screen.
    Shown,
    /// By voice.
    Spoken,
    /// On the LED strip of the window.
    Strip,
    /// By a lamp.
    Lamp,
    /// Not at all: keypads, raters and buttons, whose health is told like the others'.
    Keys,
}

impl Output {
    /// The word it has in JSON, and in the names of alerts.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::Spoken => "spoken",
            Self::Strip => "strip",
            Self::Lamp => "lamp",
            Self::Keys => "keys",
        }
    }
}

/// What the hall says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum ServerMessage {
    /// All cells of the topic as they are now. Replaces everything the client had.
    Snapshot {
        /// As of this event.
        seq: Seq,
        /// The hall's time.
        at: Timestamp,
        /// Every cell.
        cells: BTreeMap<CellKey, Cell>,
    },
    /// What has changed since the message before.
    Delta {
        /// As of this event.
        seq: Seq,
        /// The hall's time.
        at: Timestamp,
        /// Cells with a new value.
        set: BTreeMap<CellKey, Cell>,
        /// Cells that are no more.
        gone: Vec<CellKey>,
    },
    /// A call to be shown and spoken. Boards only.
    Announce(Announcement),
    /// What this display is to be, whole. Boards only; it has no place in the order of events.
    Screen(Box<Screen>),
    /// Is anybody there? Also tells the hall's time.
    Ping {
        /// The hall's time.
        at: Timestamp,
    },
    /// From a relay between the hall and the client: it has heard nothing from the hall since then. What
    /// was sent before still stands but may be old, until the next message of another kind.
    Stale {
        /// The hall's time of the last message.
        since: Timestamp,
    },
    /// The connection ends; the sentence is for people, the code for programs.
    Bye {
        /// `forbidden`, `version`, `malformed`, `unknown`, `too-slow`, `stopping`.
        code: String,
        /// In the client's language.
        message: String,
    },
}

/// One call to be shown and spoken, once per call and recall.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcement {
    /// The event that made it.
    pub seq: Seq,
    /// Whom.
    pub ticket: TicketId,
    /// Their number.
    pub number: Number,
    /// Where to.
    pub window: WindowId,
    /// What people call the window.
    pub window_name: Label,
    /// The zone of the window.
    pub zone: ZoneId,
    /// What they are called for.
    pub service: ServiceId,
    /// The visitor's language.
    pub language: Language,
    /// When the call was made.
    pub at: Timestamp,
    /// 0 for the call itself, then 1, 2, …
    pub recall: u8,
    /// How it is spoken; `None` where calls are silent.
    pub voice: Option<Phrase>,
    /// Whether its visitor cannot hear, so that a light calls them too.
    pub by_light: bool,
}

/// How a call is spoken. `{number}` and `{window}` stand for the number, said digit by digit, and for the
/// window's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrase {
    /// In Mandarin.
    pub zh: String,
    /// In English, if the visitor wants it.
    pub en: Option<String>,
    /// How often in each language.
    pub times: u8,
}
