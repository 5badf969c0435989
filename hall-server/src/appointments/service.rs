//! Keeping appointments: making, changing, cancelling, listing them.

use hall_core::{Refusal, Slot};
use jiff::civil::Date;
use protocol::kiosk::Visitor;
use protocol::{AppointmentId, Identity, ServiceId, TicketId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::AppointmentFault;
use super::store::{self, Kept, Promise};
use crate::day_keeper::zoned;
use crate::hall::Hall;
use crate::people;
use crate::web::Caller;
use crate::web::fault::Fault;

/// Characters of a code.
const CODE_CHARS: std::ops::RangeInclusive<usize> = 4..=64;
/// The longest slot.
const MAX_SLOT_S: i64 = 12 * 3600;

/// An appointment to be kept.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Appointment {
    /// The visitor's secret, 4 to 64 characters, never used for another appointment.
    code: String,
    /// What for, the main matter first.
    services: Vec<ServiceId>,
    /// When the promised time begins.
    start: Timestamp,
    /// When it ends.
    end: Timestamp,
    /// Who it is for, if a card or a phone shall find it.
    #[serde(default)]
    visitor: Option<Visitor>,
}

/// An appointment as staff see it.
#[derive(Serialize, ToSchema)]
pub(super) struct AppointmentSeen {
    /// Which.
    id: AppointmentId,
    /// What for, the main matter first.
    services: Vec<ServiceId>,
    /// When the promised time begins.
    start: Timestamp,
    /// When it ends.
    end: Timestamp,
    /// How its visitor will make themselves known.
    identity: Identity,
    /// Its visitor's name, masked.
    holder: Option<String>,
    /// Whether it was cancelled.
    cancelled: bool,
    /// The ticket of who has come.
    ticket: Option<TicketId>,
}

/// Writes an appointment down. One of the same code is changed, until somebody checks in.
pub(super) async fn keep(caller: &Caller, wish: Appointment) -> Result<AppointmentSeen, Fault> {
    let hall = &caller.hall;
    let slot = Slot { start: wish.start, end: wish.end };
    if slot.end <= slot.start || slot.end > slot.start.plus_s(MAX_SLOT_S) {
        return Err(AppointmentFault::BadTimes.into());
    }
    let code = code(&wish.code).ok_or(AppointmentFault::BadCode)?;
    let visitor = wish.visitor.as_ref().map(|it| hall.people().seal(it)).transpose()?;
    let identity = visitor.as_ref().map(|it| it.identity).unwrap_or_default();
    check_services(hall, &wish.services, identity)?;
    let (fingerprint, sealed) = hall.people().seal_code(&code);
    let now = caller.now();
    let kept = hall.journal().write_aside(move |tx| {
        if store::by_code(tx, &fingerprint)?.is_some_and(|kept| kept.ticket.is_some()) {
            return Ok(Err(AppointmentFault::CheckedIn));
        }
        let person = visitor.map(|it| people::store::keep(tx, &it, now)).transpose()?;
        let services = wish.services;
        let promise = Promise { fingerprint, code: sealed, services, slot, person, identity };
        let id = store::save(tx, &promise)?;
        Ok(store::by_id(tx, id)?.ok_or(AppointmentFault::Unknown))
    });
    let kept = kept.await??;
    seen(hall, vec![kept]).await?.pop().ok_or(Fault::Internal)
}

/// That one ticket can be had for these services by a visitor known so well: a kiosk that checks them in has
/// only the code.
fn check_services(hall: &Hall, services: &[ServiceId], identity: Identity) -> Result<(), Fault> {
    let day = hall.journal().day();
    day.share_a_ticket(services)?;
    let asks_more = |id: &&ServiceId| day.plan.services[*id].identity > identity;
    match services.iter().find(asks_more) {
        Some(id) => {
            let needed = day.plan.services[id].identity;
            Err(Refusal::IdentityNeeded { service: id.clone(), needed }.into())
        }
        None => Ok(()),
    }
}

/// Cancels an appointment nobody has checked in for; cancelling again changes nothing.
pub(super) async fn cancel(hall: &Hall, id: AppointmentId) -> Result<(), Fault> {
    let cancelled = hall.journal().write_aside(move |tx| match store::by_id(tx, id)? {
        None => Ok(Err(AppointmentFault::Unknown)),
        Some(kept) if kept.ticket.is_some() => Ok(Err(AppointmentFault::CheckedIn)),
        Some(_) => store::cancel(tx, id).map(Ok),
    });
    Ok(cancelled.await??)
}

/// The appointments of a day.
pub(super) async fn of_day(hall: &Hall, date: Date) -> Result<Vec<AppointmentSeen>, Fault> {
    let midnight = |date: Date| {
        let midnight = hall.config().time_zone.to_ambiguous_timestamp(date.at(0, 0, 0, 0));
        midnight.compatible().map(|time| Timestamp(time.as_millisecond()))
    };
    let tomorrow = date.tomorrow().and_then(midnight);
    let (Ok(from), Ok(to)) = (midnight(date), tomorrow) else { return Ok(Vec::new()) };
    let kept = hall.journal().read(move |db| store::between(db, (from, to))).await?;
    seen(hall, kept).await
}

/// Appointments with the masked names of their visitors.
async fn seen(hall: &Hall, kept: Vec<Kept>) -> Result<Vec<AppointmentSeen>, Fault> {
    let seen = hall.journal().read(move |db| {
        let seen = kept.into_iter().map(|kept| {
            let holder = kept.person.map(|person| people::store::masked_name(db, person));
            Ok(AppointmentSeen {
                id: kept.id,
                services: kept.services,
                start: kept.slot.start,
                end: kept.slot.end,
                identity: kept.identity,
                holder: holder.transpose()?.flatten(),
                cancelled: kept.cancelled,
                ticket: kept.ticket,
            })
        });
        seen.collect()
    });
    Ok(seen.await?)
}

/// A code in its one form, if it can be one. People leave out the dashes and blanks that portals print.
pub(super) fn code(text: &str) -> Option<String> {
    let code: String = text.to_uppercase().chars().filter(|it| !" -".contains(*it)).collect();
    let sane = CODE_CHARS.contains(&code.chars().count()) && !code.contains(char::is_control);
    sane.then_some(code)
}

/// The business day a time belongs to.
pub(super) fn date_of(hall: &Hall, time: Timestamp) -> Date {
    zoned(time, &hall.config().time_zone).date()
}
