//! `GET /media/NAME?v=REVISION`: a copy, whole or the part a video player asks for, read in small pieces so
//! that a large video takes no memory.

use std::io::SeekFrom;

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_SECURITY_POLICY,
    CONTENT_TYPE, RANGE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::stream::try_unfold;
use serde::Deserialize;
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt};

use crate::shared::Shared;

/// How much of a file is in memory at a time.
const PIECE: u64 = 64 * 1024;
/// A revision never changes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// A drawing that is opened by itself may run nothing.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

#[derive(Deserialize)]
pub(crate) struct Version {
    v: String,
}

pub(crate) async fn file(
    State(shared): State<Shared>,
    Path(name): Path<String>,
    Query(version): Query<Version>,
    headers: HeaderMap,
) -> Response {
    let Some(place) = shared.media.find(&name, &version.v).await else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let Ok((mut file, size)) = open(&place).await else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let asked = headers.get(RANGE).and_then(|value| value.to_str().ok());
    let common = [
        (CONTENT_TYPE, content_type(&name)),
        (CACHE_CONTROL, FOR_EVER),
        (ACCEPT_RANGES, "bytes"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CONTENT_SECURITY_POLICY, POLICY),
    ];
    match part_of(asked, size) {
        Part::Whole => {
            let length = [(CONTENT_LENGTH, size.to_string())];
            (common, length, body(file, size)).into_response()
        }
        Part::Of { first, last } => {
            let length = last - first + 1;
            if file.seek(SeekFrom::Start(first)).await.is_err() {
                return StatusCode::NOT_FOUND.into_response();
            }
            let range = [
                (CONTENT_RANGE, format!("bytes {first}-{last}/{size}")),
                (CONTENT_LENGTH, length.to_string()),
            ];
            (StatusCode::PARTIAL_CONTENT, common, range, body(file, length)).into_response()
        }
        Part::None => {
            let range = [(CONTENT_RANGE, format!("bytes */{size}"))];
            (StatusCode::RANGE_NOT_SATISFIABLE, range).into_response()
        }
    }
}

async fn open(place: &std::path::Path) -> std::io::Result<(File, u64)> {
    let file = File::open(place).await?;
    let size = file.metadata().await?.len();
    Ok((file, size))
}

fn content_type(name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    match ending.as_deref() {
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("png") => "image/png",
        Some("webp") => "image/webp",
        Some("gif") => "image/gif",
        Some("avif") => "image/avif",
        Some("svg") => "image/svg+xml",
        Some("mp4" | "m4v") => "video/mp4",
        Some("webm") => "video/webm",
        _ => "application/octet-stream",
    }
}

/// What part of a file is asked for.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    /// All of it; also where the question makes no sense or names several parts.
    Whole,
    /// From one byte to another, both included.
    Of { first: u64, last: u64 },
    /// A part it does not have.
    None,
}

fn part_of(asked: Option<&str>, size: u64) -> Part {
    let range = asked.and_then(|it| it.strip_prefix("bytes=")).and_then(|it| it.split_once('-'));
    let Some((first, last)) = range else { return Part::Whole };
    let end = size.saturating_sub(1);
    let (first, last) = match (first.parse::<u64>(), last.parse::<u64>()) {
        (Ok(first), Ok(last)) if first <= last => (first, last.min(end)),
        (Ok(first), Err(_)) if last.is_empty() => (first, end),
        (Err(_), Ok(0)) if first.is_empty() => return Part::None,
        (Err(_), Ok(most)) if first.is_empty() => (size.saturating_sub(most), end),
        _ => return Part::Whole,
    };
    if first < size { Part::Of { first, last } } else { Part::None }
}

/// The next `length` bytes of a file.
fn body(file: File, length: u64) -> Body {
    let pieces = try_unfold((file, length), |(mut file, left)| async move {
        let mut piece = Vec::new();
        (&mut file).take(left.min(PIECE)).read_to_end(&mut piece).await?;
        let left = left - piece.len() as u64;
        Ok::<_, std::io::Error>((!piece.is_empty()).then_some((piece, (file, left))))
    });
    Body::from_stream(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_player_gets_the_part_it_asks_for() {
        assert_eq!(part_of(None, 10), Part::Whole);
        assert_eq!(part_of(Some("bytes=0-"), 10), Part::Of { first: 0, last: 9 });
        assert_eq!(part_of(Some("bytes=2-4"), 10), Part::Of { first: 2, last: 4 });
        assert_eq!(part_of(Some("bytes=2-99"), 10), Part::Of { first: 2, last: 9 });
        assert_eq!(part_of(Some("bytes=-3"), 10), Part::Of { first: 7, last: 9 });
        assert_eq!(part_of(Some("bytes=10-"), 10), Part::None);
        assert_eq!(part_of(Some("bytes=-0"), 10), Part::None);
        for odd in ["bytes=4-2", "bytes=a-b", "items=0-1", "bytes=0-1,3-4", "bytes=-"] {
            assert_eq!(part_of(Some(odd), 10), Part::Whole, "{odd}");
        }
    }
}
