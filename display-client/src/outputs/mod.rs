//! What voices, strips, lamps and keypads share: what they hear of the hall and how they answer. The screen's
//! page has a connection of its own (`socket`).

mod bench;
mod crew;

use std::fmt;
use std::sync::Arc;

use protocol::live::{Announcement, Output};
use protocol::wall::{OutputReport, OutputState, Screen};
use protocol::{Seq, Timestamp, WindowId};
use tokio::sync::{broadcast, mpsc, watch};

use crate::board::Board;
use crate::hall::Hall;

pub(crate) use bench::{Bench, Device, Look, Picture};
pub(crate) use crew::Crew;

/// What an output hears, in the hall's order.
#[derive(Clone, Debug)]
pub(crate) enum News {
    /// Somebody is called, now: what was old when it arrived is left out, and nothing comes twice.
    Call(Arc<Announcement>),
    /// The board has changed; the whole of it.
    Board(Arc<Board>),
    /// The display is to be something else; the whole of it.
    Screen(Arc<Screen>),
    /// The hall has gone; what was heard last still stands. It is back with the next `Board`.
    HallAway,
}

/// What an output tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// It has given a call out, by the hall's clock.
    GivenOut { announcement: Seq, output: Output, at: Timestamp },
    /// How it is; the last word of each output and name counts.
    Report(OutputReport),
}

/// An output's place in the display.
pub(crate) struct Post {
    /// What it hears. One that falls behind goes on with the present.
    pub(crate) news: broadcast::Receiver<News>,
    /// Where it answers.
    pub(crate) told: mpsc::Sender<Told>,
    /// The hall's time, as well as anybody here knows it.
    pub(crate) clock: Clock,
    /// The hall, for keys that act there.
    pub(crate) hall: Hall,
    /// Where it puts its simulated device, if that is what it has.
    pub(crate) bench: Bench,
    /// Turns true when the display stops.
    pub(crate) stop: watch::Receiver<bool>,
}

/// The hall's time.
#[derive(Clone)]
pub(crate) struct Clock(pub(crate) Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// Now.
    pub(crate) fn now(&self) -> Timestamp {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Clock({:?})", self.now())
    }
}

/// How a keypad bus or a button is. They give no calls out, so nothing else is ever told of them.
pub(crate) fn report_of_keys(
    name: &str,
    address: &str,
    windows: Vec<WindowId>,
    fault: Option<String>,
    clock: &Clock,
) -> OutputReport {
    OutputReport {
        output: Output::Keys,
        name: name.to_owned(),
        address: address.to_owned(),
        state: if fault.is_none() { OutputState::Ready } else { OutputState::Faulty },
        fault,
        since: clock.now(),
        windows,
        zones: Vec::new(),
        by_light: false,
    }
}
