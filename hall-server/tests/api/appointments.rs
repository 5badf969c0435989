//! Appointments: kept by a portal, found and checked in at a kiosk, each once.

use reqwest::Method;
use serde_json::{Value, json};

use crate::house::{Answer, ELDER_CARD, House, INTEGRATOR, KIOSK, MORNING, OTHER_KIOSK};

const CODE: &str = "YY-2026-0042";

fn minutes(minutes: i64) -> i64 {
    MORNING.plus_s(minutes * 60).0
}

fn card() -> Value {
    json!({ "by": "card", "name": "张测试", "number": ELDER_CARD })
}

/// An appointment for a pension, so many minutes from now, for an hour.
fn in_minutes(start: i64) -> Value {
    json!({
        "code": CODE, "services": ["pension"], "visitor": card(),
        "start": minutes(start), "end": minutes(start + 60),
    })
}

async fn keep(house: &House, appointment: Value) -> Value {
    house.post("/appointments", INTEGRATOR, appointment).await.ok()
}

async fn check_in(house: &House, key: &str) -> Answer {
    let request = house.request(Method::POST, "/kiosks/k1/check-in", KIOSK);
    let body = json!({ "code": CODE.to_lowercase(), "language": "en" });
    house.send(request.header("Idempotency-Key", key).json(&body)).await
}

async fn listed(house: &House, date: &str) -> Value {
    house.get(&format!("/appointments?date={date}"), INTEGRATOR).await.ok()
}

#[tokio::test]
async fn who_comes_in_time_joins_at_the_promised_time() {
    let house = House::open().await;
    keep(&house, in_minutes(30)).await;
    let walk_in = house.take("passport").await;
    assert_eq!(walk_in["number"], "A001");
    let slip = check_in(&house, "c").await.ok();
    assert_eq!((&slip["number"], &slip["class"]), (&json!("A002"), &json!("elder")));
    assert_eq!(slip["last_four"], "002X");
    assert_eq!(slip["not_before"], minutes(15));
    let seen = listed(&house, "2026-11-23").await;
    assert_eq!((&seen[0]["ticket"], &seen[0]["holder"]), (&slip["ticket"], &json!("张*试")));
    assert!(seen[0].get("code").is_none(), "a code is its visitor's secret");
    assert_eq!(house.get("/appointments", INTEGRATOR).await.ok(), seen, "today if no day is named");
    assert_eq!(listed(&house, "2026-11-24").await, json!([]));
    let manager = house.sign_in("m1", None).await;
    let ticket = house.get(&format!("/tickets/{}", slip["ticket"]), &manager).await.ok();
    assert_eq!(ticket["not_before"], minutes(15));
    house.close().await;
}

#[tokio::test]
async fn an_appointment_is_checked_in_once() {
    let house = House::open().await;
    keep(&house, in_minutes(10)).await;
    let slip = check_in(&house, "c").await.ok();
    assert_eq!(check_in(&house, "c").await.ok(), slip, "the same request");
    assert_eq!(check_in(&house, "other").await.ok(), slip, "another one");
    let house = house.restarted().await;
    assert_eq!(check_in(&house, "third").await.ok(), slip, "after a restart");
    let there = json!({ "code": CODE });
    let elsewhere = house.post("/kiosks/k2/check-in", OTHER_KIOSK, there).await.ok();
    assert_eq!(elsewhere, slip, "at another kiosk");
    assert_eq!(house.running.hall.journal().day().tickets.len(), 1);
    let own = format!("/visits/{}/withdraw", slip["token"].as_str().expect("a token"));
    house.post(&own, "", json!({})).await.ok();
    check_in(&house, "fourth").await.refused(409, "ticket-closed");
    let change = house.post("/appointments", INTEGRATOR, in_minutes(20)).await;
    change.refused(409, "appointment-checked-in");
    house.close().await;
}

#[tokio::test]
async fn two_kiosks_at_once_give_one_ticket() {
    let house = House::open().await;
    keep(&house, in_minutes(10)).await;
    let at = |kiosk: &'static str, token: &'static str| {
        house.post(kiosk, token, json!({ "code": CODE }))
    };
    let (one, two) =
        tokio::join!(at("/kiosks/k1/check-in", KIOSK), at("/kiosks/k2/check-in", OTHER_KIOSK));
    assert_eq!(one.ok()["ticket"], two.ok()["ticket"]);
    assert_eq!(house.running.hall.journal().day().tickets.len(), 1);
    house.close().await;
}

#[tokio::test]
async fn who_comes_at_the_wrong_time_is_told() {
    let house = House::open().await;
    keep(&house, in_minutes(61)).await;
    let early = check_in(&house, "c").await;
    early.refused(409, "appointment-too-early");
    assert!(early.text.contains("10:01"), "{early:?}");
    house.clock.set(MORNING.plus_s(60));
    let slip = check_in(&house, "c").await.ok();
    assert_eq!(slip["not_before"], minutes(46));

    let tomorrow = json!({
        "code": "tomorrow", "services": ["passport"],
        "start": minutes(24 * 60), "end": minutes(25 * 60),
    });
    keep(&house, tomorrow).await;
    let wish = json!({ "code": "tomorrow" });
    let other_day = house.post("/kiosks/k1/check-in", KIOSK, wish).await;
    other_day.refused(409, "appointment-other-day");
    assert!(other_day.text.contains("2026-11-24"), "{other_day:?}");

    let late = json!({
        "code": "late", "services": ["passport"], "start": minutes(-120), "end": minutes(-60),
    });
    keep(&house, late).await;
    let slip = house.post("/kiosks/k1/check-in", KIOSK, json!({ "code": "late" })).await.ok();
    assert_eq!((&slip["not_before"], &slip["ahead"]), (&Value::Null, &json!(0)));
    house.close().await;
}

#[tokio::test]
async fn who_has_no_appointment_is_told() {
    let house = House::open().await;
    check_in(&house, "c").await.refused(404, "unknown-appointment");
    let kept = keep(&house, in_minutes(10)).await;
    let path = format!("/appointments/{}", kept["id"]);
    for _ in 0..2 {
        house.send(house.request(Method::DELETE, &path, INTEGRATOR)).await.ok();
    }
    check_in(&house, "c").await.refused(409, "appointment-cancelled");
    // Kept again, it holds again.
    assert_eq!(keep(&house, in_minutes(10)).await["id"], kept["id"]);
    check_in(&house, "c").await.ok();
    let cancel = house.send(house.request(Method::DELETE, &path, INTEGRATOR)).await;
    cancel.refused(409, "appointment-checked-in");
    house.close().await;
}

#[tokio::test]
async fn an_appointment_is_found_by_card_and_by_code() {
    let house = House::open().await;
    keep(&house, in_minutes(30)).await;
    let find = |by: Value| house.post("/kiosks/k1/visits", KIOSK, json!({ "by": by }));
    let found = find(json!({ "visitor": card() })).await.ok();
    let appointment = &found["appointments"][0];
    assert_eq!(appointment["code"], "YY20260042", "in its one form");
    assert_eq!(appointment["services"][0]["zh"], "养老金");
    assert_eq!(
        (&appointment["opens"], &appointment["late"]),
        (&json!(minutes(-30)), &json!(false))
    );
    for typed in [CODE, "yy20260042", "YY 2026 0042"] {
        assert_eq!(find(json!({ "appointment": typed })).await.ok(), found, "{typed}");
    }
    let slip = check_in(&house, "c").await.ok();
    let found = find(json!({ "visitor": card() })).await.ok();
    assert_eq!(found, json!({ "tickets": [slip], "appointments": [] }));
    assert_eq!(find(json!({ "appointment": CODE })).await.ok(), found);
    let other = json!({ "by": "phone", "number": "13800138000" });
    assert_eq!(find(json!({ "visitor": other })).await.ok()["appointments"], json!([]));
    house.close().await;
}

#[tokio::test]
async fn a_check_in_that_is_given_up_can_be_made_again() {
    let house = House::open().await;
    keep(&house, in_minutes(10)).await;
    let slip = check_in(&house, "lost").await.ok();
    let key = json!({ "key": "lost" });
    let given_up = house.post("/kiosks/k1/settlements", KIOSK, key).await.ok();
    assert_eq!(given_up["withdrawn"], slip["ticket"]);
    check_in(&house, "lost").await.refused(409, "given-up");
    let again = check_in(&house, "new").await.ok();
    assert_ne!(again["ticket"], slip["ticket"]);
    house.close().await;
}

#[tokio::test]
async fn what_cannot_be_kept_is_refused() {
    let house = House::open().await;
    let with = |field: &str, value: Value| {
        let mut appointment = in_minutes(10);
        appointment[field] = value;
        house.post("/appointments", INTEGRATOR, appointment)
    };
    with("end", json!(minutes(10))).await.refused(422, "appointment-times");
    with("end", json!(minutes(24 * 60))).await.refused(422, "appointment-times");
    with("code", json!(" 1 ")).await.refused(422, "appointment-code");
    with("services", json!([])).await.refused(422, "no-service");
    with("services", json!(["none"])).await.refused(404, "unknown-service");
    let nobody = json!({ "by": "phone", "number": "1" });
    with("visitor", nobody).await.refused(422, "phone-number");
    with("visitor", Value::Null).await.refused(422, "identity-needed");
    house.get("/appointments?date=today", INTEGRATOR).await.refused(400, "bad-query");
    assert_eq!(listed(&house, "2026-11-23").await, json!([]));
    house.close().await;
}

#[tokio::test]
async fn neither_codes_nor_people_are_readable_on_the_disk() {
    let house = House::open().await;
    keep(&house, in_minutes(10)).await;
    check_in(&house, "c").await.ok();
    for file in ["hall.db", "hall.db-wal"] {
        let bytes = std::fs::read(house.dir.join(file)).unwrap_or_default();
        for secret in [CODE, ELDER_CARD, "张测试"] {
            let found = bytes.windows(secret.len()).any(|it| it == secret.as_bytes());
            assert!(!found, "{secret} stands in {file}");
        }
    }
    house.close().await;
}
