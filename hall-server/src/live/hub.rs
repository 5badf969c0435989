//! The hub's handle: where sockets find their feed, and everybody else what the displays have said.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hall_core::Window;
use protocol::live::{Announcement, Output, ShownOn};
use protocol::{DisplayId, Label, WindowId};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot, watch};

use super::acks::{Acknowledged, Acks, Displays, Place};
use super::feed::SharedFeed;
use super::keeper::Keeper;
use super::subject::Subject;
use crate::clock::Clock;
use crate::config::{Config, DisplayDevice};
use crate::devices::{Presence, Standing};
use crate::journal::Journal;
use crate::people::People;
use crate::walls::Walls;

/// Requests to the keeper that may wait; whoever comes then waits too.
const PENDING_REQUESTS: usize = 1_024;

/// What the hub reads from.
pub(super) struct Sources {
    pub(super) journal: Journal,
    pub(super) config: Arc<Config>,
    pub(super) people: People,
    pub(super) clock: Clock,
    pub(super) presence: Arc<Presence>,
}

/// The live hub. Cheap to clone.
#[derive(Clone)]
pub struct Hub(Arc<Inner>);

struct Inner {
    requests: mpsc::Sender<Request>,
    desk: Arc<Desk>,
    sockets: Arc<Semaphore>,
    stopping: watch::Sender<bool>,
}

/// What the handle and the keeper both look at: the machines and what they said.
pub(super) struct Desk {
    config: Arc<Config>,
    presence: Arc<Presence>,
    walls: Walls,
    acks: Mutex<Acks>,
}

/// What the keeper is asked for.
pub(super) enum Request {
    /// A feed, up to date and from now on kept so.
    Watch(Subject, oneshot::Sender<Watched>),
    /// A display has said something about this window's call.
    Acknowledged(WindowId),
}

/// A feed and what wakes its reader. While the receiver lives, the feed is kept up to date.
pub(super) struct Watched {
    pub(super) feed: Arc<SharedFeed>,
    pub(super) news: watch::Receiver<()>,
}

impl Hub {
    /// Starts to follow the journal, until [`Hub::stop`].
    #[must_use]
    pub fn start(
        journal: Journal,
        config: Arc<Config>,
        people: People,
        clock: Clock,
        presence: Arc<Presence>,
        walls: Walls,
    ) -> Self {
        let (requests, inbox) = mpsc::channel(PENDING_REQUESTS);
        let (stopping, stop) = watch::channel(false);
        let desk = Arc::new(Desk {
            config: Arc::clone(&config),
            presence: Arc::clone(&presence),
            walls,
            acks: Mutex::default(),
        });
        let sockets = Arc::new(Semaphore::new(config.limits.live_sockets));
        let sources = Sources { journal, config, people, clock, presence };
        tokio::spawn(Keeper::new(sources, Arc::clone(&desk)).run(inbox, stop));
        Self(Arc::new(Inner { requests, desk, sockets, stopping }))
    }

    /// Says goodbye to every socket and stops following the journal.
    pub fn stop(&self) {
        self.0.stopping.send_replace(true);
    }

    /// The displays that are connected.
    #[must_use]
    pub fn connected_displays(&self) -> BTreeSet<DisplayId> {
        let displays = self.0.desk.config.displays.iter().map(|display| &display.id);
        displays.filter(|id| self.0.desk.presence.is_connected(id)).cloned().collect()
    }

    /// Where a window's present call has been given out.
    pub(crate) fn shown_on(&self, window: &Window) -> Option<ShownOn> {
        self.0.desk.shown_on(window)
    }

    /// A place for one more socket, if there is one.
    pub(super) fn admit(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.0.sockets).try_acquire_owned().ok()
    }

    /// Turns true when the hub stops.
    pub(super) fn stopping(&self) -> watch::Receiver<bool> {
        self.0.stopping.subscribe()
    }

    /// The feed of a subject; `None` if the hub has stopped.
    pub(super) async fn watch(&self, subject: Subject) -> Option<Watched> {
        let (reply, answer) = oneshot::channel();
        self.0.requests.send(Request::Watch(subject, reply)).await.ok()?;
        answer.await.ok()
    }

    /// A display has given a call out.
    pub(super) async fn acknowledge(&self, ack: Acknowledged<'_>, now: protocol::Timestamp) {
        let window = self.0.desk.acks().acknowledge(&ack, now);
        if let Some(window) = window {
            // A hub that has stopped has nobody left to tell.
            let _ = self.0.requests.send(Request::Acknowledged(window)).await;
        }
    }
}

impl Desk {
    pub(super) fn acks(&self) -> MutexGuard<'_, Acks> {
        self.acks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where a window's present call has been given out.
    pub(super) fn shown_on(&self, window: &Window) -> Option<ShownOn> {
        let current = window.work.current?;
        self.acks().shown_on(&window.id, current, self)
    }

    /// Finds out who should give a call out: what is here to do so, or was here and has gone.
    pub(super) fn expect(&self, call: &Announcement) {
        let displays = self.config.displays.iter().filter(|it| is_shown_by(it, call));
        let places = displays.flat_map(|display| {
            let outputs = self.presence.outputs_for(&display.id, call).into_iter();
            outputs.map(|output| (output, display.id.clone()))
        });
        let places = places.filter(|place| self.has_call(place, call)).collect();
        self.acks().expect(call, places);
    }

    /// Whether a place has the call at all.
    fn has_call(&self, (output, display): &Place, call: &Announcement) -> bool {
        *output != Output::Shown || self.walls.shows_calls_of(display, &call.window)
    }
}

/// Whether a display is told of a call.
fn is_shown_by(display: &DisplayDevice, call: &Announcement) -> bool {
    display.zones.is_empty() || display.zones.contains(&call.zone)
}

impl Displays for Desk {
    fn name(&self, display: &DisplayId) -> Label {
        let known = self.config.displays.iter().find(|it| it.id == *display);
        known.map_or_else(|| Label::new(display.as_str(), display.as_str()), |it| it.name.clone())
    }

    fn standing(&self, (output, display): &Place, call: &Announcement) -> Standing {
        self.presence.standing(display, *output, call)
    }
}
