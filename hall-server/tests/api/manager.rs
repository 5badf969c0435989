//! What the duty manager does.

use reqwest::Method;
use serde_json::{Value, json};

use crate::house::{House, KIOSK};

#[tokio::test]
async fn a_pinned_ticket_is_next() {
    let house = House::open().await;
    let manager = house.sign_in("m1", None).await;
    let clerk = house.sign_in("c1", Some("w1")).await;
    house.take("passport").await;
    let urgent = house.take("passport").await;
    let ticket = &urgent["ticket"];
    let reason = json!({ "reason": "why", "note": "身体不适" });
    house.post(&format!("/tickets/{ticket}/pin"), &manager, reason.clone()).await.ok();
    house
        .post(&format!("/tickets/{ticket}/pin"), &manager, reason)
        .await
        .refused(409, "already-pinned");
    house.post(&format!("/tickets/{ticket}/unpin"), &manager, json!({})).await.ok();
    house.post(&format!("/tickets/{ticket}/pin"), &manager, json!({ "reason": "why" })).await.ok();
    let next = house.post("/windows/w1/call-next", &clerk, json!({})).await.ok();
    assert_eq!(next["ticket"]["number"], urgent["number"]);
    house.close().await;
}

#[tokio::test]
async fn a_window_takes_other_services() {
    let house = House::open().await;
    let manager = house.sign_in("m1", None).await;
    let set = |body: Value| {
        house.send(house.request(Method::PUT, "/windows/w1/profile", &manager).json(&body))
    };
    let groups = json!([{ "services": ["pension"], "weight": 2 }, { "services": ["passport"] }]);
    set(json!({ "profile": { "mode": "ratio", "groups": groups } })).await.ok();
    let profile = json!({ "groups": [{ "services": ["pension"] }] });
    set(json!({ "profile": profile })).await.ok();
    let windows = house.get("/windows", &manager).await.ok();
    assert_eq!(windows[0]["services"], json!(["pension"]));
    let unknown = json!({ "groups": [{ "services": ["nothing"] }] });
    set(json!({ "profile": unknown })).await.refused(404, "unknown-service");
    let empty = json!({ "groups": [{ "services": [] }] });
    set(json!({ "profile": empty })).await.refused(422, "empty-group");
    set(json!({ "profile": null })).await.ok();
    let windows = house.get("/windows", &manager).await.ok();
    assert_eq!(windows[0]["services"], json!(["passport", "pension"]));
    house.close().await;
}

#[tokio::test]
async fn a_closed_service_gives_no_numbers() {
    let house = House::open().await;
    let manager = house.sign_in("m1", None).await;
    let reason = json!({ "reason": "why" });
    house.post("/services/passport/close", &manager, reason).await.ok();
    let refused = house.post("/tickets", KIOSK, json!({ "services": ["passport"] })).await;
    refused.refused(409, "service-closed");
    assert!(refused.text.contains("护照"), "the service's name, not its id: {refused:?}");
    house.post("/services/passport/reopen", &manager, json!({})).await.ok();
    house
        .post("/services/passport/reopen", &manager, json!({}))
        .await
        .refused(409, "service-not-closed");
    house.take("passport").await;
    house.close().await;
}

#[tokio::test]
async fn a_day_ends_and_begins_again() {
    let house = House::open().await;
    let manager = house.sign_in("m1", None).await;
    house.take("passport").await;
    house.post("/day/start", &manager, json!({})).await.refused(409, "day-already-running");
    house.post("/day/end", &manager, json!({})).await.ok();
    let refused = house.post("/tickets", KIOSK, json!({ "services": ["passport"] })).await;
    refused.refused(409, "day-not-running");
    house.post("/day/start", &manager, json!({})).await.ok();
    house.take("passport").await;
    house.close().await;
}

#[tokio::test]
async fn the_journal_tells_what_happened_and_names_nobody() {
    let house = House::open().await;
    let manager = house.sign_in("m1", None).await;
    let visitor = json!({ "by": "card", "name": "张测试", "number": "11010519491231002X" });
    let wish = json!({ "services": ["pension"], "visitor": visitor });
    house.post("/tickets", KIOSK, wish).await.ok();
    let answer = house.get("/journal?limit=500", &manager).await;
    for secret in ["张测试", "19491231", "002X"] {
        assert!(!answer.text.contains(secret), "{secret} is in the journal");
    }
    let entries = answer.ok();
    let entries = entries.as_array().expect("entries");
    let last = entries.last().expect("something happened");
    assert_eq!(last["event"]["event"], "taken");
    assert_eq!(last["by"], json!({ "kind": "kiosk", "id": "k1" }));
    let after = last["seq"].as_u64().expect("a sequence") - 1;
    let rest = house.get(&format!("/journal?after={after}"), &manager).await.ok();
    assert_eq!(rest.as_array().map(Vec::len), Some(1));
    house.close().await;
}
