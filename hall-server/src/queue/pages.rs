//! The visitor's page behind the slip's QR code. The secret in the address is the permission. It works
//! without scripts; with them it follows the hall live.

use askama::Template;
use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use hall_core::Command;
use protocol::live::TicketCell;
use ui::{Look, Page, Words};

use super::service;
use super::visit_view::{Stage, VisitView};
use crate::hall::Hall;
use crate::web::fault::Fault;
use crate::web::policy::Deed;
use crate::web::{At, Caller, assets, html};

/// The pages of a visit.
pub(crate) fn pages() -> Router<Hall> {
    Router::new()
        .route("/t/{token}", get(visit))
        .route("/t/{token}/withdraw", get(ask_withdraw).post(withdraw))
        .route("/t/{token}/return", get(ask_return).post(come_back))
}

#[derive(Template)]
#[template(path = "queue/templates/visit.html")]
struct VisitPage {
    page: Page,
    words: Words,
    token: String,
    hall: String,
    visit: VisitView,
}

#[derive(Template)]
#[template(path = "queue/templates/confirm.html")]
struct ConfirmPage {
    page: Page,
    words: Words,
    token: String,
    hall: String,
    number: String,
    hint: String,
    /// What the button says.
    act: String,
    /// What is asked: the last part of the address.
    what: &'static str,
    /// Whether there is no way back.
    is_final: bool,
}

impl VisitPage {
    fn asset(&self, path: &str) -> String {
        assets::url(path)
    }
}

impl ConfirmPage {
    fn asset(&self, path: &str) -> String {
        assets::url(path)
    }
}

async fn visit(caller: Caller, look: Look, At(token): At<String>) -> Result<Response, Fault> {
    let cell = own(&caller, &token)?;
    let words = Words::of(look.language);
    let hall = hall_name(&caller, look);
    let zone = &caller.hall.config().time_zone;
    let visit = VisitView::of(&cell, &words, zone, caller.now());
    let title = format!("{} · {hall}", visit.title);
    let page = Page::new(look, title, &format!("/t/{token}"));
    html(&VisitPage { page, words, token, hall, visit })
}

async fn ask_withdraw(
    caller: Caller,
    look: Look,
    At(token): At<String>,
) -> Result<Response, Fault> {
    let cell = own(&caller, &token)?;
    ask(&caller, look, token, &cell, "withdraw", cell.may_withdraw)
}

async fn ask_return(caller: Caller, look: Look, At(token): At<String>) -> Result<Response, Fault> {
    let cell = own(&caller, &token)?;
    ask(&caller, look, token, &cell, "return", cell.may_return)
}

/// Asks before something is done that cannot be taken back; if it is no longer possible, the page of the
/// visit says how things stand.
fn ask(
    caller: &Caller,
    look: Look,
    token: String,
    cell: &TicketCell,
    what: &'static str,
    may: bool,
) -> Result<Response, Fault> {
    if !may {
        return Ok(back_to(&token));
    }
    let words = Words::of(look.language);
    let title = words.get(&format!("ticket-ask-{what}"));
    html(&ConfirmPage {
        page: Page::new(look, title, &format!("/t/{token}/{what}")),
        hint: words.get(&format!("ticket-ask-{what}-hint")),
        act: words.get(&format!("ticket-do-{what}")),
        words,
        hall: hall_name(caller, look),
        number: cell.number.to_string(),
        token,
        is_final: what == "withdraw",
        what,
    })
}

async fn withdraw(caller: Caller, At(token): At<String>) -> Result<Response, Fault> {
    caller.may(Deed::UseOwnTicket)?;
    let ticket = service::visit(&caller.hall, &token)?;
    caller.order(Command::Withdraw { ticket }).await?;
    Ok(back_to(&token))
}

async fn come_back(caller: Caller, At(token): At<String>) -> Result<Response, Fault> {
    caller.may(Deed::UseOwnTicket)?;
    let ticket = service::visit(&caller.hall, &token)?;
    caller.order(Command::Return { ticket }).await?;
    Ok(back_to(&token))
}

/// The ticket behind a secret.
fn own(caller: &Caller, token: &str) -> Result<TicketCell, Fault> {
    caller.may(Deed::UseOwnTicket)?;
    service::cell(caller, service::visit(&caller.hall, token)?)
}

fn hall_name(caller: &Caller, look: Look) -> String {
    caller.see(|view| view.day.plan.name.get(look.language).to_owned())
}

fn back_to(token: &str) -> Response {
    Redirect::to(&format!("/t/{token}")).into_response()
}
