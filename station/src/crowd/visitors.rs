//! What simulated visitors do, and when: come at random moments, for services the hall can do, some with
//! a card, some ahead of others, some with an appointment; some give up waiting, some come back after a
//! missed call. Pure: the day, the time and the dice come in.

use hall_core::{HallDay, Slot, Take};
use protocol::kiosk::Visitor;
use protocol::{Channel, Class, Identity, Language, ServiceId, TicketId, Timestamp};

use super::dice::Dice;
use super::pace::Pace;
use super::people;

/// Seconds between the visitors who fill an empty hall at the start.
const WARM_EVERY_S: f64 = 0.4;
/// Fewest and most of them.
const WARM_VISITORS: (f64, f64) = (6.0, 40.0);
/// They are as many as come in this part of an hour.
const WARM_HOURS: f64 = 1.0 / 15.0;

const TAKES_A_SECOND_SERVICE: f64 = 0.08;
const HAS_A_CARD_UNASKED: f64 = 0.1;
const HAS_AN_APPOINTMENT: f64 = 0.06;
const HAS_A_CERTIFICATE: f64 = 0.05;
const SPEAKS_ENGLISH: f64 = 0.04;
const GIVES_UP: f64 = 0.05;
const COMES_BACK: f64 = 0.5;
/// Minutes of patience of those who give up, when nothing is hurried.
const PATIENCE_MIN: f64 = 5.0;
/// Classes that staff grants for a certificate or at sight.
const CERTIFIED: [Class; 6] = [
    Class::Disabled,
    Class::Pregnant,
    Class::Infant,
    Class::Veteran,
    Class::Service,
    Class::GreenChannel,
];

/// Something a visitor does.
#[derive(Debug)]
pub(super) enum Step {
    /// Comes and takes a number.
    Arrive(Box<Arrival>),
    /// Gives the number back.
    GiveUp(TicketId),
    /// Comes back after a missed call.
    ComeBack(TicketId),
}

/// A visitor who comes.
#[derive(Debug)]
pub(super) struct Arrival {
    /// What they take.
    pub(super) take: Take,
    /// Who they say they are.
    pub(super) visitor: Option<Visitor>,
}

/// Everybody who may come or is here.
#[derive(Debug)]
pub(super) struct Visitors {
    per_hour: f64,
    next: Timestamp,
    /// How many still come quickly, so that screens are alive from the beginning.
    warm: u32,
    later: Vec<(Timestamp, Later)>,
}

#[derive(Clone, Copy, Debug)]
enum Later {
    GiveUp(TicketId),
    ComeBack(TicketId),
}

impl Visitors {
    /// A crowd of so many an hour, beginning now; a hall that is not empty needs no warming.
    pub(super) fn new(per_hour: f64, day: &HallDay, now: Timestamp) -> Self {
        let here = day.tickets.values().filter(|ticket| ticket.is_live()).count();
        let wanted = (per_hour * WARM_HOURS).clamp(WARM_VISITORS.0, WARM_VISITORS.1) as usize;
        let warm = u32::try_from(wanted.saturating_sub(here)).unwrap_or(0);
        Self { per_hour, next: now, warm, later: Vec::new() }
    }

    /// Everything visitors do up to now.
    pub(super) fn steps(
        &mut self,
        day: &HallDay,
        pace: &Pace,
        dice: &mut Dice,
        now: Timestamp,
    ) -> Vec<Step> {
        let mut steps: Vec<Step> = Vec::new();
        while self.next <= now {
            steps.extend(arrival(day, pace, dice, now).map(|it| Step::Arrive(Box::new(it))));
            let gap_s = if self.warm > 0 {
                self.warm -= 1;
                WARM_EVERY_S
            } else {
                dice.exponential(3600.0 / self.per_hour)
            };
            self.next = after(self.next, gap_s);
        }
        let due = self.later.extract_if(.., |(at, _)| *at <= now);
        steps.extend(due.map(|(_, later)| match later {
            Later::GiveUp(ticket) => Step::GiveUp(ticket),
            Later::ComeBack(ticket) => Step::ComeBack(ticket),
        }));
        steps
    }

    /// A visitor has got a number; some will not wait for ever.
    pub(super) fn took(&mut self, ticket: TicketId, pace: &Pace, dice: &mut Dice, now: Timestamp) {
        if dice.happens(GIVES_UP) {
            let patience = dice.exponential(PATIENCE_MIN * 60.0 * pace.haste);
            self.later.push((after(now, patience), Later::GiveUp(ticket)));
        }
    }

    /// A visitor has missed a call; some come back.
    pub(super) fn missed(&mut self, ticket: TicketId, dice: &mut Dice, now: Timestamp) {
        if dice.happens(COMES_BACK) {
            let away = dice.between(20.0, 120.0);
            self.later.push((after(now, away), Later::ComeBack(ticket)));
        }
    }
}

/// A time some seconds later.
pub(super) fn after(time: Timestamp, seconds: f64) -> Timestamp {
    Timestamp(time.0.saturating_add((seconds * 1000.0) as i64))
}

/// Somebody who comes now; nobody if no service gives tickets.
fn arrival(day: &HallDay, pace: &Pace, dice: &mut Dice, now: Timestamp) -> Option<Arrival> {
    let first = dice.weighted(&pace.services)?.clone();
    let mut services = vec![first];
    if dice.happens(TAKES_A_SECOND_SERVICE) {
        services.extend(second_service(day, pace, dice, &services[0]));
    }
    let needed = services.iter().map(|service| identity_of(day, service)).max().unwrap_or_default();
    let today = day.date?;
    let (visitor, birth) = match needed {
        Identity::None if !dice.happens(HAS_A_CARD_UNASKED) => (None, None),
        Identity::Phone => (Some(people::with_phone(dice)), None),
        Identity::None | Identity::Card => {
            let (visitor, birth) = people::with_card(dice, today);
            (Some(visitor), Some(birth))
        }
    };
    let elder = birth.is_some_and(|it| people::age(it, today) >= day.plan.rules.elder_age);
    let certified = dice.happens(HAS_A_CERTIFICATE).then(|| dice.one_of(&CERTIFIED)).flatten();
    let take = Take {
        services,
        class: certified.copied().unwrap_or(if elder { Class::Elder } else { Class::Ordinary }),
        // Machines grant no class; who shows a certificate goes to the desk.
        channel: if certified.is_some() { Channel::Desk } else { Channel::Kiosk },
        language: if dice.happens(SPEAKS_ENGLISH) { Language::En } else { Language::Zh },
        slot: dice.happens(HAS_AN_APPOINTMENT).then(|| slot(pace, dice, now)),
        ..Take::default()
    };
    Some(Arrival { take, visitor })
}

/// A promised time that begins soon.
fn slot(pace: &Pace, dice: &mut Dice, now: Timestamp) -> Slot {
    let start = after(now, dice.between(0.0, 20.0 * 60.0 * pace.haste));
    Slot { start, end: start.plus_s(30 * 60) }
}

/// Another service that may share the ticket.
fn second_service(
    day: &HallDay,
    pace: &Pace,
    dice: &mut Dice,
    first: &ServiceId,
) -> Option<ServiceId> {
    let bundle = |id| day.plan.services.get(id).and_then(|it| it.bundle.as_ref());
    let wanted = bundle(first)?;
    let others: Vec<&ServiceId> = pace
        .services
        .iter()
        .map(|(service, _)| service)
        .filter(|service| *service != first && bundle(service) == Some(wanted))
        .collect();
    dice.one_of(&others).map(|service| (*service).clone())
}

fn identity_of(day: &HallDay, service: &ServiceId) -> Identity {
    day.plan.services.get(service).map_or(Identity::None, |it| it.identity)
}
