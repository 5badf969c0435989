//! What clerks do at their windows, also all at once.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::house::{House, INTEGRATOR, KIOSK};

#[tokio::test]
async fn a_visit_from_call_to_finish() {
    let house = House::open().await;
    let clerk = house.sign_in("c1", Some("w1")).await;
    let taken = house.take("passport").await;
    let called = house.post("/windows/w1/call-next", &clerk, json!({})).await.ok();
    assert_eq!(called["ticket"]["number"], taken["number"]);
    assert_eq!(called["window"]["current"]["phase"], "called");
    let seen = called["window"]["revision"].as_u64().expect("a revision");
    house.post("/windows/w1/recall", &clerk, json!({ "seen": seen })).await.ok();
    house
        .post("/windows/w1/start", &clerk, json!({ "seen": seen }))
        .await
        .refused(409, "stale-page");
    let started = house.post("/windows/w1/start", &clerk, json!({})).await.ok();
    assert_eq!(started["ticket"]["phase"], "serving");
    let note = json!({ "to": { "window": "w2" }, "note": "看原件", "come_back": true });
    house.post("/windows/w1/transfer", &clerk, note.clone()).await.refused(409, "target-closed");
    let other = house.sign_in("c2", Some("w2")).await;
    house.post("/windows/w1/transfer", &clerk, note).await.ok();
    let next = house.post("/windows/w2/call-next", &other, json!({})).await.ok();
    assert_eq!(next["ticket"]["note"], "看原件");
    let console = house.get("/windows/w2/console", &other).await.ok();
    assert_eq!(console["undo"]["action"], "call");
    house.post("/windows/w2/undo", &other, json!({})).await.ok();
    let totals = house.get("/totals", &clerk).await.ok();
    assert_eq!((&totals["taken"], &totals["waiting"]), (&json!(1), &json!(1)));
    house.close().await;
}

#[tokio::test]
async fn many_clerks_press_next_at_once() {
    const VISITORS: usize = 90;
    let house = House::open().await;
    for _ in 0..VISITORS {
        house.take("passport").await;
    }
    let called = press_next_everywhere(&house, VISITORS / 3).await;
    let distinct: BTreeSet<&String> = called.iter().collect();
    assert_eq!(called.len(), VISITORS, "every press called somebody");
    assert_eq!(distinct.len(), VISITORS, "nobody was called twice");
    house.close().await;
}

/// Three clerks press their keys as fast as they can, each their own one after another.
async fn press_next_everywhere(house: &House, times: usize) -> Vec<String> {
    let (one, two, three) = tokio::join!(
        press_next(house, "c1", "w1", times),
        press_next(house, "c2", "w2", times),
        press_next(house, "c3", "w3", times),
    );
    [one, two, three].concat()
}

async fn press_next(house: &House, clerk: &str, window: &str, times: usize) -> Vec<String> {
    let token = house.sign_in(clerk, Some(window)).await;
    let mut called = Vec::new();
    for _ in 0..times {
        let next =
            house.post(&format!("/windows/{window}/call-next"), &token, json!({})).await.ok();
        called.push(next["ticket"]["number"].as_str().expect("somebody").to_owned());
        house.post(&format!("/windows/{window}/start"), &token, json!({})).await.ok();
    }
    called
}

#[tokio::test]
async fn one_visitor_and_two_clerks_at_the_same_moment() {
    let house = House::open().await;
    let one = house.sign_in("c1", Some("w1")).await;
    let two = house.sign_in("c2", Some("w2")).await;
    for _ in 0..20 {
        let first = house.take("passport").await["number"].clone();
        let second = house.take("passport").await["number"].clone();
        let (left, right) = tokio::join!(
            house.post("/windows/w1/call-next", &one, json!({})),
            house.post("/windows/w2/call-next", &two, json!({})),
        );
        let got = [left.ok()["ticket"]["number"].clone(), right.ok()["ticket"]["number"].clone()];
        assert!(got == [first.clone(), second.clone()] || got == [second, first], "{got:?}");
        for (window, token) in [("w1", &one), ("w2", &two)] {
            house.post(&format!("/windows/{window}/start"), token, json!({})).await.ok();
        }
    }
    house.close().await;
}

#[tokio::test]
async fn a_key_pressed_twice_acts_once() {
    let house = House::open().await;
    let clerk = house.sign_in("c1", Some("w1")).await;
    house.take("passport").await;
    house.take("passport").await;
    let press = || async {
        let request = house.request(reqwest::Method::POST, "/windows/w1/call-next", &clerk);
        house.send(request.header("Idempotency-Key", "press-1").json(&json!({}))).await
    };
    let first = press().await.ok();
    let seq = house.seq();
    let again = press().await.ok();
    assert_eq!(first, again);
    assert_eq!(house.seq(), seq);
    let other = house.request(reqwest::Method::POST, "/windows/w1/start", &clerk);
    let other = other.header("Idempotency-Key", "press-1").json(&json!({}));
    house.send(other).await.refused(409, "key-reused");
    house.close().await;
}

#[tokio::test]
async fn wrong_order_of_actions_changes_nothing() {
    let house = House::open().await;
    let clerk = house.sign_in("c1", Some("w1")).await;
    let seq = house.seq();
    let reason = json!({ "reason": "why" });
    let hold = json!({ "reason": "why", "scope": "private", "minutes": 5 });
    for (act, body, code) in [
        ("call-next", json!({}), "nobody-waiting"),
        ("recall", json!({}), "nobody-here"),
        ("start", json!({}), "nobody-here"),
        ("finish", json!({}), "nobody-here"),
        ("pass", json!({}), "nobody-here"),
        ("hold", hold, "nobody-here"),
        ("resume", json!({}), "window-not-paused"),
        ("undo", json!({}), "nothing-to-undo"),
        ("transfer", json!({ "to": { "service": "passport" } }), "nobody-here"),
        ("open", json!({}), "window-taken"),
    ] {
        house.post(&format!("/windows/w1/{act}"), &clerk, body).await.refused(409, code);
    }
    for (act, body, code) in [
        ("take-back", json!({ "ticket": 77 }), "unknown-ticket"),
        ("call", json!({ "ticket": 77, "reason": "why" }), "unknown-ticket"),
        ("pause", json!({ "reason": "whim" }), "unknown-reason"),
        ("walk-up", json!({ "service": "nothing" }), "unknown-service"),
    ] {
        house.post(&format!("/windows/w1/{act}"), &clerk, body).await.refused(404, code);
    }
    assert_eq!(house.seq(), seq, "nothing changed");
    house.post("/windows/w1/pause", &clerk, reason).await.ok();
    house.post("/windows/w1/call-next", &clerk, json!({})).await.refused(409, "window-not-open");
    house.close().await;
}

#[tokio::test]
async fn an_integrator_does_what_a_clerk_can() {
    let house = House::open().await;
    house.post("/windows/w3/open", INTEGRATOR, json!({})).await.refused(422, "no-clerk-named");
    house
        .post("/windows/w3/open", INTEGRATOR, json!({ "clerk": "nobody" }))
        .await
        .refused(404, "unknown-clerk");
    house.post("/windows/w3/open", INTEGRATOR, json!({ "clerk": "c3" })).await.ok();
    let service = json!({ "service": "passport" });
    house.post("/windows/w3/walk-up", INTEGRATOR, service).await.ok();
    let done = house.post("/windows/w3/finish", INTEGRATOR, json!({})).await.ok();
    assert_eq!(done["ticket"], Value::Null);
    house.post("/windows/w3/finish", KIOSK, json!({})).await.refused(403, "not-your-role");
    house.close().await;
}

#[tokio::test]
async fn a_hold_ends_in_minutes_or_at_a_time() {
    let house = House::open().await;
    let clerk = house.sign_in("c1", Some("w1")).await;
    let ticket = house.take("passport").await["ticket"].clone();
    house.post("/windows/w1/call-next", &clerk, json!({})).await.ok();
    let past = json!({ "scope": "shared", "reason": "why", "until": 1_000 });
    house.post("/windows/w1/hold", &clerk, past).await.refused(422, "hold-in-past");
    let hold = json!({ "scope": "shared", "reason": "why", "minutes": 5 });
    house.post("/windows/w1/hold", &clerk, hold).await.ok();
    let held = house.get("/windows/w1/console", &clerk).await.ok()["held"][0].clone();
    assert_eq!(held["until"], json!(house.clock.now().0 + 5 * 60_000));
    house.post("/windows/w1/take-back", &clerk, json!({ "ticket": ticket })).await.ok();
    house.close().await;
}
