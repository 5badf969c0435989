//! Bad input at every door: a clear typed error, and nothing changes.

use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, ORIGIN};
use serde_json::{Value, json};

use crate::house::{House, INTEGRATOR, KIOSK};

/// Every operation that reads a body.
const DOORS: [(&str, &str); 33] = [
    ("POST", "/sessions"),
    ("POST", "/tickets"),
    ("POST", "/tickets/1/class"),
    ("POST", "/tickets/1/merge"),
    ("POST", "/tickets/1/pin"),
    ("POST", "/windows/w1/open"),
    ("POST", "/windows/w1/pause"),
    ("POST", "/windows/w1/resume"),
    ("POST", "/windows/w1/close"),
    ("POST", "/windows/w1/call-next"),
    ("POST", "/windows/w1/call"),
    ("POST", "/windows/w1/recall"),
    ("POST", "/windows/w1/start"),
    ("POST", "/windows/w1/finish"),
    ("POST", "/windows/w1/pass"),
    ("POST", "/windows/w1/hold"),
    ("POST", "/windows/w1/take-back"),
    ("POST", "/windows/w1/transfer"),
    ("POST", "/windows/w1/walk-up"),
    ("PUT", "/windows/w1/profile"),
    ("POST", "/services/passport/close"),
    ("POST", "/kiosks/k1/leases"),
    ("POST", "/kiosks/k1/heartbeat"),
    ("POST", "/kiosks/k1/help"),
    ("POST", "/tickets/1/withdraw"),
    ("POST", "/tickets/1/leave"),
    ("POST", "/tickets/1/return"),
    ("POST", "/tickets/1/unpin"),
    ("POST", "/visits/x/withdraw"),
    ("POST", "/visits/x/return"),
    ("POST", "/services/passport/reopen"),
    ("POST", "/day/end"),
    ("POST", "/day/start"),
];

async fn knock(house: &House, door: (&str, &str), body: impl Into<reqwest::Body>) -> (u16, String) {
    let method = Method::from_bytes(door.0.as_bytes()).expect("a method");
    let request = house.request(method, door.1, INTEGRATOR);
    let answer =
        house.send(request.header(CONTENT_TYPE, "application/json").body(body.into())).await;
    (answer.status, answer.code())
}

#[tokio::test]
async fn what_is_not_json_is_malformed() {
    let house = House::open().await;
    let seq = house.seq();
    for door in DOORS {
        for body in ["{", "nonsense", "{\"a\": }", "\u{1f3ab}", "[[[[", "{} {}", "{\"a\":1e999}"] {
            let answer = knock(&house, door, body).await;
            assert_eq!(answer, (400, "malformed".to_owned()), "{door:?} {body}");
        }
        let bytes: &[u8] = &[0xff, 0xfe, 0x00];
        assert_eq!(knock(&house, door, bytes).await, (400, "malformed".to_owned()), "{door:?}");
    }
    assert_eq!(house.seq(), seq, "nothing changed");
    house.close().await;
}

#[tokio::test]
async fn wrong_types_and_unknown_fields_are_named() {
    let house = House::open().await;
    let seq = house.seq();
    for door in DOORS {
        for body in [
            json!([]),
            json!("text"),
            json!(7),
            json!(null),
            json!({ "nonsense": true }),
            json!({ "seen": "text", "services": "text", "reason": 7, "ticket": [], "clerk": 7,
                    "drop": "x", "to": 7, "service": 7, "profile": 7, "series": 7, "class": 7 }),
        ] {
            let answer = knock(&house, door, body.to_string()).await;
            assert_eq!(answer, (422, "wrong-shape".to_owned()), "{door:?} {body}");
        }
    }
    let request = house.request(Method::POST, "/tickets", KIOSK).json(&json!({ "service": "x" }));
    let answer = house.send(request).await;
    assert!(
        answer.json()["message"].to_string().contains("service"),
        "names the field: {answer:?}"
    );
    assert_eq!(house.seq(), seq, "nothing changed");
    house.close().await;
}

#[tokio::test]
async fn too_much_is_refused_at_once() {
    let house = House::open().await;
    let seq = house.seq();
    let long = "长".repeat(10_000);
    for door in DOORS {
        let huge = vec![b' '; 10 * 1024 * 1024];
        assert_eq!(knock(&house, door, huge).await, (413, "too-large".to_owned()), "{door:?}");
        let text = json!({ "note": long }).to_string();
        assert_eq!(knock(&house, door, text).await, (422, "text-too-long".to_owned()), "{door:?}");
        let text = json!({ "note": "x".repeat(100_000) }).to_string();
        assert_eq!(knock(&house, door, text).await, (413, "too-large".to_owned()), "{door:?}");
    }
    assert_eq!(house.seq(), seq, "nothing changed");
    house.close().await;
}

#[tokio::test]
async fn unknown_and_impossible_ids_are_told_apart() {
    let house = House::open().await;
    let seq = house.seq();
    let reason = json!({ "reason": "why" });
    let post = |path: &'static str, body: Value| house.post(path, INTEGRATOR, body);
    post("/windows/w99/call-next", json!({})).await.refused(404, "unknown-window");
    post("/windows/%00/call-next", json!({})).await.refused(404, "unknown-window");
    post("/tickets/99999/leave", json!({})).await.refused(404, "unknown-ticket");
    post("/tickets/x/leave", json!({})).await.refused(400, "bad-address");
    post("/tickets/-1/leave", json!({})).await.refused(400, "bad-address");
    post("/tickets/18446744073709551616/leave", json!({})).await.refused(400, "bad-address");
    post("/tickets/18446744073709551615/leave", json!({})).await.refused(404, "unknown-ticket");
    post("/kiosks/k9/help", json!({})).await.refused(404, "unknown-kiosk");
    post("/windows/w1/pause", json!({ "reason": "whim" })).await.refused(409, "window-not-open");
    let long = format!("/windows/{}/call-next", "w".repeat(5_000));
    house.post(&long, INTEGRATOR, json!({})).await.refused(422, "text-too-long");
    let manager = house.sign_in("m1", None).await;
    house.post("/services/none/close", &manager, reason).await.refused(404, "unknown-service");
    house.get("/journal?after=x", &manager).await.refused(400, "bad-query");
    house.get("/journal?nonsense=1", &manager).await.refused(400, "bad-query");
    house.get("/journal?after=-1", &manager).await.refused(400, "bad-query");
    house.get("/journal?after=18446744073709551615", &manager).await.ok();
    assert_eq!(house.seq(), seq, "nothing changed");
    house.close().await;
}

#[tokio::test]
async fn other_methods_and_other_kinds_of_body() {
    let house = House::open().await;
    let put = house.request(Method::PUT, "/tickets", KIOSK).json(&json!({}));
    let answer = house.send(put).await;
    answer.refused(405, "method-not-allowed");
    assert_eq!(answer.headers["allow"], "POST");
    let form = house.request(Method::POST, "/tickets", KIOSK).body("services=passport");
    house.send(form.header(CONTENT_TYPE, "text/plain")).await.refused(415, "not-json");
    house.get("//live", "").await.refused(400, "bad-request");
    house.close().await;
}

#[tokio::test]
async fn a_page_of_another_site_is_refused() {
    let house = House::open().await;
    let from = |origin: &'static str| {
        let request = house.request(Method::POST, "/tickets", KIOSK).header(ORIGIN, origin);
        house.send(request.json(&json!({ "services": ["passport"] })))
    };
    let seq = house.seq();
    from("http://evil.example").await.refused(403, "cross-site");
    from("null").await.refused(403, "cross-site");
    assert_eq!(house.seq(), seq, "nothing changed");
    from("http://hall.example").await.ok();
    house.close().await;
}
