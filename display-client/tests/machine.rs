//! A display as a machine: what it reports, how it starts again when asked, and the copies it shows while the
//! hall is away.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]

mod support;

use std::time::{Duration, Instant};

use protocol::live::{ClientMessage, Output, ServerMessage};
use support::{
    FakeHall, Scratch, delta, display, display_with, get, order, page, picture, screen, snapshot,
};

#[tokio::test]
async fn the_hall_hears_how_the_display_is_at_once_and_with_every_change() {
    let (hall, data) = (FakeHall::new().await, Scratch::new());
    let display = display(&hall.url, &data).await;
    let (mut line, _) = hall.accept().await;
    line.says(&snapshot(1)).await;
    let first = line.hears_report(|_| true).await;
    assert_eq!(first.version, env!("CARGO_PKG_VERSION"));
    assert_eq!((first.pages, first.outputs.len(), first.restarted), (0, 0, None));
    let opened = page(&display).await;
    let with_page = line.hears_report(|report| report.pages == 1).await;
    assert_eq!(with_page.started_at, first.started_at);
    drop(opened);
    line.hears_report(|report| report.pages == 0).await;
    // And without any change, every few seconds.
    line.hears_report(|report| report.pages == 0).await;
    display.stop().await;
}

#[tokio::test]
async fn what_may_have_been_lost_with_the_line_is_said_again() {
    let (hall, data) = (FakeHall::new().await, Scratch::new());
    let display = display(&hall.url, &data).await;
    let (mut line, _) = hall.accept().await;
    line.says(&snapshot(1)).await;
    let mut watching = page(&display).await;
    let shown = ClientMessage::Acknowledge {
        announcement: protocol::Seq(1),
        output: Output::Shown,
        at: support::at(1),
    };
    watching.says(&shown).await;
    assert_eq!(line.hears_acknowledgement().await, shown);
    // The hall says nothing after it, so nobody knows whether it was heard.
    drop(line);
    let (mut line, _) = hall.accept().await;
    assert_eq!(line.hears_acknowledgement().await, shown);
    // What another output did is not for a page to say.
    watching
        .says(&ClientMessage::Acknowledge {
            announcement: protocol::Seq(1),
            output: Output::Spoken,
            at: support::at(1),
        })
        .await;
    loop {
        if let ServerMessage::Bye { code, .. } = watching.hears_news().await {
            assert_eq!(code, "malformed");
            break;
        }
    }
    display.stop().await;
}

#[tokio::test]
async fn an_order_to_restart_is_followed_once_on_the_same_address() {
    let (hall, data) = (FakeHall::new().await, Scratch::new());
    let first = display(&hall.url, &data).await;
    let (mut line, _) = hall.accept().await;
    line.says(&snapshot(1)).await;
    line.says(&delta(2, "A001")).await;
    let mut watching = page(&first).await;
    let old_page = String::from_utf8(get(&first, "/", "").await.1).unwrap();
    let ordered_at = Instant::now();
    let ordered = order(protocol::wall::Screen { restart: Some(7), ..screen() });
    line.says(&ordered).await;
    loop {
        if let ServerMessage::Bye { code, .. } = watching.hears_news().await {
            assert_eq!(code, "stopping");
            break;
        }
    }
    // It comes back by itself; the order still stands and is not followed again.
    let (mut line, _) = hall.accept().await;
    assert!(ordered_at.elapsed() < Duration::from_secs(3), "{:?}", ordered_at.elapsed());
    line.says(&ordered).await;
    line.says(&snapshot(2)).await;
    let report = line.hears_report(|_| true).await;
    assert_eq!(report.restarted, Some(7));
    let mut late = page(&first).await;
    assert!(matches!(late.hears_news().await, ServerMessage::Screen(_)));

    // The page of before is asked to load itself again.
    let run = old_page.split("/live?run=").nth(1).unwrap().split('"').next().unwrap();
    let mut stale = support::stranger_at(&first, &format!("/live?run={run}")).await;
    stale.says(&support::hello()).await;
    let goodbye = stale.hears_news().await;
    assert!(matches!(goodbye, ServerMessage::Bye { code, .. } if code == "restarted"));
    first.stop().await;

    // Nor by the next process.
    let second = display(&hall.url, &data).await;
    let (mut line, _) = hall.accept().await;
    line.says(&ordered).await;
    line.says(&snapshot(2)).await;
    assert_eq!(line.hears_report(|_| true).await.restarted, Some(7));
    let ServerMessage::Screen(kept) = page(&second).await.hears_news().await else {
        panic!("a page learns first what it is to be");
    };
    assert_eq!(kept.restart, Some(7));
    second.stop().await;
}

#[tokio::test]
async fn pictures_go_on_while_the_hall_is_away_and_halves_are_never_shown() {
    let (hall, data) = (FakeHall::new().await, Scratch::new());
    let first = display(&hall.url, &data).await;
    let (mut line, _) = hall.accept().await;
    line.says(&snapshot(1)).await;
    let media = vec![picture("a.png", "1f"), picture("b c.png", "2")];
    line.says(&order(protocol::wall::Screen { media, ..screen() })).await;
    assert_eq!(hall.answers(b"the first picture").await, "GET /media/a.png?v=1f HTTP/1.1");
    assert_eq!(hall.breaks_off().await, "GET /media/b%20c.png?v=2 HTTP/1.1");
    let (head, body) = get(&first, "/media/a.png?v=1f", "").await;
    assert!(head.starts_with("HTTP/1.1 200") && head.contains("content-type: image/png"), "{head}");
    assert_eq!(body, b"the first picture");
    let (head, body) = get(&first, "/media/a.png?v=1f", "Range: bytes=4-8\r\n").await;
    assert!(head.starts_with("HTTP/1.1 206") && head.contains("bytes 4-8/17"), "{head}");
    assert_eq!(body, b"first");
    assert_missing(&first, "/media/b%20c.png?v=2").await;
    assert_missing(&first, "/media/..%2Fboard.json?v=1f").await;
    // Another revision takes the place of the first.
    let media = vec![picture("a.png", "20")];
    line.says(&order(protocol::wall::Screen { media, ..screen() })).await;
    assert_eq!(hall.answers(b"a newer picture").await, "GET /media/a.png?v=20 HTTP/1.1");
    assert_eq!(get(&first, "/media/a.png?v=20", "").await.1, b"a newer picture");
    let old = data.0.join("media/1f/a.png");
    until(|| !old.exists()).await;
    first.stop().await;
    let url = hall.url.clone();
    drop((hall, line));

    let second = display(&url, &data).await;
    assert_eq!(get(&second, "/media/a.png?v=20", "").await.1, b"a newer picture");
    let ServerMessage::Screen(kept) = page(&second).await.hears_news().await else {
        panic!("a page learns first what it is to be");
    };
    assert_eq!(kept.media, [picture("a.png", "20")]);
    second.stop().await;
}

#[tokio::test]
async fn what_is_larger_than_the_room_for_copies_is_left_out() {
    let (hall, data) = (FakeHall::new().await, Scratch::new());
    let display = display_with(&hall.url, &data, "media_mb = 0\n").await;
    let (mut line, _) = hall.accept().await;
    line.says(&snapshot(1)).await;
    let media = vec![picture("a.png", "1")];
    line.says(&order(protocol::wall::Screen { media, ..screen() })).await;
    assert_eq!(hall.answers(b"too large").await, "GET /media/a.png?v=1 HTTP/1.1");
    assert_missing(&display, "/media/a.png?v=1").await;
    display.stop().await;
}

#[tokio::test]
async fn a_display_without_simulated_devices_has_no_bench() {
    let data = Scratch::new();
    let display = display("http://127.0.0.1:9", &data).await;
    assert!(get(&display, "/bench", "").await.0.starts_with("HTTP/1.1 404"));
    display.stop().await;
}

#[tokio::test]
async fn an_emergency_that_a_page_shows_is_acknowledged() {
    let (hall, data) = (FakeHall::new().await, Scratch::new());
    let display = display(&hall.url, &data).await;
    let (mut line, _) = hall.accept().await;
    line.says(&snapshot(1)).await;
    let mut page = page(&display).await;
    page.hears_news().await;
    let shown = ClientMessage::AcknowledgeEmergency { emergency: 3, at: support::at(1) };
    page.says(&shown).await;
    assert_eq!(line.hears_acknowledgement().await, shown);
    display.stop().await;
}

async fn assert_missing(display: &display_client::Running, path: &str) {
    let (head, _) = get(display, path, "").await;
    assert!(head.starts_with("HTTP/1.1 404"), "{path}: {head}");
}

/// Waits for a state that comes by itself, for a limited time.
async fn until(is_so: impl Fn() -> bool) {
    let wait = async {
        while !is_so() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), wait).await.expect("it comes to be so");
}
