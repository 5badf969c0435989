//! The page where the slip's layout is edited, with a picture of it beside.

use askama::Template;
use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use serde_json::json;
use ui::{Look, Page, Words};

use super::service::MOST_TEXT_CHARS;
use crate::hall::Hall;
use crate::web::fault::Fault;
use crate::web::policy::{self, Deed};
use crate::web::who::Who;
use crate::web::{Caller, assets, html};
use crate::windows::{Setup, staff_name};

#[derive(Template)]
#[template(path = "slips/templates/slips.html")]
struct SlipsPage {
    page: Page,
    words: Words,
    hall: String,
    clerk_name: String,
    /// Whether the reader may change it, or only look.
    may_edit: bool,
    most_text_chars: usize,
    setup: String,
    slip: String,
    script_words: String,
}

/// A choice above the picture: its name, the wording of its legend, its values with their wording.
type Choice = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// What the picture can be seen with; the first of each is chosen.
const CHOICES: [Choice; 3] = [
    (
        "sample",
        "slips-sample",
        &[
            ("usual", "slips-sample-usual"),
            ("long", "slips-sample-long"),
            ("appointment", "slips-sample-appointment"),
            ("reprint", "slips-sample-reprint"),
        ],
    ),
    ("paper", "slips-paper", &[("80", "slips-paper-80"), ("58", "slips-paper-58")]),
    ("language", "slips-language", &[("zh", "slips-language-zh"), ("en", "slips-language-en")]),
];

impl SlipsPage {
    fn choices(&self) -> &'static [Choice] {
        &CHOICES
    }

    fn asset(&self, path: &str) -> String {
        assets::url(path)
    }
}

pub(crate) fn pages() -> Router<Hall> {
    Router::new().route("/slips", get(slips))
}

async fn slips(caller: Caller, look: Look) -> Result<Response, Fault> {
    if caller.who == Who::Visitor {
        return Ok(Redirect::to("/sign-in").into_response());
    }
    caller.may(Deed::StudySlips)?;
    let words = Words::of(look.language);
    let hall = caller.hall.journal().day().plan.name.get(look.language).to_owned();
    let page = SlipsPage {
        page: Page::new(look, words.get("slips-title"), "/slips"),
        hall,
        clerk_name: staff_name(&caller, look.language),
        may_edit: policy::may(&caller.who, Deed::EditSlipTemplate).is_ok(),
        most_text_chars: MOST_TEXT_CHARS,
        setup: Setup::new(&caller, look.language, None).script(),
        slip: kept(&caller),
        script_words: words.script(&["slips-", "staff-", "common-"]),
        words,
    };
    html(&page)
}

/// The layout in force and its bounds, for the page's scripts.
fn kept(caller: &Caller) -> String {
    let kept = caller.hall.slip_templates().newest();
    let slip = json!({
        "revision": kept.revision,
        "template": kept.template,
        "most_parts": slip::MOST_PARTS,
        "largest": slip::LARGEST,
    });
    slip.to_string().replace('<', "\\u003c")
}
