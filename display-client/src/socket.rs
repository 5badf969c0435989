//! A page's live connection: the same messages as the hall's own, so the page needs to know only one
//! protocol. It learns within seconds when the hall has gone, by [`ServerMessage::Stale`].

use std::time::Duration;

use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Query, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use protocol::live::{ClientMessage, Output, ServerMessage, Topic, VERSION};
use serde::Deserialize;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::time::{interval, timeout};
use ui::Words;

use crate::relay::{Text, serialise};
use crate::shared::{Shared, told_to_stop};

/// How long a page may take to say hello.
const HELLO_WITHIN: Duration = Duration::from_secs(10);
/// How often a page gets a sign of life.
const PULSE_EVERY: Duration = Duration::from_secs(3);
/// A page that takes nothing for so long is gone.
const SEND_WITHIN: Duration = Duration::from_secs(10);
/// Pages say little; more than this is no page.
const MESSAGE_BYTES: usize = 4 * 1024;

/// The connection is gone; nothing is left to be done.
struct Gone;

/// What a page's address says.
#[derive(Deserialize)]
pub(crate) struct Origin {
    /// Which start of the display the page came from; programs do not say.
    run: Option<String>,
}

pub(crate) async fn open(
    State(shared): State<Shared>,
    Query(origin): Query<Origin>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    if !is_own_page(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    upgrade.max_message_size(MESSAGE_BYTES).on_upgrade(move |socket| async move {
        // The page reconnects by itself; how it left matters to nobody.
        let _ = serve(socket, &shared, &origin).await;
    })
}

/// A browser says which site a page came from; another site's page may not acknowledge calls. Programs
/// say nothing.
pub(crate) fn is_own_page(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    text(ORIGIN).is_none_or(|origin| origin.split_once("://").map(|(_, host)| host) == text(HOST))
}

async fn serve(mut socket: WebSocket, shared: &Shared, origin: &Origin) -> Result<(), Gone> {
    if let Some(code) = refusal(&mut socket, shared, origin).await? {
        return bye(&mut socket, shared, code).await;
    }
    let _open = shared.relay.open_page();
    let mut stop = shared.stop.clone();
    let mut pulse = interval(PULSE_EVERY);
    pulse.reset();
    let mut news = greet(&mut socket, shared).await?;
    loop {
        tokio::select! {
            message = news.recv() => match message {
                Ok(text) => send(&mut socket, &text).await?,
                Err(RecvError::Lagged(_)) => news = greet(&mut socket, shared).await?,
                Err(RecvError::Closed) => return Ok(()),
            },
            said = receive(&mut socket) => match said? {
                Some(
                    message @ (ClientMessage::Acknowledge { output: Output::Shown, .. }
                    | ClientMessage::AcknowledgeEmergency { .. }),
                ) => shared.relay.upward(message),
                Some(ClientMessage::Pong) => {}
                // What other outputs did is not for a page to say.
                Some(
                    ClientMessage::Hello { .. }
                    | ClientMessage::Report(_)
                    | ClientMessage::Acknowledge { .. },
                )
                | None => {
                    return bye(&mut socket, shared, "malformed").await;
                }
            },
            _ = pulse.tick() => send(&mut socket, &shared.relay.pulse()).await?,
            () = told_to_stop(&mut stop) => return bye(&mut socket, shared, "stopping").await,
        }
    }
}

/// Sends the board as it is and says where to read on.
async fn greet(socket: &mut WebSocket, shared: &Shared) -> Result<Receiver<Text>, Gone> {
    let (first, news) = shared.relay.join();
    for text in first {
        send(socket, &text).await?;
    }
    Ok(news)
}

/// Why a page that has just come is sent away, if it is.
async fn refusal(
    socket: &mut WebSocket,
    shared: &Shared,
    origin: &Origin,
) -> Result<Option<&'static str>, Gone> {
    let hello = timeout(HELLO_WITHIN, receive(socket)).await.map_err(|_| Gone)??;
    let Some(ClientMessage::Hello { version, topic, .. }) = hello else {
        return Ok(Some("malformed"));
    };
    let ours = Topic::Board { display: shared.config.display.clone() };
    let is_of_this_run = origin.run.as_deref().is_none_or(|run| run == &*shared.run);
    Ok(match (version == VERSION, topic == ours, is_of_this_run) {
        (false, ..) => Some("version"),
        (_, false, _) => Some("unknown"),
        (.., false) => Some("restarted"),
        _ => None,
    })
}

/// What the page says next; `None` if that makes no sense.
async fn receive(socket: &mut WebSocket) -> Result<Option<ClientMessage>, Gone> {
    loop {
        match socket.recv().await {
            Some(Ok(Message::Text(text))) => return Ok(serde_json::from_str(&text).ok()),
            Some(Ok(Message::Binary(_))) => return Ok(None),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
            Some(Ok(Message::Close(_)) | Err(_)) | None => return Err(Gone),
        }
    }
}

async fn send(socket: &mut WebSocket, text: &str) -> Result<(), Gone> {
    let sent = timeout(SEND_WITHIN, socket.send(Message::Text(text.into()))).await;
    sent.map_err(|_| Gone)?.map_err(|_| Gone)
}

async fn bye(socket: &mut WebSocket, shared: &Shared, code: &str) -> Result<(), Gone> {
    let message = Words::of(shared.config.language).get(&format!("wall-bye-{code}"));
    let bye = ServerMessage::Bye { code: code.to_owned(), message };
    send(socket, &serialise(&bye)).await
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn only_the_displays_own_page_may_connect() {
        let from = |origin: Option<&str>| {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, HeaderValue::from_static("127.0.0.1:8082"));
            if let Some(origin) = origin {
                headers.insert(ORIGIN, HeaderValue::from_str(origin).unwrap());
            }
            is_own_page(&headers)
        };
        assert!(from(None));
        assert!(from(Some("http://127.0.0.1:8082")));
        assert!(!from(Some("http://elsewhere:8082")));
        assert!(!from(Some("null")));
    }
}
