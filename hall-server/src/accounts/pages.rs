//! Signing in and out with plain forms: name, PIN and window. Works without scripts; with them there is a
//! keypad for the PIN and the machine remembers its window.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use axum_extra::extract::CookieJar;
use protocol::{Language, WindowId};
use serde::Deserialize;
use ui::{Look, Page, Words};

use super::{Role, service, session_cookie};
use crate::hall::Hall;
use crate::web::fault::Fault;
use crate::web::policy::{self, Deed};
use crate::web::who::Who;
use crate::web::{Caller, Query, assets, html, sentence_of};

/// Longest PIN and name that are looked at.
const MAX_FIELD_CHARS: usize = 64;

#[derive(Template)]
#[template(path = "accounts/templates/sign_in.html")]
struct SignInPage {
    page: Page,
    words: Words,
    hall: String,
    staff: Vec<StaffOption>,
    zones: Vec<ZoneWindows>,
    /// What was typed before, so that only the PIN has to be typed again.
    clerk: String,
    window: String,
    fault: Option<String>,
}

impl SignInPage {
    fn asset(&self, path: &str) -> String {
        assets::url(path)
    }
}

/// Somebody who can sign in.
struct StaffOption {
    id: String,
    name: String,
}

/// The windows of a zone.
struct ZoneWindows {
    name: String,
    windows: Vec<WindowOption>,
}

/// A window to sign in to.
struct WindowOption {
    id: String,
    name: String,
}

pub(crate) fn pages() -> Router<Hall> {
    Router::new().route("/sign-in", get(show).post(sign_in)).route("/sign-out", post(sign_out))
}

#[derive(Deserialize)]
struct Preset {
    /// The window the machine stands at.
    window: Option<String>,
}

#[derive(Default, Deserialize)]
struct SignInForm {
    #[serde(default)]
    clerk: String,
    #[serde(default)]
    pin: String,
    #[serde(default)]
    window: String,
}

async fn show(caller: Caller, look: Look, Query(preset): Query<Preset>) -> Result<Response, Fault> {
    caller.may(Deed::SignIn)?;
    let form = SignInForm { window: preset.window.unwrap_or_default(), ..SignInForm::default() };
    page(&caller, look, &form, None)
}

async fn sign_in(
    caller: Caller,
    look: Look,
    jar: CookieJar,
    Form(form): Form<SignInForm>,
) -> Result<Response, Fault> {
    caller.may(Deed::SignIn)?;
    let words = Words::of(look.language);
    if form.clerk.chars().count() > MAX_FIELD_CHARS || form.window.len() > MAX_FIELD_CHARS {
        return page(&caller, look, &SignInForm::default(), Some(words.get("sign-in-too-long")));
    }
    let window = (!form.window.is_empty()).then(|| WindowId::from(form.window.as_str()));
    let member = service::member_called(caller.hall.config(), &form.clerk);
    if window.is_none() && member.is_some_and(|member| member.role == Role::Clerk) {
        return page(&caller, look, &form, Some(words.get("sign-in-window-needed")));
    }
    match service::sign_in(&caller.hall, &form.clerk, &form.pin, window).await {
        Ok((token, who)) => {
            let jar = jar.add(session_cookie(caller.hall.config(), token));
            Ok((jar, Redirect::to(desk_of(&who))).into_response())
        }
        Err(fault) => {
            let sentence = explain(&caller, &words, &form, &fault);
            page(&caller, look, &form, Some(sentence))
        }
    }
}

/// Where somebody works who has just signed in.
fn desk_of(who: &Who) -> &'static str {
    let manages = policy::may(who, Deed::WatchHall).is_ok();
    if who.window().is_none() && manages { "/manager" } else { "/console" }
}

/// What went wrong, and how many attempts are left before a pause.
fn explain(caller: &Caller, words: &Words, form: &SignInForm, fault: &Fault) -> String {
    let sentence = sentence_of(fault, words, &caller.hall);
    let member = service::member_called(caller.hall.config(), &form.clerk);
    match (fault, member) {
        (Fault::WrongPin, Some(member)) => {
            let now = caller.now();
            let attempts = &caller.hall.sessions().attempts;
            let Some(left) = attempts.left(&member.id, now) else {
                let pause = caller.hall.config().limits.sign_in_pause_s.to_string();
                return words.with("sign-in-pause", &[("seconds", &pause)]);
            };
            words.with("sign-in-left", &[("sentence", &sentence), ("left", &left.to_string())])
        }
        _ => sentence,
    }
}

async fn sign_out(caller: Caller, jar: CookieJar) -> Result<Response, Fault> {
    if let Some(token) = &caller.token {
        caller.hall.sessions().end(caller.hall.journal(), token).await?;
    }
    let gone = session_cookie(caller.hall.config(), String::new());
    Ok((jar.add(gone), Redirect::to("/sign-in")).into_response())
}

fn page(
    caller: &Caller,
    look: Look,
    form: &SignInForm,
    fault: Option<String>,
) -> Result<Response, Fault> {
    let words = Words::of(look.language);
    let plan = caller.hall.journal().day().plan.clone();
    let page = SignInPage {
        page: Page::new(look, words.get("sign-in-title"), "/sign-in"),
        hall: plan.name.get(look.language).to_owned(),
        staff: staff(caller, look.language),
        zones: zones(&plan, &words),
        clerk: form.clerk.trim().to_owned(),
        window: form.window.clone(),
        fault,
        words,
    };
    html(&page)
}

fn staff(caller: &Caller, language: Language) -> Vec<StaffOption> {
    let staff = caller.hall.config().staff.iter();
    staff
        .map(|it| StaffOption { id: it.id.to_string(), name: it.name.get(language).to_owned() })
        .collect()
}

/// The windows, zone by zone.
fn zones(plan: &hall_core::plan::Plan, words: &Words) -> Vec<ZoneWindows> {
    let language = words.language();
    let mut by_zone: BTreeMap<_, Vec<WindowOption>> = BTreeMap::new();
    for (id, window) in &plan.windows {
        let name = words.with("console-window", &[("window", window.name.get(language))]);
        by_zone.entry(&window.zone).or_default().push(WindowOption { id: id.to_string(), name });
    }
    let zones = plan.zones.iter().filter_map(|(id, zone)| {
        let name = format!("{} · {}", zone.floor, zone.name.get(language));
        Some(ZoneWindows { name, windows: by_zone.remove(id)? })
    });
    zones.collect()
}
