//! `/display/{id}`: any browser as a lobby screen. It shows what the display's own machine shows, but only
//! that machine, which holds the display's token, may say that a call has been given out.

use axum::Router;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use protocol::DisplayId;
use ui::Look;
use ui::board::BoardOptions;

use super::fault::Fault;
use super::policy::Deed;
use super::who::Who;
use super::{At, Caller};
use crate::hall::Hall;

pub(crate) fn pages() -> Router<Hall> {
    Router::new().route("/display/{display}", get(board))
}

async fn board(caller: Caller, look: Look, At(display): At<DisplayId>) -> Result<Response, Fault> {
    caller.may(Deed::SeeBoard)?;
    if !caller.hall.config().displays.iter().any(|known| known.id == display) {
        return Err(Fault::NotFound);
    }
    let options = BoardOptions {
        acknowledges: caller.who == Who::Display(display.clone()),
        display,
        hall: caller.see(|view| view.day.plan.name.clone()),
        live: "/live".to_owned(),
    };
    Ok(Html(ui::board::page(look.language, &options)).into_response())
}
