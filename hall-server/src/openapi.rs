//! The API as a whole, and its description at `/openapi.json`.

use std::sync::Arc;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::Type;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{
    ContentBuilder, ObjectBuilder, OpenApi, Ref, Required, Response, ResponseBuilder,
    SecurityRequirement,
};
use utoipa::{Modify, OpenApi as _};
use utoipa_axum::router::OpenApiRouter;

use crate::accounts::SESSION_COOKIE;
use crate::hall::Hall;
use crate::web::{IDEMPOTENCY_KEY, MAX_KEY_CHARS, health};

/// Where the API begins.
const ROOT: &str = "/api/v1";

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "OpenHall",
        description = "Everything the hall's own pages do. Every error is a `Problem`: a stable code \
            and a sentence in the language of `Accept-Language`. A request that changes something may \
            carry an `Idempotency-Key`: sent again with the same key, it gives the first answer and \
            does nothing twice. The live connection at `/live` is a WebSocket."
    ),
    components(schemas(protocol::kiosk::Problem)),
    modifiers(&Doors)
)]
struct Description;

/// The two ways to say who one is.
struct Doors;

impl Modify for Doors {
    fn modify(&self, api: &mut OpenApi) {
        let components = api.components.get_or_insert_default();
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        components.add_security_scheme("token", SecurityScheme::Http(bearer));
        let cookie = ApiKey::Cookie(ApiKeyValue::new(SESSION_COOKIE));
        components.add_security_scheme("session", SecurityScheme::ApiKey(cookie));
        let none: [&str; 0] = [];
        api.security = Some(vec![
            SecurityRequirement::new("token", none),
            SecurityRequirement::new("session", none),
        ]);
    }
}

/// Every operation there is.
pub(crate) fn api() -> OpenApiRouter<Hall> {
    let operations = OpenApiRouter::new()
        .merge(crate::accounts::api())
        .merge(crate::queue::api())
        .merge(crate::windows::api())
        .merge(crate::manager::api())
        .merge(crate::devices::api())
        .merge(crate::appointments::api())
        .merge(crate::slips::api())
        .merge(crate::walls::api())
        .merge(crate::statistics::api());
    OpenApiRouter::with_openapi(Description::openapi()).nest(ROOT, operations).merge(health::api())
}

/// Says of every operation what is the same for all: its errors, and the key of those that act.
pub(crate) fn complete(description: &mut OpenApi) {
    for item in description.paths.paths.values_mut() {
        let acting = [&mut item.post, &mut item.put, &mut item.delete];
        for operation in acting.into_iter().flatten() {
            operation.parameters.get_or_insert_default().push(idempotency_key().into());
            operation.responses.responses.insert("default".to_owned(), problem().into());
        }
        if let Some(operation) = &mut item.get {
            operation.responses.responses.insert("default".to_owned(), problem().into());
        }
    }
}

fn idempotency_key() -> Parameter {
    let text = ObjectBuilder::new().schema_type(Type::String).max_length(Some(MAX_KEY_CHARS));
    ParameterBuilder::new()
        .name(IDEMPOTENCY_KEY)
        .parameter_in(ParameterIn::Header)
        .description(Some("Sent again with the same key, the request gives the first answer."))
        .required(Required::False)
        .schema(Some(text))
        .build()
}

fn problem() -> Response {
    let schema = Ref::from_schema_name("Problem");
    ResponseBuilder::new()
        .description("What went wrong, and what to do.")
        .content("application/json", ContentBuilder::new().schema(Some(schema)).build())
        .build()
}

/// Serves the description, written once.
pub(crate) fn router(description: &OpenApi) -> Router<Hall> {
    let text: Arc<str> = description.to_json().unwrap_or_default().into();
    Router::new().route(
        "/openapi.json",
        get(move || async move { ([(CONTENT_TYPE, "application/json")], text.to_string()) }),
    )
}
