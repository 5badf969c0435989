//! What a slip and the rules need to know of somebody on file; nothing of it is kept in memory.

use jiff::civil::Date;
use protocol::PersonId;

use super::{People, identity, store};
use crate::hall::Rooms;
use crate::journal::JournalError;

/// What is known of a person. Nothing, once they are erased.
#[derive(Debug, Default)]
pub(crate) struct Details {
    /// The last four digits of the card or phone.
    pub(crate) last_four: Option<String>,
    /// The birthday, if a card says it.
    pub(crate) birth: Option<Date>,
    /// The name, masked.
    pub(crate) masked_name: Option<String>,
}

impl Rooms {
    /// Looks a person up.
    pub(crate) async fn details_of(&self, person: PersonId) -> Result<Details, JournalError> {
        let people = self.people.clone();
        self.journal.read(move |db| people.details(db, person)).await
    }
}

impl People {
    fn details(&self, db: &rusqlite::Connection, id: PersonId) -> rusqlite::Result<Details> {
        let sealed = store::number(db, id)?;
        let number = sealed.and_then(|sealed| self.sealer.open("person.number", &sealed));
        let masked_name = store::masked_name(db, id)?;
        // Whoever has a name was known by a card.
        let card = number.as_deref().filter(|_| masked_name.is_some());
        Ok(Details {
            birth: card.and_then(identity::birth),
            last_four: number
                .as_deref()
                .and_then(|it| it.get(it.len().saturating_sub(4)..))
                .map(str::to_owned),
            masked_name,
        })
    }
}
