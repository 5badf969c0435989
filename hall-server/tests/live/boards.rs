//! Walls: cells follow what happens, every call is announced once and in order.

use hall_core::WindowAct;
use protocol::live::{Cell, QueueCell, WindowCell};
use protocol::{Phase, Seq};

use crate::client::{Client, board};
use crate::hall::TestHall;

pub(crate) fn waiting(client: &Client, service: &str) -> Option<u32> {
    match client.cells.get(&format!("queue/{service}")) {
        Some(Cell::Queue(QueueCell { waiting, .. })) => Some(*waiting),
        _ => None,
    }
}

#[tokio::test]
async fn a_wall_shows_who_waits_and_who_is_called() {
    let hall = TestHall::start().await;
    hall.open("e1").await;
    let mut wall = Client::watching(hall.addr(), None, board("all")).await;
    assert_eq!(waiting(&wall, "passport"), Some(0));
    hall.take("passport").await;
    wall.until(|it| waiting(it, "passport") == Some(1)).await;
    let call = hall.at("e1", WindowAct::CallNext).await;
    wall.until(|it| it.calls() == [call] && it.cells.contains_key("call/e1")).await;
    let Cell::Call(shown) = &wall.cells["call/e1"] else { panic!("a call") };
    assert_eq!((shown.number.as_str(), shown.phase), ("A001", Phase::Called));
    assert_eq!(waiting(&wall, "passport"), Some(0));
    hall.at("e1", WindowAct::Start).await;
    hall.at("e1", WindowAct::Finish).await;
    wall.until(|it| !it.cells.contains_key("call/e1")).await;
    assert_eq!(wall.numbers(), ["A001"]);
    hall.running.stop().await;
}

#[tokio::test]
async fn a_wall_names_no_clerk_and_no_figures() {
    let hall = TestHall::start().await;
    hall.open("e1").await;
    hall.serve_one("passport", "e1").await;
    let wall = Client::watching(hall.addr(), None, board("all")).await;
    let Cell::Window(WindowCell { clerk, clerk_name, figures, current, .. }) =
        &wall.cells["window/e1"]
    else {
        panic!("a window")
    };
    assert_eq!((clerk, clerk_name, current), (&None, &None, &None));
    assert_eq!(figures.called, 0);
}

#[tokio::test]
async fn a_wall_shows_its_own_zones_only() {
    let hall = TestHall::start().await;
    let east = Client::watching(hall.addr(), None, board("east")).await;
    let keys: Vec<&str> = east.cells.keys().map(String::as_str).collect();
    assert_eq!(keys, ["hall", "queue/passport", "window/e1", "window/e2"]);
}

#[tokio::test]
async fn recalls_and_calls_back_are_announced_too() {
    let hall = TestHall::start().await;
    hall.open("e1").await;
    let mut wall = Client::watching(hall.addr(), None, board("all")).await;
    let ticket = hall.take("passport").await;
    hall.at("e1", WindowAct::CallNext).await;
    hall.at("e1", WindowAct::Recall).await;
    hall.at("e1", WindowAct::Recall).await;
    hall.at("e1", WindowAct::Start).await;
    let hold = WindowAct::Hold {
        scope: hall_core::HoldScope::Private,
        reason: "lunch".to_owned(),
        until: None,
    };
    hall.at("e1", hold).await;
    hall.at("e1", WindowAct::TakeBack { ticket }).await;
    wall.until(|it| it.announced.len() == 4).await;
    let recalls: Vec<u8> = wall.announced.iter().map(|it| it.recall).collect();
    assert_eq!(recalls, [0, 1, 2, 0]);
    assert_eq!(wall.numbers(), ["A001"; 4]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_wall_hears_every_call_of_its_zones_in_order() {
    let hall = TestHall::start().await;
    for window in ["e1", "e2", "w1"] {
        hall.open(window).await;
    }
    let mut walls = Vec::new();
    for _ in 0..10 {
        for display in ["all", "east", "west"] {
            walls.push((display, Client::watching(hall.addr(), None, board(display)).await));
        }
    }
    let (mut east, mut west, mut all): (Vec<Seq>, Vec<Seq>, Vec<Seq>) = Default::default();
    for round in 0..40 {
        let (service, window) =
            [("passport", "e1"), ("permit", "w1"), ("passport", "e2")][round % 3];
        let call = hall.serve_one(service, window).await;
        let zone = if window == "w1" { &mut west } else { &mut east };
        zone.push(call);
        all.push(call);
    }
    for (display, wall) in &mut walls {
        let expected = match *display {
            "east" => &east,
            "west" => &west,
            _ => &all,
        };
        wall.until(|it| it.announced.len() == expected.len()).await;
        assert_eq!(&wall.calls(), expected, "{display}");
        wall.until(|it| !it.cells.keys().any(|key| key.starts_with("call/"))).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wall_that_does_not_read_holds_nobody_up() {
    let hall = TestHall::start().await;
    hall.open("e1").await;
    let mut slow = Client::watching(hall.addr(), None, board("all")).await;
    let mut quick = Client::watching(hall.addr(), None, board("all")).await;
    let mut calls = Vec::new();
    for _ in 0..120 {
        calls.push(hall.serve_one("passport", "e1").await);
        quick.until(|it| it.calls().len() == calls.len()).await;
    }
    hall.take("passport").await;
    let newcomer = Client::watching(hall.addr(), None, board("all")).await;
    assert_eq!(waiting(&newcomer, "passport"), Some(1));
    for wall in [&mut quick, &mut slow] {
        wall.until(|it| it.calls() == calls && it.cells == newcomer.cells).await;
    }
}
