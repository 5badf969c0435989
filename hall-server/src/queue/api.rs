//! Tickets over the API: for kiosks, staff and integrators by id, for visitors by the secret on their slip.

use axum::Json;
use axum::http::StatusCode;
use hall_core::Command;
use hall_core::plan::ReasonId;
use protocol::kiosk::{Menu, TakeTicket, TicketTaken};
use protocol::live::TicketCell;
use protocol::{Class, TicketId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::service::{self, TicketReceipt, cell, of_number, ticket_receipt};
use super::{at_kiosk, slips};
use crate::hall::Hall;
use crate::journal::Order;
use crate::live::views;
use crate::web::fault::Fault;
use crate::web::policy::Deed;
use crate::web::{At, Body, Caller, Nothing};

pub(crate) fn api() -> OpenApiRouter<Hall> {
    OpenApiRouter::new()
        .routes(routes!(menu))
        .routes(routes!(take))
        .routes(routes!(see))
        .routes(routes!(find))
        .routes(routes!(withdraw))
        .routes(routes!(leave))
        .routes(routes!(come_back))
        .routes(routes!(grant_class))
        .routes(routes!(merge))
        .routes(routes!(see_own))
        .routes(routes!(withdraw_own))
        .routes(routes!(come_back_own))
        .merge(at_kiosk::api())
}

/// A class to be granted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct GrantClass {
    /// Which.
    class: Class,
    /// Why: one of the plan's reasons.
    reason: ReasonId,
    /// In the grantor's own words.
    #[serde(default)]
    note: Option<String>,
}

/// Two tickets of one visitor.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Merge {
    /// The ticket that goes.
    drop: TicketId,
}

/// Which ticket shows a number today.
#[derive(Serialize, ToSchema)]
struct NumberFound {
    /// The ticket that is alive, or the last that was.
    ticket: TicketId,
}

/// What the hall offers now
#[utoipa::path(get, path = "/menu", tag = "hall", security(()), responses((status = 200, body = Menu)))]
async fn menu(caller: Caller) -> Result<Json<Menu>, Fault> {
    caller.may(Deed::SeeMenu)?;
    Ok(Json(caller.see(views::menu)))
}

/// Take a number
///
/// The number is on disk before the answer is sent. Repeated under the same `Idempotency-Key` it is the
/// same number.
#[utoipa::path(
    post, path = "/tickets", tag = "tickets",
    request_body = TakeTicket, responses((status = 201, body = TicketTaken))
)]
async fn take(
    caller: Caller,
    Body(wish): Body<TakeTicket>,
) -> Result<(StatusCode, Json<TicketTaken>), Fault> {
    caller.may(Deed::TakeTicket)?;
    let (order, last_four) = service::take(&caller, wish)?;
    let receipt = caller.submit(order).await?;
    let slip = slips::slip(&caller, &receipt, last_four)?;
    Ok((StatusCode::CREATED, Json(slip)))
}

/// See a ticket
#[utoipa::path(
    get, path = "/tickets/{ticket}", tag = "tickets",
    params(("ticket" = u64, Path, description = "The ticket")),
    responses((status = 200, body = TicketCell))
)]
async fn see(caller: Caller, At(ticket): At<TicketId>) -> Result<Json<TicketCell>, Fault> {
    caller.may(Deed::SeeTicket)?;
    cell(&caller, ticket).map(Json)
}

/// Find a ticket by its number
#[utoipa::path(
    get, path = "/numbers/{number}", tag = "tickets",
    params(("number" = String, Path, description = "The number, as the slip shows it")),
    responses((status = 200, body = NumberFound))
)]
async fn find(caller: Caller, At(number): At<String>) -> Result<Json<NumberFound>, Fault> {
    caller.may(Deed::SeeTicket)?;
    let found = of_number(&caller.hall.journal().day(), &number.to_uppercase());
    found.map(|ticket| Json(NumberFound { ticket })).ok_or(Fault::NotFound)
}

/// Give a number back
#[utoipa::path(
    post, path = "/tickets/{ticket}/withdraw", tag = "tickets",
    params(("ticket" = u64, Path, description = "The ticket")),
    responses((status = 200, body = TicketReceipt))
)]
async fn withdraw(
    caller: Caller,
    At(ticket): At<TicketId>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<Json<TicketReceipt>, Fault> {
    caller.may(Deed::CareForTickets)?;
    ticket_receipt(&caller, ticket, caller.wants(Command::Withdraw { ticket })).await.map(Json)
}

/// A visitor has gone
#[utoipa::path(
    post, path = "/tickets/{ticket}/leave", tag = "tickets",
    params(("ticket" = u64, Path, description = "The ticket")),
    responses((status = 200, body = TicketReceipt))
)]
async fn leave(
    caller: Caller,
    At(ticket): At<TicketId>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<Json<TicketReceipt>, Fault> {
    caller.may(Deed::CareForTickets)?;
    ticket_receipt(&caller, ticket, caller.wants(Command::Leave { ticket })).await.map(Json)
}

/// A visitor who missed their call is back
#[utoipa::path(
    post, path = "/tickets/{ticket}/return", tag = "tickets",
    params(("ticket" = u64, Path, description = "The ticket")),
    responses((status = 200, body = TicketReceipt))
)]
async fn come_back(
    caller: Caller,
    At(ticket): At<TicketId>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<Json<TicketReceipt>, Fault> {
    caller.may(Deed::CareForTickets)?;
    ticket_receipt(&caller, ticket, caller.wants(Command::Return { ticket })).await.map(Json)
}

/// Grant a class
#[utoipa::path(
    post, path = "/tickets/{ticket}/class", tag = "tickets",
    params(("ticket" = u64, Path, description = "The ticket")),
    request_body = GrantClass, responses((status = 200, body = TicketReceipt))
)]
async fn grant_class(
    caller: Caller,
    At(ticket): At<TicketId>,
    Body(wish): Body<GrantClass>,
) -> Result<Json<TicketReceipt>, Fault> {
    caller.may(Deed::CareForTickets)?;
    let remark = caller.remark(wish.note)?;
    let note = remark.as_ref().map(|(id, _)| *id);
    let command = Command::GrantClass { ticket, class: wish.class, reason: wish.reason, note };
    let order = Order { note: remark, ..caller.wants(command) };
    ticket_receipt(&caller, ticket, order).await.map(Json)
}

/// Make one ticket of two
///
/// The ticket in the address stays, carries every service of both, and has the better place.
#[utoipa::path(
    post, path = "/tickets/{ticket}/merge", tag = "tickets",
    params(("ticket" = u64, Path, description = "The ticket that stays")),
    request_body = Merge, responses((status = 200, body = TicketReceipt))
)]
async fn merge(
    caller: Caller,
    At(ticket): At<TicketId>,
    Body(wish): Body<Merge>,
) -> Result<Json<TicketReceipt>, Fault> {
    caller.may(Deed::CareForTickets)?;
    ticket_receipt(&caller, ticket, caller.wants(Command::Merge { keep: ticket, drop: wish.drop }))
        .await
        .map(Json)
}

/// A visitor's own ticket
#[utoipa::path(
    get, path = "/visits/{token}", tag = "visitors", security(()),
    params(("token" = String, Path, description = "The secret on the slip")),
    responses((status = 200, body = TicketCell))
)]
async fn see_own(caller: Caller, At(token): At<String>) -> Result<Json<TicketCell>, Fault> {
    caller.may(Deed::UseOwnTicket)?;
    cell(&caller, service::visit(&caller.hall, &token)?).map(Json)
}

/// A visitor gives their number back
#[utoipa::path(
    post, path = "/visits/{token}/withdraw", tag = "visitors", security(()),
    params(("token" = String, Path, description = "The secret on the slip")),
    responses((status = 200, body = TicketReceipt))
)]
async fn withdraw_own(
    caller: Caller,
    At(token): At<String>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<Json<TicketReceipt>, Fault> {
    caller.may(Deed::UseOwnTicket)?;
    let ticket = service::visit(&caller.hall, &token)?;
    ticket_receipt(&caller, ticket, caller.wants(Command::Withdraw { ticket })).await.map(Json)
}

/// A visitor who missed their call waits again
#[utoipa::path(
    post, path = "/visits/{token}/return", tag = "visitors", security(()),
    params(("token" = String, Path, description = "The secret on the slip")),
    responses((status = 200, body = TicketReceipt))
)]
async fn come_back_own(
    caller: Caller,
    At(token): At<String>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<Json<TicketReceipt>, Fault> {
    caller.may(Deed::UseOwnTicket)?;
    let ticket = service::visit(&caller.hall, &token)?;
    ticket_receipt(&caller, ticket, caller.wants(Command::Return { ticket })).await.map(Json)
}
