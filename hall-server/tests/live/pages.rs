//! Consoles and the duty manager's page: who is next, and what the clock alone changes.

use hall_core::WindowAct;
use protocol::Rule;
use protocol::live::{AlertKind, Cell, ConsoleCell, Topic};

use crate::client::{Client, console};
use crate::hall::{INTEGRATOR, MORNING, TestHall};

pub(crate) fn page(client: &Client) -> &ConsoleCell {
    match &client.cells["console"] {
        Cell::Console(console) => console,
        other => panic!("a console: {other:?}"),
    }
}

pub(crate) fn alerts(client: &Client) -> Vec<AlertKind> {
    let kind = |cell: &Cell| match cell {
        Cell::Alert(alert) => Some(alert.kind),
        _ => None,
    };
    client.cells.values().filter_map(kind).collect()
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
