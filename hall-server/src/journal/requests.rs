//! The tables `request` and `given_up`: orders by their idempotency key, so that repeating one gives the
//! first answer, and one that was given up never happens.

use protocol::{Seq, Timestamp};
use rusqlite::{OptionalExtension, Transaction};
use sha2::{Digest, Sha256};

use super::events::json;
use super::order::{Actor, Order};

/// An order that was carried out before.
pub(super) struct Earlier {
    pub(super) fingerprint: Vec<u8>,
    pub(super) first: Seq,
    pub(super) last: Seq,
}

/// The key under which an order is kept: two actors may use the same one.
pub(super) fn stored_key(order: &Order) -> Option<String> {
    order.key.as_ref().map(|key| key_of(&order.actor, key))
}

/// An actor's key as it is kept.
pub(super) fn key_of(actor: &Actor, key: &str) -> String {
    format!("{}:{key}", json(actor))
}

/// What an order asks for, without what differs each time the same thing is asked: the id given to a
/// remark, a time counted from now, the revision that was seen.
pub(super) fn fingerprint(order: &Order) -> Vec<u8> {
    let mut command = serde_json::to_value(&order.command).expect("a command has a JSON form");
    forget(&mut command);
    let mut digest = Sha256::new();
    digest.update(command.to_string());
    if let Some(visitor) = &order.visitor {
        digest.update(visitor.fingerprint);
    }
    digest.finalize().to_vec()
}

fn forget(value: &mut serde_json::Value) {
    if let serde_json::Value::Object(fields) = value {
        fields.retain(|key, _| !matches!(key.as_str(), "note" | "until" | "seen"));
        fields.values_mut().for_each(forget);
    }
}

pub(super) fn find(tx: &Transaction<'_>, key: &str) -> rusqlite::Result<Option<Earlier>> {
    tx.prepare_cached("SELECT fingerprint, first_seq, last_seq FROM request WHERE key = ?1")?
        .query_row([key], |row| {
            Ok(Earlier {
                fingerprint: row.get(0)?,
                first: Seq(row.get::<_, i64>(1)?.cast_unsigned()),
                last: Seq(row.get::<_, i64>(2)?.cast_unsigned()),
            })
        })
        .optional()
}

pub(super) fn save(
    tx: &Transaction<'_>,
    key: &str,
    earlier: &Earlier,
    at: Timestamp,
) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "INSERT INTO request (key, fingerprint, first_seq, last_seq, at) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute((
        key,
        &earlier.fingerprint,
        earlier.first.0.cast_signed(),
        earlier.last.0.cast_signed(),
        at.0,
    ))?;
    Ok(())
}

/// Sees to it that an order that comes later under this key is refused.
pub(super) fn give_up(tx: &Transaction<'_>, key: &str, at: Timestamp) -> rusqlite::Result<()> {
    tx.prepare_cached("INSERT OR IGNORE INTO given_up (key, at) VALUES (?1, ?2)")?
        .execute((key, at.0))?;
    Ok(())
}

/// Whether the order of this key was given up.
pub(super) fn is_given_up(tx: &Transaction<'_>, key: &str) -> rusqlite::Result<bool> {
    tx.prepare_cached("SELECT 1 FROM given_up WHERE key = ?1")?.exists([key])
}

/// Forgets keys older than a time.
pub(super) fn forget_before(tx: &Transaction<'_>, time: Timestamp) -> rusqlite::Result<()> {
    tx.execute("DELETE FROM request WHERE at < ?1", [time.0])?;
    tx.execute("DELETE FROM given_up WHERE at < ?1", [time.0])?;
    Ok(())
}
