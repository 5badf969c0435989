//! A ticket: one visitor's visit today, as a row of legs. Each leg is one service and closes with
//! exactly one outcome.

use protocol::{
    Channel, Class, Identity, KioskId, Language, NoteId, Number, Outcome, PersonId, Phase, SeriesId,
    ServiceId, TicketId, Timestamp, WindowId,
};
use serde::{Deserialize, Serialize};

use crate::order::QueueKey;
use crate::plan::ReasonId;

/// One visitor's visit today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// Who it is.
    pub id: TicketId,
    /// What people call it.
    pub number: Number,
    /// Where the number came from.
    pub series: SeriesId,
    /// Whose visit it is, if they made themselves known.
    pub person: Option<PersonId>,
    /// How they made themselves known.
    pub identity: Identity,
    /// Why it is ahead of others.
    pub class: Class,
    /// Where it was taken.
    pub channel: Channel,
    /// On which machine.
    pub kiosk: Option<KioskId>,
    /// The language its calls are spoken in besides Chinese.
    pub language: Language,
    /// The promised time, if it came from an appointment.
    pub slot: Option<Slot>,
    /// When it was taken.
    pub taken_at: Timestamp,
    /// From when its waiting counts; the slot for an appointment that came in time.
    pub joined_at: Timestamp,
    /// Its place in the queue, now or when it was last there.
    pub key: QueueKey,
    /// It cannot be called before this.
    pub not_before: Option<Timestamp>,
    /// Where it is.
    pub place: Place,
    /// What has been and is being done, in order; never empty.
    pub legs: Vec<Leg>,
    /// Services still to come after the present leg.
    pub pending: Vec<ServiceId>,
    /// A window that wants it back after the present leg.
    pub come_back: Option<ComeBack>,
    /// How often its visitor came back after missing a call.
    pub returns: u8,
    /// Rises with every change.
    pub revision: u32,
}

/// A promised time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// From.
    pub start: Timestamp,
    /// Until.
    pub end: Timestamp,
}

/// Where a ticket is: exactly one of these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "phase", rename_all = "kebab-case")]
pub enum Place {
    /// In the queue of its leg's service.
    Waiting,
    /// Invited to a window.
    Called {
        /// Which.
        window: WindowId,
        /// Recalls so far.
        recalls: u8,
    },
    /// At a window.
    Serving {
        /// Which.
        window: WindowId,
    },
    /// Set aside.
    Held(Hold),
    /// Over.
    Closed {
        /// How.
        outcome: Outcome,
        /// When.
        at: Timestamp,
    },
}

/// A ticket set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// By which window.
    pub window: WindowId,
    /// Who may take it back.
    pub scope: HoldScope,
    /// Why.
    pub reason: ReasonId,
    /// When it goes back to the queue by itself.
    pub until: Option<Timestamp>,
    /// Since when.
    pub since: Timestamp,
}

/// Who may take a held ticket back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HoldScope {
    /// The window that set it aside.
    Private,
    /// Every window that serves its service.
    Shared,
}

/// A window that sent a visitor elsewhere and wants them back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComeBack {
    /// The window.
    pub window: WindowId,
    /// For this service.
    pub service: ServiceId,
}

/// One service of a ticket, at one window, with exactly one outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leg {
    /// What it is about.
    pub service: ServiceId,
    /// Only this window may call it.
    pub bound_to: Option<WindowId>,
    /// The window it was last called to.
    pub window: Option<WindowId>,
    /// When it began to wait.
    pub opened_at: Timestamp,
    /// When it was first called.
    pub called_at: Option<Timestamp>,
    /// When the service began.
    pub started_at: Option<Timestamp>,
    /// When it closed.
    pub ended_at: Option<Timestamp>,
    /// Calls nobody answered.
    pub passes: u8,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// What the window before wrote for this one.
    pub note: Option<NoteId>,
}

impl Leg {
    /// A leg that begins to wait.
    #[must_use]
    pub fn open(service: ServiceId, bound_to: Option<WindowId>, at: Timestamp) -> Self {
        Self {
            service,
            bound_to,
            window: None,
            opened_at: at,
            called_at: None,
            started_at: None,
            ended_at: None,
            passes: 0,
            outcome: None,
            note: None,
        }
    }

    /// Milliseconds of service, once it has ended.
    #[must_use]
    pub fn service_ms(&self) -> Option<i64> {
        Some(self.ended_at?.since(self.started_at.or(self.called_at)?))
    }
}

impl Ticket {
    /// The present leg, or the last one.
    #[must_use]
    pub fn leg(&self) -> &Leg {
        self.legs.last().expect("a ticket always has a leg")
    }

    /// The present leg, to change it.
    pub(crate) fn leg_mut(&mut self) -> &mut Leg {
        self.legs.last_mut().expect("a ticket always has a leg")
    }

    /// The service it is about now.
    #[must_use]
    pub fn service(&self) -> &ServiceId {
        &self.leg().service
    }

    /// Where it is, in one word.
    #[must_use]
    pub fn phase(&self) -> Phase {
        match self.place {
            Place::Waiting => Phase::Waiting,
            Place::Called { .. } => Phase::Called,
            Place::Serving { .. } => Phase::Serving,
            Place::Held(_) => Phase::Held,
            Place::Closed { .. } => Phase::Closed,
        }
    }

    /// Whether its visit is not over.
    #[must_use]
    pub fn is_live(&self) -> bool {
        !matches!(self.place, Place::Closed { .. })
    }

    /// The window it is called to or served at.
    #[must_use]
    pub fn window(&self) -> Option<&WindowId> {
        match &self.place {
            Place::Called { window, .. } | Place::Serving { window } => Some(window),
            _ => None,
        }
    }

    /// Whether it waits and may be called now. A ticket with an earliest time becomes callable by an
    /// event of its own (`BecameDue`).
    #[must_use]
    pub fn is_callable(&self) -> bool {
        self.place == Place::Waiting && self.not_before.is_none()
    }

    /// Every service it still carries, the present one first.
    pub fn open_services(&self) -> impl Iterator<Item = &ServiceId> {
        self.is_live()
            .then(|| std::iter::once(self.service()).chain(&self.pending))
            .into_iter()
            .flatten()
    }

    /// Closes the present leg.
    pub(crate) fn end_leg(&mut self, outcome: Outcome, at: Timestamp) {
        let leg = self.leg_mut();
        leg.ended_at = Some(at);
        leg.outcome = Some(outcome);
    }

    /// Closes the present leg and the ticket.
    pub(crate) fn close(&mut self, outcome: Outcome, at: Timestamp) {
        self.end_leg(outcome, at);
        self.place = Place::Closed { outcome, at };
        self.pending.clear();
        self.come_back = None;
        self.not_before = None;
        self.key = self.key.unpinned();
    }
}
