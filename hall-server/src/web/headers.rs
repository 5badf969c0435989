//! What browsers are told about every answer: run nothing but our own files, show it in no frame (but a
//! preview in our own), tell nobody else where the reader came from, keep nothing that did not say it may be
//! kept.

use axum::http::HeaderValue;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use axum::response::Response;

const CONTENT_POLICY: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; \
                              base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The same for a preview: pages of this hall may show it in a frame.
const PREVIEW_POLICY: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; \
                              base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

/// Marks an answer that pages of this hall may show in a frame.
#[derive(Clone, Copy)]
pub(crate) struct Preview;

pub(crate) async fn protect(mut response: Response) -> Response {
    let (policy, frames) = match response.extensions().get::<Preview>() {
        Some(Preview) => (PREVIEW_POLICY, "SAMEORIGIN"),
        None => (CONTENT_POLICY, "DENY"),
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (CONTENT_SECURITY_POLICY, policy),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, frames),
        // Not `no-referrer`: that would take the origin from our own forms, by which they are known.
        (REFERRER_POLICY, "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
