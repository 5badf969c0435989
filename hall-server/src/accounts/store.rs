//! The rows of the table `session`.

use protocol::{ClerkId, Timestamp, WindowId};
use rusqlite::{Connection, Result, Row, Transaction, params};

use super::sessions::{Session, TokenHash};

/// Every session there is.
pub(super) fn all(db: &Connection) -> Result<Vec<(TokenHash, Session)>> {
    let mut rows = db.prepare("SELECT token_hash, clerk, window, began_at FROM session")?;
    let sessions = rows.query_map([], |row| Ok((row.get(0)?, session(row)?)))?;
    sessions.collect()
}

fn session(row: &Row<'_>) -> Result<Session> {
    let clerk: String = row.get(1)?;
    let window: Option<String> = row.get(2)?;
    Ok(Session {
        clerk: ClerkId::from(clerk.as_str()),
        window: window.as_deref().map(WindowId::from),
        began_at: Timestamp(row.get(3)?),
        seen_at: None,
    })
}

pub(super) fn insert(db: &Transaction<'_>, hash: &TokenHash, session: &Session) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO session (token_hash, clerk, window, began_at) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![
        hash,
        session.clerk.as_str(),
        session.window.as_ref().map(WindowId::as_str),
        session.began_at.0,
    ])?;
    Ok(())
}

/// Takes the window from everybody else who was signed in to it.
pub(super) fn leave_window(db: &Transaction<'_>, session: &Session) -> Result<()> {
    let Some(window) = &session.window else { return Ok(()) };
    db.prepare_cached("UPDATE session SET window = NULL WHERE window = ?1 AND clerk <> ?2")?
        .execute(params![window.as_str(), session.clerk.as_str()])?;
    Ok(())
}

pub(super) fn delete(db: &Transaction<'_>, hash: &TokenHash) -> Result<()> {
    db.prepare_cached("DELETE FROM session WHERE token_hash = ?1")?.execute([hash])?;
    Ok(())
}

/// Forgets sessions that began before a time.
pub(super) fn forget_before(db: &Transaction<'_>, time: Timestamp) -> Result<()> {
    db.prepare_cached("DELETE FROM session WHERE began_at <= ?1")?.execute([time.0])?;
    Ok(())
}
