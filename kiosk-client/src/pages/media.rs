//! `GET /media/NAME`: the installer's pictures for the slides, from one folder and nowhere else.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use crate::kiosk::Kiosk;

/// The longest name of a picture.
const LONGEST_NAME: usize = 100;
/// Names are kept while their contents may change.
const CACHING: &str = "private, max-age=60";

/// Whether a name is that of a picture in the folder itself: no way leads out of it.
pub(crate) fn is_picture(name: &str) -> bool {
    let is_plain = |it: char| it.is_alphanumeric() || matches!(it, '-' | '_' | '.');
    name.len() <= LONGEST_NAME
        && !name.starts_with('.')
        && name.chars().all(is_plain)
        && content_type(name).is_some()
}

/// The kinds of pictures a browser shows on a slide.
fn content_type(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1 {
        "jpg" | "jpeg" => Some("image/jpeg"),
        "png" => Some("image/png"),
        "webp" => Some("image/webp"),
        "svg" => Some("image/svg+xml"),
        _ => None,
    }
}

pub(super) async fn picture(State(kiosk): State<Kiosk>, Path(name): Path<String>) -> Response {
    let kind = content_type(&name).filter(|_| is_picture(&name));
    let (Some(folder), Some(kind)) = (kiosk.media_dir(), kind) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match tokio::fs::read(folder.join(&name)).await {
        Ok(bytes) => ([(CONTENT_TYPE, kind), (CACHE_CONTROL, CACHING)], bytes).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_of_pictures_are_served() {
        assert!(is_picture("hall-1.jpg") && is_picture("大厅.webp"));
        for name in
            ["", ".png", "../kiosk.toml", "a/b.png", "a\\b.png", "kiosk.toml", "a.png\0", "%2e.png"]
        {
            assert!(!is_picture(name), "{name}");
        }
    }
}
