//! What a visitor at a kiosk does with an appointment: find it, with whatever else they have today, and check
//! in. Codes and card numbers come in bodies, never in addresses.

use axum::Json;
use axum::http::StatusCode;
use hall_core::plan::Rules;
use hall_core::{Command, Slot, Take};
use protocol::kiosk::{
    AppointmentFound, CheckIn, FindVisits, Proof, TicketTaken, Visitor, VisitsFound,
};
use protocol::{Channel, KioskId, TicketId, Timestamp};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::AppointmentFault;
use super::service::{code, date_of};
use super::store::{self, Kept};
use crate::devices;
use crate::hall::Hall;
use crate::live::views::service_label;
use crate::people::{self, Details};
use crate::queue;
use crate::web::fault::Fault;
use crate::web::policy::Deed;
use crate::web::{At, Body, Caller};

/// The longest day there is: one on which clocks are set back.
const DAY_S: i64 = 25 * 3600;

pub(super) fn api() -> OpenApiRouter<Hall> {
    OpenApiRouter::new().routes(routes!(visits)).routes(routes!(check_in))
}

/// What a visitor has today
///
/// Tickets that are alive, and appointments nobody has checked in for. Who has nothing gets nothing: a code
/// that does not exist is no error.
#[utoipa::path(
    post, path = "/kiosks/{kiosk}/visits", tag = "devices",
    params(("kiosk" = String, Path, description = "The kiosk")),
    request_body = FindVisits, responses((status = 200, body = VisitsFound))
)]
async fn visits(
    caller: Caller,
    At(kiosk): At<KioskId>,
    Body(wish): Body<FindVisits>,
) -> Result<Json<VisitsFound>, Fault> {
    caller.may(Deed::ServeAtKiosk(&kiosk))?;
    devices::known(&caller.hall, &kiosk)?;
    let found = match wish.by {
        Proof::Visitor(visitor) => of_visitor(&caller, &visitor).await?,
        Proof::Ticket(token) => Found::of_ticket(queue::ticket_behind(&caller.hall, &token)),
        Proof::Appointment(code) => of_code(&caller, &code).await?,
    };
    found.told(&caller).await.map(Json)
}

/// Check in for an appointment
///
/// Its ticket joins at the promised time; who comes too late joins like anybody. Checking in again gives the
/// same ticket.
#[utoipa::path(
    post, path = "/kiosks/{kiosk}/check-in", tag = "devices",
    params(("kiosk" = String, Path, description = "The kiosk")),
    request_body = CheckIn, responses((status = 201, body = TicketTaken))
)]
async fn check_in(
    caller: Caller,
    At(kiosk): At<KioskId>,
    Body(wish): Body<CheckIn>,
) -> Result<(StatusCode, Json<TicketTaken>), Fault> {
    caller.may(Deed::ServeAtKiosk(&kiosk))?;
    devices::known(&caller.hall, &kiosk)?;
    let kept = by_code(&caller.hall, &wish.code).await?.ok_or(AppointmentFault::Unknown)?;
    may_check_in(&caller, &kept)?;
    let slip = match kept.open() {
        Ok(()) => match take(&caller, kiosk, &wish, &kept).await {
            // Another kiosk was quicker.
            Err(Fault::Appointment(AppointmentFault::CheckedIn)) => again(&caller, &wish).await?,
            slip => slip?,
        },
        Err(AppointmentFault::CheckedIn) => again(&caller, &wish).await?,
        Err(fault) => return Err(fault.into()),
    };
    Ok((StatusCode::CREATED, Json(slip)))
}

/// Takes the ticket of an appointment.
async fn take(
    caller: &Caller,
    kiosk: KioskId,
    wish: &CheckIn,
    kept: &Kept,
) -> Result<TicketTaken, Fault> {
    let details = match kept.person {
        Some(person) => caller.hall.details_of(person).await?,
        None => Details::default(),
    };
    let take = Take {
        services: kept.services.clone(),
        person: kept.person,
        identity: kept.identity,
        class: queue::class_by_age(&caller.hall, details.birth),
        channel: Channel::Kiosk,
        kiosk: Some(kiosk),
        language: wish.language,
        slot: Some(kept.slot),
        leased: None,
    };
    let mut order = caller.wants(Command::Take(take));
    order.appointment = Some(kept.id);
    let receipt = caller.submit(order).await?;
    if let Some(person) = kept.person {
        caller.hall.people().remember_name(person, details.masked_name);
    }
    queue::slip(caller, &receipt, details.last_four)
}

/// The ticket somebody has checked in with. Nobody is let wait with one that is over.
async fn again(caller: &Caller, wish: &CheckIn) -> Result<TicketTaken, Fault> {
    let kept = by_code(&caller.hall, &wish.code).await?;
    let ticket = kept.and_then(|kept| kept.ticket).ok_or(AppointmentFault::Unknown)?;
    caller.hall.journal().day().alive(ticket)?;
    queue::slip_of(caller, ticket).await
}

/// That it is the day and the hour.
fn may_check_in(caller: &Caller, kept: &Kept) -> Result<(), Fault> {
    let (today, opens) = {
        let day = caller.hall.journal().day();
        (day.date, opens(&day.plan.rules, kept.slot))
    };
    let date = date_of(&caller.hall, kept.slot.start);
    if today != Some(date) {
        return Err(AppointmentFault::OtherDay { date: date.to_string() }.into());
    }
    if caller.now() < opens {
        let time = crate::day_keeper::zoned(opens, &caller.hall.config().time_zone);
        return Err(AppointmentFault::TooEarly { opens: time.strftime("%H:%M").to_string() }.into());
    }
    Ok(())
}

/// From when a kiosk checks an appointment in.
fn opens(rules: &Rules, slot: Slot) -> Timestamp {
    slot.start.minus_s(i64::from(rules.check_in_early_s))
}

/// What somebody was found to have: tickets, alive or not, and appointments of any kind.
#[derive(Default)]
struct Found {
    tickets: Vec<TicketId>,
    appointments: Vec<Kept>,
}

async fn of_visitor(caller: &Caller, visitor: &Visitor) -> Result<Found, Fault> {
    let hall = &caller.hall;
    let sealed = hall.people().seal(visitor)?;
    let midnight = hall.journal().day().midnight;
    let today = (midnight, midnight.plus_s(DAY_S));
    let found = hall.journal().read(move |db| {
        let Some(person) = people::store::find(db, &sealed)? else { return Ok(None) };
        Ok(Some((person, store::of_person(db, person, today)?)))
    });
    let Some((person, appointments)) = found.await? else { return Ok(Found::default()) };
    let day = hall.journal().day();
    let tickets = day.tickets_of(person).map(|ticket| ticket.id).collect();
    Ok(Found { tickets, appointments })
}

async fn of_code(caller: &Caller, code: &str) -> Result<Found, Fault> {
    let kept = by_code(&caller.hall, code).await?;
    let ticket = kept.as_ref().and_then(|kept| kept.ticket);
    Ok(Found { appointments: kept.into_iter().collect(), ..Found::of_ticket(ticket) })
}

async fn by_code(hall: &Hall, text: &str) -> Result<Option<Kept>, Fault> {
    let Some(code) = code(text) else { return Ok(None) };
    let fingerprint = hall.people().code_fingerprint(&code);
    Ok(hall.journal().read(move |db| store::by_code(db, &fingerprint)).await?)
}

impl Found {
    fn of_ticket(ticket: Option<TicketId>) -> Self {
        Self { tickets: ticket.into_iter().collect(), appointments: Vec::new() }
    }

    /// The same as slips and pages say it: what is over or of another day is left out.
    async fn told(self, caller: &Caller) -> Result<VisitsFound, Fault> {
        let alive: Vec<TicketId> = {
            let day = caller.hall.journal().day();
            let alive = |id: &TicketId| day.tickets.get(id).is_some_and(hall_core::Ticket::is_live);
            self.tickets.into_iter().filter(alive).collect()
        };
        let mut tickets = Vec::with_capacity(alive.len());
        for ticket in alive {
            tickets.push(queue::slip_of(caller, ticket).await?);
        }
        let appointments = self.appointments.into_iter();
        let appointments = appointments.filter_map(|kept| told(caller, &kept)).collect();
        Ok(VisitsFound { tickets, appointments })
    }
}

/// An appointment of today that can be checked in, now or later.
fn told(caller: &Caller, kept: &Kept) -> Option<AppointmentFound> {
    kept.open().ok()?;
    let code = caller.hall.people().open_code(&kept.code)?;
    let day = caller.hall.journal().day();
    if day.date != Some(date_of(&caller.hall, kept.slot.start)) {
        return None;
    }
    let rules = &day.plan.rules;
    let Slot { start, end } = kept.slot;
    Some(AppointmentFound {
        code,
        services: kept.services.iter().map(|id| service_label(&day, id)).collect(),
        start,
        end,
        opens: opens(rules, kept.slot),
        late: caller.now() > end.plus_s(i64::from(rules.appointment_late_s)),
    })
}
