//! What a kiosk asks about tickets it has given: another slip, and what became of an order whose answer was
//! lost.

use axum::Json;
use hall_core::Command;
use protocol::KioskId;
use protocol::kiosk::{GiveUp, GivenUp, Reprint, TicketTaken};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::slips::slip_of;
use crate::devices;
use crate::hall::Hall;
use crate::web::fault::Fault;
use crate::web::policy::Deed;
use crate::web::{At, Body, Caller, MAX_KEY_CHARS};

pub(super) fn api() -> OpenApiRouter<Hall> {
    OpenApiRouter::new().routes(routes!(reprint)).routes(routes!(settle))
}

/// Another slip of a ticket
///
/// The answer is what to print now. The journal keeps that it was asked for; a ticket that is over gets none.
#[utoipa::path(
    post, path = "/kiosks/{kiosk}/reprints", tag = "devices",
    params(("kiosk" = String, Path, description = "The kiosk")),
    request_body = Reprint, responses((status = 200, body = TicketTaken))
)]
async fn reprint(
    caller: Caller,
    At(kiosk): At<KioskId>,
    Body(Reprint { ticket }): Body<Reprint>,
) -> Result<Json<TicketTaken>, Fault> {
    caller.may(Deed::ServeAtKiosk(&kiosk))?;
    devices::known(&caller.hall, &kiosk)?;
    caller.order(Command::ReprintSlip { ticket, kiosk }).await?;
    slip_of(&caller, ticket).await.map(Json)
}

/// Give up an order whose answer was lost
///
/// If it was carried out, its ticket is withdrawn, unless a window has called it. From now on a copy of the
/// order that arrives late is refused with `given-up`.
#[utoipa::path(
    post, path = "/kiosks/{kiosk}/settlements", tag = "devices",
    params(("kiosk" = String, Path, description = "The kiosk")),
    request_body = GiveUp, responses((status = 200, body = GivenUp))
)]
async fn settle(
    caller: Caller,
    At(kiosk): At<KioskId>,
    Body(GiveUp { key }): Body<GiveUp>,
) -> Result<Json<GivenUp>, Fault> {
    caller.may(Deed::ServeAtKiosk(&kiosk))?;
    devices::known(&caller.hall, &kiosk)?;
    let key = key.trim();
    if !(1..=MAX_KEY_CHARS).contains(&key.len()) {
        return Err(Fault::BadKey);
    }
    let withdrawn = caller.hall.journal().give_up(caller.who.actor(), key.to_owned()).await?;
    Ok(Json(GivenUp { withdrawn }))
}
