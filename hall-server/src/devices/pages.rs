//! The page that shows how every kiosk and its devices are, and has them tested. Its scripts ask the API.

use askama::Template;
use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use ui::{Look, Page, Words};

use crate::hall::Hall;
use crate::web::fault::Fault;
use crate::web::policy::{self, Deed};
use crate::web::who::Who;
use crate::web::{Caller, assets, html};
use crate::windows::{Setup, staff_name};

#[derive(Template)]
#[template(path = "devices/templates/devices.html")]
struct DevicesPage {
    page: Page,
    words: Words,
    hall: String,
    clerk_name: String,
    /// Whether the reader may have devices tested.
    may_test: bool,
    setup: String,
    script_words: String,
}

impl DevicesPage {
    fn asset(&self, path: &str) -> String {
        assets::url(path)
    }
}

pub(crate) fn pages() -> Router<Hall> {
    Router::new().route("/devices", get(devices))
}

async fn devices(caller: Caller, look: Look) -> Result<Response, Fault> {
    if caller.who == Who::Visitor {
        return Ok(Redirect::to("/sign-in").into_response());
    }
    caller.may(Deed::SeeDevices)?;
    let words = Words::of(look.language);
    let hall = caller.hall.journal().day().plan.name.get(look.language).to_owned();
    let page = DevicesPage {
        page: Page::new(look, words.get("devices-title"), "/devices"),
        hall,
        clerk_name: staff_name(&caller, look.language),
        may_test: policy::may(&caller.who, Deed::TestDevices).is_ok(),
        setup: Setup::new(&caller, look.language, None).script(),
        script_words: words.script(&["devices-", "staff-", "common-"]),
        words,
    };
    html(&page)
}
