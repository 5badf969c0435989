//! Going on where the hall was: the last snapshot, and the events after it. How long the hall has run
//! before does not matter.

use anyhow::Context;
use hall_core::HallDay;
use protocol::{NoteId, PersonId, Seq};
use rusqlite::{Connection, OptionalExtension, Transaction};

use super::events;

/// Snapshots kept, the newest among them.
const KEPT: i64 = 2;
/// Events read at a time.
const PAGE: u32 = 2_000;

/// The day as the file has it.
pub(super) struct Recovered {
    pub(super) day: HallDay,
    pub(super) seq: Seq,
    /// The event of the snapshot it began with.
    pub(super) snapshot: Seq,
}

impl Recovered {
    /// The people with a ticket today.
    pub(super) fn people(&self) -> impl Iterator<Item = PersonId> {
        self.day.tickets.values().filter_map(|ticket| ticket.person)
    }

    /// The remarks on today's tickets.
    pub(super) fn notes(&self) -> impl Iterator<Item = NoteId> {
        self.day.tickets.values().flat_map(|ticket| &ticket.legs).filter_map(|leg| leg.note)
    }
}

/// Rebuilds the day.
pub(super) fn recover(db: &Connection) -> anyhow::Result<Recovered> {
    let snapshot: Option<(i64, String)> = db
        .query_row("SELECT seq, body FROM snapshot ORDER BY seq DESC LIMIT 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let (snapshot, mut day) = match snapshot {
        Some((seq, body)) => {
            let day: HallDay = serde_json::from_str(&body)
                .with_context(|| format!("the snapshot of event {seq} cannot be read"))?;
            (Seq(seq.cast_unsigned()), day.restored())
        }
        None => (Seq(0), HallDay::default()),
    };
    let mut seq = snapshot;
    loop {
        let page = events::after(db, seq, PAGE).context("the journal cannot be read")?;
        let Some(last) = page.last() else { break };
        seq = last.seq;
        for recorded in &page {
            day.apply(&recorded.event, recorded.at);
        }
    }
    Ok(Recovered { day, seq, snapshot })
}

/// Writes the day down whole.
pub(super) fn save_snapshot(tx: &Transaction<'_>, seq: Seq, day: &HallDay) -> rusqlite::Result<()> {
    tx.execute(
        "INSERT OR REPLACE INTO snapshot (seq, body) VALUES (?1, ?2)",
        (seq.0.cast_signed(), events::json(day)),
    )?;
    tx.execute(
        "DELETE FROM snapshot WHERE seq NOT IN (SELECT seq FROM snapshot ORDER BY seq DESC LIMIT ?1)",
        [KEPT],
    )?;
    Ok(())
}
