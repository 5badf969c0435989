//! The pages where the displays are looked after: all of them at `/walls`, with notices and the emergency
//! message, and one display's layout at `/walls/{display}`, with a preview of it.

use askama::Template;
use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use protocol::wall::{Block, LayoutKind};
use protocol::{DisplayId, Label};
use serde_json::json;
use ui::{Look, Page, Words};

use super::{emergency, layouts, notices};
use crate::hall::Hall;
use crate::web::fault::Fault;
use crate::web::policy::{self, Deed};
use crate::web::who::Who;
use crate::web::{At, Caller, assets, html};
use crate::windows::{Setup, staff_name};

/// Sizes of screens a layout can be looked at on: width and height in dots.
const SCREENS: [(u32, u32); 4] = [(1920, 1080), (1080, 1920), (3840, 2160), (1280, 480)];

/// Emergency messages that are ready to be chosen, by the end of their key.
const PREPARED: [&str; 5] = ["evacuate", "fire", "earthquake", "power", "suspended"];

pub(crate) fn pages() -> Router<Hall> {
    Router::new().route("/walls", get(walls)).route("/walls/{display}", get(editor))
}

#[derive(Template)]
#[template(path = "walls/templates/walls.html")]
struct WallsPage {
    page: Page,
    words: Words,
    hall: String,
    clerk_name: String,
    /// Whether the reader may post notices, raise the emergency and attend displays, or only look.
    may_act: bool,
    /// Whether the reader may change layouts.
    may_edit: bool,
    most_title_chars: usize,
    most_text_chars: usize,
    most_emergency_chars: usize,
    setup: String,
    walls: String,
    script_words: String,
}

impl WallsPage {
    fn asset(&self, path: &str) -> String {
        assets::url(path)
    }
}

#[derive(Template)]
#[template(path = "walls/templates/editor.html")]
struct EditorPage {
    page: Page,
    words: Words,
    hall: String,
    display: DisplayId,
    name: String,
    clerk_name: String,
    /// Whether the reader may change the layout, or only look.
    may_edit: bool,
    most_marquee_chars: usize,
    setup: String,
    editor: String,
    script_words: String,
}

impl EditorPage {
    fn asset(&self, path: &str) -> String {
        assets::url(path)
    }

    fn screens(&self) -> &'static [(u32, u32)] {
        &SCREENS
    }
}

async fn walls(caller: Caller, look: Look) -> Result<Response, Fault> {
    if caller.who == Who::Visitor {
        return Ok(Redirect::to("/sign-in").into_response());
    }
    caller.may(Deed::SeeWalls)?;
    let words = Words::of(look.language);
    let page = WallsPage {
        page: Page::new(look, words.get("walls-title"), "/walls"),
        hall: hall_name(&caller, look),
        clerk_name: staff_name(&caller, look.language),
        may_act: policy::may(&caller.who, Deed::RaiseEmergency).is_ok(),
        may_edit: policy::may(&caller.who, Deed::EditLayout).is_ok(),
        most_title_chars: notices::MOST_TITLE_CHARS,
        most_text_chars: notices::MOST_TEXT_CHARS,
        most_emergency_chars: emergency::MOST_CHARS,
        setup: Setup::new(&caller, look.language, None).script(),
        walls: script(&json!({ "prepared": prepared() })),
        script_words: words.script(&["walls-", "staff-", "common-"]),
        words,
    };
    html(&page)
}

async fn editor(caller: Caller, look: Look, At(display): At<DisplayId>) -> Result<Response, Fault> {
    if caller.who == Who::Visitor {
        return Ok(Redirect::to("/sign-in").into_response());
    }
    caller.may(Deed::SeeWalls)?;
    let walls = caller.hall.walls();
    let kept = walls.layout(&display)?;
    let words = Words::of(look.language);
    let name = walls.known(&display)?.name.get(look.language).to_owned();
    let title = words.with("walls-editor-title", &[("name", &name)]);
    let page = EditorPage {
        page: Page::new(look, title, &format!("/walls/{display}")),
        hall: hall_name(&caller, look),
        name,
        clerk_name: staff_name(&caller, look.language),
        may_edit: policy::may(&caller.who, Deed::EditLayout).is_ok(),
        most_marquee_chars: layouts::MOST_MARQUEE_CHARS,
        setup: Setup::new(&caller, look.language, None).script(),
        editor: script(&json!({
            "display": display,
            "revision": kept.revision,
            "layout": kept.layout,
            "kinds": LayoutKind::ALL.map(|kind| json!({ "kind": kind, "blocks": kind.usual_blocks() })),
            "blocks": Block::ALL,
            "least_scale": layouts::LEAST_PERCENT_OF_SCALE,
            "most_scale": layouts::MOST_PERCENT_OF_SCALE,
            "most_quiet": layouts::MOST_QUIET_HOURS,
        })),
        script_words: words.script(&["walls-", "staff-", "common-"]),
        display,
        words,
    };
    html(&page)
}

fn hall_name(caller: &Caller, look: Look) -> String {
    caller.hall.journal().day().plan.name.get(look.language).to_owned()
}

/// The emergency messages that are ready to be chosen, in both languages.
fn prepared() -> Vec<Label> {
    let [zh, en] = [protocol::Language::Zh, protocol::Language::En].map(Words::of);
    let text = |name: &&str| {
        let key = format!("walls-prepared-{name}");
        Label::new(&zh.get(&key), &en.get(&key))
    };
    PREPARED.iter().map(text).collect()
}

/// Data as JSON that can stand inside a script element.
fn script(data: &serde_json::Value) -> String {
    data.to_string().replace('<', "\\u003c")
}
