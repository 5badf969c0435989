//! The fake hall: a menu of a few services, tickets that count up, numbers in advance, and moods.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use protocol::kiosk::{
    DeviceTest, GiveUp, GivenUp, KioskErrands, KioskReport, LeaseGranted, LeaseRequest,
    LeasedNumber, Menu, MenuDepartment, MenuService, Problem, Reprint, TakeTicket, TicketTaken,
    VisitsFound,
};
use protocol::live::{Availability, WaitRange, WindowRef};
use protocol::{Identity, Label, TicketId, Timestamp};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// The only token it knows.
pub(crate) const TOKEN: &str = "kiosk-token";
/// The first ticket and number it leases.
pub(crate) const FIRST_LEASED: u64 = 901;
/// Its day and time when it starts.
const DAY: (&str, Timestamp) = ("2026-11-23", Timestamp(1_795_400_000_000));

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
    /// The line is cut: whatever is asked never has an answer.
    Away,
}

/// What it was asked.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) key: String,
    pub(crate) language: String,
    pub(crate) take: TakeTicket,
}

/// Everything it has heard and said. Tests read and change it as they like.
pub(crate) struct Books {
    pub(crate) mood: Mood,
    /// Online orders, in the order they came.
    pub(crate) orders: Vec<Asked>,
    /// Tickets by the key of their order.
    pub(crate) tickets: BTreeMap<String, TicketTaken>,
    /// Orders that were given up; they give no ticket any more.
    pub(crate) given_up: BTreeSet<String>,
    /// Leased tickets that joined, in the order they came; a repetition is not one.
    pub(crate) joined: Vec<Asked>,
    /// How often a leased ticket was offered.
    pub(crate) offered: u32,
    /// Answers to leased tickets that are lost on the way.
    pub(crate) joins_lost: u32,
    /// Whether leased tickets are refused for good.
    pub(crate) refuses_leased: bool,
    /// Leases by their key.
    pub(crate) leases: BTreeMap<String, LeaseGranted>,
    /// Answers to leases that are lost on the way.
    pub(crate) leases_lost: u32,
    pub(crate) help: Vec<bool>,
    pub(crate) reports: Vec<KioskReport>,
    pub(crate) reprints: Vec<TicketId>,
    /// What it wants of the kiosk.
    pub(crate) tests: Vec<DeviceTest>,
    pub(crate) help_open: bool,
    pub(crate) template: (u64, slip::Template),
    pub(crate) day: (&'static str, Timestamp),
    since: Instant,
}

impl Default for Books {
    fn default() -> Self {
        Self {
            mood: Mood::default(),
            orders: Vec::new(),
            tickets: BTreeMap::new(),
            given_up: BTreeSet::new(),
            joined: Vec::new(),
            offered: 0,
            joins_lost: 0,
            refuses_leased: false,
            leases: BTreeMap::new(),
            leases_lost: 0,
            help: Vec::new(),
            reports: Vec::new(),
            reprints: Vec::new(),
            tests: Vec::new(),
            help_open: false,
            template: (1, slip::Template::default()),
            day: DAY,
            since: Instant::now(),
        }
    }
}

impl Books {
    fn now(&self) -> Timestamp {
        Timestamp(self.day.1.0 + self.since.elapsed().as_millis() as i64)
    }

    /// Whether the kiosk has said so many leased numbers are left.
    pub(crate) fn has_leased(&self, count: u32) -> bool {
        self.reports.last().is_some_and(|report| report.leased_left == count)
    }

    /// Whether the last report had a device that somebody must look after.
    pub(crate) fn is_faulty(&self) -> Option<bool> {
        let report = self.reports.last()?;
        Some(report.devices.iter().any(|device| device.condition.is_fault()))
    }
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
            .route("/api/v1/slip-template", get(template))
            .route("/api/v1/kiosks/k1/help", post(help).delete(no_help))
            .route("/api/v1/kiosks/k1/heartbeat", post(heartbeat))
            .route("/api/v1/kiosks/k1/leases", post(lease))
            .route("/api/v1/kiosks/k1/settlements", post(settle))
            .route("/api/v1/kiosks/k1/visits", post(visits))
            .route("/api/v1/kiosks/k1/reprints", post(reprint))
            .layer(from_fn_with_state(books.clone(), cut_off))
            .with_state(books.clone());
        let listener = TcpListener::bind(addr).await.unwrap();
        let addr = listener.local_addr().unwrap();
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { addr, books, server }
    }

    pub(crate) fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap()
    }

    pub(crate) fn set_mood(&self, mood: Mood) {
        self.books().mood = mood;
    }

    pub(crate) fn orders(&self) -> Vec<Asked> {
        self.books().orders.clone()
    }

    pub(crate) fn tickets(&self) -> usize {
        self.books().tickets.len()
    }
}

type Desk = State<Arc<Mutex<Books>>>;

/// A line that is cut answers nothing; whoever asked must give up by themselves.
async fn cut_off(State(books): Desk, request: Request, next: Next) -> Response {
    let is_cut = || books.lock().unwrap().mood == Mood::Away;
    if is_cut() {
        return std::future::pending().await;
    }
    let answer = next.run(request).await;
    if is_cut() { std::future::pending().await } else { answer }
}

fn known(headers: &HeaderMap) -> bool {
    headers.get("authorization").is_some_and(|value| value == &format!("Bearer {TOKEN}"))
}

async fn menu(State(books): Desk, headers: HeaderMap) -> Response {
    if !known(&headers) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let books = books.lock().unwrap();
    let menu = Menu { date: books.day.0.to_owned(), at: books.now(), ..the_menu() };
    Json(menu).into_response()
}

async fn take(State(books): Desk, headers: HeaderMap, Json(take): Json<TakeTicket>) -> Response {
    let text = |name: &str| headers[name].to_str().unwrap().to_owned();
    let asked = Asked { key: text("idempotency-key"), language: text("accept-language"), take };
    let mut books = books.lock().unwrap();
    if asked.take.leased.is_some() {
        return join(&mut books, asked);
    }
    books.orders.push(asked.clone());
    match books.mood {
        Mood::Broken => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Mood::Refusing => return refused(&asked.language),
        Mood::Willing | Mood::Forgetful(_) | Mood::Away => {}
    }
    if books.given_up.contains(&asked.key) {
        return refused(&asked.language);
    }
    let next = books.tickets.len() as u64 + 1;
    let taken = ticket(next, &format!("A{next:03}"), &asked.take);
    let taken = books.tickets.entry(asked.key).or_insert(taken).clone();
    match books.mood {
        Mood::Forgetful(left) if left > 0 => {
            books.mood = Mood::Forgetful(left - 1);
            StatusCode::BAD_GATEWAY.into_response()
        }
        _ => (StatusCode::CREATED, Json(taken)).into_response(),
    }
}

/// A ticket given from a lease; once, however often it is offered.
fn join(books: &mut Books, asked: Asked) -> Response {
    let leased = asked.take.leased.unwrap();
    assert_eq!(asked.key, format!("lease-{}", leased.ticket));
    books.offered += 1;
    if books.refuses_leased {
        let message = "The number was never leased.".to_owned();
        let problem = Problem { code: "not-leased".to_owned(), message };
        return (StatusCode::CONFLICT, Json(problem)).into_response();
    }
    let taken = ticket(leased.ticket.0, &format!("A{}", leased.ticket), &asked.take);
    if books.joined.iter().all(|joined| joined.key != asked.key) {
        books.joined.push(asked);
    }
    if books.joins_lost > 0 {
        books.joins_lost -= 1;
        return StatusCode::BAD_GATEWAY.into_response();
    }
    (StatusCode::CREATED, Json(taken)).into_response()
}

fn refused(language: &str) -> Response {
    let message = if language == "en" { "You hold A007." } else { "您已有号码 A007。" };
    let problem = Problem { code: "already-waiting".to_owned(), message: message.to_owned() };
    (StatusCode::CONFLICT, Json(problem)).into_response()
}

async fn lease(State(books): Desk, headers: HeaderMap, Json(wish): Json<LeaseRequest>) -> Response {
    let key = headers["idempotency-key"].to_str().unwrap().to_owned();
    let mut books = books.lock().unwrap();
    let given: usize = books.leases.values().map(|lease| lease.tickets.len()).sum();
    let first = FIRST_LEASED + given as u64;
    let numbers = (first..first + u64::from(wish.count)).map(|id| LeasedNumber {
        ticket: TicketId(id),
        number: format!("A{id}").as_str().into(),
        token: format!("leased-{id}"),
        url: format!("http://hall.example/t/leased-{id}"),
    });
    let granted = LeaseGranted {
        series: wish.series,
        date: books.day.0.to_owned(),
        tickets: numbers.collect(),
    };
    let granted = books.leases.entry(key).or_insert(granted).clone();
    if books.leases_lost > 0 {
        books.leases_lost -= 1;
        return StatusCode::BAD_GATEWAY.into_response();
    }
    (StatusCode::CREATED, Json(granted)).into_response()
}

async fn settle(State(books): Desk, Json(order): Json<GiveUp>) -> Json<GivenUp> {
    let mut books = books.lock().unwrap();
    let withdrawn = books.tickets.get(&order.key).map(|taken| taken.ticket);
    books.given_up.insert(order.key);
    Json(GivenUp { withdrawn })
}

async fn visits() -> Json<VisitsFound> {
    Json(VisitsFound::default())
}

async fn reprint(State(books): Desk, Json(wish): Json<Reprint>) -> Response {
    let mut books = books.lock().unwrap();
    books.reprints.push(wish.ticket);
    let found = books.tickets.values().find(|taken| taken.ticket == wish.ticket);
    found.map_or(StatusCode::NOT_FOUND.into_response(), |taken| Json(taken).into_response())
}

async fn template(State(books): Desk) -> Response {
    let (revision, template) = books.lock().unwrap().template.clone();
    Json(json!({ "revision": revision, "template": template })).into_response()
}

async fn help(State(books): Desk) -> StatusCode {
    let mut books = books.lock().unwrap();
    books.help.push(true);
    books.help_open = true;
    StatusCode::NO_CONTENT
}

async fn no_help(State(books): Desk) -> StatusCode {
    let mut books = books.lock().unwrap();
    books.help.push(false);
    books.help_open = false;
    StatusCode::NO_CONTENT
}

async fn heartbeat(State(books): Desk, Json(report): Json<KioskReport>) -> Json<KioskErrands> {
    let mut books = books.lock().unwrap();
    books.tests.retain(|test| report.tests.iter().all(|result| result.id != test.id));
    books.reports.push(report);
    Json(KioskErrands {
        at: books.now(),
        help_open: books.help_open,
        slip_template: books.template.0,
        tests: books.tests.clone(),
    })
}

fn ticket(serial: u64, number: &str, take: &TakeTicket) -> TicketTaken {
    let chosen = |id| the_menu().departments[0].services.iter().find(|it| it.id == id).cloned();
    let main = chosen(take.services[0].clone()).unwrap();
    TicketTaken {
        ticket: TicketId(serial),
        number: number.into(),
        token: "6sB2yQm0c1xN4nA8wq".to_owned(),
        url: "http://hall.example/t/6sB2yQm0c1xN4nA8wq".to_owned(),
        hall: the_menu().hall,
        services: take.services.iter().map(|id| chosen(id.clone()).unwrap().name).collect(),
        class: Default::default(),
        ahead: Some(main.waiting),
        wait: main.wait,
        windows: main.windows,
        taken_at: DAY.1,
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
        date: DAY.0.to_owned(),
        time_zone: "Asia/Shanghai".to_owned(),
        at: DAY.1,
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
