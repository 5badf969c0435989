//! The tables `lease_request`, `leased_number` and `offline_ticket`: numbers in stock, and tickets that
//! were given while the hall was away.

use std::collections::BTreeMap;

use protocol::kiosk::{LeaseGranted, LeasedNumber};
use protocol::{Number, SeriesId, TicketId, Timestamp};
use rusqlite::{OptionalExtension, Row, Transaction, params};

/// A ticket that was given while the hall was away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OfflineTicket {
    /// Its place in the book; 0 before it has one.
    pub(crate) id: i64,
    /// Its id from the lease.
    pub(crate) ticket: TicketId,
    /// Its number, for the log.
    pub(crate) number: Number,
    /// When it was taken.
    pub(crate) taken_at: Timestamp,
    /// What was given, sealed.
    pub(crate) sealed: Vec<u8>,
}

/// A request for numbers that was sent and has no answer, or a new one under `key`.
pub(crate) fn request(
    tx: &Transaction<'_>,
    series: &SeriesId,
    date: &str,
    key: &str,
    count: u32,
) -> rusqlite::Result<(String, u32)> {
    tx.prepare_cached(
        "INSERT OR IGNORE INTO lease_request (series, date, key, count) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![series.as_str(), date, key, count])?;
    tx.prepare_cached("SELECT key, count FROM lease_request WHERE series = ?1")?
        .query_row([series.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// A request for numbers was answered with a no.
pub(crate) fn end_request(tx: &Transaction<'_>, series: &SeriesId) -> rusqlite::Result<usize> {
    tx.prepare_cached("DELETE FROM lease_request WHERE series = ?1")?.execute([series.as_str()])
}

/// Puts numbers in stock and ends their request.
pub(crate) fn stock(tx: &Transaction<'_>, granted: &LeaseGranted) -> rusqlite::Result<()> {
    end_request(tx, &granted.series)?;
    let mut insert = tx.prepare_cached(
        "INSERT OR IGNORE INTO leased_number (ticket, series, date, number, token, url)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for leased in &granted.tickets {
        insert.execute(params![
            leased.ticket.0.cast_signed(),
            granted.series.as_str(),
            granted.date,
            leased.number.as_str(),
            leased.token,
            leased.url,
        ])?;
    }
    Ok(())
}

/// How many numbers of a day are left in each series.
pub(crate) fn left(tx: &Transaction<'_>, date: &str) -> rusqlite::Result<BTreeMap<SeriesId, u32>> {
    tx.prepare_cached("SELECT series, count(*) FROM leased_number WHERE date = ?1 GROUP BY series")?
        .query_map([date], |row| Ok((row.get::<_, String>(0)?.as_str().into(), row.get(1)?)))?
        .collect()
}

/// Takes the next number of a series out of stock.
pub(crate) fn take_number(
    tx: &Transaction<'_>,
    series: &SeriesId,
    date: &str,
) -> rusqlite::Result<Option<LeasedNumber>> {
    tx.prepare_cached(
        "DELETE FROM leased_number WHERE ticket = (
             SELECT min(ticket) FROM leased_number WHERE series = ?1 AND date = ?2
         ) RETURNING ticket, number, token, url",
    )?
    .query_row(params![series.as_str(), date], |row| {
        Ok(LeasedNumber {
            ticket: ticket_in(row, 0)?,
            number: row.get::<_, String>(1)?.as_str().into(),
            token: row.get(2)?,
            url: row.get(3)?,
        })
    })
    .optional()
}

/// Keeps a ticket that was given.
pub(crate) fn keep(
    tx: &Transaction<'_>,
    date: &str,
    given: &OfflineTicket,
) -> rusqlite::Result<usize> {
    tx.prepare_cached(
        "INSERT INTO offline_ticket (ticket, date, number, taken_at, sealed)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        given.ticket.0.cast_signed(),
        date,
        given.number.as_str(),
        given.taken_at.0,
        given.sealed,
    ])
}

/// The tickets to be handed in, in order of time.
pub(crate) fn to_hand_in(tx: &Transaction<'_>) -> rusqlite::Result<Vec<OfflineTicket>> {
    tx.prepare_cached(
        "SELECT id, ticket, number, taken_at, sealed FROM offline_ticket
         WHERE refused IS NULL AND sealed IS NOT NULL ORDER BY taken_at, id",
    )?
    .query_map([], |row| {
        Ok(OfflineTicket {
            id: row.get(0)?,
            ticket: ticket_in(row, 1)?,
            number: row.get::<_, String>(2)?.as_str().into(),
            taken_at: Timestamp(row.get(3)?),
            sealed: row.get(4)?,
        })
    })?
    .collect()
}

/// What was given with a ticket that is not handed in, sealed.
pub(crate) fn sealed(tx: &Transaction<'_>, ticket: TicketId) -> rusqlite::Result<Option<Vec<u8>>> {
    tx.prepare_cached(
        "SELECT sealed FROM offline_ticket WHERE ticket = ?1 AND sealed IS NOT NULL
         ORDER BY id DESC LIMIT 1",
    )?
    .query_row([ticket.0.cast_signed()], |row| row.get(0))
    .optional()
}

/// Tickets were handed in: nothing of them stays.
pub(crate) fn handed_in(tx: &Transaction<'_>, ids: &[i64]) -> rusqlite::Result<()> {
    let mut delete = tx.prepare_cached("DELETE FROM offline_ticket WHERE id = ?1")?;
    ids.iter().try_for_each(|id| delete.execute([id]).map(drop))
}

/// The hall will never take a ticket: it is kept for staff, with the code of the refusal.
pub(crate) fn refuse(tx: &Transaction<'_>, id: i64, code: &str) -> rusqlite::Result<usize> {
    tx.prepare_cached("UPDATE offline_ticket SET refused = ?2 WHERE id = ?1")?
        .execute(params![id, code])
}

/// How many tickets are not handed in, the refused ones among them, and when the last was taken.
pub(crate) fn unsent(tx: &Transaction<'_>) -> rusqlite::Result<(u32, Option<Timestamp>)> {
    tx.prepare_cached(
        "SELECT count(*), max(taken_at) FROM offline_ticket WHERE sealed IS NOT NULL",
    )?
    .query_row([], |row| Ok((row.get(0)?, row.get::<_, Option<i64>>(1)?.map(Timestamp))))
}

/// A new day: numbers of other days are worth nothing, and of tickets that were refused then nothing
/// personal stays.
pub(crate) fn begin_day(tx: &Transaction<'_>, date: &str) -> rusqlite::Result<()> {
    tx.execute("DELETE FROM leased_number WHERE date <> ?1", [date])?;
    tx.execute("DELETE FROM lease_request WHERE date <> ?1", [date])?;
    tx.execute(
        "UPDATE offline_ticket SET sealed = NULL WHERE date <> ?1 AND refused IS NOT NULL",
        [date],
    )?;
    Ok(())
}

fn ticket_in(row: &Row<'_>, column: usize) -> rusqlite::Result<TicketId> {
    Ok(TicketId(row.get::<_, i64>(column)?.cast_unsigned()))
}
