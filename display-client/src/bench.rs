//! The page at `/bench`: the simulated strips, lamps, voices and keypads of a display, to look at, listen to
//! and press. A display without simulated devices has no such page.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use rust_embed::RustEmbed;
use serde::{Deserialize, Serialize};
use ui::{Look, Page, Words};

use crate::outputs::{self, Device};
use crate::page::HEADERS;
use crate::shared::Shared;
use crate::socket::is_own_page;

/// Where the page's own style and module are.
const ASSETS: &str = "/bench-assets";

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Assets;

pub(crate) fn router() -> Router<Shared> {
    Router::new()
        .route("/bench", get(page))
        .route("/bench/devices", get(devices))
        .route("/bench/devices/{place}/picture", get(picture))
        .route("/bench/devices/{place}/sound", get(sound))
        .route("/bench/devices/{place}/press", post(press))
        .merge(ui::look_routes())
        .merge(ui::assets::serve::<Assets, _>(ASSETS))
}

#[derive(Template)]
#[template(path = "bench.html")]
struct Bench {
    page: Page,
    words: Words,
    display: String,
}

impl Bench {
    fn own_asset(&self, path: &str) -> String {
        ui::assets::url_in::<Assets>(ASSETS, path)
    }
}

async fn page(State(shared): State<Shared>, look: Look) -> Response {
    if shared.bench.devices().is_empty() {
        return StatusCode::NOT_FOUND.into_response();
    }
    let words = Words::of(look.language);
    let page = Page::new(look, words.get("wall-bench-title"), "/bench");
    let bench = Bench { page, words, display: shared.config.display.to_string() };
    let html = bench.render().expect("writing into a string cannot fail");
    (HEADERS, Html(html)).into_response()
}

/// A device as the page hears of it.
#[derive(Serialize)]
struct Standing {
    name: String,
    #[serde(flatten)]
    look: outputs::Look,
}

async fn devices(State(shared): State<Shared>) -> Response {
    let standing = |it: Arc<dyn Device>| Standing { name: it.name(), look: it.look() };
    let devices: Vec<Standing> = shared.bench.devices().into_iter().map(standing).collect();
    (HEADERS, Json(devices)).into_response()
}

async fn picture(State(shared): State<Shared>, Path(place): Path<usize>) -> Response {
    match device(&shared, place).and_then(|it| it.picture()) {
        Some(it) => ([(CONTENT_TYPE, it.content_type), NOT_KEPT], it.bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn sound(State(shared): State<Shared>, Path(place): Path<usize>) -> Response {
    match device(&shared, place).and_then(|it| it.sound()) {
        Some(bytes) => ([(CONTENT_TYPE, "audio/wav"), NOT_KEPT], bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Revisions begin anew with the display, so a kept picture may be another one's.
const NOT_KEPT: (axum::http::HeaderName, &str) = (CACHE_CONTROL, "no-store");

#[derive(Deserialize)]
struct Pressed {
    key: String,
}

async fn press(
    State(shared): State<Shared>,
    Path(place): Path<usize>,
    headers: HeaderMap,
    Form(pressed): Form<Pressed>,
) -> StatusCode {
    if !is_own_page(&headers) {
        return StatusCode::FORBIDDEN;
    }
    match device(&shared, place) {
        Some(device) if device.press(&pressed.key) => StatusCode::NO_CONTENT,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::NOT_FOUND,
    }
}

fn device(shared: &Shared, place: usize) -> Option<Arc<dyn Device>> {
    shared.bench.devices().into_iter().nth(place)
}
