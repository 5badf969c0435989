//! The door: every request comes in here, is measured, handed to its room, and leaves with its headers.

use std::time::Duration;

use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Router, middleware};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;

use crate::hall::Hall;
use crate::web::fault::Fault;
use crate::web::{assets, display_page, entrance, headers, language, problem};
use crate::{accounts, devices, live, manager, openapi, queue, slips, walls, windows};

/// Every page, every operation of the API, the live connection.
pub(crate) fn router(hall: Hall) -> Router {
    let limits = &hall.config().limits;
    let (api, mut description) = openapi::api().split_for_parts();
    openapi::complete(&mut description);
    let asked_and_answered = api
        .merge(openapi::router(&description))
        .merge(entrance::pages())
        .merge(display_page::pages())
        .merge(queue::pages())
        .merge(windows::pages())
        .merge(manager::pages())
        .merge(devices::pages())
        .merge(slips::pages())
        .merge(walls::pages())
        .merge(walls::media())
        .merge(accounts::pages())
        .merge(ui::look_routes())
        .merge(ui::assets::router())
        .merge(assets::router())
        .fallback(nothing_here)
        .layer(middleware::from_fn(language::choose_by_address))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            Duration::from_secs(limits.request_s),
        ))
        .layer(DefaultBodyLimit::max(limits.body_bytes));
    asked_and_answered
        // A socket lives longer than any request may take.
        .merge(live::router())
        .layer(own_pages_only(&hall.config().public_url))
        .layer(CatchPanicLayer::custom(internal_fault))
        .layer(middleware::from_fn_with_state(hall.clone(), problem::explain))
        .layer(middleware::map_response(headers::protect))
        .with_state(hall)
}

async fn nothing_here() -> Fault {
    Fault::NotFound
}

fn internal_fault(_panic: Box<dyn std::any::Any + Send>) -> Response {
    Fault::Internal.into_response()
}

/// Refuses what pages of other sites ask for in a visitor's or clerk's name. Programs send no origin and
/// are let through: they need a token.
fn own_pages_only(public_url: &str) -> CsrfLayer {
    let layer = CsrfLayer::new();
    match layer.clone().add_trusted_origin(public_url) {
        Ok(trusting) => trusting,
        Err(error) => {
            tracing::warn!(%error, "public_url is no plain origin; pages are trusted by Host alone");
            layer
        }
    }
}
