//! The last word on anything that went wrong: a fault becomes a sentence in its reader's language, as a
//! page for a browser and as JSON for everybody else.

use askama::Template;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT, ALLOW, CONTENT_LANGUAGE, CONTENT_TYPE, RETRY_AFTER, VARY, WWW_AUTHENTICATE,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use protocol::kiosk::Problem;
use ui::{Look, Page, Words};

use super::fault::Fault;
use super::sentence;
use crate::hall::Hall;

#[derive(Template)]
#[template(path = "web/templates/error.html")]
struct ErrorPage {
    page: Page,
    words: Words,
    status: u16,
    message: String,
    /// Whether signing in is what helps.
    sign_in: bool,
}

/// Lets a request through, and explains its answer if it is an error.
pub(crate) async fn explain(State(hall): State<Hall>, request: Request, next: Next) -> Response {
    let reader = Reader::of(&request);
    let response = next.run(request).await;
    let status = response.status();
    let is_error = status.is_client_error() || status.is_server_error();
    if !is_error || is_page(&response) {
        return response;
    }
    let limit = hall.config().limits.body_bytes;
    let fault = response.extensions().get::<Fault>().cloned();
    let fault = fault.unwrap_or_else(|| Fault::of_status(status, limit));
    if status.is_server_error() {
        tracing::error!(%fault, "a request failed");
    }
    let mut answer = reader.tell(&hall, &fault);
    // Which methods there are is worth knowing, and only the router knows it.
    if let Some(allowed) = response.headers().get(ALLOW) {
        answer.headers_mut().insert(ALLOW, allowed.clone());
    }
    answer
}

/// Who will read the answer.
struct Reader {
    look: Look,
    path: String,
    is_browser: bool,
}

impl Reader {
    fn of(request: &Request) -> Self {
        let path = request.uri().path().to_owned();
        let is_browser = !path.starts_with("/api/") && wants_html(request.headers());
        Self { look: Look::of(request.headers()), path, is_browser }
    }

    fn tell(self, hall: &Hall, fault: &Fault) -> Response {
        let status = fault.status();
        let words = Words::of(self.look.language);
        let message = sentence::of(fault, &words, hall);
        let mut response = if self.is_browser {
            let name = hall.journal().day().plan.name.get(self.look.language).to_owned();
            self.page(words, name, fault, message)
        } else {
            (status, Json(Problem { code: fault.code(), message })).into_response()
        };
        let headers = response.headers_mut();
        headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(words.language().tag()));
        headers.insert(VARY, HeaderValue::from_static("accept, accept-language, cookie"));
        if let Some(seconds) = fault.retry_after_s() {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }

    fn page(self, words: Words, hall: String, fault: &Fault, message: String) -> Response {
        let status = fault.status();
        let page = ErrorPage {
            page: Page::new(self.look, hall, &self.path),
            words,
            status: status.as_u16(),
            sign_in: status == StatusCode::UNAUTHORIZED,
            message,
        };
        match page.render() {
            Ok(html) => (status, Html(html)).into_response(),
            Err(_) => (status, page.message).into_response(),
        }
    }
}

/// Whether an answer is a page already, which knows best what to say.
fn is_page(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html"))
}

fn wants_html(headers: &HeaderMap) -> bool {
    let accepted = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.contains("text/html")
}
