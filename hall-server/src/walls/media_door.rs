//! `/media/{name}`: a picture or video of the media folder, in whole or in parts. With the revision that
//! displays are told it may be kept for good, since another revision has another address.

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request};
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;
use tower_http::services::ServeFile;

use crate::hall::Hall;
use crate::web::fault::Fault;
use crate::web::policy::Deed;
use crate::web::{Caller, Query};

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

pub(crate) fn media() -> Router<Hall> {
    Router::new().route("/media/{name}", get(file))
}

#[derive(Deserialize)]
struct Asked {
    /// The revision that is wanted.
    v: Option<String>,
}

/// A file. Only names that were found in the folder lead to one, so no name can lead out of it.
async fn file(
    caller: Caller,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
    request: Request,
) -> Result<Response, Fault> {
    caller.may(Deed::SeeBoard)?;
    let (path, media) = caller.hall.walls().media_file(&name).ok_or(Fault::NotFound)?;
    // Since the folder was looked at, a link may have taken the file's place.
    let about = tokio::fs::symlink_metadata(&path).await.map_err(|_| Fault::NotFound)?;
    if !about.is_file() {
        return Err(Fault::NotFound);
    }
    let served = ServeFile::new(path).try_call(request).await.map_err(|_| Fault::NotFound)?;
    let mut response = served.map(Body::new);
    let is_this = asked.v.is_some_and(|revision| revision == media.revision);
    let caching = if is_this { FOR_EVER } else { ASK_AGAIN };
    response.headers_mut().insert(CACHE_CONTROL, caching);
    Ok(response)
}
