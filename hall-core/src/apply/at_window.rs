//! What happens at a window. Every action that can be taken back remembers the ticket and the window's
//! work as they were; undo puts both back.

use protocol::{NoteId, Outcome, ServiceId, TicketId, Timestamp, WindowId};

use super::ticket::ticket_of;
use crate::choose;
use crate::day::HallDay;
use crate::event::{AfterLeg, Taken, Why};
use crate::order::QueueKey;
use crate::plan::ReasonId;
use crate::ticket::{ComeBack, Hold, HoldScope, Place, Ticket};
use crate::window::{UndoAction, Undoable, Unrated, Window, Work};

/// Where a ticket goes on.
pub(super) struct NextLeg<'a> {
    pub(super) service: &'a ServiceId,
    pub(super) bound_to: Option<&'a WindowId>,
    pub(super) key: QueueKey,
}

/// One action at a window on one ticket.
struct Action<'a> {
    kind: UndoAction,
    window: &'a WindowId,
    ticket: TicketId,
    at: Timestamp,
}

impl HallDay {
    pub(super) fn call(&mut self, id: TicketId, at_window: &WindowId, why: &Why, at: Timestamp) {
        let action = Action { kind: UndoAction::Call, window: at_window, ticket: id, at };
        self.act(
            &action,
            |window| {
                window.work.turns = choose::turns_after(window, why.group);
                window.work.receive(id);
                window.work.figures.called += 1;
            },
            |ticket| invite(ticket, at_window, at),
        );
    }

    pub(super) fn recall(&mut self, id: TicketId, window: &WindowId, now: Timestamp) {
        self.revise(id, |ticket| {
            if let Place::Called { at, recalls, .. } = &mut ticket.place {
                *at = now;
                *recalls += 1;
            }
        });
        // A recall changes nothing that undo would take back: the call before it still can be.
        let revision = self.tickets.get(&id).map_or(0, |ticket| ticket.revision);
        if let Some(window) = self.windows.get_mut(window) {
            window.revision += 1;
            window.follow_revision(id, revision - 1, revision);
        }
    }

    pub(super) fn start(&mut self, id: TicketId, at_window: &WindowId, at: Timestamp) {
        let action = Action { kind: UndoAction::Start, window: at_window, ticket: id, at };
        self.act(
            &action,
            |_| (),
            |ticket| {
                ticket.leg_mut().started_at = Some(at);
                ticket.place = Place::Serving { window: at_window.clone() };
            },
        );
    }

    pub(super) fn finish(
        &mut self,
        id: TicketId,
        at_window: &WindowId,
        next: &AfterLeg,
        at: Timestamp,
    ) {
        let action = Action { kind: UndoAction::Finish, window: at_window, ticket: id, at };
        self.act(
            &action,
            |window| {
                if !matches!(next, AfterLeg::Here { .. }) {
                    window.work.current = None;
                }
            },
            |ticket| go_on(ticket, at_window, next, at),
        );
        let Some((service, ms)) = self.last_served(id) else { return };
        if let Some(window) = self.windows.get_mut(at_window) {
            window.work.unrated = Some(Unrated { ticket: id, service: service.clone() });
            window.work.figures.served += 1;
            window.work.figures.served_ms += ms;
        }
        if let Some(today) = self.services.get_mut(&service) {
            today.served += 1;
            today.served_ms += ms;
        }
    }

    /// What was said stands in the journal; the window only forgets whom it would ask.
    pub(super) fn rate(&mut self, ticket: TicketId, at_window: &WindowId) {
        if let Some(window) = self.windows.get_mut(at_window) {
            window.forget_whom_to_ask(ticket);
        }
    }

    pub(super) fn pass(
        &mut self,
        id: TicketId,
        at_window: &WindowId,
        back_at: Option<QueueKey>,
        at: Timestamp,
    ) {
        self.stamp += 1;
        let action = Action { kind: UndoAction::Pass, window: at_window, ticket: id, at };
        self.act(
            &action,
            |window| {
                window.work.current = None;
                window.work.figures.passed += 1;
            },
            |ticket| {
                let leg = ticket.leg_mut();
                leg.passes = leg.passes.saturating_add(1);
                match back_at {
                    Some(key) => {
                        ticket.key = key;
                        ticket.place = Place::Waiting;
                    }
                    None => ticket.close(Outcome::NoShow, at),
                }
            },
        );
    }

    pub(super) fn hold(
        &mut self,
        id: TicketId,
        at_window: &WindowId,
        (scope, reason, until): (HoldScope, &ReasonId, Option<Timestamp>),
        at: Timestamp,
    ) {
        let action = Action { kind: UndoAction::Hold, window: at_window, ticket: id, at };
        self.act(
            &action,
            |window| window.work.current = None,
            |ticket| {
                let leg = ticket.leg_mut();
                if let Some(started_at) = leg.started_at.take() {
                    leg.served_before_ms += at.since(started_at);
                }
                let window = at_window.clone();
                let reason = reason.clone();
                ticket.place = Place::Held(Hold { window, scope, reason, until, since: at });
            },
        );
    }

    pub(super) fn take_back(&mut self, id: TicketId, at_window: &WindowId, at: Timestamp) {
        let action = Action { kind: UndoAction::TakeBack, window: at_window, ticket: id, at };
        self.act(
            &action,
            |window| {
                window.work.receive(id);
                window.work.figures.called += 1;
            },
            |ticket| invite(ticket, at_window, at),
        );
    }

    pub(super) fn transfer(
        &mut self,
        id: TicketId,
        at_window: &WindowId,
        next: &NextLeg<'_>,
        (note, come_back): (Option<NoteId>, bool),
        at: Timestamp,
    ) {
        let action = Action { kind: UndoAction::Transfer, window: at_window, ticket: id, at };
        self.act(
            &action,
            |window| {
                window.work.current = None;
                window.work.figures.transferred += 1;
            },
            |ticket| {
                let service = ticket.service().clone();
                // Sent straight to what an earlier window wanted done afterwards: nothing is left of
                // that wish. A wish that is replaced leaves its service to be done somewhere.
                let fulfilled = |wish: &mut ComeBack| wish.service == *next.service;
                if *next.service != service {
                    ticket.come_back.take_if(fulfilled);
                }
                if come_back {
                    ticket.drop_wish();
                    ticket.come_back = Some(ComeBack { window: at_window.clone(), service });
                }
                ticket.end_leg(Outcome::Transferred, at);
                wait_for(ticket, next, at);
                ticket.leg_mut().note = note;
            },
        );
    }

    pub(super) fn walk_up(&mut self, taken: &Taken, at_window: &WindowId, at: Timestamp) {
        let mut ticket = ticket_of(taken, Place::Serving { window: at_window.clone() });
        let leg = ticket.leg_mut();
        leg.window = Some(at_window.clone());
        leg.called_at = Some(at);
        leg.started_at = Some(at);
        self.count_taken(taken);
        self.index.insert(&ticket);
        self.tickets.insert(ticket.id, ticket);
        let action =
            Action { kind: UndoAction::WalkUp, window: at_window, ticket: taken.ticket, at };
        self.act(&action, |window| window.work.receive(taken.ticket), |_| ());
        // There was no ticket before: undo closes it instead of putting it back.
        if let Some(last) = self.windows.get_mut(at_window).and_then(|it| it.undo.back_mut()) {
            last.ticket_before = None;
        }
    }

    /// Takes the last action at a window back.
    pub(super) fn undo(&mut self, at_window: &WindowId, at: Timestamp) {
        let Some(window) = self.windows.get_mut(at_window) else { return };
        let Some(last) = window.undo.pop_back() else { return };
        // Whether the window is open or paused is no part of the action.
        let Work { mode, clerk, reason, since, .. } = window.work.clone();
        window.work = Work { mode, clerk, reason, since, ..*last.work_before };
        window.revision += 1;
        if last.action == UndoAction::Finish {
            self.uncount_served(last.ticket);
        }
        let Some(before) = last.ticket_before else {
            return self.close(last.ticket, Outcome::Undone, at);
        };
        let restored = before.revision;
        self.revise(last.ticket, |ticket| {
            let revision = ticket.revision;
            *ticket = *before;
            ticket.revision = revision;
        });
        // An action before this one can be taken back too, now that the ticket is as it left it.
        if let Some(window) = self.windows.get_mut(at_window) {
            window.follow_revision(last.ticket, restored, last.revision_after + 1);
        }
    }

    /// Takes the last served leg out of its service's figures.
    fn uncount_served(&mut self, ticket: TicketId) {
        let Some((service, ms)) = self.last_served(ticket) else { return };
        if let Some(today) = self.services.get_mut(&service) {
            today.served = today.served.saturating_sub(1);
            today.served_ms -= ms;
        }
    }

    /// The service of a ticket's last served leg, and how long it took.
    fn last_served(&self, ticket: TicketId) -> Option<(ServiceId, i64)> {
        let legs = &self.tickets.get(&ticket)?.legs;
        let leg = legs.iter().rev().find(|leg| leg.outcome == Some(Outcome::Served))?;
        Some((leg.service.clone(), leg.service_ms()?))
    }

    /// Does something at a window with a ticket, and remembers how both were.
    fn act(
        &mut self,
        action: &Action<'_>,
        on_window: impl FnOnce(&mut Window),
        on_ticket: impl FnOnce(&mut Ticket),
    ) {
        let Some(ticket_before) = self.tickets.get(&action.ticket).cloned() else { return };
        self.revise(action.ticket, on_ticket);
        let depth = usize::from(self.plan.rules.undo_depth);
        let Some(window) = self.windows.get_mut(action.window) else { return };
        let work_before = window.work.clone();
        on_window(window);
        window.revision += 1;
        window.undo.push_back(Undoable {
            action: action.kind,
            at: action.at,
            ticket: action.ticket,
            revision_after: ticket_before.revision + 1,
            ticket_before: Some(Box::new(ticket_before)),
            work_before: Box::new(work_before),
        });
        while window.undo.len() > depth {
            window.undo.pop_front();
        }
    }
}

/// Invites a ticket to a window.
fn invite(ticket: &mut Ticket, window: &WindowId, at: Timestamp) {
    let leg = ticket.leg_mut();
    leg.window = Some(window.clone());
    leg.called_at.get_or_insert(at);
    leg.started_at = None;
    ticket.not_before = None;
    ticket.key = ticket.key.unpinned();
    ticket.place = Place::Called { window: window.clone(), at, recalls: 0 };
}

/// Closes a served leg and does what follows.
fn go_on(ticket: &mut Ticket, window: &WindowId, next: &AfterLeg, at: Timestamp) {
    ticket.begin_if_called();
    let (AfterLeg::Here { service } | AfterLeg::Waits { service, .. }) = next else {
        return ticket.close(Outcome::Served, at);
    };
    ticket.end_leg(Outcome::Served, at);
    ticket.come_back.take_if(|wish| wish.service == *service);
    match next {
        AfterLeg::Waits { bound_to, key, .. } => {
            wait_for(ticket, &NextLeg { service, bound_to: bound_to.as_ref(), key: *key }, at);
        }
        _ => stay_for(ticket, service, window, at),
    }
}

/// Opens a leg that is served at once, where the visitor already is.
fn stay_for(ticket: &mut Ticket, service: &ServiceId, window: &WindowId, at: Timestamp) {
    ticket.open_leg(service, None, at);
    let leg = ticket.leg_mut();
    leg.window = Some(window.clone());
    leg.called_at = Some(at);
    leg.started_at = Some(at);
    ticket.place = Place::Serving { window: window.clone() };
}

/// Opens a leg and waits for it.
fn wait_for(ticket: &mut Ticket, next: &NextLeg<'_>, at: Timestamp) {
    ticket.open_leg(next.service, next.bound_to.cloned(), at);
    ticket.key = next.key;
    ticket.place = Place::Waiting;
}
