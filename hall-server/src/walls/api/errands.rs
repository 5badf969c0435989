//! Errands over the API: a display flashes its name, or starts again.

use axum::Json;
use axum::http::StatusCode;
use protocol::{DisplayId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::hall::Hall;
use crate::web::fault::Fault;
use crate::web::policy::Deed;
use crate::web::{At, Body, Caller, Nothing};

/// How long a display flashes if nothing else is said, in seconds.
const IDENTIFY_S: i64 = 20;

pub(super) fn api() -> OpenApiRouter<Hall> {
    OpenApiRouter::new().routes(routes!(identify_display)).routes(routes!(restart_display))
}

/// A display is to be found.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Identify {
    /// For how many seconds it flashes: 10 to 30.
    #[serde(default = "identify_s")]
    seconds: i64,
}

/// A display flashes.
#[derive(Serialize, ToSchema)]
struct Identifying {
    /// Until when.
    until: Timestamp,
}

fn identify_s() -> i64 {
    IDENTIFY_S
}

/// Let a display flash its name, so that somebody finds it
#[utoipa::path(
    post, path = "/displays/{display}/identify", tag = "displays",
    params(("display" = String, Path, description = "The display")),
    request_body = Identify, responses((status = 200, body = Identifying))
)]
async fn identify_display(
    caller: Caller,
    At(display): At<DisplayId>,
    Body(wish): Body<Identify>,
) -> Result<Json<Identifying>, Fault> {
    caller.may(Deed::AttendDisplays)?;
    let until = caller.hall.walls().identify(&display, wish.seconds)?;
    Ok(Json(Identifying { until }))
}

/// Let a display start again
///
/// It hears of it at once, or if it comes back within a minute. A second wish within ten seconds is the same
/// one.
#[utoipa::path(
    post, path = "/displays/{display}/restart", tag = "displays",
    params(("display" = String, Path, description = "The display")), responses((status = 204))
)]
async fn restart_display(
    caller: Caller,
    At(display): At<DisplayId>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<StatusCode, Fault> {
    caller.may(Deed::AttendDisplays)?;
    caller.hall.walls().restart(&display)?;
    Ok(StatusCode::NO_CONTENT)
}
