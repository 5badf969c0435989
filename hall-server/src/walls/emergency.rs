//! The emergency message: one at a time, on every screen, until a person ends it. Which displays have it on
//! their screens is kept, so that it is known after a restart of the hall too.

use protocol::wall::Emergency;
use protocol::{ClerkId, DisplayId, Label, Timestamp};
use rusqlite::Transaction;

use super::fault::WallsFault;
use super::layouts::fits;
use super::notices::Ended;
use super::service::Walls;
use super::store;
use crate::web::fault::Fault;

/// Characters of an emergency message, in each language: what can be read across a hall.
pub(super) const MOST_CHARS: usize = 120;

/// An emergency message and who is behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Raised {
    pub(super) message: Emergency,
    pub(super) clerk: ClerkId,
    /// Who ended it, and when.
    pub(super) ended: Option<Ended>,
}

/// What somebody wants on every screen.
pub(super) struct Wish {
    /// The message they saw there, if there was one.
    pub(super) seen: Option<u64>,
    pub(super) text: Label,
    pub(super) clerk: ClerkId,
    pub(super) at: Timestamp,
}

impl Walls {
    /// Puts a message on every screen, in the place of the one that was seen there. One that says the same
    /// already stands for another one, so that a repeated request gives the first answer.
    pub(super) async fn raise(&self, wish: Wish) -> Result<(), Fault> {
        let text = in_both_languages(&wish.text)?;
        self.to_the_end(move |walls| async move {
            let shown = walls.state().rows.emergency.clone();
            if shown.as_ref().is_some_and(|it| it.message.text == text) {
                return Ok(());
            }
            if shown.map(|it| it.message.id) != wish.seen {
                return Err(WallsFault::EmergencyChanged.into());
            }
            let raised = Raised {
                message: Emergency { id: 0, text, since: wish.at },
                clerk: wish.clerk.clone(),
                ended: None,
            };
            let replaced = Ended { clerk: wish.clerk, at: wish.at };
            let write = walls.write(move |db| {
                store::end_emergency(db, &replaced)?;
                store::insert_emergency(db, &raised)
            });
            Ok(write.await?)
        })
        .await
    }

    /// Takes the message off every screen; if somebody says which one they saw there, no other.
    pub(super) async fn end_emergency(&self, seen: Option<u64>, ended: Ended) -> Result<(), Fault> {
        self.to_the_end(move |walls| async move {
            let shown = walls.state().rows.emergency.as_ref().map(|it| it.message.id);
            let Some(shown) = shown else { return Ok(()) };
            if seen.is_some_and(|seen| seen != shown) {
                return Err(WallsFault::EmergencyChanged.into());
            }
            Ok(walls.write(move |db| store::end_emergency(db, &ended)).await?)
        })
        .await
    }

    /// A display has the emergency message on its screen.
    pub fn emergency_shown(&self, display: &DisplayId, emergency: u64, at: Timestamp) {
        let mut state = self.state_mut();
        let is_this = state.rows.emergency.as_ref().is_some_and(|it| it.message.id == emergency);
        if !is_this || state.rows.shown.contains_key(display) {
            return;
        }
        state.rows.shown.insert(display.clone(), at);
        drop(state);
        let (walls, display) = (self.clone(), display.clone());
        // No screen changes with it, so nobody is woken.
        tokio::spawn(async move {
            let shown =
                move |db: &Transaction<'_>| store::insert_shown(db, emergency, &display, at);
            let write = walls.0.journal.write_aside(shown).await;
            if let Err(error) = write {
                tracing::warn!(%error, "where the emergency message is shown could not be kept");
            }
        });
    }

    /// Messages that are over, the latest first.
    pub(super) async fn earlier_emergencies(&self, limit: u32) -> Result<Vec<Raised>, Fault> {
        Ok(self.read(move |db| store::over_emergencies(db, limit)).await?)
    }

    /// The message that takes every screen over now, if there is one.
    #[must_use]
    pub fn emergency(&self) -> Option<u64> {
        self.state().rows.emergency.as_ref().map(|it| it.message.id)
    }

    /// Since when a display has the emergency message on its screen.
    #[must_use]
    pub fn emergency_shown_at(&self, display: &DisplayId) -> Option<Timestamp> {
        self.state().rows.shown.get(display).copied()
    }
}

/// A message's words, checked. In a hurry one language is enough: it stands for the other too.
fn in_both_languages(text: &Label) -> Result<Label, Fault> {
    fits(text, MOST_CHARS)?;
    match (text.zh.trim(), text.en.trim()) {
        ("", "") => Err(WallsFault::EmergencyWords.into()),
        (zh, "") => Ok(Label::new(zh, zh)),
        ("", en) => Ok(Label::new(en, en)),
        (zh, en) => Ok(Label::new(zh, en)),
    }
}
