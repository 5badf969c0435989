//! Everybody presses *next* at the same moment: each gets a visitor of their own as long as there are any,
//! nobody sees an error, and pressing twice does not call twice.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use serde_json::json;
use tests::config::KIOSK;
use tests::{Client, Hall, PIN, Setup, WindowReceipt};
use tokio::task::JoinSet;

/// Window 1, and every eighth after it, take the same three services of a small hall.
const RIVALS: [usize; 4] = [1, 9, 17, 25];

async fn rivals(hall: &Hall) -> Result<Vec<(String, Client)>> {
    let mut rivals = Vec::new();
    for number in RIVALS {
        let window = format!("w{number:02}");
        let clerk = hall.sign_in(&format!("c{number:02}"), PIN, Some(&window)).await?;
        rivals.push((window, clerk));
    }
    Ok(rivals)
}

/// All press at once; returns whom each got.
async fn all_press(rivals: &[(String, Client)]) -> Result<Vec<Option<WindowReceipt>>> {
    let mut presses = JoinSet::new();
    for (window, clerk) in rivals {
        let (window, clerk) = (window.clone(), clerk.clone());
        presses.spawn(async move { clerk.call_next(&window).await });
    }
    presses.join_all().await.into_iter().collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_loser_gets_the_next_one() -> Result<()> {
    let hall = Hall::start(&Setup::small(25, 1)).await?;
    let rivals = rivals(&hall).await?;
    let kiosk = hall.holder_of(KIOSK);
    for round in 0..20 {
        let mut waiting = BTreeSet::new();
        for _ in 0..RIVALS.len() {
            waiting.insert(kiosk.take(&["s2"]).await?.ticket);
        }
        let mut called = BTreeSet::new();
        for receipt in all_press(&rivals).await? {
            let current = receipt.and_then(|it| it.ticket).context("one for everybody")?;
            assert!(called.insert(current.ticket), "{} has two windows", current.number);
        }
        assert_eq!(called, waiting, "round {round}");
        for (window, clerk) in &rivals {
            clerk.at(window, "start").await?;
            clerk.at(window, "finish").await?;
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_last_visitor_goes_to_one_window() -> Result<()> {
    let hall = Hall::start(&Setup::small(25, 1)).await?;
    let rivals = rivals(&hall).await?;
    let kiosk = hall.holder_of(KIOSK);
    for _ in 0..20 {
        let slip = kiosk.take(&["s2"]).await?;
        let receipts: Vec<_> = all_press(&rivals).await?.into_iter().flatten().collect();
        let [receipt] = &receipts[..] else { panic!("{} windows called", receipts.len()) };
        let current = receipt.ticket.as_ref().context("somebody")?;
        assert_eq!(current.ticket, slip.ticket);
        let window = receipt.window.at.window.as_str();
        let (_, clerk) = rivals.iter().find(|(id, _)| id == window).context("a rival")?;
        clerk.at(window, "start").await?;
        clerk.at(window, "finish").await?;
    }
    Ok(())
}

/// A page that was open while somebody else acted says so and changes nothing.
#[tokio::test]
async fn a_stale_page_calls_nobody() -> Result<()> {
    let hall = Hall::start(&Setup::small(4, 1)).await?;
    let clerk = hall.sign_in("c01", PIN, Some("w01")).await?;
    let kiosk = hall.holder_of(KIOSK);
    for _ in 0..2 {
        kiosk.take(&["s2"]).await?;
    }
    let first = clerk.call_next("w01").await?.context("somebody waits")?;
    let seen = first.window.revision;
    let started = clerk.act("w01", "start", &json!({ "seen": seen })).await?;
    assert_eq!(started.status, 200, "{}", started.text);
    let stale = clerk.act("w01", "call-next", &json!({ "seen": seen })).await?;
    assert!(stale.status == 409 && stale.is("stale-page"), "{}", stale.text);
    assert_eq!(clerk.totals().await?.serving, 1, "nobody was sent away or called");
    Ok(())
}

/// A press that is repeated under the same key, as after a lost answer, calls once.
#[tokio::test]
async fn pressing_again_does_not_call_again() -> Result<()> {
    let hall = Hall::start(&Setup::small(4, 1)).await?;
    let clerk = hall.sign_in("c01", PIN, Some("w01")).await?;
    let kiosk = hall.holder_of(KIOSK);
    for _ in 0..3 {
        kiosk.take(&["s2"]).await?;
    }
    let mut seqs = BTreeSet::new();
    for _ in 0..5 {
        let answer = clerk.post_once("/windows/w01/call-next", "press-1", &json!({})).await?;
        seqs.insert(answer.into::<WindowReceipt>()?.seq);
    }
    assert_eq!(seqs.len(), 1, "one call, told five times");
    assert_eq!(clerk.totals().await?.waiting, 2);
    Ok(())
}
