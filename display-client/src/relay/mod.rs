//! The middle: it holds the last board and screen and how fresh they are, and passes what the hall says to
//! every page and every output, in order. Whoever joins gets what stands and everything after it, nothing
//! twice, nothing missed.

mod fresh;
mod known;
#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, MutexGuard};

use protocol::live::{ClientMessage, ServerMessage};
use protocol::wall::Screen;
use protocol::{Label, Seq};
use tokio::sync::{broadcast, mpsc, watch};

use crate::board::Board;
use crate::outputs::{Clock, News};
use known::Known;

/// Messages a slow page may be behind before it gets a fresh snapshot instead.
const PAGE_QUEUE: usize = 256;
/// The same for outputs.
const OUTPUT_QUEUE: usize = 256;
/// Acknowledgements kept for the hall while it is away; later ones are dropped.
const UPWARD_QUEUE: usize = 256;

/// A message as it goes to pages: serialised once.
pub(crate) type Text = Arc<str>;

/// What a display knew when it stopped.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kept {
    /// The last board.
    pub(crate) board: Option<Board>,
    /// What the display is to be.
    pub(crate) screen: Option<Screen>,
}

/// What pages, outputs and the connection to the hall share.
pub(crate) struct Relay {
    known: Mutex<Known>,
    to_pages: broadcast::Sender<Text>,
    to_outputs: broadcast::Sender<News>,
    screen: watch::Sender<Option<Arc<Screen>>>,
    upward: mpsc::Sender<ClientMessage>,
    pages: watch::Sender<u32>,
}

/// A page that is open, for as long as this lives.
pub(crate) struct OpenPage(Arc<Relay>);

impl Drop for OpenPage {
    fn drop(&mut self) {
        self.0.pages.send_modify(|pages| *pages = pages.saturating_sub(1));
    }
}

impl Relay {
    /// A relay that begins with what the last run knew. The other half hands out what pages and outputs have
    /// to say to the hall.
    pub(crate) fn new(kept: Kept) -> (Arc<Self>, mpsc::Receiver<ClientMessage>) {
        let (upward, acknowledgements) = mpsc::channel(UPWARD_QUEUE);
        let screen = watch::Sender::new(kept.screen.map(Arc::new));
        let relay = Self {
            known: Mutex::new(Known::new(kept.board)),
            to_pages: broadcast::Sender::new(PAGE_QUEUE),
            to_outputs: broadcast::Sender::new(OUTPUT_QUEUE),
            screen,
            upward,
            pages: watch::Sender::new(0),
        };
        (Arc::new(relay), acknowledgements)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        // Whoever panicked left a whole board behind: it is replaced in one step.
        self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// The last board.
    pub(crate) fn board(&self) -> Option<Arc<Board>> {
        self.known().board.clone()
    }

    /// The last event of the board.
    pub(crate) fn seen(&self) -> Option<Seq> {
        self.known().board.as_ref().map(|board| board.seq)
    }

    /// The hall's name, if it was ever heard.
    pub(crate) fn hall_name(&self) -> Option<Label> {
        self.known().board.as_ref().and_then(|board| board.hall_name())
    }

    /// What the display is to be, now and whenever it changes.
    pub(crate) fn screen(&self) -> watch::Receiver<Option<Arc<Screen>>> {
        self.screen.subscribe()
    }

    /// How many pages are open, now and whenever it changes.
    pub(crate) fn pages(&self) -> watch::Receiver<u32> {
        self.pages.subscribe()
    }

    /// Counts a page for as long as the answer lives.
    pub(crate) fn open_page(self: &Arc<Self>) -> OpenPage {
        self.pages.send_modify(|pages| *pages += 1);
        OpenPage(self.clone())
    }

    /// The hall's time, as well as anybody here can know it.
    pub(crate) fn clock(self: &Arc<Self>) -> Clock {
        let relay = self.clone();
        Clock(Arc::new(move || relay.known().hall_time()))
    }

    /// The hall has said something: remembers it and passes it on as it came.
    pub(crate) fn heard(&self, message: &ServerMessage, text: &str) {
        let mut known = self.known();
        let news = known.learn(message);
        if let ServerMessage::Screen(screen) = message {
            self.screen.send_replace(Some(Arc::new(Screen::clone(screen))));
        }
        if matches!(
            message,
            ServerMessage::Snapshot { .. }
                | ServerMessage::Delta { .. }
                | ServerMessage::Announce(_)
                | ServerMessage::Screen(_)
        ) {
            // Nobody listening is no fault: a wall may have no page open.
            let _ = self.to_pages.send(text.into());
        }
        for news in news {
            let _ = self.to_outputs.send(news);
        }
    }

    /// The hall is away: says so to every page and output.
    pub(crate) fn silent(&self) {
        if let Some(since) = self.known().fall_silent() {
            let _ = self.to_pages.send(serialise(&ServerMessage::Stale { since }));
            let _ = self.to_outputs.send(News::HallAway);
        }
    }

    /// What a page that joins now must be told first, and everything after it.
    pub(crate) fn join(&self) -> (Vec<Text>, broadcast::Receiver<Text>) {
        let known = self.known();
        let screen = self.screen.borrow().clone();
        let screen = screen.map(|it| ServerMessage::Screen(Box::new(Screen::clone(&it))));
        let board = known.board.as_ref().map(|board| board.snapshot(known.hall_time()));
        let first = screen.into_iter().chain(board).chain([known.pulse()]);
        (first.map(|message| serialise(&message)).collect(), self.to_pages.subscribe())
    }

    /// What outputs hear.
    pub(crate) fn news(&self) -> broadcast::Receiver<News> {
        self.to_outputs.subscribe()
    }

    /// Tells the outputs what is known, for one that has just begun; to the others it is no news. The hall counts
    /// as away until it says something.
    pub(crate) fn tell_what_is_known(&self) {
        let known = self.known();
        let screen = self.screen.borrow().clone().map(News::Screen);
        for news in screen.into_iter().chain(known.present()) {
            let _ = self.to_outputs.send(news);
        }
    }

    /// A sign of life for pages: the hall's time, or since when there is none.
    pub(crate) fn pulse(&self) -> Text {
        serialise(&self.known().pulse())
    }

    /// Passes what a page or an output says to the hall.
    pub(crate) fn upward(&self, message: ClientMessage) {
        if self.upward.try_send(message).is_err() {
            tracing::warn!("too many acknowledgements wait for the hall; one is dropped");
        }
    }
}

pub(crate) fn serialise<T: serde::Serialize>(message: &T) -> Text {
    serde_json::to_string(message).expect("live messages are plain data with text keys").into()
}
