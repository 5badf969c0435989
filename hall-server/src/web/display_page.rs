//! `/display/{id}`: any browser as a screen. It shows what the display's own machine shows, but only that
//! machine, which holds the display's token, may say that a call has been given out. `/display/{id}/preview` is
//! the same page for whoever edits its layout, in a frame of the editor.

use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use protocol::DisplayId;
use ui::Look;
use ui::board::BoardOptions;

use super::fault::Fault;
use super::headers::Preview;
use super::policy::Deed;
use super::who::Who;
use super::{At, Caller};
use crate::hall::Hall;

pub(crate) fn pages() -> Router<Hall> {
    Router::new()
        .route("/display/{display}", get(board))
        .route("/display/{display}/preview", get(preview))
}

async fn board(caller: Caller, look: Look, At(display): At<DisplayId>) -> Result<Response, Fault> {
    caller.may(Deed::SeeBoard)?;
    let acknowledges = caller.who == Who::Display(display.clone());
    page(&caller, look, display, Purpose { acknowledges, preview: false })
}

/// The page as it would look with a layout that somebody is editing.
async fn preview(
    caller: Caller,
    look: Look,
    At(display): At<DisplayId>,
) -> Result<Response, Fault> {
    caller.may(Deed::SeeWalls)?;
    let page = page(&caller, look, display, Purpose { acknowledges: false, preview: true })?;
    Ok((Extension(Preview), page).into_response())
}

/// What a board's page is opened for.
#[derive(Clone, Copy)]
struct Purpose {
    acknowledges: bool,
    preview: bool,
}

fn page(
    caller: &Caller,
    look: Look,
    display: DisplayId,
    purpose: Purpose,
) -> Result<Response, Fault> {
    if !caller.hall.config().displays.iter().any(|known| known.id == display) {
        return Err(Fault::NotFound);
    }
    let options = BoardOptions {
        acknowledges: purpose.acknowledges,
        preview: purpose.preview,
        display,
        hall: caller.see(|view| view.day.plan.name.clone()),
        live: "/live".to_owned(),
    };
    Ok(Html(ui::board::page(look.language, &options)).into_response())
}
