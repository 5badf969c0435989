//! Consoles and the duty manager's page: what displays said, and what the clock alone changes.

use hall_core::WindowAct;
use protocol::live::{AlertKind, Cell, ClientMessage, ConsoleCell, Output, ShownOn, Topic};
use protocol::{Rule, Seq, Timestamp};

use crate::client::{Client, board, console};
use crate::hall::{INTEGRATOR, MORNING, TestHall, display_token};

fn page(client: &Client) -> &ConsoleCell {
    match &client.cells["console"] {
        Cell::Console(console) => console,
        other => panic!("a console: {other:?}"),
    }
}

fn alerts(client: &Client) -> Vec<AlertKind> {
    let kind = |cell: &Cell| match cell {
        Cell::Alert(alert) => Some(alert.kind),
        _ => None,
    };
    client.cells.values().filter_map(kind).collect()
}

async fn give_out(display: &mut Client, announcement: Seq, output: Output, at: Timestamp) {
    display.until(|it| it.calls().contains(&announcement)).await;
    display.say(&ClientMessage::Acknowledge { announcement, output, at }).await;
}

#[tokio::test]
async fn a_clerk_sees_who_is_next_and_why() {
    let hall = TestHall::start().await;
    hall.open("e1").await;
    let mut clerk = Client::watching(hall.addr(), Some(INTEGRATOR), console("e1")).await;
    assert_eq!(page(&clerk).next, None);
    hall.take("passport").await;
    hall.take("passport").await;
    hall.take("permit").await;
    clerk.until(|it| page(it).waiting == 2).await;
    let next = page(&clerk).next.as_ref().expect("somebody is next");
    assert_eq!((next.ticket.number.as_str(), next.rule), ("A001", Rule::Order));
    assert_eq!(next.runners_up.len(), 1);
    hall.at("e1", WindowAct::CallNext).await;
    clerk.until(|it| page(it).window.current.is_some()).await;
    assert_eq!(page(&clerk).undo.as_ref().map(|undo| undo.action.as_str()), Some("call"));
    assert_eq!(page(&clerk).line.len(), 1);
}

#[tokio::test]
async fn a_clerk_sees_where_a_call_was_shown_and_spoken() {
    let hall = TestHall::start().await;
    hall.open("e1").await;
    let mut clerk = Client::watching(hall.addr(), Some(INTEGRATOR), console("e1")).await;
    let mut displays = Vec::new();
    for display in ["all", "east", "west"] {
        let token = display_token(display);
        displays.push(Client::watching(hall.addr(), Some(&token), board(display)).await);
    }
    hall.take("passport").await;
    let call = hall.at("e1", WindowAct::CallNext).await;
    // The wall of the other zone need not show it.
    let nowhere = ShownOn { displays: 2, shown: 0, spoken_at: None };
    clerk.until(|it| page(it).shown == Some(nowhere.clone())).await;
    let spoken_at = MORNING;
    give_out(&mut displays[0], call, Output::Shown, spoken_at).await;
    give_out(&mut displays[1], call, Output::Shown, spoken_at).await;
    give_out(&mut displays[1], call, Output::Spoken, spoken_at).await;
    let everywhere = ShownOn { displays: 2, shown: 2, spoken_at: Some(spoken_at) };
    clerk.until(|it| page(it).shown == Some(everywhere.clone())).await;
    hall.at("e1", WindowAct::Recall).await;
    clerk.until(|it| page(it).shown == Some(nowhere.clone())).await;
    assert_eq!(hall.running.hall.live().connected_displays().len(), 3);
}

#[tokio::test]
async fn a_duty_manager_sees_what_time_alone_changes() {
    let hall = TestHall::start().await;
    let mut manager = Client::watching(hall.addr(), Some(INTEGRATOR), Topic::Hall).await;
    assert_eq!(alerts(&manager), []);
    hall.take("passport").await;
    manager.until(|it| alerts(it) == [AlertKind::NobodyServes]).await;
    hall.open("e1").await;
    manager.until(|it| alerts(it).is_empty()).await;
    hall.clock.set(MORNING.plus_s(3_600));
    manager.until(|it| alerts(it) == [AlertKind::WaitsTooLong]).await;
    hall.at("e1", WindowAct::CallNext).await;
    manager.until(|it| alerts(it).is_empty()).await;
}

#[tokio::test]
async fn a_duty_manager_sees_that_a_display_has_gone() {
    let hall = TestHall::start().await;
    let mut manager = Client::watching(hall.addr(), Some(INTEGRATOR), Topic::Hall).await;
    let token = display_token("east");
    let display = Client::watching(hall.addr(), Some(&token), board("east")).await;
    drop(display);
    let gone = async {
        while !hall.running.hall.live().connected_displays().is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(crate::client::LIMIT, gone).await.expect("the hall notices");
    hall.clock.set(MORNING.plus_s(11));
    manager.until(|it| alerts(it) == [AlertKind::DisplayGone]).await;
    let _back = Client::watching(hall.addr(), Some(&token), board("east")).await;
    manager.until(|it| alerts(it).is_empty()).await;
}
