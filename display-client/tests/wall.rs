//! A display between a hall and its page: everything arrives in order, and a hall that is away is said
//! to be away, at once, also after a restart.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]

mod support;

use std::time::{Duration, Instant};

use protocol::live::{ClientMessage, Output, ServerMessage, Topic, VERSION};
use protocol::{DisplayId, Seq};
use support::{FakeHall, Scratch, announcement, at, delta, display, get, page, snapshot, stranger};

#[tokio::test]
async fn everything_is_relayed_in_order_and_acknowledgements_go_up() {
    let (hall, data) = (FakeHall::new().await, Scratch::new());
    let display = display(&hall.url, &data).await;
    let (mut line, seen) = hall.accept().await;
    assert_eq!(seen, None);
    line.says(&snapshot(1)).await;
    line.says(&delta(2, "A001")).await;
    let mut early = page(&display).await;
    // Whether the page came before or after the delta, it ends up with the same board.
    let mut last = early.hears_news().await;
    while seq(&last) != Some(Seq(2)) {
        last = early.hears_news().await;
    }
    let said =
        [announcement(2, "A001"), delta(3, "A002"), announcement(3, "A002"), delta(4, "A003")];
    for message in &said {
        line.says(message).await;
    }
    for message in &said {
        assert_eq!(&early.hears_news().await, message);
    }
    let acknowledgement =
        ClientMessage::Acknowledge { announcement: Seq(3), output: Output::Shown, at: at(5) };
    early.says(&acknowledgement).await;
    assert_eq!(line.hears_acknowledgement().await, acknowledgement);

    let mut late = page(&display).await;
    let ServerMessage::Snapshot { seq, cells, .. } = late.hears_news().await else {
        panic!("a page that joins gets the whole board");
    };
    assert_eq!((seq, cells.len()), (Seq(4), 2));
    display.stop().await;
}

#[tokio::test]
async fn a_cut_is_said_at_once_and_what_was_missed_is_asked_for() {
    let (hall, data) = (FakeHall::new().await, Scratch::new());
    let display = display(&hall.url, &data).await;
    let (mut line, _) = hall.accept().await;
    line.says(&snapshot(7)).await;
    let mut page = page(&display).await;
    while seq(&page.hears_news().await) != Some(Seq(7)) {}
    drop(line);
    assert_eq!(page.hears_news().await, ServerMessage::Stale { since: at(7) });
    // An acknowledgement given meanwhile waits for the hall.
    let acknowledgement =
        ClientMessage::Acknowledge { announcement: Seq(7), output: Output::Shown, at: at(7) };
    page.says(&acknowledgement).await;
    let (mut line, seen) = hall.accept().await;
    assert_eq!(seen, Some(Seq(7)));
    assert_eq!(line.hears_acknowledgement().await, acknowledgement);
    line.says(&delta(8, "A009")).await;
    assert_eq!(news_after_stale(&mut page).await, delta(8, "A009"));
    display.stop().await;
}

#[tokio::test]
async fn a_hall_that_falls_silent_is_noticed_within_ten_seconds() {
    let (hall, data) = (FakeHall::new().await, Scratch::new());
    let display = display(&hall.url, &data).await;
    let (mut line, _) = hall.accept().await;
    line.says(&snapshot(1)).await;
    let silent_since = Instant::now();
    let mut page = page(&display).await;
    // The connection stays, but nobody reads it, as behind a cable that was cut.
    let mut last = page.hears_news().await;
    while !matches!(last, ServerMessage::Stale { since } if since == at(1)) {
        last = page.hears_news().await;
    }
    assert!(silent_since.elapsed() < Duration::from_secs(10));
    drop(line);
    display.stop().await;
}

#[tokio::test]
async fn after_a_restart_without_a_hall_the_last_board_is_shown_with_its_age() {
    let data = Scratch::new();
    let hall = FakeHall::new().await;
    let first = display(&hall.url, &data).await;
    let (mut line, _) = hall.accept().await;
    line.says(&snapshot(1)).await;
    line.says(&delta(2, "A001")).await;
    let mut watching = page(&first).await;
    while seq(&watching.hears_news().await) != Some(Seq(2)) {}
    first.stop().await;
    let url = hall.url.clone();
    drop((hall, line));

    let second = display(&url, &data).await;
    let mut page = page(&second).await;
    let board = page.hears_news().await;
    assert!(
        matches!(&board, ServerMessage::Snapshot { seq: Seq(2), cells, .. } if cells.len() == 2)
    );
    assert_eq!(page.hears_news().await, ServerMessage::Stale { since: at(2) });
    second.stop().await;
}

#[tokio::test]
async fn strangers_are_sent_away_with_a_reason() {
    let data = Scratch::new();
    let display = display("http://127.0.0.1:9", &data).await;
    let hello = |version, display: &str| ClientMessage::Hello {
        version,
        topic: Topic::Board { display: DisplayId::from(display) },
        seen: None,
    };
    for (message, reason) in
        [(hello(VERSION + 1, "lobby"), "version"), (hello(VERSION, "other"), "unknown")]
    {
        let mut line = stranger(&display).await;
        line.says(&message).await;
        assert_eq!(goodbye(line.hears().await), reason);
    }
    let mut line = stranger(&display).await;
    line.says(&"nonsense").await;
    assert_eq!(goodbye(line.hears().await), "malformed");
    display.stop().await;
}

#[tokio::test]
async fn the_page_is_served_under_a_strict_policy_even_without_a_hall() {
    let data = Scratch::new();
    let display = display("http://127.0.0.1:9", &data).await;
    let (head, body) = get(&display, "/", "").await;
    let body = String::from_utf8(body).unwrap();
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    assert!(head.contains("content-security-policy: default-src 'self'"));
    assert!(body.contains("data-live=\"/live?run=") && body.contains("data-display=\"lobby\""));
    display.stop().await;
}

fn seq(message: &ServerMessage) -> Option<Seq> {
    match message {
        ServerMessage::Snapshot { seq, .. } | ServerMessage::Delta { seq, .. } => Some(*seq),
        _ => None,
    }
}

fn goodbye(message: ServerMessage) -> String {
    match message {
        ServerMessage::Bye { code, message } => {
            assert!(!message.starts_with("wall-"), "no wording for {code}");
            code
        }
        other => panic!("expected a goodbye, got {other:?}"),
    }
}

/// The next news that is not a reminder of staleness.
async fn news_after_stale<S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin>(
    page: &mut support::Line<S>,
) -> ServerMessage {
    loop {
        let message = page.hears_news().await;
        if !matches!(message, ServerMessage::Stale { .. }) {
            return message;
        }
    }
}
