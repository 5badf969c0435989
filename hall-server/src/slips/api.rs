//! The slip's layout over the API: the one in force, saving another, earlier ones, and a picture.

use axum::Json;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use protocol::{ClerkId, Label, Language, Timestamp};
use serde::{Deserialize, Serialize};
use slip::{Paper, Template};
use ui::Words;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::fault::SlipsFault;
use super::samples::{self, Sample};
use super::service::{self, Edit, Kept};
use super::{picture, store};
use crate::hall::Hall;
use crate::web::fault::Fault;
use crate::web::policy::{Deed, Forbidden};
use crate::web::{At, Body, Caller};

/// Earlier revisions that are listed.
const MOST_LISTED: u32 = 100;
/// A secret of no ticket, as long as a real one: the code of a sample is as dense as any.
const NO_TICKET: &str = "NoTicketHasThisSecretNoTicketHas";

pub(crate) fn api() -> OpenApiRouter<Hall> {
    OpenApiRouter::new()
        .routes(routes!(newest, save))
        .routes(routes!(revisions))
        .routes(routes!(revision))
        .routes(routes!(draw))
}

/// A revision of the slip's layout.
#[derive(Serialize, ToSchema)]
struct SlipTemplate {
    /// Which; 0 is the layout every hall begins with.
    revision: u64,
    /// What it is.
    template: Template,
}

/// A layout is to be in force.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SaveTemplate {
    /// The revision it was made from; if another one is in force by now, nothing is saved.
    seen: u64,
    /// What it is.
    template: Template,
}

/// Who saved a revision, and when.
#[derive(Serialize, ToSchema)]
struct SavedRevision {
    /// Which.
    revision: u64,
    /// Who; nobody saved revision 0.
    clerk: Option<ClerkId>,
    /// Their name, if they still work here.
    name: Option<Label>,
    /// When.
    at: Option<Timestamp>,
}

/// A slip is to be drawn.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Draw {
    /// With this layout, saved or not.
    template: Template,
    /// In this language.
    #[serde(default)]
    language: Language,
    /// On paper of this width: 58 or 80.
    paper_mm: u32,
    /// Which slip.
    sample: Sample,
}

impl From<&Kept> for SlipTemplate {
    fn from(kept: &Kept) -> Self {
        Self { revision: kept.revision, template: kept.template.clone() }
    }
}

/// The slip's layout
///
/// A kiosk fetches it when the hall's answer to its report names another revision than the one it has.
#[utoipa::path(
    get, path = "/slip-template", tag = "slips", responses((status = 200, body = SlipTemplate))
)]
async fn newest(caller: Caller) -> Result<Json<SlipTemplate>, Fault> {
    caller.may(Deed::SeeSlipTemplate)?;
    Ok(Json((&*caller.hall.slip_templates().newest()).into()))
}

/// Change the slip's layout
///
/// Kiosks print with it from their next report on. Every revision is kept, with who saved it and when.
#[utoipa::path(
    put, path = "/slip-template", tag = "slips",
    request_body = SaveTemplate, responses((status = 200, body = SlipTemplate))
)]
async fn save(caller: Caller, Body(wish): Body<SaveTemplate>) -> Result<Json<SlipTemplate>, Fault> {
    caller.may(Deed::EditSlipTemplate)?;
    let clerk = caller.who.clerk().cloned().ok_or(Forbidden::SignInFirst)?;
    let edit = Edit { seen: wish.seen, template: wish.template, clerk, at: caller.now() };
    let kept = service::save(&caller.hall, edit).await?;
    Ok(Json((&*kept).into()))
}

/// Earlier layouts
///
/// The newest first; the last is the layout every hall begins with.
#[utoipa::path(
    get, path = "/slip-template/revisions", tag = "slips",
    responses((status = 200, body = Vec<SavedRevision>))
)]
async fn revisions(caller: Caller) -> Result<Json<Vec<SavedRevision>>, Fault> {
    caller.may(Deed::StudySlips)?;
    let saved = caller.hall.journal().read(|db| store::history(db, MOST_LISTED)).await?;
    let staff = &caller.hall.config().staff;
    let listed = saved.into_iter().map(|it| SavedRevision {
        revision: it.revision,
        name: staff.iter().find(|member| member.id == it.clerk).map(|it| it.name.clone()),
        clerk: Some(it.clerk),
        at: Some(it.at),
    });
    let first = SavedRevision { revision: 0, clerk: None, name: None, at: None };
    Ok(Json(listed.chain([first]).collect()))
}

/// An earlier layout
#[utoipa::path(
    get, path = "/slip-template/revisions/{revision}", tag = "slips",
    params(("revision" = u64, Path, description = "Which")),
    responses((status = 200, body = SlipTemplate))
)]
async fn revision(caller: Caller, At(revision): At<u64>) -> Result<Json<SlipTemplate>, Fault> {
    caller.may(Deed::StudySlips)?;
    let kept = service::revision(&caller.hall, revision).await?;
    Ok(Json((&kept).into()))
}

/// See what a layout looks like
///
/// A picture of a slip that nobody took, dot for dot as a printer of 203 dots an inch prints it.
#[utoipa::path(
    post, path = "/slip-template/picture", tag = "slips", request_body = Draw,
    responses((status = 200, content_type = "image/png", body = [u8]))
)]
async fn draw(caller: Caller, Body(wish): Body<Draw>) -> Result<Response, Fault> {
    caller.may(Deed::StudySlips)?;
    service::check(&wish.template)?;
    let paper = Paper::of_mm(wish.paper_mm).ok_or(SlipsFault::UnknownPaper)?;
    let hall = &caller.hall;
    let (words, zone) = (Words::of(wish.language), &hall.config().time_zone);
    let url = crate::queue::ticket_url(hall, NO_TICKET);
    let content = caller.see(|view| samples::content(view, wish.sample, &words, zone, url));
    let png = picture::draw(wish.template, content, paper).await?;
    Ok(([(CONTENT_TYPE, "image/png")], png).into_response())
}
