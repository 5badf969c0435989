//! The duty manager's page.

use askama::Template;
use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use ui::{Look, Page, Words};

use super::ticket_page::{search, ticket};
use crate::hall::Hall;
use crate::web::fault::Fault;
use crate::web::policy::{self, Deed};
use crate::web::who::Who;
use crate::web::{Caller, assets, html};
use crate::windows::{Setup, staff_name};

#[derive(Template)]
#[template(path = "manager/templates/manager.html")]
struct ManagerPage {
    page: Page,
    words: Words,
    hall: String,
    clerk_name: String,
    /// Whether the reader may act, or only look.
    may_act: bool,
    setup: String,
    script_words: String,
}

impl ManagerPage {
    fn asset(&self, path: &str) -> String {
        assets::url(path)
    }
}

pub(crate) fn pages() -> Router<Hall> {
    Router::new()
        .route("/manager", get(manager))
        .route("/manager/tickets", get(search))
        .route("/manager/tickets/{number}", get(ticket))
}

async fn manager(caller: Caller, look: Look) -> Result<Response, Fault> {
    if caller.who == Who::Visitor {
        return Ok(Redirect::to("/sign-in").into_response());
    }
    caller.may(Deed::WatchHall)?;
    let words = Words::of(look.language);
    let hall = caller.hall.journal().day().plan.name.get(look.language).to_owned();
    let page = ManagerPage {
        page: Page::new(look, words.get("manager-title"), "/manager"),
        hall,
        clerk_name: staff_name(&caller, look.language),
        may_act: policy::may(&caller.who, Deed::Pin).is_ok(),
        setup: Setup::new(&caller, look.language, None).script(),
        script_words: words.script(&["manager-", "devices-", "staff-", "common-"]),
        words,
    };
    html(&page)
}
