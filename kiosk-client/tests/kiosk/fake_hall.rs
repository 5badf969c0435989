//! The fake hall: it speaks as a hall does and answers as its mood is.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use protocol::TicketId;
use protocol::kiosk::{
    GiveUp, GivenUp, KioskErrands, KioskReport, LeaseGranted, LeaseRequest, LeasedNumber, Menu,
    Problem, Reprint, TakeTicket, VisitsFound,
};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::books::{Asked, Books, FIRST_LEASED, Mood, the_menu, ticket};

/// The only token it knows.
pub(crate) const TOKEN: &str = "kiosk-token";
/// Where orders go.
const ORDERS: &str = "/api/v1/tickets";

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
            .route(ORDERS, post(take))
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
        let _asked = (request.uri().path() == ORDERS).then(|| Unheard::new(books.clone()));
        return std::future::pending().await;
    }
    let answer = next.run(request).await;
    if is_cut() { std::future::pending().await } else { answer }
}

/// An order on a line that is cut, until the kiosk waits for it no longer.
struct Unheard {
    books: Arc<Mutex<Books>>,
    since: Instant,
}

impl Unheard {
    fn new(books: Arc<Mutex<Books>>) -> Self {
        Self { books, since: Instant::now() }
    }
}

impl Drop for Unheard {
    fn drop(&mut self) {
        let mut books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        books.unheard.push(self.since.elapsed());
    }
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
    if wish.count > books.largest_lease {
        let message = "Too many at once.".to_owned();
        let problem = Problem { code: "lease-too-large".to_owned(), message };
        return (StatusCode::UNPROCESSABLE_ENTITY, Json(problem)).into_response();
    }
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
        running_since: books.running_since,
        help_open: books.help_open,
        slip_template: books.template.0,
        tests: books.tests.clone(),
    })
}
