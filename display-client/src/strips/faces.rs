//! What each strip shows when. Pure: time comes in.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use hardware::strip::Face;
use protocol::live::{Announcement, CallCell, Cell, WindowCell};
use protocol::{Number, Seq, WindowId, WindowMode};

use super::config::{Colours, Texts};
use crate::board::Board;

/// The same call again within this is the same call: a clerk's key bounced.
const DEBOUNCE: Duration = Duration::from_secs(5);

/// What a call makes of a strip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Called {
    /// What it shows.
    pub(super) face: Face,
    /// Whether it flashes first; a call that came twice does not again.
    pub(super) flashes: bool,
}

/// What the strips of one bus show.
pub(super) struct Faces {
    texts: Texts,
    colours: Colours,
    calls: HashMap<WindowId, Call>,
}

/// The last call of a window.
struct Call {
    number: Number,
    at: Instant,
    /// A board before this event knows nothing of it.
    seq: Seq,
}

impl Faces {
    pub(super) fn new(texts: Texts, colours: Colours) -> Self {
        Self { texts, colours, calls: HashMap::new() }
    }

    /// Somebody is called.
    pub(super) fn call(&mut self, call: &Announcement, now: Instant) -> Called {
        let before = self.calls.get(&call.window);
        let again = before
            .filter(|it| it.number == call.number && now.duration_since(it.at) < DEBOUNCE)
            .map(|it| it.at);
        let face = self.face_of_call(call.number.as_str(), &call.window_name.zh);
        // The window is quiet again so long after it was first called, however often the key bounces.
        let at = again.unwrap_or(now);
        let call_now = Call { number: call.number.clone(), at, seq: call.seq };
        self.calls.insert(call.window.clone(), call_now);
        Called { face, flashes: again.is_none() }
    }

    /// The hall has gone. The board it sends when it is back is the present, even if it counts its events anew.
    pub(super) fn hall_away(&mut self) {
        self.calls.values_mut().for_each(|call| call.seq = Seq(0));
    }

    /// What a window's strip shows by the board; `None` while the board is older than the window's last call.
    pub(super) fn of(&self, window: &WindowId, board: &Board) -> Option<Face> {
        if self.calls.get(window).is_some_and(|call| board.seq < call.seq) {
            return None;
        }
        if let Some(Cell::Call(call)) = board.cells.get(&format!("call/{window}")) {
            return Some(self.of_call(call));
        }
        Some(match board.cells.get(&format!("window/{window}")) {
            Some(Cell::Window(cell)) => self.of_window(cell),
            _ => Face::steady(self.texts.closed.clone(), self.colours.closed.into()),
        })
    }

    fn of_call(&self, call: &CallCell) -> Face {
        self.face_of_call(call.number.as_str(), &call.at.name.zh)
    }

    fn of_window(&self, cell: &WindowCell) -> Face {
        let (text, colour) = match cell.mode {
            WindowMode::Open => (&self.texts.idle, self.colours.idle),
            WindowMode::Paused => (&self.texts.pause, self.colours.pause),
            WindowMode::Closed => (&self.texts.closed, self.colours.closed),
        };
        Face::steady(text.replace("{window}", &cell.at.name.zh), colour.into())
    }

    fn face_of_call(&self, number: &str, window: &str) -> Face {
        let text = self.texts.call.replace("{number}", number).replace("{window}", window);
        Face::steady(text, self.colours.call.into())
    }
}
