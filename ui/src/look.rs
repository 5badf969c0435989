//! How a reader wants to see pages: language and size. Kept in two cookies that say nothing else, set by
//! a plain form, so that it works without scripts.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, request::Parts};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use axum::{Form, Router, routing::post};
use protocol::Language;
use serde::Deserialize;

/// A year: who chose larger text once should not have to again.
const KEPT_S: u32 = 365 * 24 * 3600;

/// The language and size a reader chose. As an axum extractor it never refuses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// The language.
    pub language: Language,
    /// Whether everything is larger (适老).
    pub elder: bool,
}

impl Look {
    /// From a request's cookies `lang` and `elder`, then its `Accept-Language`, then Chinese.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        let language = cookie(headers, "lang")
            .and_then(language)
            .or_else(|| headers.get(ACCEPT_LANGUAGE)?.to_str().ok().and_then(preferred))
            .unwrap_or_default();
        Self { language, elder: cookie(headers, "elder") == Some("1") }
    }
}

impl<S: Sync> FromRequestParts<S> for Look {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers))
    }
}

/// `POST /look`: where the language and size buttons of the base layout go.
pub fn look_routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/look", post(choose))
}

#[derive(Deserialize)]
struct Choice {
    lang: Option<String>,
    elder: Option<String>,
    back: Option<String>,
}

async fn choose(Form(choice): Form<Choice>) -> Response {
    let language = choice
        .lang
        .as_deref()
        .and_then(language)
        .map(|language| keep("lang", if language == Language::En { "en" } else { "zh" }));
    let elder = choice.elder.map(|elder| keep("elder", if elder == "1" { "1" } else { "0" }));
    let cookies = AppendHeaders(language.into_iter().chain(elder).collect::<Vec<_>>());
    let back = choice.back.filter(|path| is_local(path)).unwrap_or_else(|| "/".to_owned());
    (cookies, Redirect::to(&back)).into_response()
}

fn keep(name: &str, value: &str) -> (axum::http::HeaderName, HeaderValue) {
    let cookie = format!("{name}={value}; Path=/; Max-Age={KEPT_S}; SameSite=Lax");
    (SET_COOKIE, HeaderValue::from_str(&cookie).expect("fixed names and values are plain ASCII"))
}

/// Whether a path stays on this site; `//host` and `/\host` do not, and a line break is no path.
fn is_local(path: &str) -> bool {
    path.starts_with('/')
        && !path[1..].starts_with(['/', '\\'])
        && path.bytes().all(|byte| byte.is_ascii_graphic())
}

fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

fn language(tag: &str) -> Option<Language> {
    let tag = tag.trim().to_ascii_lowercase();
    if tag.starts_with("zh") {
        Some(Language::Zh)
    } else if tag.starts_with("en") {
        Some(Language::En)
    } else {
        None
    }
}

/// The first language of the list that the house speaks; browsers send the list in order of preference.
fn preferred(list: &str) -> Option<Language> {
    list.split(',').filter_map(|entry| entry.split(';').next()).find_map(language)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(headers: &[(axum::http::HeaderName, &str)]) -> Look {
        let headers = headers
            .iter()
            .map(|(name, value)| (name.clone(), HeaderValue::from_str(value).expect("plain ASCII")))
            .collect();
        Look::of(&headers)
    }

    #[test]
    fn a_choice_counts_more_than_the_browser() {
        assert_eq!(look(&[]), Look { language: Language::Zh, elder: false });
        assert_eq!(look(&[(ACCEPT_LANGUAGE, "fr, en-GB;q=0.8")]).language, Language::En);
        let chosen = look(&[(COOKIE, "a=b; lang=zh; elder=1"), (ACCEPT_LANGUAGE, "en")]);
        assert_eq!(chosen, Look { language: Language::Zh, elder: true });
    }

    #[test]
    fn the_way_back_never_leaves_the_site() {
        assert!(is_local("/t/abc?x=1"));
        for path in ["", "t", "//evil", "/\\evil", "https://evil", "/a\r\nb", "/é"] {
            assert!(!is_local(path), "{path:?}");
        }
    }
}
