//! A hall that notes which keys reach it and answers as a test wants: HTTP and the live connection at one
//! address, as the real one.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::extract::ws::{Message, WebSocket};
use axum::extract::{Path, State, WebSocketUpgrade};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use protocol::kiosk::Problem;
use protocol::live::ServerMessage;
use protocol::wall::{Key, KeyPress, KeypadView, Rating, RatingGiven};
use protocol::{Number, WindowId, WindowMode};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;

/// Longer than anything here may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(12);

/// What reached the hall, with the name of the press.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    Key(WindowId, Key),
    Rated(WindowId, Rating),
}

/// What the hall makes of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    Does,
    Refuses,
    Stumbles,
    Hangs,
}

/// The hall.
pub(crate) struct Hall {
    pub(crate) url: String,
    asked: mpsc::UnboundedReceiver<(String, Asked)>,
    desk: Arc<Desk>,
}

struct Desk {
    asked: mpsc::UnboundedSender<(String, Asked)>,
    mood: Mutex<Mood>,
    board: watch::Sender<ServerMessage>,
}

/// What a window has after any key.
pub(crate) const NUMBER: &str = "A042";
pub(crate) const WAITING: u32 = 7;

impl Hall {
    pub(crate) async fn new(board: ServerMessage) -> Self {
        let (sends, asked) = mpsc::unbounded_channel();
        let (mood, board) = (Mutex::new(Mood::Does), watch::Sender::new(board));
        let desk = Arc::new(Desk { asked: sends, mood, board });
        let router = Router::new()
            .route("/live", get(live))
            .route("/api/v1/displays/{display}/keys", post(key))
            .route("/api/v1/displays/{display}/ratings", post(rating))
            .with_state(desk.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, asked, desk }
    }

    /// What it makes of presses from now on.
    pub(crate) fn is(&self, mood: Mood) {
        *self.desk.mood.lock().unwrap() = mood;
    }

    /// Tells every display a new board.
    pub(crate) fn says(&self, board: ServerMessage) {
        self.desk.board.send_replace(board);
    }

    /// The next thing that reaches it, with the name under which it came.
    pub(crate) async fn asked(&mut self) -> (String, Asked) {
        timeout(PATIENCE, self.asked.recv()).await.expect("a press that reaches the hall").unwrap()
    }
}

impl Desk {
    /// Notes a press; says no if that is the mood.
    async fn note(&self, display: &str, headers: &HeaderMap, asked: Asked) -> Option<Response> {
        assert_eq!(display, "lobby");
        assert_eq!(headers["authorization"], "Bearer secret-of-the-lobby");
        let name = headers["idempotency-key"].to_str().unwrap().to_owned();
        self.asked.send((name, asked)).unwrap();
        let mood = *self.mood.lock().unwrap();
        match mood {
            Mood::Hangs => std::future::pending().await,
            Mood::Does => None,
            Mood::Stumbles => Some(StatusCode::SERVICE_UNAVAILABLE.into_response()),
            Mood::Refuses => {
                let (code, message) = ("nobody-waits".to_owned(), "nobody waits".to_owned());
                Some((StatusCode::CONFLICT, Json(Problem { code, message })).into_response())
            }
        }
    }
}

async fn key(
    State(desk): State<Arc<Desk>>,
    Path(display): Path<String>,
    headers: HeaderMap,
    Json(press): Json<KeyPress>,
) -> Response {
    let asked = Asked::Key(press.window.clone(), press.key);
    if let Some(no) = desk.note(&display, &headers, asked).await {
        return no;
    }
    let view = KeypadView {
        window: press.window,
        mode: WindowMode::Open,
        number: Some(Number::from(NUMBER)),
        waiting: WAITING,
        may_rate: press.key == Key::Rate,
    };
    Json(view).into_response()
}

async fn rating(
    State(desk): State<Arc<Desk>>,
    Path(display): Path<String>,
    headers: HeaderMap,
    Json(given): Json<RatingGiven>,
) -> Response {
    let asked = Asked::Rated(given.window, given.rating);
    let no = desk.note(&display, &headers, asked).await;
    no.unwrap_or_else(|| StatusCode::NO_CONTENT.into_response())
}

async fn live(State(desk): State<Arc<Desk>>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(move |socket| tell(socket, desk.board.subscribe()))
}

/// Tells the board and each that follows it, until the display goes.
async fn tell(mut socket: WebSocket, mut board: watch::Receiver<ServerMessage>) {
    // The display's hello.
    let _ = socket.recv().await;
    loop {
        let text = serde_json::to_string(&*board.borrow_and_update()).unwrap();
        if socket.send(Message::text(text)).await.is_err() {
            return;
        }
        loop {
            tokio::select! {
                changed = board.changed() => match changed {
                    Ok(()) => break,
                    Err(_) => return,
                },
                said = socket.recv() => if !matches!(said, Some(Ok(_))) { return },
            }
        }
    }
}
