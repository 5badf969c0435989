//! Where sockets come in: how many at once, how large their buffers, who is at the other end.

use std::convert::Infallible;

use axum::Router;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::response::Response;
use axum::routing::get;
use ui::{Look, Words};

use super::socket;
use crate::hall::Hall;
use crate::web::fault::Fault;
use crate::web::who::token_of;

/// Bytes read at a time. What clients say is short, and this buffer is there for every socket.
const READ_BUFFER: usize = 4 * 1024;
/// Bytes after which written messages go out without being told to.
const WRITE_BUFFER: usize = 8 * 1024;
/// Bytes that may be written and not gone out; must hold the largest snapshot.
const MAX_WRITE_BUFFER: usize = 4 * 1024 * 1024;

/// `GET /live`.
pub(crate) fn router() -> Router<Hall> {
    Router::new().route("/live", get(connect))
}

async fn connect(
    State(hall): State<Hall>,
    speaker: Speaker,
    upgrade: WebSocketUpgrade,
) -> Result<Response, Fault> {
    let permit = hall.live().admit().ok_or(Fault::Overloaded)?;
    let longest = hall.config().limits.live_message_bytes;
    let upgrade = upgrade
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER)
        .max_write_buffer_size(MAX_WRITE_BUFFER)
        .max_message_size(longest)
        .max_frame_size(longest);
    Ok(upgrade.on_upgrade(async move |socket| {
        socket::serve(socket, hall, speaker).await;
        drop(permit);
    }))
}

/// Who is at the other end, as far as the request says.
pub(super) struct Speaker {
    /// Their token, if they sent one.
    pub(super) token: Option<String>,
    /// Their language.
    pub(super) words: Words,
}

impl FromRequestParts<Hall> for Speaker {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _hall: &Hall) -> Result<Self, Infallible> {
        let words = Words::of(Look::of(&parts.headers).language);
        Ok(Self { token: token_of(parts), words })
    }
}
