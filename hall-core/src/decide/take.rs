//! Taking a number: who may, for what, at what time, and which number it is.

use protocol::{KioskId, SeriesId, ServiceId, Timestamp, WindowMode};

use super::{Decision, known_service};
use crate::command::{Leased, Take};
use crate::day::HallDay;
use crate::event::{Event, Taken};
use crate::number;
use crate::order::QueueKey;
use crate::plan::{Service, Shift};
use crate::refusal::Refusal;
use crate::ticket::Slot;

/// The longest day there is: one on which clocks are set back.
const DAY_S: i64 = 25 * 3600;

pub(super) fn take(day: &HallDay, take: &Take, now: Timestamp) -> Decision {
    // A number that a kiosk gave while the hall was away is a fact: only its lease is asked about.
    let taken = match take.leased {
        Some(leased) => leased_ticket(day, take, leased, now)?,
        None => {
            check_slot(day, take.slot)?;
            check_services(day, &take.services)?;
            for service in &take.services {
                check_service(day, service, take, now)?;
            }
            new_ticket(day, take, now)?
        }
    };
    Ok(vec![Event::Taken(taken)])
}

/// The ticket this becomes, with the next number of its main service's series.
pub(super) fn new_ticket(day: &HallDay, take: &Take, now: Timestamp) -> Result<Taken, Refusal> {
    let main = take.services.first().ok_or(Refusal::NoService)?;
    let series = known_service(day, main)?.series.clone();
    let next = number::next_ordinary(day, &series)?;
    let joined = join(day, take.slot, now);
    Ok(Taken {
        ticket: day.next_ticket,
        number: next.number,
        series,
        counter: Some(next.counter),
        services: take.services.clone(),
        person: take.person,
        identity: take.identity,
        class: take.class,
        channel: take.channel,
        kiosk: take.kiosk.clone(),
        language: take.language,
        slot: take.slot,
        taken_at: now,
        joined_at: joined.at,
        not_before: joined.not_before,
        key: QueueKey::own(day.next_ticket, joined.at, day.plan.credit_ms(take.class)),
    })
}

fn leased_ticket(
    day: &HallDay,
    take: &Take,
    leased: Leased,
    now: Timestamp,
) -> Result<Taken, Refusal> {
    let lease = day
        .leases
        .get(&leased.ticket)
        .filter(|lease| take.kiosk.as_ref() == Some(&lease.kiosk))
        .ok_or_else(|| no_lease(day, take, leased))?;
    check_services(day, &take.services)?;
    // The kiosk's clock is believed only within the day so far.
    let taken_at = leased.taken_at.clamp(day.midnight.min(now), now);
    Ok(Taken {
        ticket: leased.ticket,
        number: lease.number.clone(),
        series: lease.series.clone(),
        counter: None,
        services: take.services.clone(),
        person: take.person,
        identity: take.identity,
        class: take.class,
        channel: take.channel,
        kiosk: take.kiosk.clone(),
        language: take.language,
        slot: None,
        taken_at,
        joined_at: taken_at,
        not_before: None,
        key: QueueKey::own(leased.ticket, taken_at, day.plan.credit_ms(take.class)),
    })
}

/// Why a number cannot join by its lease. A kiosk that did not hear the answer may ask again under another
/// key: it must know that its visitor stands in the queue.
fn no_lease(day: &HallDay, take: &Take, leased: Leased) -> Refusal {
    let ticket = leased.ticket;
    let joined = day.tickets.get(&ticket).filter(|it| it.kiosk.is_some() && it.kiosk == take.kiosk);
    match joined {
        Some(joined) => Refusal::AlreadyJoined { number: joined.number.clone(), ticket },
        None => Refusal::NotLeased { ticket },
    }
}

/// When a ticket's waiting counts from, and when it may first be called.
struct Joined {
    at: Timestamp,
    not_before: Option<Timestamp>,
}

/// A slot must be of today, and end after it begins.
fn check_slot(day: &HallDay, slot: Option<Slot>) -> Result<(), Refusal> {
    let today = |slot: &Slot| slot.start >= day.midnight && slot.start < day.midnight.plus_s(DAY_S);
    match slot {
        Some(slot) if slot.end <= slot.start || !today(&slot) => Err(Refusal::BadSlot),
        _ => Ok(()),
    }
}

/// The slot of an appointment that comes in time.
fn kept_slot(day: &HallDay, slot: Option<Slot>, now: Timestamp) -> Option<Slot> {
    let late_s = i64::from(day.plan.rules.appointment_late_s);
    slot.filter(|slot| now <= slot.end.plus_s(late_s))
}

/// An appointment that comes in time joins at its slot; one that comes too late joins like anybody.
fn join(day: &HallDay, slot: Option<Slot>, now: Timestamp) -> Joined {
    let Some(slot) = kept_slot(day, slot, now) else {
        return Joined { at: now, not_before: None };
    };
    let opens = slot.start.minus_s(i64::from(day.plan.rules.appointment_early_s));
    Joined { at: slot.start, not_before: Some(opens).filter(|opens| *opens > now) }
}

/// What must hold of the services together.
pub(super) fn check_services(day: &HallDay, services: &[ServiceId]) -> Result<(), Refusal> {
    if services.is_empty() {
        return Err(Refusal::NoService);
    }
    let max = day.plan.rules.max_services_per_ticket;
    if services.len() > usize::from(max) {
        return Err(Refusal::TooManyServices { max });
    }
    let bundle = |id| known_service(day, id).map(|service| service.bundle.as_ref());
    let first_bundle = bundle(&services[0])?;
    for (place, service) in services.iter().enumerate() {
        if services[..place].contains(service) {
            return Err(Refusal::SameServiceTwice { service: service.clone() });
        }
        if bundle(service)? != first_bundle {
            return Err(Refusal::ServicesConflict {
                first: services[0].clone(),
                second: service.clone(),
            });
        }
    }
    Ok(())
}

/// What must hold of each service by itself.
fn check_service(
    day: &HallDay,
    id: &ServiceId,
    take: &Take,
    now: Timestamp,
) -> Result<(), Refusal> {
    let service = known_service(day, id)?;
    if take.identity < service.identity {
        return Err(Refusal::IdentityNeeded { service: id.clone(), needed: service.identity });
    }
    if let Some(held) = take.person.and_then(|person| day.ticket_of(person, id)) {
        return Err(Refusal::AlreadyWaiting {
            service: id.clone(),
            number: held.number.clone(),
            ticket: held.id,
        });
    }
    match kept_slot(day, take.slot, now) {
        Some(slot) => promised(day, id, service, slot),
        None => available(day, id, service, now),
    }
}

/// Whether a service is there for an appointment: open at the promised time. Nobody has to come after
/// opening for it, and its ticket was promised whatever others have used up.
fn promised(day: &HallDay, id: &ServiceId, service: &Service, slot: Slot) -> Result<(), Refusal> {
    not_closed(day, id)?;
    let shifts = day.plan.hours_of(service).on(day.kind);
    let time_of_day = day.time_of_day(slot.start);
    if shifts.iter().any(|shift| shift.covers(time_of_day)) {
        return Ok(());
    }
    Err(Refusal::OutsideHours { service: id.clone(), opens: next_opening(shifts, time_of_day) })
}

fn not_closed(day: &HallDay, id: &ServiceId) -> Result<(), Refusal> {
    match &day.services[id].closed {
        Some(reason) => Err(Refusal::ServiceClosed { service: id.clone(), reason: reason.clone() }),
        None => Ok(()),
    }
}

/// Whether a service gives tickets now.
pub(crate) fn available(
    day: &HallDay,
    id: &ServiceId,
    service: &Service,
    now: Timestamp,
) -> Result<(), Refusal> {
    not_closed(day, id)?;
    let today = &day.services[id];
    if service.day_max.is_some_and(|max| today.taken >= max) {
        return Err(Refusal::DayMaxReached { service: id.clone() });
    }
    let time_of_day = day.time_of_day(now);
    let shifts = day.plan.hours_of(service).on(day.kind);
    let opens = || next_opening(shifts, time_of_day);
    let Some(place) = shifts.iter().position(|shift| shift.covers(time_of_day)) else {
        return Err(Refusal::OutsideHours { service: id.clone(), opens: opens() });
    };
    let taken = today.taken_in_shift.get(place).copied().unwrap_or(0);
    if shifts[place].quota.is_some_and(|quota| taken >= quota) {
        return Err(Refusal::QuotaUsedUp { service: id.clone(), opens: opens() });
    }
    if has_window(day, id, &shifts[place]) {
        return Ok(());
    }
    Err(Refusal::NoOpenWindow { service: id.clone() })
}

/// Whether somebody will take it: any window of its profile by day, an open duty window in a duty shift.
fn has_window(day: &HallDay, service: &ServiceId, shift: &Shift) -> bool {
    let on_duty = |id| day.plan.windows.get(id).is_some_and(|window| window.duty);
    let must_be_open = shift.duty || day.plan.rules.take_needs_open_window;
    day.planned_windows_for(service).any(|window| {
        let works = !must_be_open || window.work.mode != WindowMode::Closed;
        works && (!shift.duty || on_duty(&window.id))
    })
}

/// When the next stretch of the day begins, as a time of day.
fn next_opening(shifts: &[Shift], time_of_day: i64) -> Option<String> {
    shifts.iter().find(|it| it.from.as_millis() > time_of_day).map(|it| it.from.to_string())
}

pub(super) fn lease(day: &HallDay, kiosk: &KioskId, series: &SeriesId, count: u32) -> Decision {
    let max = day.plan.rules.max_lease;
    if !(1..=max).contains(&count) {
        return Err(Refusal::LeaseTooLarge { max });
    }
    let mut counter = number::leased_so_far(day, series)?;
    let mut numbers = Vec::new();
    for _ in 0..count {
        let next = match number::next_after(day, series, counter) {
            Ok(next) => next,
            // What is left is better than nothing.
            Err(Refusal::SeriesExhausted { .. }) if !numbers.is_empty() => break,
            Err(refusal) => return Err(refusal),
        };
        counter = next.counter;
        // A series that wraps may come round within one lease.
        if numbers.contains(&next.number) {
            break;
        }
        numbers.push(next.number);
    }
    Ok(vec![Event::NumbersLeased {
        kiosk: kiosk.clone(),
        series: series.clone(),
        first_ticket: day.next_ticket,
        numbers,
        counter: None,
        leased_to: Some(counter),
    }])
}

impl HallDay {
    /// Whether these services may share a ticket.
    ///
    /// # Errors
    /// The [`Refusal`] that somebody who asked for such a ticket would get.
    pub fn share_a_ticket(&self, services: &[ServiceId]) -> Result<(), Refusal> {
        check_services(self, services)
    }

    /// Whether a service gives tickets now, and if not why.
    ///
    /// # Errors
    /// The [`Refusal`] that somebody who asked for it would get.
    pub fn gives_tickets(&self, service: &ServiceId, now: Timestamp) -> Result<(), Refusal> {
        if !self.running {
            return Err(Refusal::DayNotRunning);
        }
        available(self, service, known_service(self, service)?, now)
    }
}
