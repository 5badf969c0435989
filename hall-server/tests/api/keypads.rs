//! The keys of hard devices beside a clerk, and the rater in front of the visitor.

use reqwest::Method;
use serde_json::{Value, json};

use crate::house::{Answer, DISPLAY, House};

async fn press(house: &House, key: &str) -> Answer {
    house.post("/displays/lobby/keys", DISPLAY, json!({ "window": "w1", "key": key })).await
}

async fn rate(house: &House, rating: &str) -> Answer {
    let given = json!({ "window": "w1", "rating": rating });
    house.post("/displays/lobby/ratings", DISPLAY, given).await
}

/// What the keypad shows: the number and how many wait.
fn shown(view: &Value) -> (Option<&str>, u64) {
    (view["number"].as_str(), view["waiting"].as_u64().expect("a count"))
}

/// A hall with a clerk at window w1 and so many visitors.
async fn at_work(visitors: usize) -> House {
    let house = House::open_with(|config| {
        let mut plan = (*config.plan).clone();
        for reason in ["pause-tea", "hold-papers"] {
            plan.reasons.insert(reason.to_owned(), plan.reasons["why"].clone());
        }
        config.plan = plan.into();
    })
    .await;
    house.sign_in("c1", Some("w1")).await;
    for _ in 0..visitors {
        house.take("passport").await;
    }
    house
}

#[tokio::test]
async fn a_visitor_is_called_recalled_served_and_asked_by_keys_alone() {
    let house = at_work(2).await;
    assert_eq!(shown(&press(&house, "call").await.ok()), (Some("A001"), 1));
    assert_eq!(shown(&press(&house, "recall").await.ok()), (Some("A001"), 1));
    press(&house, "call").await.refused(409, "call-unanswered");
    rate(&house, "good").await.refused(409, "nothing-to-rate");
    let done = press(&house, "rate").await.ok();
    assert_eq!((shown(&done), done["may_rate"].as_bool()), ((None, 1), Some(true)));
    rate(&house, "very-good").await.ok();
    rate(&house, "bad").await.refused(409, "nothing-to-rate");
    assert_eq!(shown(&press(&house, "call").await.ok()), (Some("A002"), 0));
    assert_eq!(shown(&press(&house, "pass").await.ok()), (None, 1), "back in the queue");
    house.close().await;
}

#[tokio::test]
async fn somebody_set_aside_comes_back_and_somebody_sent_back_waits_again() {
    let house = at_work(1).await;
    press(&house, "call").await.ok();
    assert_eq!(shown(&press(&house, "hold").await.ok()), (None, 0));
    assert_eq!(shown(&press(&house, "resume").await.ok()), (Some("A001"), 0));
    assert_eq!(shown(&press(&house, "transfer").await.ok()), (None, 1));
    press(&house, "resume").await.refused(409, "nobody-here");
    house.close().await;
}

#[tokio::test]
async fn any_key_ends_a_pause() {
    let house = at_work(2).await;
    assert_eq!(press(&house, "pause").await.ok()["mode"], "paused");
    assert_eq!(press(&house, "pause").await.ok()["mode"], "open");
    press(&house, "pause").await.ok();
    let called = press(&house, "call").await.ok();
    assert_eq!((called["mode"].as_str(), shown(&called)), (Some("open"), (Some("A001"), 1)));
    house.close().await;
}

#[tokio::test]
async fn a_press_that_is_sent_again_is_done_once() {
    let house = at_work(3).await;
    for key in ["pause", "call"] {
        let body = json!({ "window": "w1", "key": key });
        let request = || {
            let request = house.request(Method::POST, "/displays/lobby/keys", DISPLAY);
            request.header("idempotency-key", format!("press-{key}")).json(&body)
        };
        let first = house.send(request()).await.ok();
        assert_eq!(house.send(request()).await.ok(), first, "{key}");
    }
    house.close().await;
}

#[tokio::test]
async fn a_display_speaks_only_for_windows_whose_keypads_it_has() {
    let house = at_work(1).await;
    let body = json!({ "window": "w2", "key": "call" });
    house.post("/displays/lobby/keys", DISPLAY, body).await.refused(403, "not-your-window");
    let body = json!({ "window": "w1", "key": "call" });
    house.post("/displays/other/keys", DISPLAY, body).await.refused(403, "not-your-device");
    house.close().await;
}
