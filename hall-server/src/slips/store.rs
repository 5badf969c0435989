//! The rows of the table `slip_template`.

use protocol::{ClerkId, Timestamp};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Result, Row, Transaction, params};
use slip::Template;

use super::service::Kept;

/// Who saved a revision, and when.
pub(super) struct Saved {
    pub(super) revision: u64,
    pub(super) clerk: ClerkId,
    pub(super) at: Timestamp,
}

/// The newest revision, if any was ever saved.
pub(super) fn newest(db: &Connection) -> Result<Option<Kept>> {
    db.prepare_cached(
        "SELECT revision, template FROM slip_template ORDER BY revision DESC LIMIT 1",
    )?
    .query_row([], kept)
    .optional()
}

/// One revision.
pub(super) fn revision(db: &Connection, revision: u64) -> Result<Option<Kept>> {
    db.prepare_cached("SELECT revision, template FROM slip_template WHERE revision = ?1")?
        .query_row([revision.cast_signed()], kept)
        .optional()
}

fn kept(row: &Row<'_>) -> Result<Kept> {
    let text: String = row.get(1)?;
    let template: Template = serde_json::from_str(&text)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(1, Type::Text, error.into()))?;
    Ok(Kept { revision: row.get::<_, i64>(0)?.cast_unsigned(), template })
}

/// Who saved what when, the newest first.
pub(super) fn history(db: &Connection, limit: u32) -> Result<Vec<Saved>> {
    let mut rows = db.prepare_cached(
        "SELECT revision, clerk, saved_at FROM slip_template ORDER BY revision DESC LIMIT ?1",
    )?;
    let saved = rows.query_map([limit], |row| {
        let clerk: String = row.get(1)?;
        Ok(Saved {
            revision: row.get::<_, i64>(0)?.cast_unsigned(),
            clerk: ClerkId::from(clerk.as_str()),
            at: Timestamp(row.get(2)?),
        })
    })?;
    saved.collect()
}

pub(super) fn insert(
    db: &Transaction<'_>,
    kept: &Kept,
    clerk: &ClerkId,
    at: Timestamp,
) -> Result<()> {
    let text = serde_json::to_string(&kept.template)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
    db.prepare_cached(
        "INSERT INTO slip_template (revision, template, clerk, saved_at) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![kept.revision.cast_signed(), text, clerk.as_str(), at.0])?;
    Ok(())
}
