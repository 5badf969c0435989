//! `?lang=en` and `?elder=1` in the address of a page: the choice is kept and the page opened under its
//! clean address, so that a printed or shared link never carries somebody's settings on.

use axum::extract::Request;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{AppendHeaders, IntoResponse, Response};

/// A year: who chose once should not have to again.
const KEPT_S: u32 = 365 * 24 * 3600;

pub(crate) async fn choose_by_address(request: Request, next: Next) -> Response {
    let query = request.uri().query().unwrap_or_default();
    let is_page = request.method() == Method::GET && !request.uri().path().starts_with("/api/");
    let cookies: Vec<_> = query.split('&').filter_map(chosen).map(keep).collect();
    if !is_page || cookies.is_empty() {
        return next.run(request).await;
    }
    match HeaderValue::from_str(&clean(request.uri().path(), query)) {
        Ok(address) => {
            (StatusCode::SEE_OTHER, AppendHeaders(cookies), [(LOCATION, address)]).into_response()
        }
        Err(_) => next.run(request).await,
    }
}

/// A cookie and its value, if this part of a query chooses one.
fn chosen(part: &str) -> Option<(&'static str, &'static str)> {
    match part.split_once('=')? {
        ("lang", "zh" | "zh-CN") => Some(("lang", "zh")),
        ("lang", "en") => Some(("lang", "en")),
        ("elder", "1") => Some(("elder", "1")),
        ("elder", "0") => Some(("elder", "0")),
        _ => None,
    }
}

fn keep((name, value): (&str, &str)) -> (axum::http::HeaderName, HeaderValue) {
    let cookie = format!("{name}={value}; Path=/; Max-Age={KEPT_S}; SameSite=Lax");
    (SET_COOKIE, HeaderValue::from_str(&cookie).expect("fixed names and values are plain ASCII"))
}

/// The address without the choice. It stays on this site: `//host` would not.
fn clean(path: &str, query: &str) -> String {
    let rest: Vec<&str> = query.split('&').filter(|part| chosen(part).is_none()).collect();
    let path = format!("/{}", path.trim_start_matches('/'));
    if rest.is_empty() { path } else { format!("{path}?{}", rest.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_taken_out_of_the_address() {
        assert_eq!(chosen("lang=en"), Some(("lang", "en")));
        assert_eq!(chosen("lang=fr"), None);
        assert_eq!(clean("/t/abc", "lang=en"), "/t/abc");
        assert_eq!(clean("/t/abc", "a=1&elder=1&b=2"), "/t/abc?a=1&b=2");
        assert_eq!(clean("//evil.example", "lang=en"), "/evil.example");
    }
}
