//! The rows of the tables `wall_layout`, `wall_notice`, `wall_emergency` and `wall_emergency_shown`.

use std::collections::BTreeMap;

use protocol::wall::{Emergency, Notice};
use protocol::{ClerkId, DisplayId, Timestamp};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Result, Row, Transaction, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::emergency::Raised;
use super::layouts::{Kept, Saved};
use super::notices::{Ended, Posted};

/// What holds now, as the disk has it.
#[derive(Default)]
pub(super) struct Rows {
    /// The newest layout of each display that has one.
    pub(super) layouts: BTreeMap<DisplayId, Kept>,
    /// Notices that are not over, the newest first.
    pub(super) notices: Vec<Posted>,
    /// The emergency message that is shown.
    pub(super) emergency: Option<Raised>,
    /// Where it is shown, and since when.
    pub(super) shown: BTreeMap<DisplayId, Timestamp>,
}

impl Rows {
    /// The same, with what displays have said of the emergency message meanwhile, which is on its way to the
    /// disk.
    pub(super) fn with_shown_of(mut self, before: &Self) -> Self {
        let id = |rows: &Self| rows.emergency.as_ref().map(|it| it.message.id);
        if id(&self) == id(before) {
            for (display, at) in &before.shown {
                self.shown.entry(display.clone()).or_insert(*at);
            }
        }
        self
    }
}

/// Everything that holds at a time.
pub(super) fn load(db: &Connection, now: Timestamp) -> Result<Rows> {
    let emergency = emergency_in_force(db)?;
    let shown = match &emergency {
        Some(raised) => shown_on(db, raised.message.id)?,
        None => BTreeMap::new(),
    };
    Ok(Rows { layouts: newest_layouts(db)?, notices: open_notices(db, now)?, emergency, shown })
}

fn newest_layouts(db: &Connection) -> Result<BTreeMap<DisplayId, Kept>> {
    let mut rows = db.prepare_cached(
        "SELECT revision, layout, clerk, saved_at, display FROM wall_layout AS it
         WHERE revision = (SELECT max(revision) FROM wall_layout WHERE display = it.display)",
    )?;
    let found = rows.query_map([], |row| Ok((display(row, 4)?, kept(row)?)))?;
    found.collect()
}

/// One revision of a display's layout.
pub(super) fn revision(
    db: &Connection,
    display: &DisplayId,
    revision: u64,
) -> Result<Option<Kept>> {
    db.prepare_cached(
        "SELECT revision, layout, clerk, saved_at FROM wall_layout
         WHERE display = ?1 AND revision = ?2",
    )?
    .query_row(params![display.as_str(), revision.cast_signed()], kept)
    .optional()
}

/// The revisions of a display's layout, the newest first.
pub(super) fn revisions(db: &Connection, display: &DisplayId, limit: u32) -> Result<Vec<Kept>> {
    let mut rows = db.prepare_cached(
        "SELECT revision, layout, clerk, saved_at FROM wall_layout
         WHERE display = ?1 ORDER BY revision DESC LIMIT ?2",
    )?;
    let found = rows.query_map(params![display.as_str(), limit], kept)?;
    found.collect()
}

fn kept(row: &Row<'_>) -> Result<Kept> {
    let saved = Saved { clerk: clerk(row, 2)?, at: Timestamp(row.get(3)?) };
    Ok(Kept { revision: id(row, 0)?, layout: json(row, 1)?, saved: Some(saved) })
}

/// Writes a revision that somebody saved.
pub(super) fn insert_layout(db: &Transaction<'_>, display: &DisplayId, kept: &Kept) -> Result<()> {
    let by = kept.saved.as_ref();
    db.prepare_cached(
        "INSERT INTO wall_layout (display, revision, layout, clerk, saved_at)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        display.as_str(),
        kept.revision.cast_signed(),
        written(&kept.layout)?,
        by.map(|it| it.clerk.as_str()),
        by.map(|it| it.at.0),
    ])?;
    Ok(())
}

const NOTICE: &str = "SELECT id, title, text, displays, from_at, until_at, clerk, posted_at,
                      ended_by, ended_at FROM wall_notice";

fn open_notices(db: &Connection, now: Timestamp) -> Result<Vec<Posted>> {
    let mut rows = db.prepare_cached(&format!(
        "{NOTICE} WHERE ended_at IS NULL AND (until_at IS NULL OR until_at > ?1)
         ORDER BY from_at DESC, id DESC"
    ))?;
    let found = rows.query_map([now.0], posted)?;
    found.collect()
}

/// Notices that are over, the latest first.
pub(super) fn over_notices(db: &Connection, now: Timestamp, limit: u32) -> Result<Vec<Posted>> {
    let mut rows = db.prepare_cached(&format!(
        "{NOTICE} WHERE ended_at IS NOT NULL OR until_at <= ?1
         ORDER BY coalesce(ended_at, until_at) DESC, id DESC LIMIT ?2"
    ))?;
    let found = rows.query_map(params![now.0, limit], posted)?;
    found.collect()
}

/// One notice.
pub(super) fn notice(db: &Connection, id: u64) -> Result<Option<Posted>> {
    db.prepare_cached(&format!("{NOTICE} WHERE id = ?1"))?
        .query_row([id.cast_signed()], posted)
        .optional()
}

fn posted(row: &Row<'_>) -> Result<Posted> {
    Ok(Posted {
        notice: Notice { id: id(row, 0)?, title: json(row, 1)?, text: json(row, 2)? },
        displays: json(row, 3)?,
        from: Timestamp(row.get(4)?),
        until: row.get::<_, Option<i64>>(5)?.map(Timestamp),
        clerk: clerk(row, 6)?,
        posted_at: Timestamp(row.get(7)?),
        ended: ended(row, 8)?,
    })
}

/// Writes a notice; gives its id.
pub(super) fn insert_notice(db: &Transaction<'_>, posted: &Posted) -> Result<u64> {
    db.prepare_cached(
        "INSERT INTO wall_notice (title, text, displays, from_at, until_at, clerk, posted_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        written(&posted.notice.title)?,
        written(&posted.notice.text)?,
        written(&posted.displays)?,
        posted.from.0,
        posted.until.map(|it| it.0),
        posted.clerk.as_str(),
        posted.posted_at.0,
    ])?;
    Ok(db.last_insert_rowid().cast_unsigned())
}

/// Ends a notice that nobody has ended.
pub(super) fn end_notice(db: &Transaction<'_>, id: u64, ended: &Ended) -> Result<()> {
    db.prepare_cached(
        "UPDATE wall_notice SET ended_by = ?2, ended_at = ?3 WHERE id = ?1 AND ended_at IS NULL",
    )?
    .execute(params![id.cast_signed(), ended.clerk.as_str(), ended.at.0])?;
    Ok(())
}

const EMERGENCY: &str = "SELECT id, text, clerk, raised_at, ended_by, ended_at FROM wall_emergency";

fn emergency_in_force(db: &Connection) -> Result<Option<Raised>> {
    db.prepare_cached(&format!("{EMERGENCY} WHERE ended_at IS NULL"))?
        .query_row([], raised)
        .optional()
}

/// Emergency messages that are over, the latest first.
pub(super) fn over_emergencies(db: &Connection, limit: u32) -> Result<Vec<Raised>> {
    let mut rows = db.prepare_cached(&format!(
        "{EMERGENCY} WHERE ended_at IS NOT NULL ORDER BY id DESC LIMIT ?1"
    ))?;
    let found = rows.query_map([limit], raised)?;
    found.collect()
}

fn raised(row: &Row<'_>) -> Result<Raised> {
    let since = Timestamp(row.get(3)?);
    Ok(Raised {
        message: Emergency { id: id(row, 0)?, text: json(row, 1)?, since },
        clerk: clerk(row, 2)?,
        ended: ended(row, 4)?,
    })
}

/// Writes an emergency message. One that is shown must have been ended before.
pub(super) fn insert_emergency(db: &Transaction<'_>, raised: &Raised) -> Result<()> {
    db.prepare_cached("INSERT INTO wall_emergency (text, clerk, raised_at) VALUES (?1, ?2, ?3)")?
        .execute(params![
        written(&raised.message.text)?,
        raised.clerk.as_str(),
        raised.message.since.0
    ])?;
    Ok(())
}

/// Ends the emergency message that is shown, if one is.
pub(super) fn end_emergency(db: &Transaction<'_>, ended: &Ended) -> Result<()> {
    db.prepare_cached(
        "UPDATE wall_emergency SET ended_by = ?1, ended_at = ?2 WHERE ended_at IS NULL",
    )?
    .execute(params![ended.clerk.as_str(), ended.at.0])?;
    Ok(())
}

fn shown_on(db: &Connection, emergency: u64) -> Result<BTreeMap<DisplayId, Timestamp>> {
    let mut rows = db.prepare_cached(
        "SELECT display, shown_at FROM wall_emergency_shown WHERE emergency = ?1",
    )?;
    let found = rows.query_map([emergency.cast_signed()], |row| {
        Ok((display(row, 0)?, Timestamp(row.get(1)?)))
    })?;
    found.collect()
}

/// A display has an emergency message on its screen; the first time counts.
pub(super) fn insert_shown(
    db: &Transaction<'_>,
    emergency: u64,
    display: &DisplayId,
    at: Timestamp,
) -> Result<()> {
    db.prepare_cached(
        "INSERT OR IGNORE INTO wall_emergency_shown (emergency, display, shown_at)
         VALUES (?1, ?2, ?3)",
    )?
    .execute(params![emergency.cast_signed(), display.as_str(), at.0])?;
    Ok(())
}

fn id(row: &Row<'_>, column: usize) -> Result<u64> {
    Ok(row.get::<_, i64>(column)?.cast_unsigned())
}

fn display(row: &Row<'_>, column: usize) -> Result<DisplayId> {
    Ok(DisplayId::from(row.get::<_, String>(column)?.as_str()))
}

fn clerk(row: &Row<'_>, column: usize) -> Result<ClerkId> {
    Ok(ClerkId::from(row.get::<_, String>(column)?.as_str()))
}

/// Who ended something, and in the next column when; `None` if nobody has.
fn ended(row: &Row<'_>, column: usize) -> Result<Option<Ended>> {
    let Some(by) = row.get::<_, Option<String>>(column)? else { return Ok(None) };
    Ok(Some(Ended { clerk: ClerkId::from(by.as_str()), at: Timestamp(row.get(column + 1)?) }))
}

fn json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, Type::Text, error.into())
    })
}

fn written(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

#[cfg(test)]
mod tests {
    use protocol::Label;

    use super::*;

    fn rows(emergency: u64, shown: &[&str]) -> Rows {
        let (text, since) = (Label::new("Leave", "Leave"), Timestamp(0));
        let message = Emergency { id: emergency, text, since };
        let raised = Raised { message, clerk: "m1".into(), ended: None };
        let shown = shown.iter().map(|id| (DisplayId::from(*id), Timestamp(1))).collect();
        Rows { emergency: Some(raised), shown, ..Rows::default() }
    }

    #[test]
    fn what_a_display_said_while_something_was_saved_is_not_forgotten() {
        let known =
            |rows: Rows| rows.shown.into_keys().map(|it| it.to_string()).collect::<Vec<_>>();
        let of_this = rows(1, &["a"]).with_shown_of(&rows(1, &["a", "b"]));
        assert_eq!(known(of_this), ["a", "b"]);
        let of_another = rows(2, &[]).with_shown_of(&rows(1, &["a", "b"]));
        assert_eq!(known(of_another), [""; 0], "it showed the message before");
    }
}
