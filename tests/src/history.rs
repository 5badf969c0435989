//! A hall with a long past: old tickets, their legs and their events, written into a stopped hall's file as
//! the hall itself would have written them, so that a start can be timed.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use hall_core::{AfterLeg, EVENT_VERSION, Event, QueueKey, Taken, Why};
use protocol::{
    Channel, Class, Identity, KioskId, Language, Number, Rule, SeriesId, ServiceId, TicketId,
    Timestamp, WindowId,
};
use rusqlite::{Connection, Transaction, params};

use crate::client::Client;
use crate::config::{Setup, data_dir};
use crate::hall::{Hall, Stopped};
use crate::repository;

/// Tickets of one old day.
const PER_DAY: u64 = 2_000;
/// Events of one old ticket: taken, called, started, finished.
const EVENTS: u64 = 4;
/// Tickets in one transaction.
const AT_ONCE: u64 = 20_000;
/// Milliseconds from one old ticket to the next.
const APART_MS: i64 = 14_000;
const DAY_MS: i64 = 24 * 3600 * 1000;

/// A hall with this many tickets of earlier days, stopped.
///
/// # Errors
/// If the hall does not start and stop, or its file is not as expected.
pub async fn hall_with(tickets: u64, server: &Path) -> Result<Stopped> {
    let hall = Hall::start_program(server, &Setup::small(4, 1), "warn").await?;
    let stopped = hall.stop().await?;
    ensure!(stopped.ended.status.success(), "the hall did not stop in order");
    let file = data_dir(stopped.folder.path()).join("hall.db");
    let mut db = Connection::open(&file)?;
    db.pragma_update(None, "synchronous", "OFF")?;
    make_room(&db, tickets)?;
    let today: i64 = db.query_row("SELECT max(at) FROM event", [], |row| row.get(0))?;
    let mut next = 1;
    while next <= tickets {
        let last = (next + AT_ONCE - 1).min(tickets);
        let tx = db.transaction()?;
        for ticket in next..=last {
            write_ticket(&tx, ticket, Timestamp(taken_at(ticket, tickets, today)))?;
        }
        tx.commit()?;
        next = last + 1;
    }
    db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
    Ok(stopped)
}

/// How long a hall takes from its process's beginning until it can take orders; the best of a few starts.
///
/// # Errors
/// If it does not start.
pub async fn time_to_ready(stopped: &Stopped, server: &Path, starts: u32) -> Result<Duration> {
    let mut best = Duration::MAX;
    for _ in 0..starts {
        let before = Instant::now();
        let (_process, url) = stopped.start(server).await?;
        let readiness = Client::new(&url, None).page("/readyz").await?;
        ensure!(readiness.status == 200, "the hall is not ready: {}", readiness.text);
        best = best.min(before.elapsed());
    }
    Ok(best)
}

/// The size of a stopped hall's journal in bytes.
///
/// # Errors
/// If there is none.
pub fn journal_bytes(stopped: &Stopped) -> Result<u64> {
    let file = data_dir(stopped.folder.path()).join("hall.db");
    Ok(std::fs::metadata(&file).with_context(|| format!("no {}", file.display()))?.len())
}

/// The `hall-server` to be timed: the release one if it has been built.
///
/// # Errors
/// If none has been built.
pub fn server_to_time() -> Result<std::path::PathBuf> {
    match repository::release_program("hall-server")? {
        Some(release) => Ok(release),
        None => repository::program("hall-server"),
    }
}

/// Moves the events of today and the snapshot behind the old ones, and the next ticket's id behind the
/// old tickets.
fn make_room(db: &Connection, tickets: u64) -> Result<()> {
    let events = (tickets * EVENTS).cast_signed();
    for table in ["event", "snapshot"] {
        // By way of negative numbers, so that no two rows meet.
        db.execute(&format!("UPDATE {table} SET seq = -(seq + ?1)"), [events])?;
        db.execute(&format!("UPDATE {table} SET seq = -seq"), [])?;
    }
    let moved = db.execute(
        "UPDATE snapshot SET body = json_set(body, '$.next_ticket', ?1)",
        [(tickets + 1).cast_signed()],
    )?;
    ensure!(moved > 0, "a hall writes its day down when it begins");
    Ok(())
}

/// When an old ticket was taken: in order, [`PER_DAY`] a day, the last ones yesterday.
fn taken_at(ticket: u64, tickets: u64, today: i64) -> i64 {
    let days_ago = ((tickets - ticket) / PER_DAY + 1).cast_signed();
    today - days_ago * DAY_MS + (ticket % PER_DAY).cast_signed() * APART_MS
}

/// One ticket that was taken, called, started and finished.
fn write_ticket(tx: &Transaction<'_>, id: u64, taken_at: Timestamp) -> Result<()> {
    let number = format!("A{:03}", id % PER_DAY + 1);
    let times = [0, 600, 630, 1_000].map(|seconds| taken_at.plus_s(seconds));
    let first = (id - 1) * EVENTS + 1;
    for ((seq, at), event) in (first..).zip(times).zip(events(TicketId(id), &number, taken_at)) {
        tx.prepare_cached(
            "INSERT INTO event (seq, at, version, actor, ticket, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            seq.cast_signed(),
            at.0,
            EVENT_VERSION,
            r#"{"kind":"clerk","id":"c01"}"#,
            id.cast_signed(),
            serde_json::to_string(&event)?
        ])?;
    }
    let [taken, called, started, finished] = times.map(|time| time.0);
    let day = jiff::Timestamp::from_millisecond(taken)?.to_string();
    tx.prepare_cached(
        "INSERT INTO ticket (id, day, number, class, channel, taken_at, joined_at, phase, outcome,
             closed_at)
         VALUES (?1, ?2, ?3, 'ordinary', 'kiosk', ?4, ?4, 'closed', 'served', ?5)",
    )?
    .execute(params![id.cast_signed(), &day[..10], number, taken, finished])?;
    tx.prepare_cached(
        "INSERT INTO leg (ticket, place, service, window, opened_at, called_at, started_at, ended_at,
             passes, outcome)
         VALUES (?1, 0, 's1', 'w01', ?2, ?3, ?4, ?5, 0, 'served')",
    )?
    .execute(params![id.cast_signed(), taken, called, started, finished])?;
    Ok(())
}

fn events(ticket: TicketId, number: &str, taken_at: Timestamp) -> [Event; EVENTS as usize] {
    let window = WindowId::from("w01");
    let key = QueueKey::own(ticket, taken_at, 0);
    let taken = Taken {
        ticket,
        number: Number::from(number),
        series: SeriesId::from("s1"),
        counter: Some(1),
        services: vec![ServiceId::from("s1")],
        person: None,
        identity: Identity::None,
        class: Class::Ordinary,
        channel: Channel::Kiosk,
        kiosk: Some(KioskId::from("k1")),
        language: Language::Zh,
        slot: None,
        taken_at,
        joined_at: taken_at,
        not_before: None,
        key,
    };
    let why = Why { rule: Rule::Order, key, group: Some(0), reason: None, runners_up: Vec::new() };
    [
        Event::Taken(taken),
        Event::Called { ticket, window: window.clone(), why },
        Event::Started { ticket, window: window.clone() },
        Event::Finished { ticket, window, next: AfterLeg::Done },
    ]
}
