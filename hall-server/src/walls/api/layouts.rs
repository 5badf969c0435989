//! The displays' layouts: the one in force, saving another, earlier ones; and the media there are.

use axum::Json;
use protocol::wall::{Layout, Media};
use protocol::{DisplayId, Label, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Done;
use crate::config::StaffMember;
use crate::hall::Hall;
use crate::walls::layouts::{Edit, Kept, Saved};
use crate::walls::media::LeftOut;
use crate::web::fault::Fault;
use crate::web::policy::Deed;
use crate::web::{At, Body, Caller};

/// Earlier revisions that are listed.
const MOST_LISTED: u32 = 100;

pub(super) fn api() -> OpenApiRouter<Hall> {
    OpenApiRouter::new()
        .routes(routes!(layouts))
        .routes(routes!(layout, save_layout))
        .routes(routes!(layout_revisions))
        .routes(routes!(layout_revision))
        .routes(routes!(media_folder))
}

/// What every display is to be.
#[derive(Serialize, ToSchema)]
struct Overview {
    /// The hall's time.
    at: Timestamp,
    /// Every display, in the order of the configuration.
    displays: Vec<DisplayLayout>,
}

/// What one display is to be.
#[derive(Serialize, ToSchema)]
struct DisplayLayout {
    /// Which.
    display: DisplayId,
    /// Where it hangs, for people.
    name: Label,
    /// Whether it is connected.
    connected: bool,
    /// Until when it flashes its name.
    identify_until: Option<Timestamp>,
    /// Its layout.
    #[serde(flatten)]
    kept: KeptLayout,
}

/// A revision of a display's layout.
#[derive(Serialize, ToSchema)]
struct KeptLayout {
    /// Which; 0 is the layout the display began with.
    revision: u64,
    /// What it is.
    layout: Layout,
    /// Who saved it; nobody saved revision 0.
    saved: Option<Done>,
}

/// A layout is to be in force.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SaveLayout {
    /// The revision it was made from; if another one is in force by now, nothing is saved.
    seen: u64,
    /// What it is.
    layout: Layout,
}

/// What the media folder has.
#[derive(Serialize, ToSchema)]
struct MediaFolder {
    /// What can be shown, by name; each is at `/media/NAME?v=REVISION`.
    files: Vec<Media>,
    /// What cannot, and why.
    left_out: Vec<LeftOut>,
    /// Why the folder cannot be read, if it cannot.
    fault: Option<String>,
}

impl KeptLayout {
    fn new(staff: &[StaffMember], kept: Kept) -> Self {
        let saved = kept.saved.map(|it| Done::new(staff, it.clerk, it.at));
        Self { revision: kept.revision, layout: kept.layout, saved }
    }
}

/// What every display is to be
#[utoipa::path(get, path = "/layouts", tag = "displays", responses((status = 200, body = Overview)))]
async fn layouts(caller: Caller) -> Result<Json<Overview>, Fault> {
    caller.may(Deed::SeeWalls)?;
    let (hall, at) = (&caller.hall, caller.now());
    let (config, walls) = (hall.config(), hall.walls());
    let displays = config.displays.iter().map(|display| {
        // Let go of before anything else is asked of the walls: who reads twice at once may wait for ever.
        let identify_until = walls.state().errands.identify_until(&display.id, at);
        Ok(DisplayLayout {
            display: display.id.clone(),
            name: display.name.clone(),
            connected: hall.presence().is_connected(&display.id),
            identify_until,
            kept: KeptLayout::new(&config.staff, walls.layout(&display.id)?),
        })
    });
    Ok(Json(Overview { at, displays: displays.collect::<Result<_, Fault>>()? }))
}

/// A display's layout
#[utoipa::path(
    get, path = "/displays/{display}/layout", tag = "displays",
    params(("display" = String, Path, description = "The display")),
    responses((status = 200, body = KeptLayout))
)]
async fn layout(caller: Caller, At(display): At<DisplayId>) -> Result<Json<KeptLayout>, Fault> {
    caller.may(Deed::SeeWalls)?;
    let kept = caller.hall.walls().layout(&display)?;
    Ok(Json(KeptLayout::new(&caller.hall.config().staff, kept)))
}

/// Change a display's layout
///
/// The display takes it over at once, or when it comes back. Every revision is kept, with who saved it and
/// when.
#[utoipa::path(
    put, path = "/displays/{display}/layout", tag = "displays",
    params(("display" = String, Path, description = "The display")),
    request_body = SaveLayout, responses((status = 200, body = KeptLayout))
)]
async fn save_layout(
    caller: Caller,
    At(display): At<DisplayId>,
    Body(wish): Body<SaveLayout>,
) -> Result<Json<KeptLayout>, Fault> {
    caller.may(Deed::EditLayout)?;
    let by = Saved { clerk: super::clerk(&caller)?, at: caller.now() };
    let edit = Edit { display, seen: wish.seen, layout: wish.layout, by };
    let kept = caller.hall.walls().save(edit).await?;
    Ok(Json(KeptLayout::new(&caller.hall.config().staff, kept)))
}

/// Earlier layouts of a display
///
/// The newest first; the last is the layout the display began with.
#[utoipa::path(
    get, path = "/displays/{display}/layout/revisions", tag = "displays",
    params(("display" = String, Path, description = "The display")),
    responses((status = 200, body = Vec<KeptLayout>))
)]
async fn layout_revisions(
    caller: Caller,
    At(display): At<DisplayId>,
) -> Result<Json<Vec<KeptLayout>>, Fault> {
    caller.may(Deed::SeeWalls)?;
    let kept = caller.hall.walls().revisions(&display, MOST_LISTED).await?;
    let staff = &caller.hall.config().staff;
    Ok(Json(kept.into_iter().map(|it| KeptLayout::new(staff, it)).collect()))
}

/// An earlier layout of a display
#[utoipa::path(
    get, path = "/displays/{display}/layout/revisions/{revision}", tag = "displays",
    params(
        ("display" = String, Path, description = "The display"),
        ("revision" = u64, Path, description = "Which")
    ),
    responses((status = 200, body = KeptLayout))
)]
async fn layout_revision(
    caller: Caller,
    At((display, revision)): At<(DisplayId, u64)>,
) -> Result<Json<KeptLayout>, Fault> {
    caller.may(Deed::SeeWalls)?;
    let kept = caller.hall.walls().revision(&display, revision).await?;
    Ok(Json(KeptLayout::new(&caller.hall.config().staff, kept)))
}

/// What the media folder has
///
/// The hall looks into it every second.
#[utoipa::path(get, path = "/media", tag = "displays", responses((status = 200, body = MediaFolder)))]
async fn media_folder(caller: Caller) -> Result<Json<MediaFolder>, Fault> {
    caller.may(Deed::SeeWalls)?;
    let listing = caller.hall.walls().state().media.clone();
    let (files, left_out, fault) = (listing.files, listing.left_out, listing.fault);
    Ok(Json(MediaFolder { files, left_out, fault }))
}
