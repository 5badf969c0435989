//! Appointments over the API: portals and duty managers keep them.

use axum::Json;
use axum::http::StatusCode;
use jiff::civil::Date;
use protocol::AppointmentId;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::at_kiosk;
use super::service::{self, Appointment, AppointmentSeen};
use crate::hall::Hall;
use crate::web::fault::Fault;
use crate::web::policy::Deed;
use crate::web::{At, Body, Caller, Query};

pub(crate) fn api() -> OpenApiRouter<Hall> {
    OpenApiRouter::new().routes(routes!(list, keep)).routes(routes!(cancel)).merge(at_kiosk::api())
}

/// Which day.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Day {
    /// Such as `2026-11-23`; today if missing.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    date: Option<Date>,
}

/// Keep an appointment
///
/// One of the same code is changed, also if it was cancelled, until somebody checks in for it. So sending
/// the same appointment again does no harm.
#[utoipa::path(
    post, path = "/appointments", tag = "appointments",
    request_body = Appointment, responses((status = 200, body = AppointmentSeen))
)]
async fn keep(
    caller: Caller,
    Body(wish): Body<Appointment>,
) -> Result<Json<AppointmentSeen>, Fault> {
    caller.may(Deed::KeepAppointments)?;
    service::keep(&caller, wish).await.map(Json)
}

/// Cancel an appointment
#[utoipa::path(
    delete, path = "/appointments/{appointment}", tag = "appointments",
    params(("appointment" = u64, Path, description = "The appointment")),
    responses((status = 204))
)]
async fn cancel(caller: Caller, At(id): At<AppointmentId>) -> Result<StatusCode, Fault> {
    caller.may(Deed::KeepAppointments)?;
    service::cancel(&caller.hall, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The appointments of a day
#[utoipa::path(
    get, path = "/appointments", tag = "appointments", params(Day),
    responses((status = 200, body = Vec<AppointmentSeen>))
)]
async fn list(caller: Caller, Query(day): Query<Day>) -> Result<Json<Vec<AppointmentSeen>>, Fault> {
    caller.may(Deed::KeepAppointments)?;
    let today = service::date_of(&caller.hall, caller.now());
    service::of_day(&caller.hall, day.date.unwrap_or(today)).await.map(Json)
}
