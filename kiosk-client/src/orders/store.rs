//! The table `pending_order`: online orders that were sent and have no answer yet.

use protocol::Timestamp;
use rusqlite::{Transaction, params};

/// An order is about to be sent; sent again it is the same one.
pub(crate) fn begin(tx: &Transaction<'_>, key: &str, now: Timestamp) -> rusqlite::Result<usize> {
    tx.prepare_cached(
        "INSERT OR REPLACE INTO pending_order (key, at, given_up) VALUES (?1, ?2, 0)",
    )?
    .execute(params![key, now.0])
}

/// Whether an order was sent and has no answer.
pub(crate) fn is_pending(tx: &Transaction<'_>, key: &str) -> rusqlite::Result<bool> {
    tx.prepare_cached("SELECT 1 FROM pending_order WHERE key = ?1")?.exists([key])
}

/// An order was answered or settled.
pub(crate) fn end(tx: &Transaction<'_>, key: &str) -> rusqlite::Result<usize> {
    tx.prepare_cached("DELETE FROM pending_order WHERE key = ?1")?.execute([key])
}

/// Nobody waits for an order's answer any more: the hall is to be told.
pub(crate) fn give_up(tx: &Transaction<'_>, key: &str, now: Timestamp) -> rusqlite::Result<usize> {
    tx.prepare_cached(
        "INSERT OR REPLACE INTO pending_order (key, at, given_up) VALUES (?1, ?2, 1)",
    )?
    .execute(params![key, now.0])
}

/// After a start nobody waits for anything.
pub(crate) fn give_up_all(tx: &Transaction<'_>) -> rusqlite::Result<usize> {
    tx.execute("UPDATE pending_order SET given_up = 1", [])
}

/// The orders that were given up, in order of time.
pub(crate) fn given_up(tx: &Transaction<'_>) -> rusqlite::Result<Vec<String>> {
    tx.prepare_cached("SELECT key FROM pending_order WHERE given_up = 1 ORDER BY at, key")?
        .query_map([], |row| row.get(0))?
        .collect()
}
