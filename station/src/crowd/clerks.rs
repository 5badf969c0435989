//! What a simulated clerk does next at a window, and when. A clerk looks at the window, makes up their
//! mind once, and acts when the time has come; if the window has changed meanwhile, they think again.
//! Pure: the day, the time and the dice come in.

use hall_core::plan::ReasonId;
use hall_core::{HallDay, HoldScope, Place, Ticket, TransferTo, Window, WindowAct, choose};
use protocol::{ClerkId, ServiceId, Timestamp, WindowId, WindowMode};

use super::dice::Dice;
use super::pace::Pace;
use super::visitors::after;

const NOBODY_COMES: f64 = 0.05;
const COMES_AFTER_RECALL: f64 = 0.3;
const SETS_ASIDE: f64 = 0.04;
const SENDS_ON: f64 = 0.04;
const PAUSES: f64 = 0.02;
const SERVES_WITHOUT_TICKET: f64 = 0.01;
/// A visitor who has been sent on this often is served to the end.
const MOST_LEGS: usize = 3;
/// Seconds after which somebody set aside is taken back, when nothing is hurried.
const ASIDE_S: f64 = 240.0;
/// Seconds a clerk leaves a window alone at which an act was refused.
const REST_S: f64 = 10.0;

/// A clerk at a window.
#[derive(Debug)]
pub(super) struct Clerk {
    /// Where.
    pub(super) window: WindowId,
    /// Who.
    pub(super) id: ClerkId,
    intent: Option<Intent>,
    not_before: Timestamp,
}

/// What a clerk is going to do.
#[derive(Debug)]
struct Intent {
    /// The window as it was when they decided.
    revision: u32,
    at: Timestamp,
    act: WindowAct,
}

/// Everything a clerk can see.
pub(super) struct Sight<'a> {
    /// The hall.
    pub(super) day: &'a HallDay,
    /// How quickly they work.
    pub(super) pace: &'a Pace,
    /// The time.
    pub(super) now: Timestamp,
}

impl Clerk {
    /// A clerk who is to work at a window.
    pub(super) fn new(window: WindowId, id: ClerkId) -> Self {
        Self { window, id, intent: None, not_before: Timestamp(0) }
    }

    /// What they do now, if anything.
    pub(super) fn act(&mut self, sight: &Sight<'_>, dice: &mut Dice) -> Option<WindowAct> {
        let window = sight.day.windows.get(&self.window)?;
        // Somebody else has sat down here: the window is theirs.
        if sight.now < self.not_before
            || window.work.clerk.as_ref().is_some_and(|it| *it != self.id)
        {
            return None;
        }
        if self.intent.as_ref().is_none_or(|intent| intent.revision != window.revision) {
            self.intent = self.decide(window, sight, dice).map(|(delay_s, act)| Intent {
                revision: window.revision,
                at: after(sight.now, delay_s),
                act,
            });
        }
        self.intent.take_if(|intent| intent.at <= sight.now).map(|intent| intent.act)
    }

    /// An act was refused: somebody was quicker, or it made no sense.
    pub(super) fn refused(&mut self, now: Timestamp) {
        self.not_before = after(now, REST_S);
    }

    /// What they will do, and in how many seconds.
    fn decide(
        &self,
        window: &Window,
        sight: &Sight<'_>,
        dice: &mut Dice,
    ) -> Option<(f64, WindowAct)> {
        match window.work.mode {
            // A window that was closed for a reason stays closed.
            WindowMode::Closed => window
                .work
                .reason
                .is_none()
                .then(|| (dice.between(0.0, 6.0), WindowAct::Open { clerk: self.id.clone() })),
            WindowMode::Paused => Some((dice.between(30.0, 120.0), WindowAct::Resume)),
            WindowMode::Open => {
                match window.work.current.and_then(|id| sight.day.tickets.get(&id)) {
                    Some(ticket) => with_visitor(ticket, sight, dice),
                    None => alone(window, sight, dice),
                }
            }
        }
    }
}

/// What a clerk does with the visitor who is called or served.
fn with_visitor(ticket: &Ticket, sight: &Sight<'_>, dice: &mut Dice) -> Option<(f64, WindowAct)> {
    match ticket.place {
        Place::Called { recalls, .. } => {
            let comes = if recalls == 0 { 1.0 - NOBODY_COMES } else { COMES_AFTER_RECALL };
            Some(match (dice.happens(comes), recalls) {
                (true, _) => (walk_s(sight, dice), WindowAct::Start),
                (false, 0) => (dice.between(8.0, 12.0), WindowAct::Recall),
                (false, _) => (dice.between(8.0, 12.0), WindowAct::Pass),
            })
        }
        Place::Serving { .. } => Some(serve(ticket, sight, dice)),
        _ => None,
    }
}

/// How a service ends, and after how long.
fn serve(ticket: &Ticket, sight: &Sight<'_>, dice: &mut Dice) -> (f64, WindowAct) {
    let whole = sight.pace.service_s(sight.day, ticket.service()) * dice.between(0.4, 1.6);
    let is_fresh = ticket.leg().served_before_ms == 0 && ticket.legs.len() < MOST_LEGS;
    if is_fresh && dice.happens(SETS_ASIDE) {
        let scope = if dice.happens(0.5) { HoldScope::Private } else { HoldScope::Shared };
        let until = after(sight.now, whole + 2.0 * ASIDE_S * sight.pace.haste.max(0.2));
        if let Some(reason) = reason(sight.day, "hold-", dice) {
            return (whole / 2.0, WindowAct::Hold { scope, reason, until: Some(until) });
        }
    }
    if is_fresh
        && dice.happens(SENDS_ON)
        && let Some(service) = elsewhere(ticket, sight, dice)
    {
        let to = TransferTo::Service(service);
        return (whole / 2.0, WindowAct::Transfer { to, note: None, come_back: false });
    }
    (whole, WindowAct::Finish)
}

/// What a clerk does who has nobody.
fn alone(window: &Window, sight: &Sight<'_>, dice: &mut Dice) -> Option<(f64, WindowAct)> {
    let aside_s = ASIDE_S * sight.pace.haste.max(0.2);
    let long_aside = |ticket: &&Ticket| {
        matches!(&ticket.place, Place::Held(hold) if hold.window == window.id
            && sight.now.since(hold.since) as f64 > aside_s * 1000.0)
    };
    if let Some(ticket) = sight.day.held().find(long_aside) {
        return Some((gap_s(dice), WindowAct::TakeBack { ticket: ticket.id }));
    }
    choose::next_for(sight.day, window, sight.now)?;
    if dice.happens(PAUSES)
        && let Some(reason) = reason(sight.day, "pause-", dice)
    {
        return Some((gap_s(dice), WindowAct::Pause { reason }));
    }
    let own: Vec<&ServiceId> = window.profile.services().collect();
    if dice.happens(SERVES_WITHOUT_TICKET)
        && let Some(service) = dice.one_of(&own)
    {
        return Some((gap_s(dice), WindowAct::WalkUp { service: (*service).clone() }));
    }
    Some((gap_s(dice), WindowAct::CallNext))
}

/// Another service that somebody is there for.
fn elsewhere(ticket: &Ticket, sight: &Sight<'_>, dice: &mut Dice) -> Option<ServiceId> {
    let carried: Vec<&ServiceId> = ticket.open_services().collect();
    let staffed = |service: &&ServiceId| {
        !carried.contains(service) && sight.day.open_windows_for(service).next().is_some()
    };
    let others: Vec<&ServiceId> =
        sight.pace.services.iter().map(|(service, _)| service).filter(staffed).collect();
    dice.one_of(&others).map(|service| (*service).clone())
}

/// One of the plan's reasons for an act: those whose ids begin so.
fn reason(day: &HallDay, prefix: &str, dice: &mut Dice) -> Option<ReasonId> {
    let fitting: Vec<&ReasonId> =
        day.plan.reasons.keys().filter(|id| id.starts_with(prefix)).collect();
    dice.one_of(&fitting).map(|id| (*id).clone())
}

/// Seconds from a call until the visitor stands at the window.
fn walk_s(sight: &Sight<'_>, dice: &mut Dice) -> f64 {
    dice.between(5.0, 20.0) * sight.pace.haste.max(0.3)
}

/// Seconds between two visitors.
fn gap_s(dice: &mut Dice) -> f64 {
    dice.between(0.5, 3.0)
}
