//! The pages in front: one address that shows the present screen, forms that act, and a line that says
//! when to look again. There is one screen, so there is one state, kept here and not in the browser; no
//! address ever holds what a person said.

mod acts;
mod bench;
mod choosing;
mod found;
mod frame;
mod identity;
mod media;
mod safety;
mod screens;
mod texts;
mod ticket;
mod view;
mod welcome;

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::response::sse::{self, Sse};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use futures_util::Stream;
use rust_embed::RustEmbed;
use tower_http::csrf::CsrfLayer;

pub(crate) use media::is_picture;

use crate::flow::Act;
use crate::kiosk::Kiosk;

/// Where the kiosk's own styles and modules are.
const ASSETS: &str = "/kiosk-assets";
/// No form here is longer.
const LONGEST_FORM: usize = 4096;
/// How often the page is told that the kiosk is still here.
const STILL_HERE: Duration = Duration::from_secs(2);

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Assets;

pub(crate) fn router(kiosk: Kiosk) -> Router {
    Router::new()
        .route("/", get(screen))
        .route("/act", post(act))
        .route("/stay", post(stay))
        .route("/here", post(here))
        .route("/changes", get(changes))
        .route("/media/{name}", get(media::picture))
        .route("/bench", post(bench::act))
        .route("/slips/{serial}", get(bench::slip))
        .route("/livez", get(StatusCode::NO_CONTENT))
        .merge(ui::assets::router())
        .merge(ui::assets::serve::<Assets, _>(ASSETS))
        .layer(DefaultBodyLimit::max(LONGEST_FORM))
        .layer(CsrfLayer::new())
        .layer(axum::middleware::from_fn(safety::headers))
        .with_state(kiosk)
}

async fn screen(State(kiosk): State<Kiosk>) -> Response {
    match view::render(&kiosk) {
        Ok(html) => Html(html).into_response(),
        Err(fault) => {
            tracing::error!(%fault, "a page could not be drawn");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

async fn act(State(kiosk): State<Kiosk>, Form(form): Form<acts::ActForm>) -> Response {
    match form.act() {
        Some(act) => {
            kiosk.act(act);
            Redirect::to("/").into_response()
        }
        None => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
    }
}

/// Somebody touched the screen without pressing anything.
async fn stay(State(kiosk): State<Kiosk>) -> StatusCode {
    kiosk.act(Act::Stay);
    StatusCode::NO_CONTENT
}

/// The page says that it is there; a browser that hangs does not.
async fn here(State(kiosk): State<Kiosk>) -> StatusCode {
    kiosk.page_heard();
    StatusCode::NO_CONTENT
}

/// Says after each change that there is something new at `/`.
async fn changes(
    State(kiosk): State<Kiosk>,
) -> Sse<impl Stream<Item = Result<sse::Event, Infallible>>> {
    // The first one goes out at once: a page that was away looks again.
    let stream =
        futures_util::stream::unfold((kiosk.changes(), true), |(mut changes, first)| async move {
            if !first {
                changes.changed().await.ok()?;
            }
            let revision = *changes.borrow_and_update();
            let event = sse::Event::default().data(revision.to_string());
            Some((Ok(event), (changes, false)))
        });
    // Named, so that the page hears it: a kiosk that hangs says nothing and closes nothing.
    let here = sse::Event::default().event("here").data("here");
    Sse::new(stream).keep_alive(sse::KeepAlive::new().interval(STILL_HERE).event(here))
}
