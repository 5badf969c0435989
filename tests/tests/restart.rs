//! A hall that is killed while everybody is busy: nothing it acknowledged is lost, no number is given
//! twice, and an order that is repeated gets its first answer.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use protocol::kiosk::TicketTaken;
use protocol::{Number, Phase, TicketId};
use serde_json::{Value, json};
use tests::config::{INTEGRATOR, KIOSK};
use tests::{Answer, Client, Hall, PIN, Setup, wait_until};
use tokio::task::JoinSet;

/// How often the hall is killed.
const CRASHES: usize = 3;
/// Numbers that are acknowledged before each.
const BETWEEN: usize = 150;
const KIOSKS: usize = 6;
const WINDOWS: usize = 4;
/// Between two looks of a clerk for whom nobody waits.
const IDLE: Duration = Duration::from_millis(10);

/// What was acknowledged, and what was asked for without an answer.
#[derive(Default)]
struct Known {
    /// By idempotency key.
    slips: BTreeMap<String, TicketTaken>,
    unanswered: BTreeSet<String>,
    served: BTreeSet<TicketId>,
}

type Shared = Arc<Mutex<Known>>;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost() -> Result<()> {
    let mut hall = Hall::start(&Setup::small(WINDOWS, 1)).await?;
    let known = Shared::default();
    let clerks = sign_in_clerks(&hall).await?;
    for round in 1..=CRASHES {
        work_until_killed(&mut hall, &known, &clerks, round).await?;
        hall.restart().await.with_context(|| format!("after crash {round}"))?;
        everything_is_still_there(&hall, &known).await?;
        repeating_gives_the_first_answer(&hall, &known).await?;
        totals_add_up(&hall, &known).await?;
    }
    Ok(())
}

/// Sessions outlive the crashes, so that clerks need not sign in again.
async fn sign_in_clerks(hall: &Hall) -> Result<Vec<(String, Client)>> {
    let mut clerks = Vec::new();
    for number in 1..=WINDOWS {
        let window = format!("w{number:02}");
        let clerk = hall.sign_in(&format!("c{number:02}"), PIN, Some(&window)).await?;
        clerks.push((window, clerk));
    }
    Ok(clerks)
}

async fn work_until_killed(
    hall: &mut Hall,
    known: &Shared,
    clerks: &[(String, Client)],
    round: usize,
) -> Result<()> {
    let mut people = JoinSet::new();
    for kiosk in 0..KIOSKS {
        let name = format!("{round}-{kiosk}");
        people.spawn(give_numbers(hall.holder_of(KIOSK), name, Arc::clone(known)));
    }
    for (window, clerk) in clerks {
        people.spawn(serve(clerk.clone(), window.clone(), Arc::clone(known)));
    }
    wait_until(Duration::from_secs(60), "enough numbers", async || {
        lock(known).slips.len() >= round * BETWEEN
    })
    .await?;
    hall.process_mut().kill();
    while let Some(done) = people.join_next().await {
        done?;
    }
    Ok(())
}

/// Takes numbers, each under a key of its own, until the hall is gone.
async fn give_numbers(kiosk: Client, name: String, known: Shared) {
    for turn in 0.. {
        let key = format!("{name}-{turn}");
        lock(&known).unanswered.insert(key.clone());
        let Ok(answer) = kiosk.post_once("/tickets", &key, &wish(&key)).await else { return };
        let slip = answer.into().expect("a number");
        let mut known = lock(&known);
        known.unanswered.remove(&key);
        known.slips.insert(key, slip);
    }
}

/// What a key's order asks for; the same whenever it is repeated.
fn wish(key: &str) -> Value {
    let service = key.bytes().map(usize::from).sum::<usize>() % 8 + 1;
    json!({ "services": [format!("s{service}")] })
}

/// Calls and serves until the hall is gone.
async fn serve(clerk: Client, window: String, known: Shared) {
    // First whoever was here when the hall went down, if anybody was.
    let _ = clerk.act(&window, "start", &json!({})).await;
    let _ = clerk.act(&window, "finish", &json!({})).await;
    while let Ok(receipt) = clerk.call_next(&window).await {
        let Some(current) = receipt.and_then(|receipt| receipt.ticket) else {
            tokio::time::sleep(IDLE).await;
            continue;
        };
        let started = clerk.act(&window, "start", &json!({})).await;
        let finished = clerk.act(&window, "finish", &json!({})).await;
        if started.is_err() || !finished.is_ok_and(|answer| answer.status == 200) {
            return;
        }
        lock(&known).served.insert(current.ticket);
    }
}

async fn everything_is_still_there(hall: &Hall, known: &Shared) -> Result<()> {
    let portal = hall.holder_of(INTEGRATOR);
    let (slips, served) = {
        let known = lock(known);
        (known.slips.values().cloned().collect::<Vec<_>>(), known.served.clone())
    };
    let mut numbers: BTreeSet<Number> = BTreeSet::new();
    for slip in slips {
        let cell = portal.ticket(slip.ticket).await.with_context(|| format!("{}", slip.number))?;
        assert_eq!(cell.number, slip.number, "ticket {} keeps its number", slip.ticket);
        assert!(numbers.insert(cell.number.clone()), "{} was given twice", cell.number);
        if served.contains(&slip.ticket) {
            assert_eq!(cell.phase, Phase::Closed, "{} was served before the crash", cell.number);
        }
    }
    Ok(())
}

async fn repeating_gives_the_first_answer(hall: &Hall, known: &Shared) -> Result<()> {
    let kiosk = hall.holder_of(KIOSK);
    let (some, unanswered) = {
        let known = lock(known);
        let some: Vec<_> = known.slips.clone().into_iter().step_by(7).collect();
        (some, known.unanswered.clone())
    };
    for (key, slip) in some {
        let again: TicketTaken = kiosk.post_once("/tickets", &key, &wish(&key)).await?.into()?;
        assert_eq!((again.ticket, &again.number), (slip.ticket, &slip.number), "key {key}");
        assert_eq!(again.token, slip.token, "a slip keeps its secret");
        let other: Answer =
            kiosk.post_once("/tickets", &key, &json!({ "services": ["s1", "s2"] })).await?;
        assert!(other.is("key-reused"), "another wish under {key}: {}", other.text);
    }
    // Whether or not they had been written down before the crash: asked again, each gives one number.
    for key in unanswered {
        let first: TicketTaken = kiosk.post_once("/tickets", &key, &wish(&key)).await?.into()?;
        let again: TicketTaken = kiosk.post_once("/tickets", &key, &wish(&key)).await?.into()?;
        assert_eq!(first.ticket, again.ticket, "key {key}");
        let mut known = lock(known);
        let twice = known.slips.values().any(|slip| slip.number == first.number);
        ensure!(!twice, "{} was given twice", first.number);
        known.unanswered.remove(&key);
        known.slips.insert(key, first);
    }
    Ok(())
}

/// After every key was repeated, the hall has exactly the tickets that the kiosks know of.
async fn totals_add_up(hall: &Hall, known: &Shared) -> Result<()> {
    let totals = hall.holder_of(INTEGRATOR).totals().await?;
    let closed: u32 = totals.closed.iter().map(|(_, count)| count).sum();
    let open = totals.waiting + totals.called + totals.serving + totals.held;
    assert_eq!(totals.taken, open + closed, "every ticket is in exactly one place");
    assert_eq!(totals.taken as usize, lock(known).slips.len());
    Ok(())
}

fn lock(known: &Shared) -> std::sync::MutexGuard<'_, Known> {
    known.lock().unwrap_or_else(PoisonError::into_inner)
}
