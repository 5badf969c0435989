//! For whoever watches the process: is it alive, can it take orders.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::fault::Fault;
use crate::hall::Hall;

/// How the hall is.
#[derive(Serialize, ToSchema)]
struct Health {
    /// Always `ok`; anything else is a problem.
    status: &'static str,
}

pub(crate) fn api() -> OpenApiRouter<Hall> {
    OpenApiRouter::new().routes(routes!(livez)).routes(routes!(readyz))
}

/// Is the process alive?
#[utoipa::path(get, path = "/livez", tag = "hall", security(()), responses((status = 200, body = Health)))]
async fn livez() -> Json<Health> {
    Json(Health { status: "ok" })
}

/// Can it take orders? Asks the journal's file.
#[utoipa::path(get, path = "/readyz", tag = "hall", security(()), responses((status = 200, body = Health)))]
async fn readyz(State(hall): State<Hall>) -> Result<Json<Health>, Fault> {
    hall.journal().check().await?;
    Ok(Json(Health { status: "ok" }))
}
