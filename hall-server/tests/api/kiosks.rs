//! What a hall gives its kiosks: orders settled, slips again, errands, tests of devices.

use protocol::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};

use crate::house::{Answer, ELDER_CARD, House, KIOSK, MORNING, OTHER_KIOSK};

fn report(condition: &str) -> Value {
    let printer = json!({
        "device": "printer", "condition": condition, "since": 1, "address": "tcp:10.0.0.7:9100",
        "counters": [{ "what": "slips-left", "count": 240 }],
    });
    json!({ "version": "1", "devices": [printer], "unsent": 2, "leased_left": 50 })
}

async fn with_key(house: &House, key: &str, path: &str, body: Value) -> Answer {
    let request = house.request(Method::POST, path, KIOSK).header("Idempotency-Key", key);
    house.send(request.json(&body)).await
}

async fn give_up(house: &House, key: &str) -> Value {
    house.post("/kiosks/k1/settlements", KIOSK, json!({ "key": key })).await.ok()
}

async fn beat(house: &House, condition: &str) -> Value {
    house.post("/kiosks/k1/heartbeat", KIOSK, report(condition)).await.ok()
}

#[tokio::test]
async fn a_leased_ticket_joins_once_also_after_a_restart() {
    let house = House::open().await;
    let wish = json!({ "series": "A", "count": 1 });
    let lease = house.post("/kiosks/k1/leases", KIOSK, wish).await.ok();
    let own = format!("/visits/{}", lease["tickets"][0]["token"].as_str().expect("a token"));
    house.get(&own, "").await.refused(409, "not-joined");
    let leased = json!({ "ticket": lease["tickets"][0]["ticket"], "taken_at": MORNING });
    let wish = json!({ "services": ["passport"], "leased": leased });
    let first = with_key(&house, "lease-1", "/tickets", wish.clone()).await.ok();
    assert_eq!(first["number"], "A500");
    assert_eq!(house.get(&own, "").await.ok()["phase"], "waiting");
    let house = house.restarted().await;
    let again = with_key(&house, "lease-1", "/tickets", wish.clone()).await.ok();
    assert_eq!(again, first);
    let seq = house.seq();
    let other = with_key(&house, "another", "/tickets", wish).await;
    other.refused(409, "already-joined");
    assert!(other.text.contains("A500"), "{other:?}");
    assert_eq!(house.seq(), seq);
    house.close().await;
}

#[tokio::test]
async fn what_kiosks_gave_meanwhile_joins_in_order_of_time() {
    let house = House::open().await;
    house.clock.set(MORNING.plus_s(60));
    let online = house.take("passport").await;
    let mut given = vec![(60, online["number"].clone())];
    let mut wishes = Vec::new();
    for (kiosk, token, first_s) in [("k1", KIOSK, 10), ("k2", OTHER_KIOSK, 15)] {
        let wish = json!({ "series": "A", "count": 10 });
        let lease = house.post(&format!("/kiosks/{kiosk}/leases"), token, wish).await.ok();
        for (place, leased) in (0..).zip(lease["tickets"].as_array().expect("tickets")) {
            let taken_s = first_s + place * 10;
            given.push((taken_s, leased["number"].clone()));
            let leased = json!({
                "ticket": leased["ticket"], "taken_at": MORNING.plus_s(taken_s),
            });
            wishes.push((token, json!({ "services": ["passport"], "leased": leased })));
        }
    }
    house.clock.set(MORNING.plus_s(300));
    // Both hand in at once, each from its latest to its first.
    let joins = wishes.into_iter().rev().map(|(token, wish)| house.post("/tickets", token, wish));
    futures_util::future::join_all(joins).await.into_iter().for_each(|it| drop(it.ok()));
    given.sort_by_key(|(taken_s, _)| *taken_s);
    let day = house.running.hall.journal().day().clone();
    let passport = "passport".into();
    let queue: Vec<Value> = day.queue(&passport).map(|ticket| json!(ticket.number)).collect();
    let expected: Vec<Value> = given.into_iter().map(|(_, number)| number).collect();
    assert_eq!(queue, expected);
    house.close().await;
}

#[tokio::test]
async fn a_lease_is_repeated_within_its_day_only() {
    let house = House::open().await;
    let lease = json!({ "series": "A", "count": 2 });
    let first = with_key(&house, "lease", "/kiosks/k1/leases", lease.clone()).await.ok();
    assert_eq!(with_key(&house, "lease", "/kiosks/k1/leases", lease.clone()).await.ok(), first);
    house.clock.set(MORNING.plus_s(24 * 3600));
    let house = house.restarted().await;
    let late = with_key(&house, "lease", "/kiosks/k1/leases", lease.clone()).await;
    late.refused(409, "not-leased");
    let new = with_key(&house, "new", "/kiosks/k1/leases", lease).await.ok();
    assert_eq!(
        (&new["date"], &new["tickets"][0]["number"]),
        (&json!("2026-11-24"), &json!("A500"))
    );
    assert_ne!(new["tickets"][0]["ticket"], first["tickets"][0]["ticket"]);
    house.close().await;
}

#[tokio::test]
async fn an_order_that_is_given_up_leaves_nobody_in_the_queue() {
    let house = House::open().await;
    let wish = json!({ "services": ["passport"] });
    let slip = with_key(&house, "order", "/tickets", wish.clone()).await.ok();
    let given_up = give_up(&house, "order").await;
    assert_eq!(given_up["withdrawn"], slip["ticket"]);
    let seq = house.seq();
    assert_eq!(give_up(&house, "order").await, given_up, "asked again, it says the same");
    with_key(&house, "order", "/tickets", wish).await.refused(409, "given-up");
    assert_eq!(house.seq(), seq);
    let token = slip["token"].as_str().expect("a token");
    let ticket = house.get(&format!("/visits/{token}"), "").await.ok();
    assert_eq!(ticket["outcome"], "withdrawn");
    house.close().await;
}

#[tokio::test]
async fn an_order_that_was_given_up_before_it_arrived_never_happens() {
    let house = House::open().await;
    let seq = house.seq();
    assert_eq!(give_up(&house, "late").await["withdrawn"], Value::Null);
    let house = house.restarted().await;
    let wish = json!({ "services": ["passport"] });
    with_key(&house, "late", "/tickets", wish.clone()).await.refused(409, "given-up");
    assert_eq!(house.seq(), seq);
    // The key is this kiosk's: another may use the same.
    let request = house.request(Method::POST, "/tickets", OTHER_KIOSK);
    house.send(request.header("Idempotency-Key", "late").json(&wish)).await.ok();
    let empty = json!({ "key": " " });
    house.post("/kiosks/k1/settlements", KIOSK, empty).await.refused(400, "bad-key");
    house.close().await;
}

#[tokio::test]
async fn a_ticket_that_a_window_has_called_is_not_taken_from_it() {
    let house = House::open().await;
    let clerk = house.sign_in("c1", Some("w1")).await;
    with_key(&house, "order", "/tickets", json!({ "services": ["passport"] })).await.ok();
    house.post("/windows/w1/call-next", &clerk, json!({})).await.ok();
    assert_eq!(give_up(&house, "order").await["withdrawn"], Value::Null);
    house.post("/windows/w1/start", &clerk, json!({})).await.ok();
    house.close().await;
}

#[tokio::test]
async fn a_visitor_is_found_by_card_and_by_slip() {
    let house = House::open().await;
    let card = json!({ "by": "card", "name": "张测试", "number": ELDER_CARD });
    let wish = json!({ "services": ["pension", "passport"], "visitor": card });
    let slip = house.post("/tickets", KIOSK, wish).await.ok();
    let find = |by: Value| house.post("/kiosks/k2/visits", OTHER_KIOSK, json!({ "by": by }));
    let found = find(json!({ "visitor": card })).await.ok();
    assert_eq!(found["tickets"], json!([slip]), "the slip as it was, at any kiosk");
    let by_slip = find(json!({ "ticket": slip["url"] })).await.ok();
    assert_eq!(by_slip, found);
    assert_eq!(find(json!({ "ticket": slip["token"] })).await.ok(), found);
    let nothing = json!({ "tickets": [], "appointments": [] });
    assert_eq!(find(json!({ "ticket": "AAAA" })).await.ok(), nothing);
    let phone = json!({ "by": "phone", "number": "13800138000" });
    assert_eq!(find(json!({ "visitor": phone })).await.ok(), nothing);
    house
        .post(
            &format!("/visits/{}/withdraw", slip["token"].as_str().expect("a token")),
            "",
            json!({}),
        )
        .await
        .ok();
    assert_eq!(find(json!({ "visitor": card })).await.ok(), nothing, "what is over is not found");
    house.close().await;
}

#[tokio::test]
async fn another_slip_is_in_the_tickets_story() {
    let house = House::open().await;
    let slip = house.take("passport").await;
    let wish = json!({ "ticket": slip["ticket"] });
    let again = house.post("/kiosks/k1/reprints", KIOSK, wish.clone()).await.ok();
    assert_eq!(again, slip);
    let manager = house.sign_in("m1", None).await;
    let events = house.get(&format!("/journal?after={}", house.seq() - 1), &manager).await.ok();
    let event = &events[0]["event"];
    assert_eq!((&event["event"], &event["kiosk"]), (&json!("slip-reprinted"), &json!("k1")));
    let page = house.get("//manager/tickets/A001", &manager).await;
    assert!(page.text.contains("补打小票"), "{}", page.text);
    let token = slip["token"].as_str().expect("a token");
    house.post(&format!("/visits/{token}/withdraw"), "", json!({})).await.ok();
    house.post("/kiosks/k1/reprints", KIOSK, wish).await.refused(409, "ticket-closed");
    house.close().await;
}

#[tokio::test]
async fn staff_see_how_kiosks_are_and_have_them_tested() {
    let house = House::open().await;
    let manager = house.sign_in("m1", None).await;
    let errands = beat(&house, "ready").await;
    assert_eq!(errands["at"], MORNING.0);
    assert_eq!((&errands["help_open"], &errands["tests"]), (&json!(false), &json!([])));
    house.post("/kiosks/k1/help", KIOSK, json!({})).await.ok();
    let print = json!({ "test": "print-slip" });
    let asked = house.post("/kiosks/k1/tests", &manager, print).await.ok();
    let errands = beat(&house, "paper-low").await;
    assert_eq!((&errands["help_open"], &errands["tests"]), (&json!(true), &json!([asked])));
    let mut done = report("paper-low");
    done["tests"] = json!([{ "id": asked["id"], "finding": "passed" }]);
    let errands = house.post("/kiosks/k1/heartbeat", KIOSK, done).await.ok();
    assert_eq!(errands["tests"], json!([]), "it is done");
    let kiosks = &house.get("/kiosks", &manager).await.ok()["kiosks"];
    assert_eq!((&kiosks[0]["kiosk"], &kiosks[0]["heard_at"]), (&json!("k1"), &json!(MORNING)));
    assert_eq!(kiosks[0]["report"]["devices"][0]["condition"], "paper-low");
    assert_eq!(kiosks[0]["help_since"], MORNING.0);
    assert_eq!(kiosks[0]["tests"][0]["finding"], "passed");
    assert_eq!((&kiosks[1]["kiosk"], &kiosks[1]["heard_at"]), (&json!("k2"), &Value::Null));
    let nowhere = json!({ "test": "blink" });
    house.post("/kiosks/k9/tests", &manager, nowhere).await.refused(404, "unknown-kiosk");
    house.close().await;
}

/// The kinds of needs a duty manager is told of.
async fn needs(house: &House) -> Vec<(String, Timestamp)> {
    let now = house.clock.now();
    let needs = house.running.hall.presence().kiosks_in_need(now).into_iter();
    needs.map(|(kiosk, need, since)| (format!("{kiosk} {need:?}"), since)).collect()
}

#[tokio::test]
async fn a_device_in_trouble_and_a_silent_kiosk_are_told() {
    let house = House::open().await;
    beat(&house, "paper-out").await;
    house.clock.set(MORNING.plus_s(3));
    beat(&house, "paper-out").await;
    let trouble = "k1 Device(Printer, PaperOut)".to_owned();
    assert_eq!(needs(&house).await, [(trouble, MORNING)]);
    house.clock.set(MORNING.plus_s(33));
    assert_eq!(needs(&house).await, [("k1 Gone".to_owned(), MORNING.plus_s(33))]);
    beat(&house, "ready").await;
    assert_eq!(needs(&house).await, []);
    house.close().await;
}
