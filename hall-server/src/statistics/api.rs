//! Today's figures and the journal over the API.

use axum::Json;
use hall_core::Event;
use protocol::live::TotalsCell;
use protocol::{Seq, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::hall::Hall;
use crate::journal::{Actor, Recorded};
use crate::live::views;
use crate::web::fault::Fault;
use crate::web::policy::Deed;
use crate::web::{Caller, Query};

/// Events of one answer, if nobody asks for a number.
const USUAL_EVENTS: u32 = 100;
/// Events of one answer at most.
const MAX_EVENTS: u32 = 1_000;

pub(crate) fn api() -> OpenApiRouter<Hall> {
    OpenApiRouter::new().routes(routes!(totals)).routes(routes!(journal))
}

/// Which part of the journal.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Part {
    /// Only what came after this event; from the beginning if missing.
    #[serde(default)]
    after: Seq,
    /// How many events at most: 100 if missing, never more than 1000.
    #[serde(default)]
    limit: Option<u32>,
}

/// Something that happened.
#[derive(Serialize, ToSchema)]
struct JournalEntry {
    /// Its place in the journal.
    seq: Seq,
    /// When.
    at: Timestamp,
    /// By whom.
    by: Actor,
    /// What: the field `event` names it, the others belong to it.
    #[schema(value_type = Object)]
    event: Event,
}

impl From<Recorded> for JournalEntry {
    fn from(recorded: Recorded) -> Self {
        let Recorded { seq, at, by, event } = recorded;
        Self { seq, at, by, event }
    }
}

/// Today's figures
#[utoipa::path(get, path = "/totals", tag = "hall", responses((status = 200, body = TotalsCell)))]
async fn totals(caller: Caller) -> Result<Json<TotalsCell>, Fault> {
    caller.may(Deed::SeeWindows)?;
    Ok(Json(caller.see(views::totals_cell)))
}

/// What happened, oldest first
///
/// Holds no personal data: persons and remarks are ids.
#[utoipa::path(
    get, path = "/journal", tag = "hall", params(Part),
    responses((status = 200, body = Vec<JournalEntry>))
)]
async fn journal(
    caller: Caller,
    Query(part): Query<Part>,
) -> Result<Json<Vec<JournalEntry>>, Fault> {
    caller.may(Deed::ReadJournal)?;
    let limit = part.limit.unwrap_or(USUAL_EVENTS).min(MAX_EVENTS);
    let events = caller.hall.journal().events_after(part.after, limit).await?;
    Ok(Json(events.into_iter().map(JournalEntry::from).collect()))
}
