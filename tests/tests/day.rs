//! A whole day as fast as it can, through a real hall: 25 clerks call, 20 displays watch, kiosks give
//! numbers. Every number is called exactly as often as it should be, every display hears every call in
//! order, and all totals add up.

#[path = "day/ledger.rs"]
mod ledger;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use hall_core::Event;
use ledger::Ledger;
use protocol::Outcome;
use protocol::live::{Announcement, TotalsCell};
use serde_json::json;
use tests::client::JournalEntry;
use tests::config::{INTEGRATOR, KIOSK, display_token};
use tests::repository::keep_figure;
use tests::{Client, Hall, PIN, Setup, Watcher};
use tokio::task::JoinSet;

const WINDOWS: usize = 25;
const DISPLAYS: usize = 20;
const KIOSKS: u64 = 8;
const TICKETS_EACH: u64 = 250;
/// Between two looks of a clerk for whom nobody waits.
const IDLE: Duration = Duration::from_millis(10);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_whole_day() -> Result<()> {
    let hall = Hall::start(&Setup::small(WINDOWS, DISPLAYS)).await?;
    let displays = open_displays(&hall).await?;
    let clerks = sign_in_everybody(&hall).await?;
    let ledger = Arc::new(Ledger::default());

    let before = Instant::now();
    run_the_day(&hall, clerks, &ledger).await?;
    let took = before.elapsed();

    let manager = hall.sign_in("m01", PIN, None).await?;
    let journal = manager.journal().await?;
    let totals = manager.totals().await?;
    ledger.every_number_was_called_as_often_as_it_should_be();
    totals_add_up(&totals, &ledger);
    every_display_heard_every_call(&displays, &journal).await?;
    the_file_says_the_same(&hall, &ledger, &journal)?;

    keep_figure(
        "day",
        &format!(
            "{} numbers, {} calls, {} events, {DISPLAYS} displays, {WINDOWS} windows in {:.1} s",
            ledger.taken(),
            ledger.calls(),
            journal.len(),
            took.as_secs_f32()
        ),
    )
}

async fn open_displays(hall: &Hall) -> Result<Vec<(usize, Watcher)>> {
    let mut displays = Vec::new();
    for number in 1..=DISPLAYS {
        let id = format!("d{number:02}");
        let display = Watcher::open_display(&hall.url, &id, &display_token(&id)).await?;
        displays.push((number, display));
    }
    Ok(displays)
}

async fn sign_in_everybody(hall: &Hall) -> Result<Vec<(String, Client)>> {
    let mut clerks = Vec::new();
    for number in 1..=WINDOWS {
        let window = format!("w{number:02}");
        let client = hall.sign_in(&format!("c{number:02}"), PIN, Some(&window)).await?;
        clerks.push((window, client));
    }
    Ok(clerks)
}

/// Visitors come and clerks call, all at once, until everybody has gone home.
async fn run_the_day(
    hall: &Hall,
    clerks: Vec<(String, Client)>,
    ledger: &Arc<Ledger>,
) -> Result<()> {
    let doors_shut = Arc::new(AtomicBool::new(false));
    let mut kiosks = JoinSet::new();
    for kiosk in 0..KIOSKS {
        kiosks.spawn(give_numbers(
            hall.holder_of(KIOSK),
            hall.holder_of(INTEGRATOR),
            kiosk,
            Arc::clone(ledger),
        ));
    }
    let mut windows = JoinSet::new();
    for (window, client) in clerks {
        windows.spawn(work(client, window, Arc::clone(ledger), Arc::clone(&doors_shut)));
    }
    while let Some(done) = kiosks.join_next().await {
        done??;
    }
    doors_shut.store(true, Ordering::SeqCst);
    while let Some(done) = windows.join_next().await {
        done??;
    }
    Ok(())
}

/// One kiosk: numbers for every service, some visitors old, some changing their minds.
async fn give_numbers(kiosk: Client, desk: Client, place: u64, ledger: Arc<Ledger>) -> Result<()> {
    for turn in 0..TICKETS_EACH {
        let service = format!("s{}", (turn + place) % 8 + 1);
        let slip = if turn % 10 == 0 {
            let body = json!({ "services": [service], "class": "elder" });
            desk.post("/tickets", &body).await?.into()?
        } else {
            kiosk.take(&[&service]).await?
        };
        ledger.take(&slip);
        if slip.ticket.0 % 17 == 0 {
            let path = format!("/tickets/{}/withdraw", slip.ticket);
            let answer = desk.post(&path, &json!({})).await?;
            if answer.status == 200 {
                ledger.withdraw(slip.ticket);
            } else {
                // Somebody called them first.
                answer.problem().context("a withdrawal that came too late")?;
            }
        }
    }
    Ok(())
}

/// One clerk: calls whoever is next until the doors are shut and nobody is left.
async fn work(
    clerk: Client,
    window: String,
    ledger: Arc<Ledger>,
    doors_shut: Arc<AtomicBool>,
) -> Result<()> {
    loop {
        let Some(receipt) = clerk.call_next(&window).await? else {
            if doors_shut.load(Ordering::SeqCst) && ledger.everybody_has_gone() {
                return Ok(());
            }
            tokio::time::sleep(IDLE).await;
            continue;
        };
        let current = receipt.ticket.context("a call calls somebody")?;
        ledger.call(current.ticket, &current.number, &window);
        let id = current.ticket.0;
        if id % 7 == 0 {
            clerk.at(&window, "recall").await?;
        }
        if id % 13 == 0 {
            ledger.pass(current.ticket);
            clerk.at(&window, "pass").await?;
            continue;
        }
        clerk.at(&window, "start").await?;
        if id % 11 == 0 && ledger.may_send_on(current.ticket) {
            let service = format!("s{}", id % 8 + 1);
            ledger.send_on(current.ticket);
            let body = json!({ "to": { "service": service } });
            let answer = clerk.act(&window, "transfer", &body).await?;
            ensure!(answer.status == 200, "a transfer was answered {}", answer.text);
        } else {
            ledger.serve(current.ticket);
            clerk.at(&window, "finish").await?;
        }
    }
}

fn totals_add_up(totals: &TotalsCell, ledger: &Ledger) {
    let ended = |wanted: Outcome| {
        let found = totals.closed.iter().find(|(outcome, _)| *outcome == wanted);
        found.map_or(0, |(_, count)| *count as usize)
    };
    assert_eq!(totals.taken as usize, ledger.taken(), "every number is counted once");
    assert_eq!(ended(Outcome::Served), ledger.served());
    assert_eq!(ended(Outcome::NoShow), ledger.passed());
    assert_eq!(ended(Outcome::Withdrawn), ledger.withdrawn());
    let closed: u32 = totals.closed.iter().map(|(_, count)| count).sum();
    assert_eq!((totals.waiting, totals.called, totals.serving, totals.held), (0, 0, 0, 0));
    assert_eq!(totals.taken, closed, "every ticket is in exactly one place");
    assert_eq!(totals.windows, [u32::try_from(WINDOWS).expect("a few"), 0, 0]);
}

/// Each display hears, in the journal's order, exactly the calls of its zones.
async fn every_display_heard_every_call(
    displays: &[(usize, Watcher)],
    journal: &[JournalEntry],
) -> Result<()> {
    for (number, display) in displays {
        let expected: Vec<u64> = journal
            .iter()
            .filter(|entry| matches!(entry.event, Event::Called { .. } | Event::Recalled { .. }))
            .filter(|entry| shows(*number, &entry.event))
            .map(|entry| entry.seq.0)
            .collect();
        ensure!(!expected.is_empty(), "display {number} has something to show");
        let what = format!("every call on display {number}");
        let all = |heard: &[Announcement]| heard.len() >= expected.len();
        // Asserting below says more than a wait that was in vain.
        let waited = display.wait(&what, |heard| all(&heard.announcements)).await;
        let heard = display.heard();
        let announced: Vec<u64> = heard.announcements.iter().map(|it| it.seq.0).collect();
        assert_eq!(announced, expected, "display {number}: {waited:?}");
        display.wait("an empty board", |heard| heard.calls().is_empty()).await?;
    }
    Ok(())
}

/// Whether a display shows what happens at an event's window: every second one has a zone of its own.
fn shows(display: usize, event: &Event) -> bool {
    if display % 2 == 1 {
        return true;
    }
    let window = event.window().map(|id| id.as_str().trim_start_matches('w').parse::<usize>());
    matches!(window, Some(Ok(window)) if window % 4 == display / 2 % 4)
}

/// Read with a connection of its own: rows and events agree with what clerks and kiosks counted.
fn the_file_says_the_same(hall: &Hall, ledger: &Ledger, journal: &[JournalEntry]) -> Result<()> {
    let db = hall.database()?;
    let count = |sql: &str| -> Result<usize> {
        Ok(usize::try_from(db.query_row(sql, [], |row| row.get::<_, i64>(0))?)?)
    };
    assert_eq!(count("SELECT count(*) FROM ticket")?, ledger.taken());
    assert_eq!(count("SELECT count(DISTINCT number) FROM ticket")?, ledger.taken());
    assert_eq!(count("SELECT count(*) FROM ticket WHERE outcome = 'served'")?, ledger.served());
    assert_eq!(count("SELECT count(*) FROM ticket WHERE outcome = 'no-show'")?, ledger.passed());
    assert_eq!(
        count("SELECT count(*) FROM ticket WHERE outcome = 'withdrawn'")?,
        ledger.withdrawn()
    );
    assert_eq!(count("SELECT count(*) FROM leg WHERE called_at IS NOT NULL")?, ledger.calls());
    assert_eq!(count("SELECT count(*) FROM leg WHERE outcome = 'transferred'")?, ledger.sent_on());
    assert_eq!(count("SELECT count(*) FROM leg WHERE outcome IS NULL")?, 0, "no leg is open");
    assert_eq!(count("SELECT count(*) FROM event")?, journal.len());

    let calls = journal.iter().filter(|entry| matches!(entry.event, Event::Called { .. }));
    assert_eq!(calls.count(), ledger.calls());
    let numbers: BTreeSet<u64> = journal.iter().map(|entry| entry.seq.0).collect();
    assert_eq!(numbers.len(), journal.len(), "every event has a place of its own");
    assert_eq!(
        (numbers.first(), numbers.last()),
        (Some(&1), Some(&(journal.len() as u64))),
        "the journal has no holes"
    );
    Ok(())
}
