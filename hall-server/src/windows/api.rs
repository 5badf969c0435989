//! Everything that can be done at a window, one operation each. Every one accepts `seen`, the window's
//! revision the caller saw: if it has changed since, nothing is done and the answer says so.

use axum::Json;
use hall_core::WindowAct;
use protocol::WindowId;
use protocol::live::{ConsoleCell, WindowCell};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::keypads;
use super::requests::{Call, Hold, Open, Plain, TakeBack, Transfer, WalkUp, WithReason};
use super::service::{self, WindowReceipt, Wish};
use crate::hall::Hall;
use crate::web::fault::Fault;
use crate::web::policy::Deed;
use crate::web::{At, Body, Caller};

type Done = Result<Json<WindowReceipt>, Fault>;

pub(crate) fn api() -> OpenApiRouter<Hall> {
    keypads::api()
        .routes(routes!(all))
        .routes(routes!(console))
        .routes(routes!(open))
        .routes(routes!(pause))
        .routes(routes!(resume))
        .routes(routes!(close))
        .routes(routes!(call_next))
        .routes(routes!(call))
        .routes(routes!(recall))
        .routes(routes!(start))
        .routes(routes!(finish))
        .routes(routes!(pass))
        .routes(routes!(hold))
        .routes(routes!(take_back))
        .routes(routes!(transfer))
        .routes(routes!(walk_up))
        .routes(routes!(undo))
}

/// Every window
#[utoipa::path(
    get, path = "/windows", tag = "windows", responses((status = 200, body = Vec<WindowCell>))
)]
async fn all(caller: Caller) -> Result<Json<Vec<WindowCell>>, Fault> {
    caller.may(Deed::SeeWindows)?;
    Ok(Json(service::all(&caller)))
}

/// A window's console
///
/// Who is at the window, who is next and why, who waits, who is set aside, what can be undone.
#[utoipa::path(
    get, path = "/windows/{window}/console", tag = "windows",
    params(("window" = String, Path, description = "The window")),
    responses((status = 200, body = ConsoleCell))
)]
async fn console(caller: Caller, At(window): At<WindowId>) -> Result<Json<ConsoleCell>, Fault> {
    caller.may(Deed::SeeConsole(&window))?;
    service::console(&caller, &window).map(Json)
}

/// Begin to work
#[utoipa::path(
    post, path = "/windows/{window}/open", tag = "windows",
    params(("window" = String, Path, description = "The window")),
    request_body = Open, responses((status = 200, body = WindowReceipt))
)]
async fn open(caller: Caller, At(window): At<WindowId>, Body(wish): Body<Open>) -> Done {
    let clerk = wish.clerk.or_else(|| caller.who.clerk().cloned()).ok_or(Fault::NoClerkNamed)?;
    caller.may(Deed::OpenAs(&window, &clerk))?;
    if !caller.hall.config().staff.iter().any(|member| member.id == clerk) {
        return Err(Fault::UnknownClerk);
    }
    let act = WindowAct::Open { clerk };
    service::carry_out(&caller, Wish { window, seen: wish.seen, act, remark: None }).await.map(Json)
}

/// Take nobody for now
#[utoipa::path(
    post, path = "/windows/{window}/pause", tag = "windows",
    params(("window" = String, Path, description = "The window")),
    request_body = WithReason, responses((status = 200, body = WindowReceipt))
)]
async fn pause(caller: Caller, At(window): At<WindowId>, Body(wish): Body<WithReason>) -> Done {
    let act = WindowAct::Pause { reason: wish.reason };
    service::act(&caller, window, wish.seen, act).await.map(Json)
}

/// Go on
#[utoipa::path(
    post, path = "/windows/{window}/resume", tag = "windows",
    params(("window" = String, Path, description = "The window")),
    request_body = Plain, responses((status = 200, body = WindowReceipt))
)]
async fn resume(caller: Caller, At(window): At<WindowId>, Body(wish): Body<Plain>) -> Done {
    service::act(&caller, window, wish.seen, WindowAct::Resume).await.map(Json)
}

/// Stop working
#[utoipa::path(
    post, path = "/windows/{window}/close", tag = "windows",
    params(("window" = String, Path, description = "The window")),
    request_body = WithReason, responses((status = 200, body = WindowReceipt))
)]
async fn close(caller: Caller, At(window): At<WindowId>, Body(wish): Body<WithReason>) -> Done {
    let act = WindowAct::Close { reason: wish.reason };
    service::act(&caller, window, wish.seen, act).await.map(Json)
}

/// Call whoever is next
///
/// Finishes with the present visitor first. If nobody waits then, the answer has no ticket.
#[utoipa::path(
    post, path = "/windows/{window}/call-next", tag = "windows",
    params(("window" = String, Path, description = "The window")),
    request_body = Plain, responses((status = 200, body = WindowReceipt))
)]
async fn call_next(caller: Caller, At(window): At<WindowId>, Body(wish): Body<Plain>) -> Done {
    service::act(&caller, window, wish.seen, WindowAct::CallNext).await.map(Json)
}

/// Call one certain ticket
#[utoipa::path(
    post, path = "/windows/{window}/call", tag = "windows",
    params(("window" = String, Path, description = "The window")),
    request_body = Call, responses((status = 200, body = WindowReceipt))
)]
async fn call(caller: Caller, At(window): At<WindowId>, Body(wish): Body<Call>) -> Done {
    let act = WindowAct::CallTicket { ticket: wish.ticket, reason: wish.reason };
    service::act(&caller, window, wish.seen, act).await.map(Json)
}

/// Call again
#[utoipa::path(
    post, path = "/windows/{window}/recall", tag = "windows",
    params(("window" = String, Path, description = "The window")),
    request_body = Plain, responses((status = 200, body = WindowReceipt))
)]
async fn recall(caller: Caller, At(window): At<WindowId>, Body(wish): Body<Plain>) -> Done {
    service::act(&caller, window, wish.seen, WindowAct::Recall).await.map(Json)
}

/// The visitor has come
#[utoipa::path(
    post, path = "/windows/{window}/start", tag = "windows",
    params(("window" = String, Path, description = "The window")),
    request_body = Plain, responses((status = 200, body = WindowReceipt))
)]
async fn start(caller: Caller, At(window): At<WindowId>, Body(wish): Body<Plain>) -> Done {
    service::act(&caller, window, wish.seen, WindowAct::Start).await.map(Json)
}

/// The service is done
#[utoipa::path(
    post, path = "/windows/{window}/finish", tag = "windows",
    params(("window" = String, Path, description = "The window")),
    request_body = Plain, responses((status = 200, body = WindowReceipt))
)]
async fn finish(caller: Caller, At(window): At<WindowId>, Body(wish): Body<Plain>) -> Done {
    service::act(&caller, window, wish.seen, WindowAct::Finish).await.map(Json)
}

/// Nobody came
#[utoipa::path(
    post, path = "/windows/{window}/pass", tag = "windows",
    params(("window" = String, Path, description = "The window")),
    request_body = Plain, responses((status = 200, body = WindowReceipt))
)]
async fn pass(caller: Caller, At(window): At<WindowId>, Body(wish): Body<Plain>) -> Done {
    service::act(&caller, window, wish.seen, WindowAct::Pass).await.map(Json)
}

/// Set the present visitor aside
#[utoipa::path(
    post, path = "/windows/{window}/hold", tag = "windows",
    params(("window" = String, Path, description = "The window")),
    request_body = Hold, responses((status = 200, body = WindowReceipt))
)]
async fn hold(caller: Caller, At(window): At<WindowId>, Body(wish): Body<Hold>) -> Done {
    let (seen, act) = (wish.seen, wish.act(caller.now()));
    service::act(&caller, window, seen, act).await.map(Json)
}

/// Take somebody back who was set aside
#[utoipa::path(
    post, path = "/windows/{window}/take-back", tag = "windows",
    params(("window" = String, Path, description = "The window")),
    request_body = TakeBack, responses((status = 200, body = WindowReceipt))
)]
async fn take_back(caller: Caller, At(window): At<WindowId>, Body(wish): Body<TakeBack>) -> Done {
    let act = WindowAct::TakeBack { ticket: wish.ticket };
    service::act(&caller, window, wish.seen, act).await.map(Json)
}

/// Send the present visitor on
///
/// To a service or to a window; they keep the place they had.
#[utoipa::path(
    post, path = "/windows/{window}/transfer", tag = "windows",
    params(("window" = String, Path, description = "The window")),
    request_body = Transfer, responses((status = 200, body = WindowReceipt))
)]
async fn transfer(caller: Caller, At(window): At<WindowId>, Body(wish): Body<Transfer>) -> Done {
    caller.may(Deed::WorkAt(&window))?;
    let remark = caller.remark(wish.note)?;
    let act = WindowAct::Transfer {
        to: wish.to.into(),
        note: remark.as_ref().map(|(id, _)| *id),
        come_back: wish.come_back,
    };
    service::carry_out(&caller, Wish { window, seen: wish.seen, act, remark }).await.map(Json)
}

/// Serve somebody who has no number
#[utoipa::path(
    post, path = "/windows/{window}/walk-up", tag = "windows",
    params(("window" = String, Path, description = "The window")),
    request_body = WalkUp, responses((status = 200, body = WindowReceipt))
)]
async fn walk_up(caller: Caller, At(window): At<WindowId>, Body(wish): Body<WalkUp>) -> Done {
    let act = WindowAct::WalkUp { service: wish.service };
    service::act(&caller, window, wish.seen, act).await.map(Json)
}

/// Take the last action back
#[utoipa::path(
    post, path = "/windows/{window}/undo", tag = "windows",
    params(("window" = String, Path, description = "The window")),
    request_body = Plain, responses((status = 200, body = WindowReceipt))
)]
async fn undo(caller: Caller, At(window): At<WindowId>, Body(wish): Body<Plain>) -> Done {
    service::act(&caller, window, wish.seen, WindowAct::Undo).await.map(Json)
}
