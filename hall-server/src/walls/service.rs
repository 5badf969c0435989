//! What each display is to be, answered from memory, which is filled from the journal's file and the media
//! folder. Whatever is written goes through the journal's one writer.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use protocol::wall::{Block, Layout, Media, Screen};
use protocol::{DisplayId, Timestamp};
use rusqlite::{Connection, Transaction};
use tokio::sync::{Mutex, watch};

use super::errands::Errands;
use super::fault::WallsFault;
use super::media::{Folder, Listing};
use super::store::{self, Rows};
use super::ticker;
use crate::clock::Clock;
use crate::config::{Config, DisplayDevice};
use crate::journal::{Journal, JournalError};
use crate::web::fault::Fault;

/// What the displays are to be. Cheap to clone.
#[derive(Clone)]
pub struct Walls(pub(super) Arc<Inner>);

/// What the handle leads to.
pub(super) struct Inner {
    config: Arc<Config>,
    pub(super) journal: Journal,
    clock: Clock,
    folder: Folder,
    state: RwLock<State>,
    /// Held while something is saved, so that of two who edit at once the second hears of the first.
    saving: Mutex<()>,
    /// Rises with every change, so that sockets look again.
    changes: watch::Sender<u64>,
}

/// What holds now.
pub(super) struct State {
    /// What the disk has.
    pub(super) rows: Rows,
    /// Short wishes, forgotten when the hall stops.
    pub(super) errands: Errands,
    /// What the media folder has.
    pub(super) media: Listing,
}

impl Walls {
    /// Remembers what was last saved, looks into the media folder, and from then on watches the time and
    /// the folder for as long as the handle or a clone of it lives.
    ///
    /// # Errors
    /// [`JournalError`] if the journal's file cannot be read.
    pub async fn load(
        journal: &Journal,
        config: Arc<Config>,
        clock: Clock,
    ) -> Result<Self, JournalError> {
        let now = clock.now();
        let rows = journal.read(move |db| store::load(db, now)).await?;
        let folder = Folder::open(config.media_dir.clone());
        let media = folder.look_first();
        let walls = Self(Arc::new(Inner {
            config,
            journal: journal.clone(),
            clock: clock.clone(),
            folder,
            state: RwLock::new(State { rows, errands: Errands::default(), media }),
            saving: Mutex::default(),
            changes: watch::Sender::new(0),
        }));
        tokio::spawn(ticker::watch_time(Arc::downgrade(&walls.0), clock));
        tokio::spawn(ticker::watch_folder(Arc::downgrade(&walls.0)));
        Ok(walls)
    }

    /// What a display is to be at a time; `None` if there is no such display.
    #[must_use]
    pub fn screen(&self, display: &DisplayId, now: Timestamp) -> Option<Screen> {
        let known = self.known(display).ok()?;
        let layout = self.layout(display).ok()?.layout;
        let state = self.state();
        Some(Screen {
            name: known.name.clone(),
            notices: state.rows.notices_on(display, now),
            media: media_of(&layout, &state.media.files),
            emergency: state.rows.emergency.as_ref().map(|it| it.message.clone()),
            identify_until: state.errands.identify_until(display, now),
            restart: state.errands.restart(display, now),
            layout,
        })
    }

    /// Wakes after each change, and when time alone changes something.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.0.changes.subscribe()
    }

    /// Where a file of the media folder is, if it is one that is shown.
    pub(super) fn media_file(&self, name: &str) -> Option<(PathBuf, Media)> {
        let state = self.state();
        let media = state.media.files.iter().find(|it| it.name == name)?;
        Some((self.0.folder.path_of(name), media.clone()))
    }

    pub(super) fn has_media(&self, name: &str) -> bool {
        self.state().media.files.iter().any(|it| it.name == name)
    }

    /// Takes in what the media folder has now.
    pub(super) async fn look_at_folder(&self) {
        let folder = self.0.folder.clone();
        let Ok(media) = tokio::task::spawn_blocking(move || folder.look()).await else { return };
        if self.state().media != media {
            self.state_mut().media = media;
            self.wake();
        }
    }

    /// A display of this hall.
    pub(super) fn known(&self, display: &DisplayId) -> Result<&DisplayDevice, WallsFault> {
        let found = self.0.config.displays.iter().find(|it| it.id == *display);
        found.ok_or(WallsFault::UnknownDisplay)
    }

    pub(super) fn config(&self) -> &Config {
        &self.0.config
    }

    pub(super) fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    /// What holds now; never over an `await`.
    pub(super) fn state(&self) -> RwLockReadGuard<'_, State> {
        self.0.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn state_mut(&self) -> RwLockWriteGuard<'_, State> {
        self.0.state.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets every socket look again.
    pub(super) fn wake(&self) {
        self.0.changes.send_modify(|count| *count += 1);
    }

    /// Saves something, alone and to the end, even if the one who asked hangs up.
    pub(super) async fn to_the_end<T, F>(
        &self,
        save: impl FnOnce(Self) -> F + Send + 'static,
    ) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, Fault>> + Send,
    {
        let walls = self.clone();
        let task = tokio::spawn(async move {
            let _saving = walls.0.saving.lock().await;
            save(walls.clone()).await
        });
        task.await.map_err(|_| Fault::Internal)?
    }

    /// Writes rows. Whatever came of it, what the disk has then is what holds.
    pub(super) async fn write<T: Send + 'static>(
        &self,
        write: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, JournalError> {
        let written = self.0.journal.write_aside(write).await;
        let now = self.now();
        let rows = self.read(move |db| store::load(db, now)).await?;
        let mut state = self.state_mut();
        state.rows = rows.with_shown_of(&state.rows);
        drop(state);
        self.wake();
        written
    }

    pub(super) async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, JournalError> {
        self.0.journal.read(read).await
    }
}

/// The media of a layout, in its order; all there are if it names none, none if it has no place for them.
fn media_of(layout: &Layout, files: &[Media]) -> Vec<Media> {
    if !layout.blocks.contains(&Block::Media) {
        return Vec::new();
    }
    if layout.media.is_empty() {
        return files.to_vec();
    }
    let found = |name: &String| files.iter().find(|it| it.name == *name).cloned();
    layout.media.iter().filter_map(found).collect()
}
