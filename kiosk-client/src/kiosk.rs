//! The kiosk's middle: it gives events to the flow one at a time and has the effects that come out carried
//! out (`effects`), each of which ends in another event. Everything the rooms around it share is here.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use jiff::tz::TimeZone;
use protocol::kiosk::Menu;
use protocol::{Language, Timestamp};
use tokio::sync::{Notify, watch};
use tokio::task::{AbortHandle, JoinSet};

use crate::book::Book;
use crate::book::store::keep_document;
use crate::clock::Clock;
use crate::config::Config;
use crate::devices::{Bench, Devices};
use crate::flow::{Act, Event, Flow};
use crate::hall::{HallClient, SlipTemplate};
use crate::health::Health;
use crate::watchdog::Screen;

/// The menu's name among the book's documents.
pub(crate) const MENU: &str = "menu";
/// The slip's layout among the book's documents.
pub(crate) const TEMPLATE: &str = "slip-template";
/// The clock's correction in milliseconds among the book's documents.
pub(crate) const CORRECTION: &str = "clock-correction";

/// The running kiosk; clones are the same one.
#[derive(Clone)]
pub(crate) struct Kiosk {
    inner: Arc<Inner>,
}

/// What a kiosk is put together from.
pub(crate) struct Parts {
    pub(crate) flow: Flow,
    pub(crate) hall: HallClient,
    pub(crate) devices: Devices,
    pub(crate) book: Book,
    pub(crate) clock: Clock,
    pub(crate) template: SlipTemplate,
    pub(crate) config: Config,
}

struct Inner {
    flow: Mutex<Flow>,
    /// Held while an event and what comes of it are seen to, so that effects begin in the order of their events.
    turn: Mutex<()>,
    hall: HallClient,
    devices: Devices,
    book: Book,
    clock: Clock,
    template: Mutex<Arc<SlipTemplate>>,
    config: Config,
    health: Health,
    screen: Screen,
    waiting_for_card: Mutex<Option<AbortHandle>>,
    /// Everything that was begun and is not done; `None` once the kiosk has stopped.
    work: Mutex<Option<JoinSet<()>>>,
    changes: watch::Sender<u64>,
    nudge: Notify,
}

impl Kiosk {
    pub(crate) fn new(parts: Parts) -> Self {
        let Parts { flow, hall, devices, book, clock, template, config } = parts;
        Self {
            inner: Arc::new(Inner {
                flow: Mutex::new(flow),
                turn: Mutex::new(()),
                hall,
                health: Health::new(&devices),
                devices,
                book,
                clock,
                template: Mutex::new(Arc::new(template)),
                config,
                screen: Screen::new(Instant::now()),
                waiting_for_card: Mutex::default(),
                work: Mutex::new(Some(JoinSet::new())),
                changes: watch::Sender::new(0),
                nudge: Notify::new(),
            }),
        }
    }

    pub(crate) fn hall(&self) -> &HallClient {
        &self.inner.hall
    }

    pub(crate) fn devices(&self) -> &Devices {
        &self.inner.devices
    }

    pub(crate) fn bench(&self) -> &Bench {
        &self.inner.devices.bench
    }

    pub(crate) fn book(&self) -> &Book {
        &self.inner.book
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.inner.clock
    }

    pub(crate) fn config(&self) -> &Config {
        &self.inner.config
    }

    pub(crate) fn health(&self) -> &Health {
        &self.inner.health
    }

    /// Who watches the browser.
    pub(crate) fn watched_screen(&self) -> Screen {
        self.inner.screen.clone()
    }

    /// The page says that it is there.
    pub(crate) fn page_heard(&self) {
        self.inner.screen.heard(Instant::now());
    }

    /// Where the pictures of the slides are.
    pub(crate) fn media_dir(&self) -> Option<&Path> {
        self.config().screen.media_dir.as_deref()
    }

    pub(crate) fn language(&self) -> Language {
        self.flow().language()
    }

    /// The flow as it stands; never held while anything is waited for.
    pub(crate) fn flow(&self) -> MutexGuard<'_, Flow> {
        locked(&self.inner.flow)
    }

    /// What there is to choose, as last heard.
    pub(crate) fn menu(&self) -> Option<Menu> {
        self.flow().menu().cloned()
    }

    /// Whether nobody is here.
    pub(crate) fn is_idle(&self) -> bool {
        self.flow().screen().is_idle()
    }

    /// Counts the changes a page should show.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.inner.changes.subscribe()
    }

    pub(crate) fn act(&self, act: Act) {
        self.happen(Event::Act(act));
    }

    /// Gives one event to the flow and starts what comes of it.
    pub(crate) fn happen(&self, event: Event) {
        let _turn = locked(&self.inner.turn);
        let (effects, revision) = {
            let mut flow = self.flow();
            (flow.step(event, Instant::now()), flow.revision())
        };
        self.inner.changes.send_if_modified(|last| std::mem::replace(last, revision) != revision);
        for effect in effects {
            self.carry_out(effect);
        }
    }

    /// Starts work whose end comes back as an event. A kiosk that has stopped starts nothing.
    pub(crate) fn spawn(
        &self,
        work: impl Future<Output = ()> + Send + 'static,
    ) -> Option<AbortHandle> {
        let mut begun = locked(&self.inner.work);
        let begun = begun.as_mut()?;
        while begun.try_join_next().is_some() {}
        Some(begun.spawn(work))
    }

    /// Stops at once and lets go of everything, whatever is going on; the next start settles it.
    pub(crate) fn halt(&self) {
        drop(locked(&self.inner.work).take());
        self.inner.book.close();
    }

    /// Remembers who waits for a card, in place of whoever did before.
    pub(crate) fn wait_for_card_in(&self, task: Option<AbortHandle>) {
        if let Some(before) = std::mem::replace(&mut *locked(&self.inner.waiting_for_card), task) {
            before.abort();
        }
    }

    /// There is something to be handed in, or fewer numbers than there should be.
    pub(crate) fn nudge(&self) {
        self.inner.nudge.notify_one();
    }

    /// Wakes after a nudge.
    pub(crate) async fn nudged(&self) {
        self.inner.nudge.notified().await;
    }

    /// The hall's zone; this machine's own until the hall has said.
    pub(crate) fn time_zone(&self) -> TimeZone {
        let name = self.flow().menu().map(|menu| menu.time_zone.clone());
        name.and_then(|name| TimeZone::get(&name).ok()).unwrap_or_else(TimeZone::system)
    }

    /// The business day it is by the kiosk's corrected clock.
    pub(crate) fn today(&self) -> String {
        self.clock().date_in(&self.time_zone())
    }

    /// The hall says what time it is.
    pub(crate) async fn hall_says_time(&self, at: Timestamp) {
        let Some(correction) = self.clock().correct(at) else { return };
        let kept =
            self.book().write(move |tx| keep_document(tx, CORRECTION, &correction.to_string()));
        if let Err(fault) = kept.await {
            tracing::error!(%fault, "the clock's correction cannot be kept");
        }
    }

    /// The slip's layout.
    pub(crate) fn template(&self) -> Arc<SlipTemplate> {
        locked(&self.inner.template).clone()
    }

    /// From now on slips look like this.
    pub(crate) fn set_template(&self, template: SlipTemplate) {
        *locked(&self.inner.template) = Arc::new(template);
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
