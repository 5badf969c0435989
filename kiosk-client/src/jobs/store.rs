//! The table `slip_job`: what became of every slip.

use protocol::{Number, TicketId, Timestamp};
use rusqlite::{Row, Transaction, params};

/// How far a slip has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Its ticket is certain; the printer has nothing of it.
    Queued,
    /// The printer may have some of it.
    Sent,
    /// It was printed and cut.
    Printed,
    /// It was not printed and never will be.
    Failed,
    /// Nobody knows.
    Doubtful,
}

impl State {
    fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Printed => "printed",
            Self::Failed => "failed",
            Self::Doubtful => "doubtful",
        }
    }
}

/// A slip to be printed.
#[derive(Clone, Debug)]
pub(crate) struct NewSlip {
    /// Of which ticket.
    pub(crate) ticket: TicketId,
    /// Its number, for the log.
    pub(crate) number: Number,
    /// Whether the ticket had one before.
    pub(crate) again: bool,
    /// What it says, sealed.
    pub(crate) sealed: Vec<u8>,
}

/// A slip that was not finished when the kiosk stopped.
#[derive(Clone, Debug)]
pub(crate) struct Unfinished {
    /// Which job.
    pub(crate) id: i64,
    /// Of which ticket.
    pub(crate) ticket: TicketId,
    /// Its number, for the log.
    pub(crate) number: Number,
    /// Whether the printer may have some of it.
    pub(crate) sent: bool,
    /// When it was queued.
    pub(crate) at: Timestamp,
    /// What it says, sealed.
    pub(crate) sealed: Vec<u8>,
}

/// Queues a slip and says which job it is.
pub(crate) fn queue(tx: &Transaction<'_>, slip: &NewSlip, now: Timestamp) -> rusqlite::Result<i64> {
    tx.prepare_cached(
        "INSERT INTO slip_job (ticket, number, again, state, at, sealed)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        slip.ticket.0.cast_signed(),
        slip.number.as_str(),
        slip.again,
        State::Queued.name(),
        now.0,
        slip.sealed,
    ])?;
    Ok(tx.last_insert_rowid())
}

/// The job of a ticket's first slip, while it waits to be printed.
pub(crate) fn queued(tx: &Transaction<'_>, ticket: TicketId) -> rusqlite::Result<Option<i64>> {
    tx.prepare_cached(
        "SELECT max(id) FROM slip_job WHERE ticket = ?1 AND again = 0 AND state = 'queued'",
    )?
    .query_row([ticket.0.cast_signed()], |row| row.get(0))
}

/// Notes how far a job has come. One that has come to its end forgets what it says.
pub(crate) fn set_state(tx: &Transaction<'_>, id: i64, state: State) -> rusqlite::Result<usize> {
    let ended = !matches!(state, State::Queued | State::Sent);
    tx.prepare_cached(
        "UPDATE slip_job SET state = ?2, sealed = CASE WHEN ?3 THEN NULL ELSE sealed END
         WHERE id = ?1",
    )?
    .execute(params![id, state.name(), ended])
}

/// The jobs that have not come to an end, the newest last.
pub(crate) fn unfinished(tx: &Transaction<'_>) -> rusqlite::Result<Vec<Unfinished>> {
    tx.prepare_cached(
        "SELECT id, ticket, number, state = 'sent', at, sealed FROM slip_job
         WHERE state IN ('queued', 'sent') ORDER BY id",
    )?
    .query_map([], unfinished_of)?
    .collect()
}

fn unfinished_of(row: &Row<'_>) -> rusqlite::Result<Unfinished> {
    Ok(Unfinished {
        id: row.get(0)?,
        ticket: TicketId(row.get::<_, i64>(1)?.cast_unsigned()),
        number: row.get::<_, String>(2)?.as_str().into(),
        sent: row.get(3)?,
        at: Timestamp(row.get(4)?),
        sealed: row.get::<_, Option<Vec<u8>>>(5)?.unwrap_or_default(),
    })
}

/// Forgets jobs of long ago.
pub(crate) fn forget_before(tx: &Transaction<'_>, time: Timestamp) -> rusqlite::Result<usize> {
    tx.execute("DELETE FROM slip_job WHERE at < ?1", [time.0])
}
