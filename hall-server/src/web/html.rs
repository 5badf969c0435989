//! A page as an answer.

use askama::Template;
use axum::response::{Html, IntoResponse, Response};

use super::fault::Fault;

/// Writes a page out. A page is checked when the hall is built, so only a fault of the hall can fail it.
pub(crate) fn html(page: &impl Template) -> Result<Response, Fault> {
    page.render().map(|html| Html(html).into_response()).map_err(|_| Fault::Internal)
}
