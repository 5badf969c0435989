//! What can be asked of a hall. A command says what somebody wants; [`crate::decide`] says what follows.

use std::sync::Arc;

use jiff::civil::Date;
use protocol::{
    Channel, Class, ClerkId, Identity, KioskId, Language, NoteId, PersonId, SeriesId, ServiceId,
    TicketId, Timestamp, WindowId,
    wall::{Key, Rating},
};
use serde::{Deserialize, Serialize};

use crate::plan::{DayKind, Plan, Profile, ReasonId};
use crate::ticket::{HoldScope, Slot};

/// Something asked of the hall.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "kebab-case")]
pub enum Command {
    /// Begin a business day.
    StartDay {
        /// Which.
        date: Date,
        /// Its first moment in the hall's zone.
        midnight: Timestamp,
        /// What kind of day the calendar says it is.
        kind: DayKind,
        /// The rules of the day.
        plan: Arc<Plan>,
    },
    /// End the business day: whatever is still open closes.
    EndDay,
    /// Change the rules while the day runs.
    ChangePlan {
        /// The new rules.
        plan: Arc<Plan>,
    },
    /// Let time have its effect: timed holds and early appointments that have become due.
    SettleDue,
    /// A visitor takes a number.
    Take(Take),
    /// A kiosk takes a block of numbers, for when it cannot reach the hall.
    LeaseNumbers {
        /// Which kiosk.
        kiosk: KioskId,
        /// From which series.
        series: SeriesId,
        /// How many.
        count: u32,
    },
    /// A visitor wants another slip of their ticket.
    ReprintSlip {
        /// Which ticket.
        ticket: TicketId,
        /// The kiosk that prints it.
        kiosk: KioskId,
    },
    /// A visitor who missed their call comes back.
    Return {
        /// Their ticket.
        ticket: TicketId,
    },
    /// A visitor gives their number back.
    Withdraw {
        /// Their ticket.
        ticket: TicketId,
    },
    /// A visitor has gone.
    Leave {
        /// Their ticket.
        ticket: TicketId,
    },
    /// A class is granted.
    GrantClass {
        /// To whom.
        ticket: TicketId,
        /// Which.
        class: Class,
        /// Why.
        reason: ReasonId,
        /// In the grantor's words.
        note: Option<NoteId>,
    },
    /// The duty manager puts a ticket first.
    Pin {
        /// Whose.
        ticket: TicketId,
        /// Why.
        reason: ReasonId,
        /// In the manager's words.
        note: Option<NoteId>,
    },
    /// The duty manager takes a pin back.
    Unpin {
        /// Whose.
        ticket: TicketId,
    },
    /// Two tickets turn out to be one visitor's.
    Merge {
        /// The one that stays.
        keep: TicketId,
        /// The one that goes.
        drop: TicketId,
    },
    /// No more tickets for a service today.
    CloseService {
        /// Which.
        service: ServiceId,
        /// Why.
        reason: ReasonId,
    },
    /// Tickets again.
    ReopenService {
        /// Which.
        service: ServiceId,
    },
    /// A window takes other services from now on.
    SetProfile {
        /// Which window.
        window: WindowId,
        /// Its services, or `None` for what the plan says.
        profile: Option<Profile>,
    },
    /// Something is done at a window.
    AtWindow {
        /// Which.
        window: WindowId,
        /// The revision the actor saw; an older one is refused as stale.
        #[serde(default)]
        seen: Option<u32>,
        /// What.
        act: WindowAct,
    },
}

/// A visitor takes a number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Take {
    /// What for, the main matter first.
    pub services: Vec<ServiceId>,
    /// Who, if known.
    #[serde(default)]
    pub person: Option<PersonId>,
    /// How they made themselves known.
    #[serde(default)]
    pub identity: Identity,
    /// Why they are ahead of others.
    #[serde(default)]
    pub class: Class,
    /// Where.
    #[serde(default)]
    pub channel: Channel,
    /// On which machine.
    #[serde(default)]
    pub kiosk: Option<KioskId>,
    /// The language of the visitor.
    #[serde(default)]
    pub language: Language,
    /// The promised time.
    #[serde(default)]
    pub slot: Option<Slot>,
    /// A number given while the hall could not be reached.
    #[serde(default)]
    pub leased: Option<Leased>,
}

/// A ticket that a kiosk issued by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leased {
    /// Its id from the lease.
    pub ticket: TicketId,
    /// When it was taken, by the kiosk's clock.
    pub taken_at: Timestamp,
}

/// Something done at a window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
pub enum WindowAct {
    /// A clerk begins to work.
    Open {
        /// Who.
        clerk: ClerkId,
    },
    /// Takes nobody for now.
    Pause {
        /// Why.
        reason: ReasonId,
    },
    /// Goes on.
    Resume,
    /// Stops working.
    Close {
        /// Why.
        reason: ReasonId,
    },
    /// Calls whoever is next, having finished with the present visitor.
    CallNext,
    /// Calls this one.
    CallTicket {
        /// Whom.
        ticket: TicketId,
        /// Why.
        reason: ReasonId,
    },
    /// Calls again.
    Recall,
    /// The visitor is here.
    Start,
    /// The service is done.
    Finish,
    /// Nobody came.
    Pass,
    /// Sets the present visitor aside.
    Hold {
        /// Who may take them back.
        scope: HoldScope,
        /// Why.
        reason: ReasonId,
        /// When they go back to the queue by themselves.
        #[serde(default)]
        until: Option<Timestamp>,
    },
    /// Takes back somebody who was set aside.
    TakeBack {
        /// Whom.
        ticket: TicketId,
    },
    /// Sends the present visitor on.
    Transfer {
        /// Where to.
        to: TransferTo,
        /// For the next window to read.
        #[serde(default)]
        note: Option<NoteId>,
        /// They come back here afterwards.
        #[serde(default)]
        come_back: bool,
    },
    /// The visitor who was just served says how it was.
    Rate {
        /// How.
        rating: Rating,
    },
    /// Serves somebody who has no ticket.
    WalkUp {
        /// For what.
        service: ServiceId,
    },
    /// A key of the window's caller keypad is pressed.
    Press {
        /// Which.
        key: Key,
    },
    /// Takes the last action here back.
    Undo,
}

/// Where a visitor is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TransferTo {
    /// To whoever serves this.
    Service(ServiceId),
    /// To this window, for the same service.
    Window(WindowId),
}
