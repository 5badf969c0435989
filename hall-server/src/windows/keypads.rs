//! The keys of hard devices beside a clerk, and the rater in front of the visitor. A display's machine reads
//! them from its bus and says which was pressed; what that means at the window is the core's to say.

use axum::Json;
use axum::http::StatusCode;
use hall_core::{Command, WindowAct};
use protocol::wall::{KeyPress, KeypadView, RatingGiven};
use protocol::{DisplayId, WindowId};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::hall::Hall;
use crate::live::views;
use crate::web::fault::Fault;
use crate::web::policy::{Deed, Forbidden};
use crate::web::{At, Body, Caller};

pub(super) fn api() -> OpenApiRouter<Hall> {
    OpenApiRouter::new().routes(routes!(press)).routes(routes!(rate))
}

/// A key was pressed
///
/// At a caller keypad or a button beside a clerk. The answer is what the keypad shows from now on. At a paused
/// window every key resumes first. `devices.toml` names the windows whose keypads a display has.
#[utoipa::path(
    post, path = "/displays/{display}/keys", tag = "windows",
    params(("display" = String, Path, description = "The display the keypad is connected to")),
    request_body = KeyPress, responses((status = 200, body = KeypadView))
)]
async fn press(
    caller: Caller,
    At(display): At<DisplayId>,
    Body(press): Body<KeyPress>,
) -> Result<Json<KeypadView>, Fault> {
    may_use(&caller, &display, &press.window)?;
    let KeyPress { window, key } = press;
    caller.order(at_window(&window, WindowAct::Press { key })).await?;
    caller.see(|view| Ok(Json(keypad_view(view, &window)?)))
}

/// A visitor said how it was
///
/// The one who was served last at the window, until the next one is called; the first word counts.
#[utoipa::path(
    post, path = "/displays/{display}/ratings", tag = "windows",
    params(("display" = String, Path, description = "The display the rater is connected to")),
    request_body = RatingGiven, responses((status = 204))
)]
async fn rate(
    caller: Caller,
    At(display): At<DisplayId>,
    Body(given): Body<RatingGiven>,
) -> Result<StatusCode, Fault> {
    may_use(&caller, &display, &given.window)?;
    let act = WindowAct::Rate { rating: given.rating };
    caller.order(at_window(&given.window, act)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A display speaks for the windows whose keypads it has, and for no others.
fn may_use(caller: &Caller, display: &DisplayId, window: &WindowId) -> Result<(), Fault> {
    caller.may(Deed::UseKeypad(display))?;
    let mut known = caller.hall.config().displays.iter().filter(|it| it.id == *display);
    let connected = known.any(|it| it.keypads.contains(window));
    if connected { Ok(()) } else { Err(Forbidden::NotYourWindow.into()) }
}

fn at_window(window: &WindowId, act: WindowAct) -> Command {
    Command::AtWindow { window: window.clone(), seen: None, act }
}

fn keypad_view(view: &views::View<'_>, window: &WindowId) -> Result<KeypadView, Fault> {
    let work = &view.day.window(window)?.work;
    let cell = views::window_cell(view, view.day.window(window)?);
    Ok(KeypadView {
        window: window.clone(),
        mode: cell.mode,
        number: cell.current.map(|ticket| ticket.number),
        waiting: cell.waiting,
        may_rate: work.unrated.is_some(),
    })
}
