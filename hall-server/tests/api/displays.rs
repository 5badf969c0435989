//! The screens on the walls, as staff see them.

use protocol::live::Output;
use protocol::wall::{DisplayReport, OutputReport, OutputState};
use protocol::{DisplayId, Timestamp};

use crate::house::{House, MORNING};

#[tokio::test]
async fn staff_see_which_displays_are_connected() {
    let house = House::open().await;
    let auditor = house.sign_in("u1", None).await;
    let connected = async || {
        let displays = house.get("/displays", &auditor).await.ok();
        displays[0]["connected"].as_bool().expect("whether it is connected")
    };
    assert!(!connected().await);
    let display = DisplayId::from("lobby");
    house.running.hall.presence().display_came(&display, MORNING);
    assert!(connected().await);
    house.running.hall.presence().display_went(&display);
    assert!(!connected().await);
    house.close().await;
}

#[tokio::test]
async fn staff_see_what_a_display_last_said_of_itself() {
    let house = House::open().await;
    let auditor = house.sign_in("u1", None).await;
    let (presence, display) = (house.running.hall.presence(), DisplayId::from("lobby"));
    presence.display_came(&display, MORNING);
    let strip = OutputReport {
        output: Output::Strip,
        name: "w1".to_owned(),
        address: "tcp:192.0.2.21:5005".to_owned(),
        state: OutputState::Faulty,
        fault: Some("it does not answer".to_owned()),
        since: Timestamp(0),
        windows: vec!["w1".into()],
        zones: Vec::new(),
        by_light: false,
    };
    let report = DisplayReport {
        version: "0.1.0".to_owned(),
        pages: 1,
        outputs: vec![strip],
        ..DisplayReport::default()
    };
    presence.display_reported(&display, report, MORNING.plus_s(2));
    presence.display_heard(&display, MORNING.plus_s(5));
    let seen = house.get("/displays", &auditor).await.ok();
    let lobby = &seen[0];
    assert_eq!(lobby["since"], MORNING.0);
    assert_eq!(lobby["heard_at"], MORNING.plus_s(5).0);
    assert_eq!(lobby["report"]["version"], "0.1.0");
    assert_eq!(lobby["report"]["outputs"][0]["state"], "faulty");
    // A clock that was never set is not believed: it is so since the hall heard of it.
    assert_eq!(lobby["report"]["outputs"][0]["since"], MORNING.plus_s(2).0);
    assert_eq!(lobby["emergency"], serde_json::Value::Null);
    house.close().await;
}
