//! What the duty manager does beyond a clerk: pin a ticket, change what windows take, close a service,
//! end and begin the day.

use axum::Json;
use hall_core::Command;
use hall_core::plan::{Profile, ProfileMode, ReasonId, ServiceGroup};
use protocol::{Seq, ServiceId, TicketId, WindowId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::day_keeper;
use crate::hall::Hall;
use crate::journal::Order;
use crate::queue::{TicketReceipt, ticket_receipt};
use crate::web::fault::Fault;
use crate::web::policy::Deed;
use crate::web::{At, Body, Caller, Nothing};

type Done = Result<Json<Receipt>, Fault>;

pub(crate) fn api() -> OpenApiRouter<Hall> {
    OpenApiRouter::new()
        .routes(routes!(pin))
        .routes(routes!(unpin))
        .routes(routes!(profile, set_profile))
        .routes(routes!(close_service))
        .routes(routes!(reopen_service))
        .routes(routes!(end_day))
        .routes(routes!(start_day))
}

/// Something was done.
#[derive(Serialize, ToSchema)]
#[schema(as = Receipt)]
struct Receipt {
    /// The event it came to.
    seq: Seq,
}

/// A ticket is to be first.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Pin {
    /// Why: one of the plan's reasons.
    reason: ReasonId,
    /// In the manager's own words.
    #[serde(default)]
    note: Option<String>,
}

/// What a window is to take from now on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SetProfile {
    /// Its services; `null` for what the plan says.
    profile: Option<WindowProfile>,
}

/// What a window takes now, and what the plan says it should.
#[derive(Serialize, ToSchema)]
struct Profiles {
    /// What it takes now.
    now: WindowProfile,
    /// What the plan says; missing if the plan no longer has the window.
    planned: Option<WindowProfile>,
}

/// Which services a window takes and how it chooses among them.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WindowProfile {
    /// How to choose among the groups.
    #[serde(default)]
    mode: ChoiceMode,
    /// The services, in groups; the order counts for priority, the weights for ratio.
    groups: Vec<Group>,
}

/// How a window chooses among its groups.
#[derive(Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum ChoiceMode {
    /// The one order over all services.
    #[default]
    LongestWait,
    /// The first group that has somebody.
    Priority,
    /// By weights, such as 2:1:1.
    Ratio,
}

/// Services that count as one.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Group {
    /// The services.
    services: Vec<ServiceId>,
    /// How many of these for each round of the ratio; 1 if missing.
    #[serde(default)]
    weight: Option<u32>,
}

/// A service is to close for today.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CloseService {
    /// Why: one of the plan's reasons.
    reason: ReasonId,
}

impl From<WindowProfile> for Profile {
    fn from(wanted: WindowProfile) -> Self {
        let mode = match wanted.mode {
            ChoiceMode::LongestWait => ProfileMode::LongestWait,
            ChoiceMode::Priority => ProfileMode::Priority,
            ChoiceMode::Ratio => ProfileMode::Ratio,
        };
        let group =
            |it: Group| ServiceGroup { services: it.services, weight: it.weight.unwrap_or(1) };
        Self { mode, groups: wanted.groups.into_iter().map(group).collect() }
    }
}

impl From<&Profile> for WindowProfile {
    fn from(profile: &Profile) -> Self {
        let mode = match profile.mode {
            ProfileMode::LongestWait => ChoiceMode::LongestWait,
            ProfileMode::Priority => ChoiceMode::Priority,
            ProfileMode::Ratio => ChoiceMode::Ratio,
        };
        let group =
            |it: &ServiceGroup| Group { services: it.services.clone(), weight: Some(it.weight) };
        Self { mode, groups: profile.groups.iter().map(group).collect() }
    }
}

/// Put a ticket first
#[utoipa::path(
    post, path = "/tickets/{ticket}/pin", tag = "manager",
    params(("ticket" = u64, Path, description = "The ticket")),
    request_body = Pin, responses((status = 200, body = TicketReceipt))
)]
async fn pin(
    caller: Caller,
    At(ticket): At<TicketId>,
    Body(wish): Body<Pin>,
) -> Result<Json<TicketReceipt>, Fault> {
    caller.may(Deed::Pin)?;
    let remark = caller.remark(wish.note)?;
    let note = remark.as_ref().map(|(id, _)| *id);
    let order = caller.wants(Command::Pin { ticket, reason: wish.reason, note });
    ticket_receipt(&caller, ticket, Order { note: remark, ..order }).await.map(Json)
}

/// Take a pin back
#[utoipa::path(
    post, path = "/tickets/{ticket}/unpin", tag = "manager",
    params(("ticket" = u64, Path, description = "The ticket")),
    responses((status = 200, body = TicketReceipt))
)]
async fn unpin(
    caller: Caller,
    At(ticket): At<TicketId>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<Json<TicketReceipt>, Fault> {
    caller.may(Deed::Pin)?;
    let order = caller.wants(Command::Unpin { ticket });
    ticket_receipt(&caller, ticket, order).await.map(Json)
}

/// Which services a window takes
#[utoipa::path(
    get, path = "/windows/{window}/profile", tag = "manager",
    params(("window" = String, Path, description = "The window")),
    responses((status = 200, body = Profiles))
)]
async fn profile(caller: Caller, At(window): At<WindowId>) -> Result<Json<Profiles>, Fault> {
    caller.may(Deed::WatchHall)?;
    let day = caller.hall.journal().day();
    let planned = day.plan.windows.get(&window).map(|plan| (&plan.profile).into());
    let now = (&day.window(&window)?.profile).into();
    Ok(Json(Profiles { now, planned }))
}

/// Change which services a window takes
#[utoipa::path(
    put, path = "/windows/{window}/profile", tag = "manager",
    params(("window" = String, Path, description = "The window")),
    request_body = SetProfile, responses((status = 200, body = Receipt))
)]
async fn set_profile(
    caller: Caller,
    At(window): At<WindowId>,
    Body(wish): Body<SetProfile>,
) -> Done {
    caller.may(Deed::SetProfile)?;
    order(&caller, Command::SetProfile { window, profile: wish.profile.map(Profile::from) }).await
}

/// Close a service for today
///
/// It gives no more tickets; those that wait are served.
#[utoipa::path(
    post, path = "/services/{service}/close", tag = "manager",
    params(("service" = String, Path, description = "The service")),
    request_body = CloseService, responses((status = 200, body = Receipt))
)]
async fn close_service(
    caller: Caller,
    At(service): At<ServiceId>,
    Body(wish): Body<CloseService>,
) -> Done {
    caller.may(Deed::CloseService)?;
    order(&caller, Command::CloseService { service, reason: wish.reason }).await
}

/// Open a service again
#[utoipa::path(
    post, path = "/services/{service}/reopen", tag = "manager",
    params(("service" = String, Path, description = "The service")),
    responses((status = 200, body = Receipt))
)]
async fn reopen_service(
    caller: Caller,
    At(service): At<ServiceId>,
    Body(Nothing {}): Body<Nothing>,
) -> Done {
    caller.may(Deed::CloseService)?;
    order(&caller, Command::ReopenService { service }).await
}

/// End the business day
///
/// Every ticket that is still open closes; windows close.
#[utoipa::path(
    post, path = "/day/end", tag = "manager", responses((status = 200, body = Receipt))
)]
async fn end_day(caller: Caller, Body(Nothing {}): Body<Nothing>) -> Done {
    caller.may(Deed::RunDay)?;
    order(&caller, Command::EndDay).await
}

/// Begin the business day
///
/// The hall does it by itself at midnight; by hand it begins a day again that was ended too early.
#[utoipa::path(
    post, path = "/day/start", tag = "manager", responses((status = 200, body = Receipt))
)]
async fn start_day(caller: Caller, Body(Nothing {}): Body<Nothing>) -> Done {
    caller.may(Deed::RunDay)?;
    order(&caller, day_keeper::start_of_day(&caller.hall)).await
}

async fn order(caller: &Caller, command: Command) -> Done {
    Ok(Json(Receipt { seq: caller.order(command).await?.seq() }))
}
