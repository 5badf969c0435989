//! The hall is cut off for a minute while ten kiosks go on giving numbers, and two of them are killed
//! meanwhile. Afterwards every slip that was printed is a ticket in the queue, exactly once, in order of
//! time. Each machine is a host of a network of its own; the printers stay with the test, so that what
//! they printed outlives the kiosks.

#[path = "partition/counter.rs"]
mod counter;

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use counter::{KioskHost, Printed};
use futures_util::future::try_join_all;
use protocol::Number;
use serde_json::json;
use tests::config::{INTEGRATOR, kiosk_token};
use tests::{Hall, Network, PIN, Setup, wait_until};

/// Kiosks of the hall.
const KIOSKS: usize = 10;
/// Visitors at each of them while the hall is away.
const VISITORS: usize = 50;
/// How long the hall is away at least.
const AWAY: Duration = Duration::from_secs(60);
/// How long everything may take to be in the queue once the hall is back.
const JOINED_WITHIN: Duration = Duration::from_secs(2);
/// Which kiosks are killed, each in front of which of its visitors.
const KILLED: [(usize, usize); 2] = [(3, 17), (7, 30)];
/// How long kiosks may take to have numbers in advance.
const LEASED_WITHIN: Duration = Duration::from_secs(30);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hall_that_was_away_gets_every_ticket_once_and_in_order() -> Result<()> {
    if !Network::can_be_made() {
        eprintln!("left out: only root makes networks");
        return Ok(());
    }
    let mut network = Network::new()?;
    let place = network.host()?;
    let hall = Hall::start_on(&place, &Setup::small(8, 0).kiosks(KIOSKS)).await?;
    let portal = hall.holder_of(INTEGRATOR);

    let mut kiosks = Vec::new();
    for number in 1..=KIOSKS {
        let host = network.host()?;
        let id = format!("k{number}");
        let own = network.own_address();
        kiosks.push(KioskHost::start(&hall.url, &id, &kiosk_token(number), host, own).await?);
    }
    for kiosk in &kiosks {
        kiosk.has_numbers_in_advance(&portal, LEASED_WITHIN).await?;
    }

    place.cut()?;
    let cut_at = Instant::now();
    let visits = kiosks.into_iter().enumerate().map(|(number, kiosk)| {
        let killed_at = KILLED.iter().find(|(which, _)| *which == number).map(|(_, when)| *when);
        visitors_come(kiosk, killed_at)
    });
    let kiosks = try_join_all(visits).await?;
    tokio::time::sleep(AWAY.saturating_sub(cut_at.elapsed())).await;
    place.mend()?;
    let (away, back_at) = (cut_at.elapsed(), Instant::now());

    let printed: Vec<Printed> = kiosks.iter().flat_map(|it| it.printed().to_vec()).collect();
    assert!(printed.len() >= KIOSKS * VISITORS, "only {} slips came out", printed.len());
    wait_until(JOINED_WITHIN, "every printed ticket in the queue", async || {
        portal.totals().await.is_ok_and(|totals| totals.waiting as usize >= printed.len())
    })
    .await?;
    let within = back_at.elapsed();

    each_once(&printed);
    let called = call_everybody(&hall).await?;
    in_order(&printed, &called)?;
    let figure = format!(
        "{} slips of {KIOSKS} kiosks while the hall was away for {} s, {} of them killed; all in the \
         queue {} ms after it was back",
        printed.len(),
        away.as_secs(),
        KILLED.len(),
        within.as_millis()
    );
    tests::repository::keep_figure("partition", &figure)?;
    Ok(())
}

/// Visitors take numbers one after the other; one of them has the kiosk killed in front of them, after
/// which it is started again, as a supervisor would.
async fn visitors_come(mut kiosk: KioskHost, killed_at: Option<usize>) -> Result<KioskHost> {
    for visitor in 0..VISITORS {
        let service = format!("s{}", visitor % 8 + 1);
        if killed_at == Some(visitor) {
            kiosk.is_killed_while_taking(&service).await?;
        }
        kiosk.visitor_takes(&service).await?;
    }
    Ok(kiosk)
}

/// No number stands on two slips.
fn each_once(printed: &[Printed]) {
    let numbers: BTreeSet<&Number> = printed.iter().map(|slip| &slip.number).collect();
    assert_eq!(numbers.len(), printed.len(), "a number was printed twice");
}

/// Clerks call until nobody waits; returns the numbers in the order they were called, by service.
async fn call_everybody(hall: &Hall) -> Result<BTreeMap<String, Vec<Number>>> {
    let mut called: BTreeMap<String, Vec<Number>> = BTreeMap::new();
    for window in 1..=8 {
        let (window, clerk) = (format!("w{window:02}"), format!("c{window:02}"));
        let clerk = hall.sign_in(&clerk, PIN, Some(&window)).await?;
        while let Some(receipt) = clerk.call_next(&window).await? {
            let current = receipt.ticket.context("a call brings a ticket")?;
            let prefix = current.number.to_string()[..1].to_owned();
            called.entry(prefix).or_default().push(current.number);
            clerk.act(&window, "start", &json!({})).await?;
            clerk.act(&window, "finish", &json!({})).await?;
        }
    }
    Ok(called)
}

/// Every slip was called exactly once, and within a service nobody before somebody whose slip had come out
/// before they touched the screen.
fn in_order(printed: &[Printed], called: &BTreeMap<String, Vec<Number>>) -> Result<()> {
    let slips: BTreeMap<&Number, &Printed> = printed.iter().map(|it| (&it.number, it)).collect();
    let mut found = 0;
    for numbers in called.values() {
        let known: BTreeSet<&Number> = numbers.iter().collect();
        assert_eq!(known.len(), numbers.len(), "somebody was called twice");
        let mut latest: Option<&Printed> = None;
        for slip in numbers.iter().filter_map(|number| slips.get(number)) {
            found += 1;
            let overtaken = latest.filter(|before| slip.done_at < before.began_at);
            assert!(overtaken.is_none(), "{} came before {:?}", slip.number, overtaken);
            latest = [latest, Some(*slip)].into_iter().flatten().max_by_key(|it| it.began_at);
        }
    }
    assert_eq!(found, printed.len(), "a slip was printed and its ticket never called");
    Ok(())
}
