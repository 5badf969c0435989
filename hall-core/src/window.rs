//! A window as the day sees it: who works there, whom they have, what they did and can take back.

use std::collections::VecDeque;

use protocol::{ClerkId, ServiceId, TicketId, Timestamp, WindowId, WindowMode};
use serde::{Deserialize, Serialize};

use crate::plan::{Profile, ReasonId};
use crate::ticket::Ticket;

/// One window today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// Which.
    pub id: WindowId,
    /// What can be taken back by undo.
    pub work: Work,
    /// The services it takes today.
    pub profile: Profile,
    /// The last actions here, oldest first.
    pub undo: VecDeque<Undoable>,
    /// Rises with every change, so that a stale page is noticed.
    pub revision: u32,
}

/// A window's work: all of it is restored when an action is undone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// Whether it is at work.
    pub mode: WindowMode,
    /// Who works there.
    pub clerk: Option<ClerkId>,
    /// Why it is paused or closed.
    pub reason: Option<ReasonId>,
    /// Since when it is as it is.
    pub since: Timestamp,
    /// Whom it has called or is serving.
    pub current: Option<TicketId>,
    /// Whose visitor may still say how it was; until the next one comes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unrated: Option<Unrated>,
    /// Calls per group since the ratio's last round.
    pub turns: Vec<u32>,
    /// Today's figures.
    pub figures: Figures,
}

/// A service that was done and whose visitor has not yet said how it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unrated {
    /// The visitor's ticket.
    pub ticket: TicketId,
    /// What was done.
    pub service: ServiceId,
}

/// What a window did today.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Calls.
    pub called: u32,
    /// Legs served.
    pub served: u32,
    /// Milliseconds of serving them.
    pub served_ms: i64,
    /// Calls nobody answered.
    pub passed: u32,
    /// Legs sent on.
    pub transferred: u32,
}

impl Figures {
    /// Mean seconds of service, once anybody was served.
    #[must_use]
    pub fn mean_service_s(&self) -> Option<i64> {
        (self.served > 0).then(|| self.served_ms / i64::from(self.served) / 1000)
    }
}

/// An action at a window that can still be taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undoable {
    /// What it was.
    pub action: UndoAction,
    /// When.
    pub at: Timestamp,
    /// Whom it concerned.
    pub ticket: TicketId,
    /// The ticket's revision after it: if it has moved on, the action stands.
    pub revision_after: u32,
    /// The ticket before; missing if the action made it.
    pub ticket_before: Option<Box<Ticket>>,
    /// The window's work before.
    pub work_before: Box<Work>,
}

/// Actions that can be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UndoAction {
    /// A call.
    Call,
    /// The start of a service.
    Start,
    /// The end of a service.
    Finish,
    /// Giving up on a call.
    Pass,
    /// Setting aside.
    Hold,
    /// Taking back what was set aside.
    TakeBack,
    /// Sending on.
    Transfer,
    /// Serving without a ticket.
    WalkUp,
}

impl Work {
    /// Somebody comes: whoever was here before is no longer asked how it was.
    pub(crate) fn receive(&mut self, ticket: TicketId) {
        self.current = Some(ticket);
        self.unrated = None;
    }
}

impl Window {
    /// A window as the day begins.
    #[must_use]
    pub fn new(id: WindowId, profile: Profile, at: Timestamp) -> Self {
        let work = Work { since: at, turns: vec![0; profile.groups.len()], ..Work::default() };
        Self { id, work, profile, undo: VecDeque::new(), revision: 0 }
    }

    /// Lets the remembered action that left a ticket at one revision follow it to another, where the
    /// ticket is the same to it.
    pub(crate) fn follow_revision(&mut self, ticket: TicketId, from: u32, to: u32) {
        let left_it = |it: &&mut Undoable| it.ticket == ticket && it.revision_after == from;
        if let Some(action) = self.undo.iter_mut().rev().find(left_it) {
            action.revision_after = to;
        }
    }

    /// A visitor has said how it was, once for all: the end of that service is no longer taken back, and no
    /// undo of something later lets the visitor be asked again. A clerk who acts just then acts on what they
    /// saw, so the revision stays.
    pub(crate) fn forget_whom_to_ask(&mut self, ticket: TicketId) {
        let is_end = |it: &Undoable| it.action == UndoAction::Finish && it.ticket == ticket;
        let settled = self.undo.iter().rposition(is_end).map_or(0, |end| end + 1);
        self.undo.drain(..settled);
        self.undo.iter_mut().for_each(|later| later.work_before.unrated = None);
        self.work.unrated = None;
    }

    /// Takes other services from now on. Nothing before can be undone any more: undo would bring the
    /// old ratio's turns back.
    pub(crate) fn take_services(&mut self, profile: Profile) {
        self.work.turns = vec![0; profile.groups.len()];
        self.profile = profile;
        self.undo.clear();
        self.revision += 1;
    }

    /// Whether a clerk works here and takes visitors.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.work.mode == WindowMode::Open
    }
}
