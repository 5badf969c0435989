//! Why a command was not carried out. A refusal changes nothing; its code is the key of a sentence in
//! both languages, its fields are what the sentence names.

use protocol::{ClerkId, Identity, Number, SeriesId, ServiceId, TicketId, WindowId};
use serde::{Deserialize, Serialize};

use crate::plan::ReasonId;

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the fields are what the sentence names")]
pub enum Refusal {
    #[error("the business day has not begun")]
    DayNotRunning,
    #[error("the business day has already begun")]
    DayAlreadyRunning,
    #[error("the plan has a fault: {fault}")]
    BadPlan { fault: String },
    #[error("there is no service {service}")]
    UnknownService { service: ServiceId },
    #[error("there is no window {window}")]
    UnknownWindow { window: WindowId },
    #[error("there is no ticket {ticket} today")]
    UnknownTicket { ticket: TicketId },
    #[error("there is no series {series}")]
    UnknownSeries { series: SeriesId },
    #[error("there is no reason {reason} in the plan")]
    UnknownReason { reason: ReasonId },

    #[error("a ticket needs a service")]
    NoService,
    #[error("a ticket carries at most {max} services")]
    TooManyServices { max: u8 },
    #[error("service {service} is named twice")]
    SameServiceTwice { service: ServiceId },
    #[error("services {first} and {second} cannot share a ticket")]
    ServicesConflict { first: ServiceId, second: ServiceId },
    #[error("service {service} gives no more tickets today: {reason}")]
    ServiceClosed { service: ServiceId, reason: ReasonId },
    #[error("service {service} gives no tickets at this time; next from {opens:?}")]
    OutsideHours { service: ServiceId, opens: Option<String> },
    #[error("the tickets of service {service} for this time are used up")]
    QuotaUsedUp { service: ServiceId, opens: Option<String> },
    #[error("the tickets of service {service} for today are used up")]
    DayMaxReached { service: ServiceId },
    #[error("no open window takes service {service} now")]
    NoOpenWindow { service: ServiceId },
    #[error("service {service} needs the visitor's {needed:?}")]
    IdentityNeeded { service: ServiceId, needed: Identity },
    #[error("this visitor already holds {number} for service {service}")]
    AlreadyWaiting { service: ServiceId, number: Number, ticket: TicketId },
    #[error("an appointment must be for today, and end after it begins")]
    BadSlot,
    #[error("series {series} has no more numbers")]
    SeriesExhausted { series: SeriesId },
    #[error("ticket {ticket} was never leased to this kiosk, or is used")]
    NotLeased { ticket: TicketId },
    #[error("the leased ticket {ticket}, {number}, has joined the queue already")]
    AlreadyJoined { number: Number, ticket: TicketId },
    #[error("a lease holds 1 to {max} numbers")]
    LeaseTooLarge { max: u32 },

    #[error("this page is out of date")]
    StalePage,
    #[error("the window is not open")]
    WindowNotOpen,
    #[error("the window is already open, by {clerk}")]
    WindowTaken { clerk: ClerkId },
    #[error("the clerk works at window {window}")]
    ClerkElsewhere { window: WindowId },
    #[error("the window is not paused")]
    WindowNotPaused,
    #[error("the window still has {number}")]
    WindowBusy { number: Number },
    #[error("nobody is at the window")]
    NobodyHere,
    #[error("nobody who was served here is still to be asked how it was")]
    NothingToRate,
    #[error("nobody is waiting for this window")]
    NobodyWaiting,
    #[error("{number} was called and has not come yet")]
    CallUnanswered { number: Number },
    #[error("{number} is already being served")]
    AlreadyServing { number: Number },
    #[error("{number} was recalled {max} times")]
    TooManyRecalls { number: Number, max: u8 },
    #[error("{number} is not waiting")]
    NotWaiting { number: Number },
    #[error("{number} may not be called yet")]
    TooEarly { number: Number },
    #[error("this window does not take service {service}")]
    NotServedHere { service: ServiceId },
    #[error("{number} was sent to another window")]
    BoundElsewhere { number: Number, window: WindowId },
    #[error("{number} is not set aside")]
    NotHeld { number: Number },
    #[error("{number} was set aside by window {window} for itself")]
    HeldByOther { number: Number, window: WindowId },
    #[error("a hold must end in the future")]
    HoldInPast,
    #[error("the visitor is already there")]
    TransferToSelf,
    #[error("window {window} is closed")]
    TargetClosed { window: WindowId },
    #[error("there is nothing to take back")]
    NothingToUndo,
    #[error("an action can be taken back for {limit_s} seconds")]
    TooLateToUndo { limit_s: u32 },
    #[error("{number} has moved on")]
    MovedOn { number: Number },

    #[error("{number} is closed")]
    TicketClosed { number: Number },
    #[error("{number} is at a window")]
    AtAWindow { number: Number },
    #[error("{number} is pinned already")]
    AlreadyPinned { number: Number },
    #[error("{number} is not pinned")]
    NotPinned { number: Number },
    #[error("{number} cannot come back to the queue")]
    CannotReturn { number: Number },
    #[error("a ticket cannot be merged with itself")]
    SameTicket,
    #[error("service {service} is not closed")]
    ServiceNotClosed { service: ServiceId },
    #[error("a window's group of services has no service or no weight")]
    EmptyGroup,
}

impl Refusal {
    /// The key of its sentence: the variant's name in kebab case.
    #[must_use]
    pub fn code(&self) -> String {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::Object(fields)) => {
                fields.get("code").and_then(|code| code.as_str()).unwrap_or_default().to_owned()
            }
            _ => String::new(),
        }
    }

    /// Whether it says that something asked for does not exist.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        matches!(
            self,
            Self::UnknownService { .. }
                | Self::UnknownWindow { .. }
                | Self::UnknownTicket { .. }
                | Self::UnknownSeries { .. }
                | Self::UnknownReason { .. }
        )
    }
}
