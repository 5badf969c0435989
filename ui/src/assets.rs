//! Styles, modules and pictures inside the binary. An address carries a fingerprint of its whole folder,
//! so that browsers keep files for ever and modules can still import each other by relative paths. The
//! same file without a fingerprint is served too, to be asked for again each time.

use axum::Router;
use axum::extract::Path;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

/// Where the shared files are.
const PREFIX: &str = "/assets";
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const ASK_AGAIN: &str = "no-cache";

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Shared;

/// Serves the shared files at `/assets`.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    serve::<Shared, S>(PREFIX)
}

/// The address of a shared file: `url("css/base.css")`.
#[must_use]
pub fn url(path: &str) -> String {
    url_in::<Shared>(PREFIX, path)
}

/// Serves another crate's embedded folder at `prefix`, such as `/console-assets`. Its modules import the
/// shared ones as `/assets/js/live.js`.
pub fn serve<E: RustEmbed + 'static, S: Clone + Send + Sync + 'static>(prefix: &str) -> Router<S> {
    Router::new().route(&format!("{prefix}/{{*path}}"), get(file::<E>))
}

/// The address of a file in another crate's folder that [`serve`] serves at `prefix`.
#[must_use]
pub fn url_in<E: RustEmbed>(prefix: &str, path: &str) -> String {
    format!("{prefix}/{}/{path}", fingerprint::<E>())
}

/// One fingerprint for a folder: it changes when any of its files does.
fn fingerprint<E: RustEmbed>() -> String {
    let mut hasher = Sha256::new();
    for path in E::iter() {
        hasher.update(path.as_bytes());
        if let Some(file) = E::get(&path) {
            hasher.update(file.metadata.sha256_hash());
        }
    }
    hex(&hasher.finalize()[..6])
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn file<E: RustEmbed>(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let kept = path.split_once('/').filter(|(first, _)| *first == fingerprint::<E>());
    let (path, caching) = match kept {
        Some((_, rest)) => (rest, FOR_EVER),
        None => (path.as_str(), ASK_AGAIN),
    };
    let Some(file) = E::get(path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let tag = format!("\"{}\"", hex(&file.metadata.sha256_hash()[..12]));
    let common = [(CACHE_CONTROL, caching.to_owned()), (ETAG, tag.clone())];
    let known = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if known.is_some_and(|known| known.split(',').any(|one| one.trim() == tag)) {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    let kind = [(CONTENT_TYPE, content_type(path)), (X_CONTENT_TYPE_OPTIONS, "nosniff")];
    (common, kind, file.data).into_response()
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("wav") => "audio/wav",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_carry_a_fingerprint() {
        let address = url("css/base.css");
        let parts: Vec<&str> = address.split('/').collect();
        assert_eq!(
            (parts[1], parts[2].len(), parts[3], parts[4]),
            ("assets", 12, "css", "base.css")
        );
    }

    #[test]
    fn every_file_has_a_type() {
        for path in Shared::iter() {
            assert_ne!(content_type(&path), "application/octet-stream", "{path}");
        }
    }
}
