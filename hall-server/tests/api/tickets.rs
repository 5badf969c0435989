//! Taking numbers, and what can be done with one.

use reqwest::Method;
use serde_json::json;

use crate::house::{ELDER_CARD, House, KIOSK, OTHER_KIOSK};

fn card(number: &str) -> serde_json::Value {
    json!({ "by": "card", "name": "张测试", "number": number })
}

#[tokio::test]
async fn the_slip_says_everything() {
    let house = House::open().await;
    let wish = json!({
        "services": ["pension", "passport"], "visitor": card(ELDER_CARD), "language": "en",
    });
    let slip = house.post("/tickets", KIOSK, wish).await.ok();
    assert_eq!(slip["number"], "A001");
    assert_eq!(slip["class"], "elder", "by the date of birth on the card");
    assert_eq!(slip["last_four"], "002X");
    assert_eq!(slip["services"][0]["zh"], "养老金");
    assert_eq!(slip["ahead"], 0);
    let token = slip["token"].as_str().expect("a token");
    assert_eq!(slip["url"], format!("http://hall.example/t/{token}"));
    assert!(!token.contains("1949"));
    let own = house.get(&format!("/visits/{token}"), "").await.ok();
    assert_eq!((&own["number"], &own["phase"]), (&json!("A001"), &json!("waiting")));
    house.close().await;
}

#[tokio::test]
async fn a_number_asked_for_twice_is_given_once() {
    let house = House::open().await;
    let ask = |key: &'static str, service: &'static str| {
        let request = house.request(Method::POST, "/tickets", KIOSK);
        house.send(request.header("Idempotency-Key", key).json(&json!({ "services": [service] })))
    };
    let first = ask("k-1", "passport").await.ok();
    let again = ask("k-1", "passport").await.ok();
    assert_eq!(first, again);
    let next = ask("k-2", "passport").await.ok();
    assert_ne!(first["number"], next["number"]);
    let long = "k".repeat(200);
    let request = house.request(Method::POST, "/tickets", KIOSK);
    let request =
        request.header("Idempotency-Key", long).json(&json!({ "services": ["passport"] }));
    house.send(request).await.refused(400, "bad-key");
    house.close().await;
}

#[tokio::test]
async fn one_person_holds_one_ticket_for_a_service() {
    let house = House::open().await;
    let wish = json!({ "services": ["pension"], "visitor": card(ELDER_CARD) });
    house.post("/tickets", KIOSK, wish.clone()).await.ok();
    let again = house.post("/tickets", KIOSK, wish).await;
    again.refused(409, "already-waiting");
    assert!(again.text.contains("A001"), "{again:?}");
    house.close().await;
}

#[tokio::test]
async fn nobody_is_believed_by_halves() {
    let house = House::open().await;
    let seq = house.seq();
    let take = |body| house.post("/tickets", KIOSK, body);
    let pension = |visitor| json!({ "services": ["pension"], "visitor": visitor });
    take(json!({ "services": ["pension"] })).await.refused(422, "identity-needed");
    take(pension(card("110105194912310021"))).await.refused(422, "card-number");
    take(pension(json!({ "by": "phone", "number": "12345" }))).await.refused(422, "phone-number");
    take(pension(json!({ "by": "card", "name": " ", "number": ELDER_CARD })))
        .await
        .refused(422, "visitor-name");
    take(json!({ "services": [] })).await.refused(422, "no-service");
    take(json!({ "services": ["nothing"] })).await.refused(404, "unknown-service");
    take(json!({ "services": ["passport", "passport"] })).await.refused(422, "same-service-twice");
    take(json!({ "services": ["passport"], "class": "veteran" }))
        .await
        .refused(403, "not-your-role");
    take(json!({ "services": ["passport"], "kiosk": "k2" })).await.refused(403, "not-your-device");
    assert_eq!(house.seq(), seq, "nothing changed");
    house.close().await;
}

#[tokio::test]
async fn a_visitor_gives_the_number_back() {
    let house = House::open().await;
    let slip = house.take("passport").await;
    let path = format!("/visits/{}", slip["token"].as_str().expect("a token"));
    house.post(&format!("{path}/return"), "", json!({})).await.refused(409, "cannot-return");
    let receipt = house.post(&format!("{path}/withdraw"), "", json!({})).await.ok();
    assert_eq!(receipt["ticket"]["outcome"], "withdrawn");
    house.post(&format!("{path}/withdraw"), "", json!({})).await.refused(409, "ticket-closed");
    for bogus in ["x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "%F0%9F%8E%AB", "..%2F..%2Fetc"] {
        house.get(&format!("/visits/{bogus}"), "").await.refused(404, "unknown-visit");
    }
    house.close().await;
}

#[tokio::test]
async fn staff_care_for_tickets() {
    let house = House::open().await;
    let clerk = house.sign_in("c1", None).await;
    let first = house.take("passport").await["ticket"].clone();
    let second = house.take("passport").await["ticket"].clone();
    let grant = json!({ "class": "disabled", "reason": "why", "note": "轮椅" });
    let granted = house.post(&format!("/tickets/{first}/class"), &clerk, grant).await.ok();
    assert_eq!(granted["ticket"]["class"], "disabled");
    let long = json!({ "class": "disabled", "reason": "why", "note": "长".repeat(201) });
    house
        .post(&format!("/tickets/{first}/class"), &clerk, long)
        .await
        .refused(422, "text-too-long");
    house
        .post(&format!("/tickets/{first}/merge"), &clerk, json!({ "drop": first }))
        .await
        .refused(422, "same-ticket");
    house.post(&format!("/tickets/{first}/merge"), &clerk, json!({ "drop": second })).await.ok();
    let gone = house.get(&format!("/tickets/{second}"), &clerk).await.ok();
    assert_eq!(gone["outcome"], "merged");
    let left = house.post(&format!("/tickets/{first}/leave"), &clerk, json!({})).await.ok();
    assert_eq!(left["ticket"]["outcome"], "left");
    let back = house.post(&format!("/tickets/{first}/return"), &clerk, json!({})).await.ok();
    assert_eq!(back["ticket"]["phase"], "waiting");
    house.close().await;
}

#[tokio::test]
async fn leased_numbers_belong_to_their_kiosk() {
    let house = House::open().await;
    let wish = json!({ "series": "A", "count": 3 });
    let lease = house.post("/kiosks/k1/leases", KIOSK, wish).await.ok();
    let numbers: Vec<&str> = lease["tickets"]
        .as_array()
        .expect("tickets")
        .iter()
        .filter_map(|it| it["number"].as_str())
        .collect();
    assert_eq!(numbers, ["A500", "A501", "A502"], "from the far half");
    assert_eq!(lease["date"], "2026-11-23");
    let leased = &lease["tickets"][1];
    let taken_at = house.clock.now().0 - 60_000;
    let wish = json!({
        "services": ["passport"],
        "leased": { "ticket": leased["ticket"], "taken_at": taken_at },
    });
    house.post("/tickets", OTHER_KIOSK, wish.clone()).await.refused(409, "not-leased");
    let slip = house.post("/tickets", KIOSK, wish.clone()).await.ok();
    assert_eq!((&slip["number"], &slip["token"]), (&leased["number"], &leased["token"]));
    assert_eq!(slip["taken_at"], taken_at);
    house.post("/tickets", KIOSK, wish).await.refused(409, "already-joined");
    assert_eq!(house.take("passport").await["number"], "A001");
    let much = json!({ "series": "A", "count": 4_000_000 });
    house.post("/kiosks/k1/leases", KIOSK, much).await.refused(422, "lease-too-large");
    let unknown = json!({ "series": "Z", "count": 1 });
    house.post("/kiosks/k1/leases", KIOSK, unknown).await.refused(404, "unknown-series");
    house.close().await;
}
