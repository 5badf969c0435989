//! Signing in and out over the API.

use axum::Json;
use axum::http::StatusCode;
use axum_extra::extract::CookieJar;
use protocol::{ClerkId, Label, WindowId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Role, service, session_cookie};
use crate::hall::Hall;
use crate::web::fault::Fault;
use crate::web::policy::{Deed, Forbidden};
use crate::web::who::Who;
use crate::web::{Body, Caller};

pub(crate) fn api() -> OpenApiRouter<Hall> {
    OpenApiRouter::new().routes(routes!(sign_in)).routes(routes!(current, sign_out))
}

/// A member of staff signs in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SignIn {
    /// Their id, or their name if nobody else has it.
    clerk: String,
    /// Their PIN.
    pin: String,
    /// The window where they begin to work; it opens with this.
    #[serde(default)]
    window: Option<WindowId>,
}

/// A session that has begun.
#[derive(Serialize, ToSchema)]
struct SignedIn {
    /// Its secret, for programs: send it as `Authorization: Bearer …`. Browsers have it as a cookie.
    token: String,
    #[serde(flatten)]
    session: SessionInfo,
}

/// Whose session it is.
#[derive(Serialize, ToSchema)]
struct SessionInfo {
    /// Who.
    clerk: ClerkId,
    /// Their name.
    name: Label,
    /// What they may do.
    role: Role,
    /// The window they signed in to.
    window: Option<WindowId>,
}

/// Sign in
///
/// With a window, the window opens. Whoever was signed in to that window before no longer is.
#[utoipa::path(
    post, path = "/sessions", tag = "staff", security(()), request_body = SignIn,
    responses((status = 201, body = SignedIn))
)]
async fn sign_in(
    caller: Caller,
    jar: CookieJar,
    Body(wish): Body<SignIn>,
) -> Result<(StatusCode, CookieJar, Json<SignedIn>), Fault> {
    caller.may(Deed::SignIn)?;
    let (token, who) = service::sign_in(&caller.hall, &wish.clerk, &wish.pin, wish.window).await?;
    let jar = jar.add(session_cookie(caller.hall.config(), token.clone()));
    let session = info(&caller.hall, &who)?;
    Ok((StatusCode::CREATED, jar, Json(SignedIn { token, session })))
}

/// Whose session is this?
#[utoipa::path(
    get, path = "/sessions/current", tag = "staff",
    responses((status = 200, body = SessionInfo))
)]
async fn current(caller: Caller) -> Result<Json<SessionInfo>, Fault> {
    caller.may(Deed::UseSession)?;
    info(&caller.hall, &caller.who).map(Json)
}

/// Sign out
///
/// The window stays as it is: close it first, with a reason.
#[utoipa::path(delete, path = "/sessions/current", tag = "staff", responses((status = 204)))]
async fn sign_out(caller: Caller, jar: CookieJar) -> Result<(StatusCode, CookieJar), Fault> {
    caller.may(Deed::UseSession)?;
    if let Some(token) = &caller.token {
        caller.hall.sessions().end(caller.hall.journal(), token).await?;
    }
    let gone = session_cookie(caller.hall.config(), String::new());
    Ok((StatusCode::NO_CONTENT, jar.add(gone)))
}

fn info(hall: &Hall, who: &Who) -> Result<SessionInfo, Fault> {
    let Who::Staff { clerk, role, window } = who else { return Err(Forbidden::SignInFirst.into()) };
    let member = hall.config().staff.iter().find(|member| member.id == *clerk);
    Ok(SessionInfo {
        clerk: clerk.clone(),
        name: member.map(|it| it.name.clone()).ok_or(Fault::UnknownClerk)?,
        role: *role,
        window: window.clone(),
    })
}
