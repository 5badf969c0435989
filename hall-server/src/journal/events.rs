//! The table `event`: all its SQL.

use hall_core::{EVENT_VERSION, Event};
use protocol::{Seq, TicketId, Timestamp};
use rusqlite::{Connection, Params, Row, Transaction};

use super::order::{Actor, Recorded};

/// Writes an event down.
pub(super) fn append(tx: &Transaction<'_>, recorded: &Recorded) -> rusqlite::Result<()> {
    let ticket = recorded.event.tickets().first().map(|ticket| ticket.0.cast_signed());
    tx.prepare_cached(
        "INSERT INTO event (seq, at, version, actor, ticket, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute((
        recorded.seq.0.cast_signed(),
        recorded.at.0,
        EVENT_VERSION,
        json(&recorded.by),
        ticket,
        json(&recorded.event),
    ))?;
    Ok(())
}

/// At most `limit` events after one, oldest first.
pub(super) fn after(db: &Connection, seq: Seq, limit: u32) -> rusqlite::Result<Vec<Recorded>> {
    select(db, "WHERE seq > ?1 ORDER BY seq LIMIT ?2", (seq.0.cast_signed(), limit))
}

/// The events from one to another, both included.
pub(super) fn between(db: &Connection, first: Seq, last: Seq) -> rusqlite::Result<Vec<Recorded>> {
    let range = (first.0.cast_signed(), last.0.cast_signed());
    select(db, "WHERE seq BETWEEN ?1 AND ?2 ORDER BY seq", range)
}

/// Everything that happened to a ticket.
pub(super) fn of_ticket(db: &Connection, ticket: TicketId) -> rusqlite::Result<Vec<Recorded>> {
    select(db, "WHERE ticket = ?1 ORDER BY seq", [ticket.0.cast_signed()])
}

fn select(db: &Connection, clause: &str, params: impl Params) -> rusqlite::Result<Vec<Recorded>> {
    db.prepare_cached(&format!("SELECT seq, at, actor, body FROM event {clause}"))?
        .query_map(params, recorded)?
        .collect()
}

fn recorded(row: &Row<'_>) -> rusqlite::Result<Recorded> {
    Ok(Recorded {
        seq: Seq(row.get::<_, i64>(0)?.cast_unsigned()),
        at: Timestamp(row.get(1)?),
        by: parse::<Actor>(row, 2)?,
        event: parse::<Event>(row, 3)?,
    })
}

fn parse<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str()?;
    serde_json::from_str(text).map_err(|error| {
        let kind = rusqlite::types::Type::Text;
        rusqlite::Error::FromSqlConversionFailure(column, kind, Box::new(error))
    })
}

/// JSON of a value whose keys are all texts, which therefore always has one.
pub(super) fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("the journal's types have a JSON form")
}
