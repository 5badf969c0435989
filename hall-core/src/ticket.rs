//! A ticket: one visitor's visit today, as a row of legs. Each leg is one service and closes with
//! exactly one outcome.

use protocol::{
    Channel, Class, Identity, KioskId, Language, NoteId, Number, Outcome, PersonId, Phase,
    SeriesId, ServiceId, TicketId, Timestamp, WindowId,
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
    /// From when its waiting counts: the slot of an appointment that came in time, the earlier of two
    /// tickets that were merged.
    pub joined_at: Timestamp,
    /// Its place in the queue, now or when it was last there; it is kept when the ticket moves on.
    pub key: QueueKey,
    /// It cannot be called before this.
    pub not_before: Option<Timestamp>,
    /// Where it is.
    pub place: Place,
    /// What has been and is being done, in order; never empty.
    pub legs: Vec<Leg>,
    /// Services still to come after the present leg, or left undone when the ticket closed.
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
        /// When it was called there, the last time.
        at: Timestamp,
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
    /// When the service began; after a hold, when it went on.
    pub started_at: Option<Timestamp>,
    /// Milliseconds of service before it was set aside.
    pub served_before_ms: i64,
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
            served_before_ms: 0,
            ended_at: None,
            passes: 0,
            outcome: None,
            note: None,
        }
    }

    /// Milliseconds of service, if it ended at this time; the time set aside does not count.
    #[must_use]
    pub fn service_ms_by(&self, ended_at: Timestamp) -> i64 {
        self.served_before_ms + self.started_at.map_or(0, |from| ended_at.since(from))
    }

    /// Milliseconds of service, once it has ended.
    #[must_use]
    pub fn service_ms(&self) -> Option<i64> {
        self.ended_at.map(|ended_at| self.service_ms_by(ended_at))
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

    /// Whether somebody called it in vain today, so that its place may be worse than its joining time
    /// says.
    pub(crate) fn has_missed_a_call(&self) -> bool {
        self.returns > 0 || self.legs.iter().any(|leg| leg.passes > 0)
    }

    /// Whether it is live and counts on this window: sent there, held there, or wanted back there.
    pub(crate) fn depends_on(&self, window: &WindowId) -> bool {
        let bound = self.leg().bound_to.as_ref() == Some(window);
        let held = matches!(&self.place, Place::Held(hold) if hold.window == *window);
        let wished = self.come_back.as_ref().is_some_and(|wish| wish.window == *window);
        self.is_live() && (bound || held || wished)
    }

    /// Takes the call as the beginning of the service, where a clerk never said that it began.
    pub(crate) fn begin_if_called(&mut self) {
        if let Place::Called { at, .. } = self.place {
            self.leg_mut().started_at = Some(at);
        }
    }

    /// Every service it still carries, the present one first; none once it is closed.
    pub fn open_services(&self) -> impl Iterator<Item = &ServiceId> {
        self.carried_services().filter(|_| self.is_live())
    }

    /// Every service it carries, or carried when it closed, each once.
    pub(crate) fn carried_services(&self) -> impl Iterator<Item = &ServiceId> {
        let wished = self.come_back.as_ref().map(|wish| &wish.service);
        let wished = wished.filter(|it| *it != self.service() && !self.pending.contains(it));
        std::iter::once(self.service()).chain(&self.pending).chain(wished)
    }

    /// Gives up a wish to come back. The service still has to be done, just not at that window.
    pub(crate) fn drop_wish(&mut self) {
        if let Some(wish) = self.come_back.take()
            && wish.service != *self.service()
            && !self.pending.contains(&wish.service)
        {
            self.pending.insert(0, wish.service);
        }
    }

    /// Opens a leg for a service, which is then no longer to come.
    pub(crate) fn open_leg(
        &mut self,
        service: &ServiceId,
        bound_to: Option<WindowId>,
        at: Timestamp,
    ) {
        self.pending.retain(|it| it != service);
        self.legs.push(Leg::open(service.clone(), bound_to, at));
    }

    /// Closes the present leg.
    pub(crate) fn end_leg(&mut self, outcome: Outcome, at: Timestamp) {
        let leg = self.leg_mut();
        leg.ended_at = Some(at);
        leg.outcome = Some(outcome);
    }

    /// Closes the present leg and the ticket. What was still to come stays written, for a visitor who
    /// returns.
    pub(crate) fn close(&mut self, outcome: Outcome, at: Timestamp) {
        self.drop_wish();
        self.end_leg(outcome, at);
        self.place = Place::Closed { outcome, at };
        self.not_before = None;
        self.key = self.key.unpinned();
    }
}
