//! Signing in and out.

use reqwest::Method;
use reqwest::header::{COOKIE, SET_COOKIE};
use serde_json::{Value, json};

use crate::house::{House, PIN};

fn wish(clerk: &str, pin: &str, window: Option<&str>) -> Value {
    json!({ "clerk": clerk, "pin": pin, "window": window })
}

#[tokio::test]
async fn signing_in_opens_the_window() {
    let house = House::open().await;
    let answer = house.post("/sessions", "", wish("c1", PIN, Some("w1"))).await;
    let cookie = answer.headers[SET_COOKIE].to_str().expect("a cookie").to_owned();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age="] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let session = answer.ok();
    assert_eq!((&session["clerk"], &session["role"]), (&json!("c1"), &json!("clerk")));
    let token = session["token"].as_str().expect("a token");
    let windows = house.get("/windows", token).await.ok();
    assert_eq!((&windows[0]["mode"], &windows[0]["clerk"]), (&json!("open"), &json!("c1")));
    // The cookie says the same as the token.
    let cookie = cookie.split(';').next().expect("a value").to_owned();
    let current = house.request(Method::GET, "/sessions/current", "").header(COOKIE, cookie);
    assert_eq!(house.send(current).await.ok()["window"], "w1");
    house.close().await;
}

#[tokio::test]
async fn signing_in_again_at_the_own_window_is_no_error() {
    let house = House::open().await;
    house.sign_in("c1", Some("w1")).await;
    let seq = house.seq();
    house.sign_in("c1", Some("w1")).await;
    assert_eq!(house.seq(), seq);
    house.post("/sessions", "", wish("c2", PIN, Some("w1"))).await.refused(409, "window-taken");
    house.post("/sessions", "", wish("c1", PIN, Some("w2"))).await.refused(409, "clerk-elsewhere");
    house.post("/sessions", "", wish("u1", PIN, Some("w2"))).await.refused(403, "not-your-role");
    house.post("/sessions", "", wish("c2", PIN, Some("w9"))).await.refused(404, "unknown-window");
    house.close().await;
}

#[tokio::test]
async fn by_name_where_it_is_clear() {
    let house = House::open().await;
    let session = house.post("/sessions", "", wish("甲一", PIN, None)).await.ok();
    assert_eq!(session["clerk"], "c1");
    for unknown in ["", "nobody", "甲", "c1 c2"] {
        house.post("/sessions", "", wish(unknown, PIN, None)).await.refused(401, "wrong-pin");
    }
    house.close().await;
}

#[tokio::test]
async fn wrong_pins_make_a_pause() {
    let house = House::open().await;
    for _ in 0..5 {
        house.post("/sessions", "", wish("c1", "0000", None)).await.refused(401, "wrong-pin");
    }
    let paused = house.post("/sessions", "", wish("c1", PIN, None)).await;
    paused.refused(429, "too-many-attempts");
    assert_eq!(paused.headers["retry-after"], "60");
    house.sign_in("c2", None).await;
    house.clock.set(house.clock.now().plus_s(61));
    house.sign_in("c1", None).await;
    house.close().await;
}

#[tokio::test]
async fn guessing_many_at_once_does_not_help() {
    let house = House::open().await;
    let guesses = (0..20).map(|pin| {
        let request = house.request(Method::POST, "/sessions", "");
        request.json(&wish("c1", &format!("{pin:04}"), None)).send()
    });
    let guesses: Vec<_> = guesses.map(tokio::spawn).collect();
    let mut wrong = 0;
    for guess in guesses {
        let answer = guess.await.expect("no panic").expect("an answer");
        assert!(matches!(answer.status().as_u16(), 401 | 429), "{answer:?}");
        wrong += u32::from(answer.status() == 401);
    }
    assert_eq!(wrong, 5, "the others were not even looked at");
    house.close().await;
}

#[tokio::test]
async fn a_session_outlives_a_restart_and_ends_by_itself() {
    let house = House::open().await;
    let clerk = house.sign_in("c1", Some("w1")).await;
    let out = house.sign_in("c2", None).await;
    house.send(house.request(Method::DELETE, "/sessions/current", &out)).await.ok();
    house.get("/sessions/current", &out).await.refused(401, "sign-in-first");
    let house = house.restarted().await;
    assert_eq!(house.get("/sessions/current", &clerk).await.ok()["window"], "w1");
    house.get("/sessions/current", &out).await.refused(401, "sign-in-first");
    house.clock.set(house.clock.now().plus_s(12 * 3600));
    house.get("/sessions/current", &clerk).await.refused(401, "sign-in-first");
    house.close().await;
}

#[tokio::test]
async fn whoever_takes_a_window_over_has_it_alone() {
    let house = House::open().await;
    let first = house.sign_in("c1", Some("w1")).await;
    house.post("/windows/w1/close", &first, json!({ "reason": "why" })).await.ok();
    let second = house.sign_in("c2", Some("w1")).await;
    house.post("/windows/w1/call-next", &first, json!({})).await.refused(403, "not-your-window");
    house.post("/windows/w1/undo", &second, json!({})).await.refused(409, "nothing-to-undo");
    let house = house.restarted().await;
    house.post("/windows/w1/call-next", &first, json!({})).await.refused(403, "not-your-window");
    house.close().await;
}

/// A kiosk with a wrong token learns so from the first thing it asks, not in front of a visitor.
#[tokio::test]
async fn a_token_that_nobody_has_is_refused_even_where_anybody_may_look() {
    let house = House::open().await;
    house.get("/menu", "").await.ok();
    house.get("/menu", "nobody-has-this-token").await.refused(401, "sign-in-first");
    house.close().await;
}
