//! The tables `person` and `note`: all their SQL.

use protocol::{NoteId, PersonId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::SealedVisitor;

/// The id of somebody who has been here before.
pub(crate) fn find(db: &Connection, visitor: &SealedVisitor) -> rusqlite::Result<Option<PersonId>> {
    db.prepare_cached("SELECT id FROM person WHERE fingerprint = ?1")?
        .query_row([&visitor.fingerprint[..]], |row| person_id(row.get(0)?))
        .optional()
}

/// Writes somebody down, or that they came again.
pub(crate) fn save(
    tx: &Transaction<'_>,
    id: PersonId,
    visitor: &SealedVisitor,
    now: Timestamp,
) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "INSERT INTO person (id, fingerprint, masked_name, name, number, seen_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at,
             masked_name = coalesce(excluded.masked_name, masked_name)",
    )?
    .execute(params![
        &id.0.to_be_bytes()[..],
        &visitor.fingerprint[..],
        visitor.masked_name,
        visitor.name,
        visitor.number,
        now.0,
    ])?;
    Ok(())
}

/// Writes somebody down under the id they have, or the new one.
pub(crate) fn keep(
    tx: &Transaction<'_>,
    visitor: &SealedVisitor,
    now: Timestamp,
) -> rusqlite::Result<PersonId> {
    let id = find(tx, visitor)?.unwrap_or(visitor.new_id);
    save(tx, id, visitor, now)?;
    Ok(id)
}

/// Writes a remark down.
pub(crate) fn save_note(
    tx: &Transaction<'_>,
    id: NoteId,
    sealed: &[u8],
    now: Timestamp,
) -> rusqlite::Result<()> {
    tx.prepare_cached("INSERT OR IGNORE INTO note (id, text, written_at) VALUES (?1, ?2, ?3)")?
        .execute(params![id.0.cast_signed(), sealed, now.0])?;
    Ok(())
}

/// Erases everybody not seen and every remark not written since a time.
pub(crate) fn erase_before(tx: &Transaction<'_>, time: Timestamp) -> rusqlite::Result<usize> {
    let people = tx.execute("DELETE FROM person WHERE seen_at < ?1", [time.0])?;
    let notes = tx.execute("DELETE FROM note WHERE written_at < ?1", [time.0])?;
    Ok(people + notes)
}

/// The masked name of somebody on file.
pub(crate) fn masked_name(db: &Connection, id: PersonId) -> rusqlite::Result<Option<String>> {
    db.prepare_cached("SELECT masked_name FROM person WHERE id = ?1")?
        .query_row([&id.0.to_be_bytes()[..]], |row| row.get(0))
        .optional()
        .map(Option::flatten)
}

/// The sealed number of somebody on file.
pub(super) fn number(db: &Connection, id: PersonId) -> rusqlite::Result<Option<Vec<u8>>> {
    db.prepare_cached("SELECT number FROM person WHERE id = ?1")?
        .query_row([&id.0.to_be_bytes()[..]], |row| row.get(0))
        .optional()
}

/// A sealed remark on file.
pub(super) fn note(db: &Connection, id: NoteId) -> rusqlite::Result<Option<Vec<u8>>> {
    db.prepare_cached("SELECT text FROM note WHERE id = ?1")?
        .query_row([id.0.cast_signed()], |row| row.get(0))
        .optional()
}

/// An id as it is kept.
pub(crate) fn person_id(bytes: Vec<u8>) -> rusqlite::Result<PersonId> {
    let length = bytes.len();
    let bytes: [u8; 16] = bytes.try_into().map_err(|_| {
        let text = format!("a person id of {length} bytes");
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Blob, text.into())
    })?;
    Ok(PersonId(u128::from_be_bytes(bytes)))
}
