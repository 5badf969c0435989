//! The emergency message over the API: what is shown and where, putting it on every screen, ending it.

use axum::Json;
use axum::http::StatusCode;
use protocol::{DisplayId, Label, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Done, clerk};
use crate::config::StaffMember;
use crate::hall::Hall;
use crate::walls::emergency::{Raised, Wish};
use crate::walls::notices::Ended;
use crate::web::fault::Fault;
use crate::web::policy::Deed;
use crate::web::{Body, Caller, Query};

/// Earlier messages that are listed.
const MOST_OVER: u32 = 20;

pub(super) fn api() -> OpenApiRouter<Hall> {
    OpenApiRouter::new().routes(routes!(emergency, raise_emergency, end_emergency))
}

/// The emergency message and earlier ones.
#[derive(Serialize, ToSchema)]
struct Emergencies {
    /// The hall's time.
    at: Timestamp,
    /// What is on every screen now.
    emergency: Option<EmergencyMessage>,
    /// Every display, and since when it has the message on its screen.
    displays: Vec<EmergencyOn>,
    /// What was shown before, the latest first.
    earlier: Vec<EmergencyMessage>,
}

/// An emergency message and who is behind it.
#[derive(Serialize, ToSchema)]
struct EmergencyMessage {
    /// Which.
    id: u64,
    /// What it says.
    text: Label,
    /// Who put it up.
    raised: Done,
    /// Who ended it.
    ended: Option<Done>,
}

/// Whether a display shows the emergency message.
#[derive(Serialize, ToSchema)]
struct EmergencyOn {
    /// Which.
    display: DisplayId,
    /// Where it hangs, for people.
    name: Label,
    /// Whether it is connected.
    connected: bool,
    /// Since when the message is on its screen; `None` if it has not said so.
    shown_at: Option<Timestamp>,
}

/// A message is to be on every screen.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RaiseEmergency {
    /// What it says. In a hurry one language is enough; the other may be empty.
    text: Label,
    /// The message it replaces; if another one is shown by now, nothing is done.
    #[serde(default)]
    seen: Option<u64>,
}

/// Which message is to end.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct EndEmergency {
    /// The message that was seen; if another one is shown by now, nothing is done. Whichever it is if missing.
    #[serde(default)]
    seen: Option<u64>,
}

impl EmergencyMessage {
    fn new(staff: &[StaffMember], raised: Raised) -> Self {
        Self {
            id: raised.message.id,
            text: raised.message.text,
            raised: Done::new(staff, raised.clerk, raised.message.since),
            ended: raised.ended.map(|it| Done::of(staff, it)),
        }
    }
}

/// The emergency message
#[utoipa::path(
    get, path = "/emergency", tag = "displays", responses((status = 200, body = Emergencies))
)]
async fn emergency(caller: Caller) -> Result<Json<Emergencies>, Fault> {
    caller.may(Deed::SeeWalls)?;
    view(&caller).await.map(Json)
}

/// Put a message on every screen
///
/// It takes every screen over, and stays until somebody ends it, also when the hall restarts. A message that
/// says the same already stands for another one.
#[utoipa::path(
    put, path = "/emergency", tag = "displays",
    request_body = RaiseEmergency, responses((status = 200, body = Emergencies))
)]
async fn raise_emergency(
    caller: Caller,
    Body(wish): Body<RaiseEmergency>,
) -> Result<Json<Emergencies>, Fault> {
    caller.may(Deed::RaiseEmergency)?;
    let (clerk, at) = (clerk(&caller)?, caller.now());
    caller.hall.walls().raise(Wish { seen: wish.seen, text: wish.text, clerk, at }).await?;
    view(&caller).await.map(Json)
}

/// End the emergency message
///
/// Every screen shows again what it showed before.
#[utoipa::path(
    delete, path = "/emergency", tag = "displays", params(EndEmergency), responses((status = 204))
)]
async fn end_emergency(
    caller: Caller,
    Query(wish): Query<EndEmergency>,
) -> Result<StatusCode, Fault> {
    caller.may(Deed::RaiseEmergency)?;
    let ended = Ended { clerk: clerk(&caller)?, at: caller.now() };
    caller.hall.walls().end_emergency(wish.seen, ended).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn view(caller: &Caller) -> Result<Emergencies, Fault> {
    let (hall, walls) = (&caller.hall, caller.hall.walls());
    let staff = &hall.config().staff;
    let earlier = walls.earlier_emergencies(MOST_OVER).await?;
    let shows = |id| hall.presence().display(id).shows_emergencies();
    let screens = hall.config().displays.iter().filter(|display| shows(&display.id));
    let displays = screens.map(|display| EmergencyOn {
        display: display.id.clone(),
        name: display.name.clone(),
        connected: hall.presence().is_connected(&display.id),
        shown_at: walls.emergency_shown_at(&display.id),
    });
    let shown = walls.state().rows.emergency.clone();
    Ok(Emergencies {
        at: caller.now(),
        displays: displays.collect(),
        emergency: shown.map(|it| EmergencyMessage::new(staff, it)),
        earlier: earlier.into_iter().map(|it| EmergencyMessage::new(staff, it)).collect(),
    })
}
