//! The screens on the walls, as staff see them.

use protocol::DisplayId;

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
    house.running.hall.presence().display_went(&display, MORNING.plus_s(1));
    assert!(!connected().await);
    house.close().await;
}
