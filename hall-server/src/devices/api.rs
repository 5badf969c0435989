//! What kiosks say and ask: numbers in advance, how they are, help for somebody in front of them.

use axum::Json;
use axum::http::StatusCode;
use hall_core::{Command, Event};
use protocol::KioskId;
use protocol::kiosk::{LeaseGranted, LeaseRequest, LeasedNumber};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::hall::Hall;
use crate::journal::Receipt;
use crate::web::fault::Fault;
use crate::web::policy::Deed;
use crate::web::{At, Body, Caller, Nothing};

pub(crate) fn api() -> OpenApiRouter<Hall> {
    OpenApiRouter::new()
        .routes(routes!(lease))
        .routes(routes!(heartbeat))
        .routes(routes!(ask_help, help_given))
}

/// How a kiosk is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Heartbeat {
    /// Whether it has a fault that a person must mend, such as no paper.
    #[serde(default)]
    faulty: bool,
}

/// Take numbers in advance
///
/// They belong to the kiosk until the day ends; it gives them out while it cannot reach the hall.
#[utoipa::path(
    post, path = "/kiosks/{kiosk}/leases", tag = "devices",
    params(("kiosk" = String, Path, description = "The kiosk")),
    request_body = LeaseRequest, responses((status = 201, body = LeaseGranted))
)]
async fn lease(
    caller: Caller,
    At(kiosk): At<KioskId>,
    Body(wish): Body<LeaseRequest>,
) -> Result<(StatusCode, Json<LeaseGranted>), Fault> {
    caller.may(Deed::LeaseNumbers(&kiosk))?;
    known(&caller.hall, &kiosk)?;
    let command = Command::LeaseNumbers { kiosk, series: wish.series, count: wish.count };
    let receipt = caller.order(command).await?;
    Ok((StatusCode::CREATED, Json(granted(&caller.hall, &receipt)?)))
}

/// Say how a kiosk is
///
/// To be repeated every 30 seconds; a kiosk that falls silent is shown to the duty manager.
#[utoipa::path(
    post, path = "/kiosks/{kiosk}/heartbeat", tag = "devices",
    params(("kiosk" = String, Path, description = "The kiosk")),
    request_body = Heartbeat, responses((status = 204))
)]
async fn heartbeat(
    caller: Caller,
    At(kiosk): At<KioskId>,
    Body(state): Body<Heartbeat>,
) -> Result<StatusCode, Fault> {
    caller.may(Deed::ReportKiosk(&kiosk))?;
    known(&caller.hall, &kiosk)?;
    caller.hall.presence().kiosk_heard(&kiosk, state.faulty, caller.now());
    Ok(StatusCode::NO_CONTENT)
}

/// Ask for help
///
/// Somebody in front of a kiosk wants a person; the duty manager sees it.
#[utoipa::path(
    post, path = "/kiosks/{kiosk}/help", tag = "devices",
    params(("kiosk" = String, Path, description = "The kiosk")), responses((status = 204))
)]
async fn ask_help(
    caller: Caller,
    At(kiosk): At<KioskId>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<StatusCode, Fault> {
    caller.may(Deed::ReportKiosk(&kiosk))?;
    known(&caller.hall, &kiosk)?;
    caller.hall.presence().help_asked(&kiosk, caller.now());
    Ok(StatusCode::NO_CONTENT)
}

/// Somebody is looking after it
#[utoipa::path(
    delete, path = "/kiosks/{kiosk}/help", tag = "devices",
    params(("kiosk" = String, Path, description = "The kiosk")), responses((status = 204))
)]
async fn help_given(caller: Caller, At(kiosk): At<KioskId>) -> Result<StatusCode, Fault> {
    caller.may(Deed::AttendKiosk(&kiosk))?;
    known(&caller.hall, &kiosk)?;
    caller.hall.presence().help_given(&kiosk);
    Ok(StatusCode::NO_CONTENT)
}

fn known(hall: &Hall, kiosk: &KioskId) -> Result<(), Fault> {
    let known = hall.config().kiosks.iter().any(|it| it.id == kiosk.as_str());
    if known { Ok(()) } else { Err(Fault::UnknownKiosk) }
}

/// The numbers of a lease with the tickets they will be.
fn granted(hall: &Hall, receipt: &Receipt) -> Result<LeaseGranted, Fault> {
    let leased = receipt.events.iter().find_map(|recorded| match &recorded.event {
        Event::NumbersLeased { series, first_ticket, numbers, .. } => {
            Some((series, *first_ticket, numbers))
        }
        _ => None,
    });
    let (series, first_ticket, numbers) = leased.ok_or(Fault::Internal)?;
    let mut ticket = first_ticket;
    let mut tickets = Vec::with_capacity(numbers.len());
    for number in numbers {
        let token = hall.tokens().token(ticket);
        let url = crate::queue::ticket_url(hall, &token);
        tickets.push(LeasedNumber { ticket, number: number.clone(), token, url });
        ticket = ticket.next();
    }
    let date = hall.journal().day().date.map(|date| date.to_string()).unwrap_or_default();
    Ok(LeaseGranted { series: series.clone(), date, tickets })
}
