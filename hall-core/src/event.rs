//! What happened. Events are facts: applying one cannot fail, and none holds personal data. Their JSON
//! form is the journal's, so a field is never renamed and a new one has a default.

use std::sync::Arc;

use jiff::civil::Date;
use protocol::{
    Channel, Class, ClerkId, Identity, KioskId, Language, NoteId, Number, PersonId, Rule, SeriesId,
    ServiceId, TicketId, Timestamp, WindowId, wall::Rating,
};
use serde::{Deserialize, Serialize};

use crate::order::QueueKey;
use crate::plan::{DayKind, Plan, Profile, ReasonId};
use crate::ticket::{HoldScope, Slot};
use crate::window::UndoAction;

/// The version of this list, written beside every event in the journal.
pub const EVENT_VERSION: u32 = 3;

/// Something that happened in the hall.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the fields carry the names and meanings of the command's")]
pub enum Event {
    /// A business day began, under these rules.
    DayStarted { date: Date, midnight: Timestamp, kind: DayKind, plan: Arc<Plan> },
    /// The rules changed while the day ran.
    PlanChanged { plan: Arc<Plan> },
    /// The business day ended; whatever was open is closed.
    DayEnded,
    /// A visitor took a number.
    Taken(Taken),
    /// A block of numbers and ticket ids belongs to a kiosk.
    NumbersLeased {
        kiosk: KioskId,
        series: SeriesId,
        first_ticket: TicketId,
        numbers: Vec<Number>,
        /// The series' counter afterwards, in events of version 1: their leases took from it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        counter: Option<u32>,
        /// The counter of the series' leases afterwards, from version 2 on.
        #[serde(default)]
        leased_to: Option<u32>,
    },
    /// A kiosk was asked for another slip of a ticket.
    SlipReprinted { ticket: TicketId, kiosk: KioskId },
    /// A visitor who missed their call came back.
    Returned { ticket: TicketId, key: QueueKey },
    /// A visitor gave their number back.
    Withdrawn { ticket: TicketId },
    /// A visitor went away.
    Left { ticket: TicketId },
    /// A class was granted, and the place that follows from it.
    ClassGranted {
        ticket: TicketId,
        class: Class,
        reason: ReasonId,
        note: Option<NoteId>,
        key: QueueKey,
    },
    /// A duty manager put a ticket first.
    Pinned { ticket: TicketId, reason: ReasonId, note: Option<NoteId> },
    /// A pin was taken back.
    Unpinned { ticket: TicketId },
    /// One ticket became part of another.
    Merged { kept: TicketId, dropped: TicketId, services: Vec<ServiceId>, key: QueueKey },
    /// A timed hold ended, or an appointment may be called now.
    BecameDue { ticket: TicketId },
    /// No more tickets for a service today.
    ServiceClosed { service: ServiceId, reason: ReasonId },
    /// Tickets again.
    ServiceReopened { service: ServiceId },
    /// A window takes other services.
    ProfileSet { window: WindowId, profile: Profile },
    /// A clerk began to work at a window.
    WindowOpened { window: WindowId, clerk: ClerkId },
    /// A window takes nobody for now.
    WindowPaused { window: WindowId, reason: ReasonId },
    /// A window goes on.
    WindowResumed { window: WindowId },
    /// A window stopped working; tickets that waited for it alone are free to go elsewhere.
    WindowClosed { window: WindowId, reason: ReasonId, freed: Vec<TicketId> },
    /// A ticket was called, and why it was next.
    Called { ticket: TicketId, window: WindowId, why: Why },
    /// It was called again.
    Recalled { ticket: TicketId, window: WindowId },
    /// The visitor came.
    Started { ticket: TicketId, window: WindowId },
    /// The service was done.
    Finished { ticket: TicketId, window: WindowId, next: AfterLeg },
    /// The visitor said how it was, once for each service. From version 3 on.
    Rated { ticket: TicketId, window: WindowId, service: ServiceId, rating: Rating },
    /// Nobody came; the ticket goes to this place, or closes.
    Passed { ticket: TicketId, window: WindowId, back_at: Option<QueueKey> },
    /// The visitor was set aside.
    Held {
        ticket: TicketId,
        window: WindowId,
        scope: HoldScope,
        reason: ReasonId,
        until: Option<Timestamp>,
    },
    /// A visitor who was set aside was called back.
    TakenBack { ticket: TicketId, window: WindowId },
    /// The visitor was sent on and waits there, in the place they had.
    Transferred {
        ticket: TicketId,
        window: WindowId,
        service: ServiceId,
        bound_to: Option<WindowId>,
        note: Option<NoteId>,
        come_back: bool,
        key: QueueKey,
    },
    /// Somebody without a ticket is being served.
    WalkUpStarted { taken: Taken, window: WindowId },
    /// The last action at a window was taken back.
    Undone { window: WindowId, action: UndoAction, ticket: TicketId },
}

/// A number was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the fields are those of a ticket")]
pub struct Taken {
    pub ticket: TicketId,
    pub number: Number,
    pub series: SeriesId,
    /// The series' counter afterwards; `None` for a leased number, which moved it before.
    pub counter: Option<u32>,
    pub services: Vec<ServiceId>,
    pub person: Option<PersonId>,
    pub identity: Identity,
    pub class: Class,
    pub channel: Channel,
    pub kiosk: Option<KioskId>,
    pub language: Language,
    pub slot: Option<Slot>,
    pub taken_at: Timestamp,
    pub joined_at: Timestamp,
    pub not_before: Option<Timestamp>,
    pub key: QueueKey,
}

/// What follows a leg that is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "then", rename_all = "kebab-case")]
pub enum AfterLeg {
    /// Nothing: the visit is over.
    Done,
    /// The same window goes on with the ticket's next service.
    Here {
        /// Which.
        service: ServiceId,
    },
    /// The ticket waits for its next service, in the place it had.
    Waits {
        /// Which.
        service: ServiceId,
        /// Only for this window, which wanted the visitor back.
        bound_to: Option<WindowId>,
        /// Its place.
        key: QueueKey,
    },
}

/// Why a ticket was next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// The rule that decided.
    pub rule: Rule,
    /// Its place in the one order.
    pub key: QueueKey,
    /// The group of the window's profile it was called from.
    pub group: Option<usize>,
    /// Why the clerk chose it.
    pub reason: Option<ReasonId>,
    /// Those who would have been next, best first; somebody who was overtaken is among them.
    pub runners_up: Vec<RunnerUp>,
}

/// A ticket that could have been called instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunnerUp {
    /// Which.
    pub ticket: TicketId,
    /// Its place in the one order.
    pub key: QueueKey,
}

impl Event {
    /// The tickets this event changes; the day's end, which closes every open one, names none.
    #[must_use]
    pub fn tickets(&self) -> Vec<TicketId> {
        match self {
            Self::Taken(taken) | Self::WalkUpStarted { taken, .. } => vec![taken.ticket],
            Self::Merged { kept, dropped, .. } => vec![*kept, *dropped],
            Self::Returned { ticket, .. }
            | Self::Withdrawn { ticket }
            | Self::Left { ticket }
            | Self::ClassGranted { ticket, .. }
            | Self::Pinned { ticket, .. }
            | Self::Unpinned { ticket }
            | Self::BecameDue { ticket }
            | Self::Called { ticket, .. }
            | Self::Recalled { ticket, .. }
            | Self::Started { ticket, .. }
            | Self::Finished { ticket, .. }
            | Self::Rated { ticket, .. }
            | Self::Passed { ticket, .. }
            | Self::Held { ticket, .. }
            | Self::TakenBack { ticket, .. }
            | Self::Transferred { ticket, .. }
            | Self::SlipReprinted { ticket, .. }
            | Self::Undone { ticket, .. } => vec![*ticket],
            Self::WindowClosed { freed, .. } => freed.clone(),
            Self::DayStarted { .. }
            | Self::PlanChanged { .. }
            | Self::DayEnded
            | Self::NumbersLeased { .. }
            | Self::ServiceClosed { .. }
            | Self::ServiceReopened { .. }
            | Self::ProfileSet { .. }
            | Self::WindowOpened { .. }
            | Self::WindowPaused { .. }
            | Self::WindowResumed { .. } => Vec::new(),
        }
    }

    /// The window this happened at.
    #[must_use]
    pub fn window(&self) -> Option<&WindowId> {
        match self {
            Self::ProfileSet { window, .. }
            | Self::WindowOpened { window, .. }
            | Self::WindowPaused { window, .. }
            | Self::WindowResumed { window }
            | Self::WindowClosed { window, .. }
            | Self::Called { window, .. }
            | Self::Recalled { window, .. }
            | Self::Started { window, .. }
            | Self::Finished { window, .. }
            | Self::Rated { window, .. }
            | Self::Passed { window, .. }
            | Self::Held { window, .. }
            | Self::TakenBack { window, .. }
            | Self::Transferred { window, .. }
            | Self::WalkUpStarted { window, .. }
            | Self::Undone { window, .. } => Some(window),
            _ => None,
        }
    }
}
