//! Who may do what: every operation of the API, tried by everybody. An operation that is not in this table
//! fails the test.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};

use crate::house::{DISPLAY, House, INTEGRATOR, KIOSK, OTHER_KIOSK, PIN};

/// Everybody who speaks to a hall: visitor, clerk of the window, other clerk, manager, administrator,
/// auditor, kiosk, other kiosk, display, integrator.
const EVERYBODY: &str = "vcomaukldi";

/// An operation, how it is asked for here, and who may.
struct Row(&'static str, &'static str, &'static str, Value, &'static str);

/// The table. What is asked for mostly does not exist: it is about who is let in, not what comes of it.
fn table() -> Vec<Row> {
    let why = || json!({ "reason": "why" });
    let none = || json!({});
    let ticket = || json!({ "ticket": 999, "reason": "why" });
    vec![
        Row("GET /livez", "GET", "//livez", none(), EVERYBODY),
        Row("GET /readyz", "GET", "//readyz", none(), EVERYBODY),
        Row("GET /api/v1/menu", "GET", "/menu", none(), EVERYBODY),
        Row("GET /api/v1/totals", "GET", "/totals", none(), "comaui"),
        Row("GET /api/v1/journal", "GET", "/journal", none(), "maui"),
        Row("GET /api/v1/windows", "GET", "/windows", none(), "comaui"),
        Row("GET /api/v1/windows/{window}/console", "GET", "/windows/w1/console", none(), "cmaui"),
        Row("GET /api/v1/sessions/current", "GET", "/sessions/current", none(), "comau"),
        Row(
            "POST /api/v1/sessions",
            "POST",
            "/sessions",
            json!({ "clerk": "c3", "pin": PIN }),
            EVERYBODY,
        ),
        Row(
            "POST /api/v1/tickets",
            "POST",
            "/tickets",
            json!({ "services": ["passport"] }),
            "comkli",
        ),
        Row("GET /api/v1/tickets/{ticket}", "GET", "/tickets/999", none(), "comaui"),
        Row("GET /api/v1/numbers/{number}", "GET", "/numbers/A001", none(), "comaui"),
        Row("GET /api/v1/windows/{window}/profile", "GET", "/windows/w1/profile", none(), "maui"),
        Row(
            "POST /api/v1/tickets/{ticket}/withdraw",
            "POST",
            "/tickets/999/withdraw",
            none(),
            "comi",
        ),
        Row("POST /api/v1/tickets/{ticket}/leave", "POST", "/tickets/999/leave", none(), "comi"),
        Row("POST /api/v1/tickets/{ticket}/return", "POST", "/tickets/999/return", none(), "comi"),
        Row(
            "POST /api/v1/tickets/{ticket}/class",
            "POST",
            "/tickets/999/class",
            json!({ "class": "elder", "reason": "why" }),
            "comi",
        ),
        Row(
            "POST /api/v1/tickets/{ticket}/merge",
            "POST",
            "/tickets/999/merge",
            json!({ "drop": 998 }),
            "comi",
        ),
        Row("POST /api/v1/tickets/{ticket}/pin", "POST", "/tickets/999/pin", why(), "m"),
        Row("POST /api/v1/tickets/{ticket}/unpin", "POST", "/tickets/999/unpin", none(), "m"),
        Row("GET /api/v1/visits/{token}", "GET", "/visits/x", none(), EVERYBODY),
        Row(
            "POST /api/v1/visits/{token}/withdraw",
            "POST",
            "/visits/x/withdraw",
            none(),
            EVERYBODY,
        ),
        Row("POST /api/v1/visits/{token}/return", "POST", "/visits/x/return", none(), EVERYBODY),
        Row(
            "POST /api/v1/windows/{window}/open",
            "POST",
            "/windows/w1/open",
            json!({ "clerk": "c1" }),
            "cmi",
        ),
        Row("POST /api/v1/windows/{window}/pause", "POST", "/windows/w1/pause", why(), "cmi"),
        Row("POST /api/v1/windows/{window}/resume", "POST", "/windows/w1/resume", none(), "cmi"),
        Row("POST /api/v1/windows/{window}/close", "POST", "/windows/w1/close", why(), "cmi"),
        Row(
            "POST /api/v1/windows/{window}/call-next",
            "POST",
            "/windows/w1/call-next",
            none(),
            "cmi",
        ),
        Row("POST /api/v1/windows/{window}/call", "POST", "/windows/w1/call", ticket(), "cmi"),
        Row("POST /api/v1/windows/{window}/recall", "POST", "/windows/w1/recall", none(), "cmi"),
        Row("POST /api/v1/windows/{window}/start", "POST", "/windows/w1/start", none(), "cmi"),
        Row("POST /api/v1/windows/{window}/finish", "POST", "/windows/w1/finish", none(), "cmi"),
        Row("POST /api/v1/windows/{window}/pass", "POST", "/windows/w1/pass", none(), "cmi"),
        Row(
            "POST /api/v1/windows/{window}/hold",
            "POST",
            "/windows/w1/hold",
            json!({ "scope": "shared", "reason": "why" }),
            "cmi",
        ),
        Row(
            "POST /api/v1/windows/{window}/take-back",
            "POST",
            "/windows/w1/take-back",
            json!({ "ticket": 999 }),
            "cmi",
        ),
        Row(
            "POST /api/v1/windows/{window}/transfer",
            "POST",
            "/windows/w1/transfer",
            json!({ "to": { "window": "w2" } }),
            "cmi",
        ),
        Row(
            "POST /api/v1/windows/{window}/walk-up",
            "POST",
            "/windows/w1/walk-up",
            json!({ "service": "none" }),
            "cmi",
        ),
        Row("POST /api/v1/windows/{window}/undo", "POST", "/windows/w1/undo", none(), "cmi"),
        Row(
            "PUT /api/v1/windows/{window}/profile",
            "PUT",
            "/windows/w3/profile",
            json!({ "profile": null }),
            "ma",
        ),
        Row("POST /api/v1/services/{service}/close", "POST", "/services/none/close", why(), "ma"),
        Row(
            "POST /api/v1/services/{service}/reopen",
            "POST",
            "/services/none/reopen",
            none(),
            "ma",
        ),
        Row(
            "POST /api/v1/kiosks/{kiosk}/leases",
            "POST",
            "/kiosks/k1/leases",
            json!({ "series": "A", "count": 1 }),
            "ki",
        ),
        Row(
            "POST /api/v1/kiosks/{kiosk}/visits",
            "POST",
            "/kiosks/k1/visits",
            json!({ "by": { "ticket": "x" } }),
            "ki",
        ),
        Row(
            "POST /api/v1/kiosks/{kiosk}/check-in",
            "POST",
            "/kiosks/k1/check-in",
            json!({ "code": "nothing" }),
            "ki",
        ),
        Row(
            "POST /api/v1/kiosks/{kiosk}/reprints",
            "POST",
            "/kiosks/k1/reprints",
            json!({ "ticket": 999 }),
            "ki",
        ),
        Row(
            "POST /api/v1/kiosks/{kiosk}/settlements",
            "POST",
            "/kiosks/k1/settlements",
            json!({ "key": "none" }),
            "ki",
        ),
        Row(
            "POST /api/v1/kiosks/{kiosk}/tests",
            "POST",
            "/kiosks/k1/tests",
            json!({ "test": "blink" }),
            "ma",
        ),
        Row("GET /api/v1/kiosks", "GET", "/kiosks", none(), "maui"),
        Row("GET /api/v1/displays", "GET", "/displays", none(), "maui"),
        Row(
            "POST /api/v1/displays/{display}/keys",
            "POST",
            "/displays/lobby/keys",
            json!({ "window": "w1", "key": "recall" }),
            "d",
        ),
        Row(
            "POST /api/v1/displays/{display}/ratings",
            "POST",
            "/displays/lobby/ratings",
            json!({ "window": "w1", "rating": "good" }),
            "d",
        ),
        Row(
            "POST /api/v1/appointments",
            "POST",
            "/appointments",
            json!({ "code": "none", "services": ["none"], "start": 1, "end": 2 }),
            "mi",
        ),
        Row("GET /api/v1/appointments", "GET", "/appointments?date=2026-11-23", none(), "mi"),
        Row(
            "DELETE /api/v1/appointments/{appointment}",
            "DELETE",
            "/appointments/999",
            none(),
            "mi",
        ),
        Row("POST /api/v1/kiosks/{kiosk}/heartbeat", "POST", "/kiosks/k1/heartbeat", none(), "ki"),
        Row("POST /api/v1/kiosks/{kiosk}/help", "POST", "/kiosks/k1/help", none(), "ki"),
        Row("DELETE /api/v1/kiosks/{kiosk}/help", "DELETE", "/kiosks/k1/help", none(), "comki"),
        Row("GET /api/v1/slip-template", "GET", "/slip-template", none(), "maukli"),
        Row(
            "PUT /api/v1/slip-template",
            "PUT",
            "/slip-template",
            json!({ "seen": 0, "template": { "parts": [] } }),
            "a",
        ),
        Row(
            "GET /api/v1/slip-template/revisions",
            "GET",
            "/slip-template/revisions",
            none(),
            "mau",
        ),
        Row(
            "GET /api/v1/slip-template/revisions/{revision}",
            "GET",
            "/slip-template/revisions/999",
            none(),
            "mau",
        ),
        Row(
            "POST /api/v1/slip-template/picture",
            "POST",
            "/slip-template/picture",
            json!({ "template": { "parts": [] }, "paper_mm": 1, "sample": "usual" }),
            "mau",
        ),
        Row("GET /api/v1/layouts", "GET", "/layouts", none(), "maui"),
        Row("GET /api/v1/media", "GET", "/media", none(), "maui"),
        Row(
            "GET /api/v1/displays/{display}/layout",
            "GET",
            "/displays/lobby/layout",
            none(),
            "maui",
        ),
        Row(
            "PUT /api/v1/displays/{display}/layout",
            "PUT",
            "/displays/lobby/layout",
            json!({ "seen": 0, "layout": { "blocks": [] } }),
            "a",
        ),
        Row(
            "GET /api/v1/displays/{display}/layout/revisions",
            "GET",
            "/displays/lobby/layout/revisions",
            none(),
            "maui",
        ),
        Row(
            "GET /api/v1/displays/{display}/layout/revisions/{revision}",
            "GET",
            "/displays/lobby/layout/revisions/999",
            none(),
            "maui",
        ),
        Row(
            "POST /api/v1/displays/{display}/identify",
            "POST",
            "/displays/lobby/identify",
            json!({ "seconds": 1 }),
            "ma",
        ),
        Row(
            "POST /api/v1/displays/{display}/restart",
            "POST",
            "/displays/none/restart",
            none(),
            "ma",
        ),
        Row("GET /api/v1/notices", "GET", "/notices", none(), "maui"),
        Row(
            "POST /api/v1/notices",
            "POST",
            "/notices",
            json!({ "title": { "zh": "", "en": "" }, "text": { "zh": "", "en": "" } }),
            "ma",
        ),
        Row("DELETE /api/v1/notices/{notice}", "DELETE", "/notices/999", none(), "ma"),
        Row("GET /api/v1/emergency", "GET", "/emergency", none(), "maui"),
        Row(
            "PUT /api/v1/emergency",
            "PUT",
            "/emergency",
            json!({ "text": { "zh": "", "en": "" } }),
            "ma",
        ),
        Row("DELETE /api/v1/emergency", "DELETE", "/emergency", none(), "ma"),
        Row("POST /api/v1/day/end", "POST", "/day/end", none(), "ma"),
        Row("POST /api/v1/day/start", "POST", "/day/start", none(), "ma"),
        Row("DELETE /api/v1/sessions/current", "DELETE", "/sessions/current", none(), "comau"),
    ]
}

#[tokio::test]
async fn everybody_may_what_is_theirs_and_nothing_else() {
    let house = House::open().await;
    let everybody = everybody(&house).await;
    for Row(operation, method, path, body, allowed) in table() {
        for (who, token) in &everybody {
            let method = Method::from_bytes(method.as_bytes()).expect("a method");
            let seq = house.seq();
            let answer = house.send(house.request(method, path, token).json(&body)).await;
            let let_in = !matches!(answer.status, 401 | 403);
            assert_eq!(let_in, allowed.contains(*who), "{operation} by `{who}`: {answer:?}");
            if !let_in {
                let expected =
                    if *who == 'v' { (401, "sign-in-first") } else { (403, "not-your-") };
                assert_eq!(answer.status, expected.0, "{operation} by `{who}`");
                assert!(answer.code().starts_with(expected.1), "{operation} by `{who}`");
                assert_eq!(house.seq(), seq, "{operation} by `{who}` changed something");
            }
            assert_ne!(answer.status, 500, "{operation} by `{who}`: {answer:?}");
        }
    }
    house.close().await;
}

#[tokio::test]
async fn no_operation_is_forgotten() {
    let house = House::open().await;
    let api = house.get("//openapi.json", "").await.ok();
    let mut described = BTreeSet::new();
    for (path, operations) in api["paths"].as_object().expect("paths") {
        for method in operations.as_object().expect("operations").keys() {
            described.insert(format!("{} {path}", method.to_uppercase()));
        }
    }
    let tried: BTreeSet<String> = table().into_iter().map(|row| row.0.to_owned()).collect();
    let untried: Vec<_> = described.difference(&tried).collect();
    let unknown: Vec<_> = tried.difference(&described).collect();
    assert!(untried.is_empty(), "nobody said who may: {untried:?}");
    assert!(unknown.is_empty(), "these do not exist: {unknown:?}");
    house.close().await;
}

#[tokio::test]
async fn a_token_of_nobody_opens_nothing() {
    let house = House::open().await;
    let long = "x".repeat(5_000);
    for token in ["x", "Bearer", "null", "0", long.as_str(), "test-kiosk-token-", "AAAA=="] {
        house.get("/windows", token).await.refused(401, "sign-in-first");
    }
    let basic = house.request(Method::GET, "/windows", "").header("Authorization", "Basic YTpi");
    house.send(basic).await.refused(401, "sign-in-first");
    house.close().await;
}

async fn everybody(house: &House) -> Vec<(char, String)> {
    vec![
        ('v', String::new()),
        ('c', house.sign_in("c1", Some("w1")).await),
        ('o', house.sign_in("c2", Some("w2")).await),
        ('m', house.sign_in("m1", None).await),
        ('a', house.sign_in("a1", None).await),
        ('u', house.sign_in("u1", None).await),
        ('k', KIOSK.to_owned()),
        ('l', OTHER_KIOSK.to_owned()),
        ('d', DISPLAY.to_owned()),
        ('i', INTEGRATOR.to_owned()),
    ]
}
