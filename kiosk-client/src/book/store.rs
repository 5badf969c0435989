//! Opening the file, its schema, and the tables `document` and `counter`.

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OptionalExtension, Transaction};

use super::BookFault;

/// The file's name in the data directory.
const FILE: &str = "kiosk.db";
/// How long a kiosk that is being stopped may still hold the file.
const BUSY: Duration = Duration::from_secs(3);
/// The schema's versions; each runs once, in a transaction of its own.
const STEPS: [&str; 1] = [include_str!("schema/0001_kiosk.sql")];

/// Opens the file in a directory, makes it at the first start, and brings it up to date.
pub(super) fn open(dir: &Path) -> Result<Connection, BookFault> {
    // Leased numbers have their secrets with them.
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(dir)
        .map_err(|cause| BookFault::NoDirectory { dir: dir.to_owned(), cause })?;
    let file = dir.join(FILE);
    let unusable = |cause: rusqlite::Error| match cause.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy) => BookFault::InUse(file.clone()),
        _ => BookFault::Unusable { file: file.clone(), cause },
    };
    let mut db = Connection::open(&file).map_err(unusable)?;
    prepare(&db).map_err(unusable)?;
    let known = STEPS.len() as u32;
    let version: u32 =
        db.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(unusable)?;
    if version > known {
        return Err(BookFault::Newer { file, version, known });
    }
    migrate(&mut db, version).map_err(unusable)?;
    Ok(db)
}

/// One process has the file to itself; what is deleted is overwritten.
fn prepare(db: &Connection) -> rusqlite::Result<()> {
    db.busy_timeout(BUSY)?;
    db.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update(None, "secure_delete", "ON")
}

fn migrate(db: &mut Connection, version: u32) -> rusqlite::Result<()> {
    for (step, sql) in (1_u32..).zip(STEPS).skip(version as usize) {
        let tx = db.transaction()?;
        tx.execute_batch(sql)?;
        tx.pragma_update(None, "user_version", step)?;
        tx.commit()?;
    }
    Ok(())
}

/// A document as it was last kept.
pub(crate) fn document(tx: &Transaction<'_>, name: &str) -> rusqlite::Result<Option<String>> {
    tx.prepare_cached("SELECT body FROM document WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()
}

/// Keeps a document in place of the one before.
pub(crate) fn keep_document(
    tx: &Transaction<'_>,
    name: &str,
    body: &str,
) -> rusqlite::Result<usize> {
    tx.prepare_cached("INSERT OR REPLACE INTO document (name, body) VALUES (?1, ?2)")?
        .execute([name, body])
}

/// How far a counter has come.
pub(crate) fn counted(tx: &Transaction<'_>, name: &str) -> rusqlite::Result<u64> {
    let count = tx
        .prepare_cached("SELECT count FROM counter WHERE name = ?1")?
        .query_row([name], |row| row.get::<_, i64>(0))
        .optional()?;
    Ok(count.unwrap_or(0).cast_unsigned())
}

/// Counts one more.
pub(crate) fn count(tx: &Transaction<'_>, name: &str) -> rusqlite::Result<usize> {
    tx.prepare_cached(
        "INSERT INTO counter (name, count) VALUES (?1, 1)
         ON CONFLICT (name) DO UPDATE SET count = count + 1",
    )?
    .execute([name])
}

/// Begins to count again.
pub(crate) fn restart_counter(tx: &Transaction<'_>, name: &str) -> rusqlite::Result<usize> {
    tx.prepare_cached("DELETE FROM counter WHERE name = ?1")?.execute([name])
}
