//! What a display is to be, as one socket was told last. Whatever wakes it, it is told only what is new to it.

use std::future::pending;

use axum::extract::ws::Utf8Bytes;
use protocol::DisplayId;
use protocol::live::{ServerMessage, Topic};
use protocol::wall::Screen;
use tokio::sync::watch;

use super::feed::written;
use crate::hall::Hall;

/// The screen of one socket's display; of no display for a socket that watches something else.
pub(super) struct ScreenReader {
    board: Option<Board>,
}

struct Board {
    hall: Hall,
    display: DisplayId,
    changes: watch::Receiver<u64>,
    told: Option<Box<Screen>>,
}

impl ScreenReader {
    /// Nothing has been told yet.
    pub(super) fn of(hall: &Hall, topic: &Topic) -> Self {
        let Topic::Board { display } = topic else { return Self { board: None } };
        let changes = hall.walls().changes();
        let board = Board { hall: hall.clone(), display: display.clone(), changes, told: None };
        Self { board: Some(board) }
    }

    /// The message that says what the display is to be, if that is news.
    pub(super) fn look(&mut self) -> Option<Utf8Bytes> {
        self.board.as_mut().and_then(Board::look)
    }

    /// The next message. Can be given up at any time without losing one.
    pub(super) async fn changed(&mut self) -> Utf8Bytes {
        let Some(board) = &mut self.board else { return pending().await };
        loop {
            if board.changes.changed().await.is_err() {
                // The hall is stopping, which the socket hears elsewhere.
                return pending().await;
            }
            if let Some(text) = board.look() {
                return text;
            }
        }
    }
}

impl Board {
    fn look(&mut self) -> Option<Utf8Bytes> {
        let screen = self.hall.walls().screen(&self.display, self.hall.clock().now())?;
        if self.told.as_deref() == Some(&screen) {
            return None;
        }
        let told = self.told.insert(Box::new(screen));
        Some(written(&ServerMessage::Screen(told.clone())))
    }
}
