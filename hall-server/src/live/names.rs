//! What views look up beside the day: masked names, remarks, clerks' names.

use protocol::{ClerkId, Label, NoteId, PersonId};

use super::views::{Names, View};
use crate::config::Config;
use crate::hall::Rooms;
use crate::people::People;

/// The names a hall knows.
#[derive(Clone, Copy)]
pub(super) struct KnownNames<'a> {
    pub(super) people: &'a People,
    pub(super) config: &'a Config,
}

impl Names for KnownNames<'_> {
    fn masked(&self, person: PersonId) -> Option<String> {
        self.people.masked(person)
    }

    fn note(&self, note: NoteId) -> Option<String> {
        self.people.note(note)
    }

    fn clerk(&self, clerk: &ClerkId) -> Option<Label> {
        let member = self.config.staff.iter().find(|member| member.id == *clerk)?;
        Some(member.name.clone())
    }

    fn time_zone(&self) -> &str {
        self.config.time_zone.iana_name().unwrap_or("UTC")
    }
}

impl Rooms {
    /// Looks at the day as it is now. The day is locked meanwhile: never look over an `await`.
    pub(crate) fn look<T>(&self, see: impl FnOnce(&View<'_>) -> T) -> T {
        let names = KnownNames { people: &self.people, config: &self.config };
        let day = self.journal.day();
        see(&View { day: &day, now: self.clock.now(), names: &names })
    }
}
