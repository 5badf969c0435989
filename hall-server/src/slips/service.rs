//! The layout in force, and saving another one. Lookups are answered from memory, which is filled from the
//! journal's file.

use std::sync::{Arc, PoisonError, RwLock};

use protocol::{ClerkId, Timestamp};
use slip::{Template, What};
use tokio::sync::Mutex;

use super::fault::SlipsFault;
use super::store;
use crate::hall::Hall;
use crate::journal::{Journal, JournalError};
use crate::web::fault::Fault;

/// Characters of a text of the hall's own, in each language.
pub(super) const MOST_TEXT_CHARS: usize = 120;

/// A revision of the layout. Revision 0 is the one every hall begins with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Which.
    pub revision: u64,
    /// What it is.
    pub template: Template,
}

/// The layout in force.
#[derive(Debug)]
pub struct SlipTemplates {
    newest: RwLock<Arc<Kept>>,
    /// Held while one is saved, so that of two who edit at once the second hears of the first.
    saving: Mutex<()>,
}

/// What somebody wants to be the layout.
pub(super) struct Edit {
    /// The revision they began from.
    pub(super) seen: u64,
    pub(super) template: Template,
    pub(super) clerk: ClerkId,
    pub(super) at: Timestamp,
}

impl SlipTemplates {
    /// Remembers what was last saved.
    ///
    /// # Errors
    /// [`JournalError`] if the file cannot be read.
    pub async fn load(journal: &Journal) -> Result<Self, JournalError> {
        let newest = journal.read(store::newest).await?.unwrap_or_default();
        Ok(Self { newest: RwLock::new(Arc::new(newest)), saving: Mutex::default() })
    }

    /// The layout in force.
    #[must_use]
    pub fn newest(&self) -> Arc<Kept> {
        Arc::clone(&self.newest.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Makes a layout the one in force. One that is in force already is not saved again, so that a
    /// repeated request gives the first answer.
    async fn save(&self, journal: &Journal, edit: Edit) -> Result<Arc<Kept>, Fault> {
        let _saving = self.saving.lock().await;
        let newest = self.newest();
        if newest.template == edit.template {
            return Ok(newest);
        }
        if newest.revision != edit.seen {
            return Err(SlipsFault::Changed { newest: newest.revision }.into());
        }
        let next = Kept { revision: newest.revision + 1, template: edit.template };
        let written =
            journal.write_aside(move |db| store::insert(db, &next, &edit.clerk, edit.at)).await;
        // Whatever came of it, what the disk has is what holds.
        let newest = Arc::new(journal.read(store::newest).await?.unwrap_or_default());
        *self.newest.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&newest);
        written?;
        Ok(newest)
    }
}

/// Saves a layout, to the end even if the one who asked hangs up.
pub(super) async fn save(hall: &Hall, edit: Edit) -> Result<Arc<Kept>, Fault> {
    check(&edit.template)?;
    let hall = hall.clone();
    let task = tokio::spawn(async move { hall.slip_templates().save(hall.journal(), edit).await });
    task.await.map_err(|_| Fault::Internal)?
}

/// Checks that a layout can be printed.
pub(super) fn check(template: &Template) -> Result<(), Fault> {
    template.check().map_err(SlipsFault::from)?;
    let texts = template.parts.iter().filter(|part| part.what == What::Text);
    let too_long = |text: &str| text.chars().count() > MOST_TEXT_CHARS;
    if texts.filter_map(|part| part.text.as_ref()).any(|it| too_long(&it.zh) || too_long(&it.en)) {
        return Err(Fault::TextTooLong { limit: MOST_TEXT_CHARS });
    }
    Ok(())
}

/// A revision by its number.
pub(super) async fn revision(hall: &Hall, revision: u64) -> Result<Kept, Fault> {
    if revision == 0 {
        return Ok(Kept::default());
    }
    let found = hall.journal().read(move |db| store::revision(db, revision)).await?;
    Ok(found.ok_or(SlipsFault::UnknownRevision)?)
}
