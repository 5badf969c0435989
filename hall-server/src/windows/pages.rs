//! The clerk's console. Its scripts get everything else over the live connection.

use askama::Template;
use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use hall_core::Refusal;
use protocol::{Language, WindowId};
use serde::Deserialize;
use ui::{Look, Page, Words};

use super::Setup;
use crate::hall::Hall;
use crate::live::views;
use crate::web::fault::Fault;
use crate::web::policy::{self, Deed};
use crate::web::who::Who;
use crate::web::{Caller, Query, assets, html};

/// The acts that have a button, in the order of the buttons, with their keys. Undo has its own place.
const ACTS: [Act; 16] = [
    Act("call-next", "N"),
    Act("start", "S"),
    Act("recall", "R"),
    Act("finish", "F"),
    Act("pass", "P"),
    Act("hold", "H"),
    Act("transfer", "T"),
    Act("class", "G"),
    Act("walk-up", "W"),
    Act("call", "C"),
    Act("take-back", "K"),
    Act("pause", "B"),
    Act("resume", "B"),
    Act("close", "E"),
    Act("leave", "L"),
    Act("merge", "M"),
];

/// A button of the console: the name of what it does, and its key.
struct Act(&'static str, &'static str);

impl Act {
    /// The key of its wording.
    fn word(&self) -> String {
        format!("console-act-{}", self.0)
    }
}

#[derive(Template)]
#[template(path = "windows/templates/console.html")]
struct ConsolePage {
    page: Page,
    words: Words,
    window_name: String,
    zone: String,
    clerk_name: String,
    acts: &'static [Act],
    /// Whether the reader works here, or only looks in.
    own: bool,
    /// Whether the reader may go on to the duty manager's page.
    may_manage: bool,
    setup: String,
    script_words: String,
}

impl ConsolePage {
    fn asset(&self, path: &str) -> String {
        assets::url(path)
    }
}

pub(crate) fn pages() -> Router<Hall> {
    Router::new().route("/console", get(console))
}

#[derive(Deserialize)]
struct Which {
    /// A window other than one's own, for those who may look.
    window: Option<String>,
}

async fn console(
    caller: Caller,
    look: Look,
    Query(which): Query<Which>,
) -> Result<Response, Fault> {
    let asked = which.window.as_deref().map(WindowId::from);
    let Some(window) = asked.or_else(|| caller.who.window().cloned()) else {
        return Ok(elsewhere(&caller.who).into_response());
    };
    if caller.who.clerk().is_none() {
        return Ok(Redirect::to("/sign-in").into_response());
    }
    caller.may(Deed::SeeConsole(&window))?;
    let page = page(&caller, look, window)?;
    html(&page)
}

/// Where somebody goes who has no window.
fn elsewhere(who: &Who) -> Redirect {
    let manages = policy::may(who, Deed::WatchHall).is_ok();
    Redirect::to(if manages { "/manager" } else { "/sign-in" })
}

fn page(caller: &Caller, look: Look, window: WindowId) -> Result<ConsolePage, Fault> {
    let words = Words::of(look.language);
    let at = caller.see(|view| {
        view.day.window(&window)?;
        Ok::<_, Refusal>(views::window_ref(view.day, &window))
    })?;
    let name = at.name.get(look.language);
    let path = format!("/console?window={window}");
    let title = words.with("console-page-title", &[("window", name)]);
    Ok(ConsolePage {
        page: Page::new(look, title, &path),
        window_name: words.with("console-window", &[("window", name)]),
        zone: format!("{} · {}", at.floor, at.zone_name.get(look.language)),
        clerk_name: staff_name(caller, look.language),
        acts: &ACTS,
        own: caller.who.window() == Some(&window),
        may_manage: policy::may(&caller.who, Deed::WatchHall).is_ok(),
        setup: Setup::new(caller, look.language, Some(window)).script(),
        script_words: words.script(&["console-", "staff-", "common-"]),
        words,
    })
}

/// The name of the member of staff who asks.
pub(crate) fn staff_name(caller: &Caller, language: Language) -> String {
    let id = caller.who.clerk();
    let member = caller.hall.config().staff.iter().find(|member| Some(&member.id) == id);
    member.map(|member| member.name.get(language).to_owned()).unwrap_or_default()
}
