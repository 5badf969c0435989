//! Coming back: a client gets exactly what it missed, or a snapshot if that is too much to say.

use hall_core::WindowAct;
use protocol::Seq;
use protocol::live::{ServerMessage, Topic};

use crate::boards::waiting;
use crate::client::{Client, board};
use crate::hall::TestHall;

/// A hall with a call, and a wall that has seen it and gone.
async fn seen_and_gone() -> (TestHall, Client) {
    let hall = TestHall::start().await;
    hall.open("e1").await;
    let mut wall = Client::watching(hall.addr(), None, board("all")).await;
    let call = hall.serve_one("passport", "e1").await;
    let newcomer = Client::watching(hall.addr(), None, board("all")).await;
    wall.until(|it| it.calls() == [call] && it.cells == newcomer.cells).await;
    (hall, wall)
}

/// Connects again with what an earlier connection knew.
async fn back(hall: &TestHall, earlier: Client) -> Client {
    let Client { cells, seen, .. } = earlier;
    let mut wall = Client::connect(hall.addr(), None).await;
    wall.cells = cells;
    wall.hello(board("all"), seen).await;
    wall
}

#[tokio::test]
async fn who_comes_back_gets_what_they_missed() {
    let (hall, wall) = seen_and_gone().await;
    let missed = [hall.serve_one("passport", "e1").await, hall.serve_one("passport", "e1").await];
    hall.take("passport").await;
    let newcomer = Client::watching(hall.addr(), None, board("all")).await;
    assert_eq!(waiting(&newcomer, "passport"), Some(1));
    let mut wall = back(&hall, wall).await;
    // In the end it knows what somebody knows who has just come, without having been told it all.
    wall.until(|it| it.calls() == missed && it.cells == newcomer.cells).await;
    assert!(!wall.kinds.contains(&"snapshot"), "{:?}", wall.kinds);
    let next = hall.serve_one("passport", "e1").await;
    wall.until(|it| it.calls().last() == Some(&next)).await;
    assert_eq!(wall.calls().len(), 3, "nothing twice");
}

#[tokio::test]
async fn who_missed_nothing_gets_a_sign_of_life_at_once() {
    let (hall, wall) = seen_and_gone().await;
    let known = wall.cells.clone();
    let mut wall = back(&hall, wall).await;
    // Deltas of the last event that was seen may come once more, and change nothing in the end.
    loop {
        match wall.next().await {
            ServerMessage::Ping { .. } => break,
            other => wall.take_in(other),
        }
    }
    assert_eq!(wall.cells, known);
    assert!(wall.kinds.iter().all(|kind| *kind == "delta"), "{:?}", wall.kinds);
}

#[tokio::test]
async fn who_saw_too_long_ago_gets_a_snapshot() {
    let (hall, wall) = seen_and_gone().await;
    for seen in [Some(Seq(0)), Some(Seq(1)), Some(Seq(u64::MAX)), None] {
        let mut client = Client::connect(hall.addr(), None).await;
        client.hello(board("all"), seen).await;
        client.take_one().await;
        assert_eq!(client.kinds, ["snapshot"], "saw {seen:?}");
        assert_eq!(client.cells, wall.cells);
    }
}

#[tokio::test]
async fn a_hall_that_was_restarted_gives_a_snapshot() {
    let (hall, wall) = seen_and_gone().await;
    let hall = hall.restart().await;
    let mut wall = back(&hall, wall).await;
    wall.take_one().await;
    assert_eq!(wall.kinds, ["snapshot"]);
    let call = hall.serve_one("passport", "e1").await;
    wall.until(|it| it.calls() == [call]).await;
}

#[tokio::test]
async fn a_visitor_follows_their_own_ticket() {
    let hall = TestHall::start().await;
    hall.open("e1").await;
    let first = hall.take("passport").await;
    let second = hall.take("passport").await;
    let token = hall.running.hall.tokens().token(second);
    let mut phone = Client::watching(hall.addr(), None, Topic::Ticket { token }).await;
    assert_eq!(ahead(&phone), Some(1));
    hall.at("e1", WindowAct::CallTicket { ticket: first, reason: "lunch".to_owned() }).await;
    phone.until(|it| ahead(it) == Some(0)).await;
    hall.at("e1", WindowAct::Start).await;
    hall.at("e1", WindowAct::CallNext).await;
    phone.until(|it| window(it).as_deref() == Some("e1")).await;
}

fn ahead(client: &Client) -> Option<u32> {
    match &client.cells["ticket"] {
        protocol::live::Cell::Ticket(ticket) => Some(ticket.ahead),
        _ => None,
    }
}

fn window(client: &Client) -> Option<String> {
    match &client.cells["ticket"] {
        protocol::live::Cell::Ticket(ticket) => {
            ticket.window.as_ref().map(|at| at.window.to_string())
        }
        _ => None,
    }
}
