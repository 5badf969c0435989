//! The fake hall: a menu of a few services, tickets that count up, and moods.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use protocol::kiosk::{Menu, MenuDepartment, MenuService, Problem, TakeTicket, TicketTaken};
use protocol::live::{Availability, WaitRange, WindowRef};
use protocol::{Identity, Label, TicketId, Timestamp};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// The only token it knows.
pub(crate) const TOKEN: &str = "kiosk-token";

/// How it answers orders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Mood {
    /// With tickets.
    #[default]
    Willing,
    /// It takes the ticket, but so many answers are lost on the way.
    Forgetful(u32),
    /// With a refusal.
    Refusing,
    /// Not at all.
    Broken,
}

/// What it was asked.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) key: String,
    pub(crate) language: String,
    pub(crate) take: TakeTicket,
}

#[derive(Default)]
struct Books {
    mood: Mood,
    orders: Vec<Asked>,
    tickets: BTreeMap<String, TicketTaken>,
    help: Vec<bool>,
    faulty: Vec<bool>,
}

/// A running fake hall; it ends when it is dropped.
pub(crate) struct FakeHall {
    pub(crate) addr: SocketAddr,
    books: Arc<Mutex<Books>>,
    server: JoinHandle<()>,
}

impl Drop for FakeHall {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl FakeHall {
    pub(crate) async fn start() -> Self {
        Self::start_at(SocketAddr::from(([127, 0, 0, 1], 0))).await
    }

    pub(crate) async fn start_at(addr: SocketAddr) -> Self {
        let books = Arc::new(Mutex::new(Books::default()));
        let router = Router::new()
            .route("/api/v1/menu", get(menu))
            .route("/api/v1/tickets", post(take))
            .route("/api/v1/kiosks/k1/help", post(help).delete(no_help))
            .route("/api/v1/kiosks/k1/heartbeat", post(heartbeat))
            .with_state(books.clone());
        let listener = TcpListener::bind(addr).await.unwrap();
        let addr = listener.local_addr().unwrap();
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { addr, books, server }
    }

    pub(crate) fn set_mood(&self, mood: Mood) {
        self.books.lock().unwrap().mood = mood;
    }

    pub(crate) fn orders(&self) -> Vec<Asked> {
        self.books.lock().unwrap().orders.clone()
    }

    pub(crate) fn tickets(&self) -> usize {
        self.books.lock().unwrap().tickets.len()
    }

    pub(crate) fn help(&self) -> Vec<bool> {
        self.books.lock().unwrap().help.clone()
    }

    pub(crate) fn last_report(&self) -> Option<bool> {
        self.books.lock().unwrap().faulty.last().copied()
    }
}

type Desk = State<Arc<Mutex<Books>>>;

fn known(headers: &HeaderMap) -> bool {
    headers.get("authorization").is_some_and(|value| value == &format!("Bearer {TOKEN}"))
}

async fn menu(headers: HeaderMap) -> Response {
    if !known(&headers) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    Json(the_menu()).into_response()
}

async fn take(State(books): Desk, headers: HeaderMap, Json(take): Json<TakeTicket>) -> Response {
    let text = |name: &str| headers[name].to_str().unwrap().to_owned();
    let (key, language) = (text("idempotency-key"), text("accept-language"));
    let mut books = books.lock().unwrap();
    books.orders.push(Asked { key: key.clone(), language: language.clone(), take: take.clone() });
    match books.mood {
        Mood::Broken => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Mood::Refusing => {
            let message =
                if language == "en" { "You hold A007." } else { "您已有号码 A007。" };
            let problem =
                Problem { code: "already-waiting".to_owned(), message: message.to_owned() };
            return (StatusCode::CONFLICT, Json(problem)).into_response();
        }
        Mood::Willing | Mood::Forgetful(_) => {}
    }
    let next = books.tickets.len() as u64 + 1;
    let taken = books.tickets.entry(key).or_insert_with(|| ticket(next, &take)).clone();
    match books.mood {
        Mood::Forgetful(left) if left > 0 => {
            books.mood = Mood::Forgetful(left - 1);
            StatusCode::BAD_GATEWAY.into_response()
        }
        _ => (StatusCode::CREATED, Json(taken)).into_response(),
    }
}

async fn help(State(books): Desk) -> StatusCode {
    books.lock().unwrap().help.push(true);
    StatusCode::NO_CONTENT
}

async fn no_help(State(books): Desk) -> StatusCode {
    books.lock().unwrap().help.push(false);
    StatusCode::NO_CONTENT
}

async fn heartbeat(State(books): Desk, Json(state): Json<Value>) -> StatusCode {
    books.lock().unwrap().faulty.push(state["faulty"] == true);
    StatusCode::NO_CONTENT
}

fn ticket(serial: u64, take: &TakeTicket) -> TicketTaken {
    let chosen = |id| the_menu().departments[0].services.iter().find(|it| it.id == id).cloned();
    let main = chosen(take.services[0].clone()).unwrap();
    TicketTaken {
        ticket: TicketId(serial),
        number: format!("A{serial:03}").as_str().into(),
        token: "6sB2yQm0c1xN4nA8wq".to_owned(),
        url: "http://hall.example/t/6sB2yQm0c1xN4nA8wq".to_owned(),
        hall: the_menu().hall,
        services: take.services.iter().map(|id| chosen(id.clone()).unwrap().name).collect(),
        class: Default::default(),
        ahead: main.waiting,
        wait: main.wait,
        windows: main.windows,
        taken_at: Timestamp(1_795_400_000_000),
        last_four: take.visitor.as_ref().map(|_| "002X".to_owned()),
        not_before: None,
    }
}

pub(crate) fn the_menu() -> Menu {
    let services = vec![
        service("plain", "办事咨询", "Advice", Identity::None),
        service("card", "社会保障卡申领", "Social security cards", Identity::Card),
        service("phone", "企业登记", "Registering a company", Identity::Phone),
    ];
    Menu {
        hall: Label::new("测试政务大厅", "Test hall"),
        date: "2026-11-23".to_owned(),
        time_zone: "Asia/Shanghai".to_owned(),
        at: Timestamp(1_795_400_000_000),
        max_services: 5,
        departments: vec![MenuDepartment {
            id: "general".into(),
            name: Label::new("综合受理", "General"),
            services,
        }],
    }
}

fn service(id: &str, zh: &str, en: &str, identity: Identity) -> MenuService {
    let window = |name: &str| WindowRef {
        window: format!("w{name}").as_str().into(),
        name: Label::new(name, name),
        zone: "a".into(),
        zone_name: Label::new("综合服务区", "General area"),
        floor: "1F".to_owned(),
    };
    MenuService {
        id: id.into(),
        name: Label::new(zh, en),
        initials: "bszx".to_owned(),
        series: "A".into(),
        identity,
        availability: Availability::Open,
        waiting: 12,
        wait: Some(WaitRange { low_s: 600, high_s: 900 }),
        bundle: None,
        windows: vec![window("1"), window("2")],
    }
}
