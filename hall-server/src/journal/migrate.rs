//! The schema's versions. Each file runs once, in a transaction of its own; a newer file than this program
//! knows is refused, because it may hold what this program would not keep.

use anyhow::{Context, ensure};
use rusqlite::Connection;

const STEPS: [&str; 6] = [
    include_str!("schema/0001_journal.sql"),
    include_str!("schema/0002_sessions.sql"),
    include_str!("schema/0003_slips.sql"),
    include_str!("schema/0004_given_up.sql"),
    include_str!("schema/0005_appointments.sql"),
    include_str!("schema/0006_walls.sql"),
];

/// Brings the schema up to date.
pub(super) fn migrate(db: &mut Connection) -> anyhow::Result<()> {
    let version: u32 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    ensure!(
        version as usize <= STEPS.len(),
        "this journal is of schema {version}, but this program knows only {}; start the newer program \
         that wrote it",
        STEPS.len()
    );
    for (step, sql) in (1_u32..).zip(STEPS).skip(version as usize) {
        let tx = db.transaction()?;
        tx.execute_batch(sql).with_context(|| format!("schema step {step}"))?;
        tx.pragma_update(None, "user_version", step)?;
        tx.commit()?;
    }
    Ok(())
}
