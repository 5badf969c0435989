//! The display's own address: the board's page, the shared assets, pictures and videos, the bench, and a sign
//! of life for supervisors.

use axum::Router;
use axum::extract::State;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use protocol::{Label, Language};
use ui::Words;
use ui::board::BoardOptions;

use crate::shared::Shared;
use crate::{bench, media, socket};

/// Only this address's own files, and no frames around them.
const POLICY: &str =
    "default-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'";

pub(crate) const HEADERS: [(HeaderName, &str); 4] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (CACHE_CONTROL, "no-store"),
];

pub(crate) fn router(shared: Shared) -> Router {
    Router::new()
        .route("/", get(board))
        .route("/live", get(socket::open))
        .route("/livez", get(|| async { "ok" }))
        .route("/media/{name}", get(media::file))
        .merge(bench::router())
        .with_state(shared)
        .merge(ui::assets::router())
}

async fn board(State(shared): State<Shared>) -> Response {
    let unnamed = || {
        let name = |language| Words::of(language).get("wall-hall");
        Label { zh: name(Language::Zh), en: name(Language::En) }
    };
    let options = BoardOptions {
        display: shared.config.display.clone(),
        hall: shared.relay.hall_name().unwrap_or_else(unnamed),
        live: format!("/live?run={}", shared.run),
        acknowledges: true,
        preview: false,
    };
    let page = ui::board::page(shared.config.language, &options);
    (HEADERS, Html(page)).into_response()
}
