//! Reading a request: the body, the ids in its address, what follows the `?`. Whatever cannot be read
//! becomes a typed fault before any handler sees it.

use axum::body::BodyDataStream;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};
use futures_util::StreamExt;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::fault::Fault;
use crate::hall::Hall;

/// Characters of an id in an address.
const MAX_ID_CHARS: usize = 64;
/// Characters of any text in a body; the rules of each field may be stricter.
const MAX_TEXT_CHARS: usize = 500;
/// Bytes of a body that is too large which are still read and thrown away, so that the sender, who is
/// still sending, gets to hear the answer.
const DRAINED_BYTES: usize = 16 * 1024 * 1024;

/// A JSON body. An empty one stands for `{}`.
pub(crate) struct Body<T>(pub(crate) T);

/// The body of an operation that needs nothing: empty or `{}`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

impl<T: DeserializeOwned> FromRequest<Hall> for Body<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, hall: &Hall) -> Result<Self, Fault> {
        let is_json = is_json(request.headers());
        let limit = hall.config().limits.body_bytes;
        let bytes = read(request.into_body().into_data_stream(), limit).await?;
        if bytes.is_empty() {
            return parse(b"{}").map(Self);
        }
        if !is_json {
            return Err(Fault::NotJson);
        }
        parse(&bytes).map(Self)
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let named = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = named.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}

async fn read(mut body: BodyDataStream, limit: usize) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    let mut thrown_away = 0;
    while let Some(chunk) = body.next().await {
        let chunk = chunk.map_err(|_| Fault::BadRequest)?;
        if thrown_away == 0 && bytes.len() + chunk.len() <= limit {
            bytes.extend_from_slice(&chunk);
            continue;
        }
        bytes.clear();
        thrown_away += chunk.len();
        if thrown_away > DRAINED_BYTES {
            break;
        }
    }
    if thrown_away > 0 { Err(Fault::TooLarge { limit }) } else { Ok(bytes) }
}

/// Reads JSON twice: first as it is, to measure its texts, then as what is wanted.
fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Fault> {
    let value: Value = serde_json::from_slice(bytes)
        .map_err(|error| Fault::Malformed { detail: error.to_string() })?;
    // An array would pass for an object whose fields all have defaults.
    if !value.is_object() {
        return Err(Fault::WrongShape { detail: "expected an object".to_owned() });
    }
    if !texts_fit(&value) {
        return Err(Fault::TextTooLong { limit: MAX_TEXT_CHARS });
    }
    serde_json::from_slice(bytes).map_err(|error| Fault::WrongShape { detail: error.to_string() })
}

fn texts_fit(value: &Value) -> bool {
    let fits = |text: &str| text.chars().nth(MAX_TEXT_CHARS).is_none();
    match value {
        Value::String(text) => fits(text),
        Value::Array(values) => values.iter().all(texts_fit),
        Value::Object(fields) => fields.iter().all(|(name, value)| fits(name) && texts_fit(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
    }
}

/// The ids in an address.
pub(crate) struct At<T>(pub(crate) T);

impl<T: DeserializeOwned + Send> FromRequestParts<Hall> for At<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, hall: &Hall) -> Result<Self, Fault> {
        if parts.uri.path().split('/').any(|part| part.len() > MAX_ID_CHARS) {
            return Err(Fault::TextTooLong { limit: MAX_ID_CHARS });
        }
        let Path(ids) = Path::from_request_parts(parts, hall)
            .await
            .map_err(|rejection| Fault::BadAddress { detail: rejection.body_text() })?;
        Ok(Self(ids))
    }
}

/// What follows the `?` of an address.
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequestParts<Hall> for Query<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _hall: &Hall) -> Result<Self, Fault> {
        query(&parts.uri).map(Self)
    }
}

fn query<T: DeserializeOwned>(uri: &Uri) -> Result<T, Fault> {
    let axum::extract::Query(wanted) = axum::extract::Query::try_from_uri(uri)
        .map_err(|rejection| Fault::BadQuery { detail: rejection.body_text() })?;
    Ok(wanted)
}

#[cfg(test)]
mod tests {
    use protocol::kiosk::TakeTicket;

    use super::*;

    fn take(json: &str) -> Result<TakeTicket, Fault> {
        parse(json.as_bytes())
    }

    #[test]
    fn a_body_is_read_or_refused_by_kind() {
        assert!(take(r#"{"services": ["passport"]}"#).is_ok());
        for malformed in ["", "{", "nonsense", "{\"services\": [}", "\u{0}"] {
            assert!(matches!(take(malformed), Err(Fault::Malformed { .. })), "{malformed:?}");
        }
        for wrong in [
            "[]",
            "{}",
            r#"{"services": 7}"#,
            r#"{"services": [7]}"#,
            r#"{"services": ["a"], "more": 1}"#,
            r#"{"services": ["a"], "class": "king"}"#,
            r#"{"services": ["a"], "visitor": {"by": "card", "name": "x"}}"#,
        ] {
            assert!(matches!(take(wrong), Err(Fault::WrongShape { .. })), "{wrong}");
        }
    }

    #[test]
    fn long_texts_are_refused_wherever_they_stand() {
        let long = "号".repeat(MAX_TEXT_CHARS + 1);
        let fits = "号".repeat(MAX_TEXT_CHARS);
        assert!(take(&format!(r#"{{"services": ["{fits}"]}}"#)).is_ok());
        for json in [
            format!(r#"{{"services": ["{long}"]}}"#),
            format!(r#"{{"services": ["a"], "{long}": 1}}"#),
            format!(r#"{{"services": ["a"], "visitor": {{"by": "phone", "number": "{long}"}}}}"#),
        ] {
            assert_eq!(take(&json), Err(Fault::TextTooLong { limit: MAX_TEXT_CHARS }));
        }
    }

    #[test]
    fn nesting_without_end_is_malformed() {
        let deep = "[".repeat(20_000);
        assert!(matches!(take(&deep), Err(Fault::Malformed { .. })));
    }

    #[test]
    fn a_query_is_read_or_refused() {
        #[derive(Debug, PartialEq, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Page {
            after: u64,
        }
        let ask = |text: &str| query::<Page>(&text.parse().expect("an address"));
        assert_eq!(ask("/journal?after=7"), Ok(Page { after: 7 }));
        for bad in ["/journal", "/journal?after=x", "/journal?after=1&more=2", "/journal?after=-1"]
        {
            assert!(matches!(ask(bad), Err(Fault::BadQuery { .. })), "{bad}");
        }
    }
}
