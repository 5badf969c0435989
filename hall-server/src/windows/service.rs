//! From what a clerk does to an order, and from what happened to what their console shows.

use hall_core::{Command, WindowAct};
use protocol::live::{ConsoleCell, CurrentTicket, WindowCell};
use protocol::{NoteId, Seq, WindowId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::live::views;
use crate::web::Caller;
use crate::web::fault::Fault;
use crate::web::policy::Deed;

/// A window after something was done there.
#[derive(Serialize, ToSchema)]
pub(super) struct WindowReceipt {
    /// The event it came to.
    seq: Seq,
    /// The window now.
    window: WindowCell,
    /// Whom it has now.
    ticket: Option<CurrentTicket>,
}

/// Something to be done at a window.
pub(super) struct Wish {
    pub(super) window: WindowId,
    pub(super) seen: Option<u32>,
    pub(super) act: WindowAct,
    /// A remark that the act refers to.
    pub(super) remark: Option<(NoteId, String)>,
}

/// Does something at a window, if the caller may work there.
pub(super) async fn act(
    caller: &Caller,
    window: WindowId,
    seen: Option<u32>,
    act: WindowAct,
) -> Result<WindowReceipt, Fault> {
    caller.may(Deed::WorkAt(&window))?;
    carry_out(caller, Wish { window, seen, act, remark: None }).await
}

/// Has a wish carried out that was allowed.
pub(super) async fn carry_out(caller: &Caller, wish: Wish) -> Result<WindowReceipt, Fault> {
    let Wish { window, seen, act, remark } = wish;
    let mut order = caller.wants(Command::AtWindow { window: window.clone(), seen, act });
    order.note = remark;
    let seq = caller.submit(order).await?.seq();
    caller.see(|view| {
        let window = views::window_cell(view, view.day.window(&window)?);
        Ok(WindowReceipt { seq, ticket: window.current.clone(), window })
    })
}

/// Every window of the hall.
pub(super) fn all(caller: &Caller) -> Vec<WindowCell> {
    caller.see(|view| view.day.windows.values().map(|it| views::window_cell(view, it)).collect())
}

/// Everything on a clerk's console.
pub(super) fn console(caller: &Caller, window: &WindowId) -> Result<ConsoleCell, Fault> {
    caller.see(|view| {
        let window = view.day.window(window)?;
        let shown = caller.hall.live().shown_on(window);
        Ok(views::console_cell(view, window, shown))
    })
}
