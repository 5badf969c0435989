//! Who visitors are. Personal data is sealed field by field before it reaches the disk, found again by a
//! keyed fingerprint, shown only masked, and erased on schedule. The journal knows a person by 128 random
//! bits and nothing else.

mod details;
mod identity;
mod mask;
mod seal;
pub(crate) mod store;

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use jiff::civil::Date;
use protocol::kiosk::Visitor;
use protocol::{Identity, NoteId, PersonId};

use crate::keys::{Keys, mac, random};
use seal::Sealer;

pub(crate) use details::Details;
pub use identity::VisitorFault;

/// What the hall knows of its visitors.
#[derive(Clone)]
pub struct People {
    sealer: Arc<Sealer>,
    fingerprint_key: [u8; 32],
    known: Arc<RwLock<Known>>,
}

/// What pages show again and again, kept in memory: masked names and remarks.
#[derive(Default)]
struct Known {
    names: HashMap<PersonId, String>,
    notes: HashMap<NoteId, String>,
}

/// A visitor's data, ready for the disk: nothing in it can be read without the hall's key.
#[derive(Clone, Debug)]
pub struct SealedVisitor {
    /// How they made themselves known.
    pub identity: Identity,
    /// The last four digits of the card or phone, for the slip.
    pub last_four: String,
    /// Their birthday, if the card says it. Never stored.
    pub birth: Option<Date>,
    /// A keyed fingerprint of kind and number, to find them again.
    pub(crate) fingerprint: [u8; 32],
    /// The id they get if they are new.
    pub(crate) new_id: PersonId,
    pub(crate) masked_name: Option<String>,
    pub(crate) name: Option<Vec<u8>>,
    pub(crate) number: Vec<u8>,
}

impl People {
    /// With the hall's secret.
    #[must_use]
    pub fn new(keys: &Keys) -> Self {
        Self {
            sealer: Arc::new(Sealer::new(&keys.derive("people"))),
            fingerprint_key: keys.derive("people-fingerprint"),
            known: Arc::default(),
        }
    }

    /// Checks and seals what a visitor said of themselves.
    ///
    /// # Errors
    /// A [`VisitorFault`] if the number cannot be right or the name is none.
    pub fn seal(&self, visitor: &Visitor) -> Result<SealedVisitor, VisitorFault> {
        let (identity, kind, number, name) = match visitor {
            Visitor::Card { name, number } => {
                let number = identity::card_number(number)?;
                (Identity::Card, "card", number, Some(identity::name(name)?))
            }
            Visitor::Phone { number } => {
                (Identity::Phone, "phone", identity::phone_number(number)?, None)
            }
        };
        let new_id = PersonId(u128::from_be_bytes(random()));
        Ok(SealedVisitor {
            identity,
            last_four: number[number.len() - 4..].to_owned(),
            birth: (identity == Identity::Card).then(|| identity::birth(&number)).flatten(),
            fingerprint: mac(&self.fingerprint_key, &[kind.as_bytes(), b":", number.as_bytes()]),
            new_id,
            masked_name: name.as_deref().map(mask::name),
            name: name.map(|name| self.sealer.seal("person.name", &name)),
            number: self.sealer.seal("person.number", &number),
        })
    }

    /// An appointment's code, ready for the disk: its fingerprint, and the code sealed.
    pub(crate) fn seal_code(&self, code: &str) -> ([u8; 32], Vec<u8>) {
        (self.code_fingerprint(code), self.sealer.seal("appointment.code", code))
    }

    /// By what an appointment's code is found again.
    pub(crate) fn code_fingerprint(&self, code: &str) -> [u8; 32] {
        mac(&self.fingerprint_key, &[b"appointment:", code.as_bytes()])
    }

    /// The code of an appointment on file.
    pub(crate) fn open_code(&self, sealed: &[u8]) -> Option<String> {
        self.sealer.open("appointment.code", sealed)
    }

    /// A person's name as anybody may see it: 张*明.
    #[must_use]
    pub fn masked(&self, person: PersonId) -> Option<String> {
        self.read().names.get(&person).cloned()
    }

    /// A new id for a remark.
    #[must_use]
    pub fn new_note(&self) -> NoteId {
        // 53 bits, so that every JSON reader keeps them.
        NoteId(u64::from_be_bytes(random()) >> 11)
    }

    /// A remark of today.
    #[must_use]
    pub fn note(&self, id: NoteId) -> Option<String> {
        self.read().notes.get(&id).cloned()
    }

    pub(crate) fn seal_note(&self, text: &str) -> Vec<u8> {
        self.sealer.seal("note.text", text)
    }

    /// Remembers what has been committed.
    pub(crate) fn remember_name(&self, person: PersonId, masked: Option<String>) {
        if let Some(masked) = masked {
            self.write().names.insert(person, masked);
        }
    }

    pub(crate) fn remember_note(&self, id: NoteId, text: String) {
        self.write().notes.insert(id, text);
    }

    /// Reads back what pages need of today's people and remarks: no more, however many are on file.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub(crate) fn load(
        &self,
        db: &rusqlite::Connection,
        people: impl Iterator<Item = PersonId>,
        notes: impl Iterator<Item = NoteId>,
    ) -> rusqlite::Result<()> {
        let mut known = Known::default();
        for person in people {
            known.names.extend(store::masked_name(db, person)?.map(|name| (person, name)));
        }
        for id in notes {
            let sealed = store::note(db, id)?;
            let text = sealed.and_then(|sealed| self.sealer.open("note.text", &sealed));
            known.notes.extend(text.map(|text| (id, text)));
        }
        *self.write() = known;
        Ok(())
    }

    /// Forgets everything in memory; what is still on file is read again.
    pub(crate) fn forget(&self) {
        *self.write() = Known::default();
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, Known> {
        self.known.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> std::sync::RwLockWriteGuard<'_, Known> {
        self.known.write().unwrap_or_else(PoisonError::into_inner)
    }
}
