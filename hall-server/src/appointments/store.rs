//! The table `appointment`: all its SQL.

use hall_core::Slot;
use protocol::{AppointmentId, Identity, PersonId, ServiceId, TicketId, Timestamp};
use rusqlite::{Connection, Params, Row, Transaction, params};

use super::AppointmentFault;
use crate::people::store::person_id;

/// An appointment as it is kept.
pub(super) struct Kept {
    pub(super) id: AppointmentId,
    /// Its code, sealed.
    pub(super) code: Vec<u8>,
    pub(super) services: Vec<ServiceId>,
    pub(super) slot: Slot,
    pub(super) person: Option<PersonId>,
    /// How its visitor made themselves known.
    pub(super) identity: Identity,
    pub(super) cancelled: bool,
    /// The ticket of who has come.
    pub(super) ticket: Option<TicketId>,
}

/// What is written of an appointment.
pub(super) struct Promise {
    pub(super) fingerprint: [u8; 32],
    pub(super) code: Vec<u8>,
    pub(super) services: Vec<ServiceId>,
    pub(super) slot: Slot,
    pub(super) person: Option<PersonId>,
    pub(super) identity: Identity,
}

/// Whether an appointment can be checked in.
pub(crate) fn is_open(
    tx: &Transaction<'_>,
    id: AppointmentId,
) -> rusqlite::Result<Result<(), AppointmentFault>> {
    Ok(by_id(tx, id)?.ok_or(AppointmentFault::Unknown).and_then(|kept| kept.open()))
}

/// Who it is for has come.
pub(crate) fn check_in(
    tx: &Transaction<'_>,
    id: AppointmentId,
    ticket: TicketId,
) -> rusqlite::Result<()> {
    tx.prepare_cached("UPDATE appointment SET ticket = ?2 WHERE id = ?1")?
        .execute((id.0.cast_signed(), ticket.0.cast_signed()))?;
    Ok(())
}

/// The ticket of an appointment was never handed out: it can be checked in again.
pub(crate) fn free(tx: &Transaction<'_>, ticket: TicketId) -> rusqlite::Result<()> {
    tx.prepare_cached("UPDATE appointment SET ticket = NULL WHERE ticket = ?1")?
        .execute([ticket.0.cast_signed()])?;
    Ok(())
}

/// Erases what ended before a time.
pub(crate) fn erase_before(tx: &Transaction<'_>, time: Timestamp) -> rusqlite::Result<()> {
    tx.execute("DELETE FROM appointment WHERE ends_at < ?1", [time.0])?;
    Ok(())
}

/// Writes an appointment down; one of the same code is changed, and is no longer cancelled.
pub(super) fn save(tx: &Transaction<'_>, promise: &Promise) -> rusqlite::Result<AppointmentId> {
    tx.prepare_cached(
        "INSERT INTO appointment (code_fingerprint, code, services, starts_at, ends_at, person,
             identity, cancelled)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, FALSE)
         ON CONFLICT (code_fingerprint) DO UPDATE SET code = excluded.code,
             services = excluded.services, starts_at = excluded.starts_at,
             ends_at = excluded.ends_at, person = excluded.person, identity = excluded.identity,
             cancelled = FALSE
         RETURNING id",
    )?
    .query_row(
        params![
            &promise.fingerprint[..],
            promise.code,
            json(&promise.services),
            promise.slot.start.0,
            promise.slot.end.0,
            promise.person.map(|person| person.0.to_be_bytes().to_vec()),
            json(&promise.identity),
        ],
        |row| id(row, 0),
    )
}

/// Cancels an appointment.
pub(super) fn cancel(tx: &Transaction<'_>, id: AppointmentId) -> rusqlite::Result<()> {
    tx.prepare_cached("UPDATE appointment SET cancelled = TRUE WHERE id = ?1")?
        .execute([id.0.cast_signed()])?;
    Ok(())
}

pub(super) fn by_id(db: &Connection, id: AppointmentId) -> rusqlite::Result<Option<Kept>> {
    Ok(select(db, "WHERE id = ?1", [id.0.cast_signed()])?.pop())
}

pub(super) fn by_code(db: &Connection, fingerprint: &[u8]) -> rusqlite::Result<Option<Kept>> {
    Ok(select(db, "WHERE code_fingerprint = ?1", [fingerprint])?.pop())
}

/// Those of a person that begin in a stretch of time.
pub(super) fn of_person(
    db: &Connection,
    person: PersonId,
    (from, to): (Timestamp, Timestamp),
) -> rusqlite::Result<Vec<Kept>> {
    let clause = "WHERE person = ?1 AND starts_at >= ?2 AND starts_at < ?3 ORDER BY starts_at, id";
    select(db, clause, params![&person.0.to_be_bytes()[..], from.0, to.0])
}

/// Those that begin in a stretch of time.
pub(super) fn between(
    db: &Connection,
    (from, to): (Timestamp, Timestamp),
) -> rusqlite::Result<Vec<Kept>> {
    select(db, "WHERE starts_at >= ?1 AND starts_at < ?2 ORDER BY starts_at, id", (from.0, to.0))
}

fn select(db: &Connection, clause: &str, params: impl Params) -> rusqlite::Result<Vec<Kept>> {
    db.prepare_cached(&format!(
        "SELECT id, code, services, starts_at, ends_at, person, identity, cancelled, ticket
         FROM appointment {clause}"
    ))?
    .query_map(params, kept)?
    .collect()
}

fn kept(row: &Row<'_>) -> rusqlite::Result<Kept> {
    Ok(Kept {
        id: id(row, 0)?,
        code: row.get(1)?,
        services: parse(row, 2)?,
        slot: Slot { start: Timestamp(row.get(3)?), end: Timestamp(row.get(4)?) },
        person: row.get::<_, Option<Vec<u8>>>(5)?.map(person_id).transpose()?,
        identity: parse(row, 6)?,
        cancelled: row.get(7)?,
        ticket: row.get::<_, Option<i64>>(8)?.map(|id| TicketId(id.cast_unsigned())),
    })
}

impl Kept {
    /// That nobody has checked in for it and it was not cancelled.
    pub(super) fn open(&self) -> Result<(), AppointmentFault> {
        match self {
            Self { ticket: Some(_), .. } => Err(AppointmentFault::CheckedIn),
            Self { cancelled: true, .. } => Err(AppointmentFault::Cancelled),
            _ => Ok(()),
        }
    }
}

fn id(row: &Row<'_>, column: usize) -> rusqlite::Result<AppointmentId> {
    Ok(AppointmentId(row.get::<_, i64>(column)?.cast_unsigned()))
}

fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("ids and words have a JSON form")
}

fn parse<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    serde_json::from_str(row.get_ref(column)?.as_str()?).map_err(|error| {
        let kind = rusqlite::types::Type::Text;
        rusqlite::Error::FromSqlConversionFailure(column, kind, Box::new(error))
    })
}
