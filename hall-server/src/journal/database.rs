//! Opening the file. Only the bundled SQLite is used, and only the writer checkpoints: older versions can
//! corrupt a WAL when two connections do.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, ensure};
use rusqlite::{Connection, OpenFlags};

/// The first SQLite without the WAL-reset bug: 3.51.3.
const OLDEST_SQLITE: i32 = 3_051_003;
/// Statements kept prepared on each connection.
const CACHED_STATEMENTS: usize = 64;
/// How long a reader waits for a checkpoint.
const BUSY: Duration = Duration::from_secs(5);

/// The one connection that writes.
pub(super) fn open_writer(file: &Path) -> anyhow::Result<Connection> {
    ensure!(
        rusqlite::version_number() >= OLDEST_SQLITE,
        "SQLite {} can corrupt a journal; build with the bundled one",
        rusqlite::version()
    );
    let db = Connection::open(file).with_context(|| format!("cannot open {}", file.display()))?;
    db.busy_timeout(BUSY)?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update(None, "foreign_keys", "ON")?;
    db.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
    Ok(db)
}

/// A connection that can only read and never checkpoints.
pub(super) fn open_reader(file: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(file, flags)?;
    db.busy_timeout(BUSY)?;
    db.pragma_update(None, "query_only", "ON")?;
    db.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
    Ok(db)
}
