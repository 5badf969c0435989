//! Notices over the API: which there are, putting one up, ending one.

use axum::Json;
use axum::http::StatusCode;
use protocol::{DisplayId, Label, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Done, clerk};
use crate::config::StaffMember;
use crate::hall::Hall;
use crate::walls::notices::{Ended, Posted, Wish};
use crate::web::fault::Fault;
use crate::web::policy::Deed;
use crate::web::{At, Body, Caller};

/// Notices that are over and still listed.
const MOST_OVER: u32 = 30;

pub(super) fn api() -> OpenApiRouter<Hall> {
    OpenApiRouter::new().routes(routes!(notices, post_notice)).routes(routes!(end_notice))
}

/// A notice and who is behind it.
#[derive(Serialize, ToSchema)]
struct PostedNotice {
    /// Which.
    id: u64,
    /// Its heading.
    title: Label,
    /// What it says.
    text: Label,
    /// Where; empty for every display.
    displays: Vec<DisplayId>,
    /// From when.
    from: Timestamp,
    /// Until when; `None` until somebody ends it.
    until: Option<Timestamp>,
    /// How it stands now.
    state: NoticeState,
    /// Who put it up.
    posted: Done,
    /// Who ended it before its time.
    ended: Option<Done>,
}

/// How a notice stands.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum NoticeState {
    /// It is still to come.
    Planned,
    /// It is shown.
    Shown,
    /// It was shown.
    Over,
}

/// Everybody is to know something.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PostNotice {
    /// Its heading, in both languages.
    title: Label,
    /// What it says, in both languages.
    text: Label,
    /// Where; empty for every display.
    #[serde(default)]
    displays: Vec<DisplayId>,
    /// From when; at once if it is not said.
    #[serde(default)]
    from: Option<Timestamp>,
    /// Until when; until somebody ends it if it is not said.
    #[serde(default)]
    until: Option<Timestamp>,
}

impl PostedNotice {
    fn new(staff: &[StaffMember], posted: Posted, now: Timestamp) -> Self {
        let state = match () {
            () if posted.is_over(now) => NoticeState::Over,
            () if posted.holds(now) => NoticeState::Shown,
            () => NoticeState::Planned,
        };
        Self {
            id: posted.notice.id,
            title: posted.notice.title,
            text: posted.notice.text,
            displays: posted.displays,
            from: posted.from,
            until: posted.until,
            state,
            posted: Done::new(staff, posted.clerk, posted.posted_at),
            ended: posted.ended.map(|it| Done::of(staff, it)),
        }
    }
}

/// The notices
///
/// Those that are shown or planned, and then the latest that are over.
#[utoipa::path(
    get, path = "/notices", tag = "displays", responses((status = 200, body = Vec<PostedNotice>))
)]
async fn notices(caller: Caller) -> Result<Json<Vec<PostedNotice>>, Fault> {
    caller.may(Deed::SeeWalls)?;
    let now = caller.now();
    let notices = caller.hall.walls().notices(now, MOST_OVER).await?;
    let staff = &caller.hall.config().staff;
    Ok(Json(notices.into_iter().map(|it| PostedNotice::new(staff, it, now)).collect()))
}

/// Put a notice up
///
/// It is shown where a layout has a place for notices. One that says the same for the same displays and is
/// not over yet stands for another one.
#[utoipa::path(
    post, path = "/notices", tag = "displays",
    request_body = PostNotice, responses((status = 201, body = PostedNotice))
)]
async fn post_notice(
    caller: Caller,
    Body(wish): Body<PostNotice>,
) -> Result<(StatusCode, Json<PostedNotice>), Fault> {
    caller.may(Deed::PostNotices)?;
    let at = caller.now();
    let wish = Wish {
        title: wish.title,
        text: wish.text,
        displays: wish.displays,
        from: wish.from,
        until: wish.until,
        clerk: clerk(&caller)?,
        at,
    };
    let posted = caller.hall.walls().post(wish).await?;
    let staff = &caller.hall.config().staff;
    Ok((StatusCode::CREATED, Json(PostedNotice::new(staff, posted, at))))
}

/// End a notice at once
#[utoipa::path(
    delete, path = "/notices/{notice}", tag = "displays",
    params(("notice" = u64, Path, description = "Which")), responses((status = 204))
)]
async fn end_notice(caller: Caller, At(notice): At<u64>) -> Result<StatusCode, Fault> {
    caller.may(Deed::PostNotices)?;
    let ended = Ended { clerk: clerk(&caller)?, at: caller.now() };
    caller.hall.walls().end_notice(notice, ended).await?;
    Ok(StatusCode::NO_CONTENT)
}
