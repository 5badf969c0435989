//! Bad input at every door. The operations are those the hall itself describes in `/openapi.json`, so a
//! new one is tested from its first day: each answers with a typed error in words, and nothing changes.

use std::time::Duration;

use anyhow::{Context, Result};
use protocol::live::Topic;
use protocol::{DisplayId, WindowId};
use reqwest::Method;
use serde_json::{Value, json};
use tests::config::{INTEGRATOR, KIOSK};
use tests::{Answer, Client, Hall, PIN, Setup, Watcher};

const LONG: usize = 100_000;
const HUGE: usize = 10 * 1024 * 1024;

/// One operation with made-up ids in its address.
struct Door {
    method: Method,
    path: String,
    takes_body: bool,
    /// For everybody, without signing in.
    is_open: bool,
}

/// Every operation of the API.
async fn doors(hall: &Hall) -> Result<Vec<Door>> {
    let description: Value = hall.visitor().page("/openapi.json").await?.into()?;
    let paths = description["paths"].as_object().context("paths")?;
    let mut doors = Vec::new();
    for (path, operations) in paths {
        for (method, operation) in operations.as_object().context("operations")? {
            let Ok(method) = method.to_uppercase().parse::<Method>() else { continue };
            doors.push(Door {
                method,
                path: filled(path),
                takes_body: !operation["requestBody"].is_null(),
                is_open: is_open(path),
            });
        }
    }
    assert!(doors.len() > 30, "the hall describes {} operations", doors.len());
    Ok(doors)
}

/// The address with ids that exist, or could: window `w01`, service `s1`, kiosk `k1`, ticket 1.
fn filled(path: &str) -> String {
    let parts = path.split('/').map(|part| match part {
        "{window}" => "w01",
        "{service}" => "s1",
        "{kiosk}" => "k1",
        "{ticket}" | "{appointment}" | "{revision}" | "{notice}" => "1",
        "{token}" => "nobodys-token",
        part if part.starts_with('{') => "x",
        part => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// What needs nobody to sign in: what the hall offers, its health, signing in, a visitor's own slip.
fn is_open(path: &str) -> bool {
    ["/menu", "/livez", "/readyz", "/visits/"].iter().any(|it| path.contains(it))
        || path.ends_with("/sessions")
}

async fn ask(client: &Client, door: &Door, path: &str, body: Option<String>) -> Result<Answer> {
    let mut request = client.request(door.method.clone(), path);
    if let Some(body) = body {
        request = request.header("Content-Type", "application/json").body(body);
    }
    Client::send(request).await.with_context(|| format!("{} {path}", door.method))
}

/// A typed error with a sentence for people, and not the hall's own mistake.
fn is_refused(answer: &Answer, what: &str) {
    let problem = answer.problem().unwrap_or_else(|error| panic!("{what}: {error:#}"));
    assert!((400..500).contains(&answer.status), "{what}: {} {}", answer.status, answer.text);
    assert!(!problem.code.is_empty() && problem.message.chars().count() > 3, "{what}: {problem:?}");
    assert!(problem.message.chars().count() < 400, "{what} is answered at length: {problem:?}");
}

/// What must stay as it is: the figures and the journal's length.
async fn state(portal: &Client) -> Result<(String, usize)> {
    Ok((portal.get("/totals").await?.text, portal.journal().await?.len()))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_bodies_are_refused_and_change_nothing() -> Result<()> {
    let hall = Hall::start(&Setup::small(4, 1)).await?;
    let portal = hall.holder_of(INTEGRATOR);
    let manager = hall.sign_in("m01", PIN, None).await?;
    portal.take(&["s2"]).await?;
    hall.sign_in("c01", PIN, Some("w01")).await?;
    let before = state(&portal).await?;

    let long = "号".repeat(LONG);
    let bodies = [
        ("half a body", "{\"services\": [".to_owned()),
        ("no JSON", "services=passport".to_owned()),
        ("a list", "[]".to_owned()),
        ("a text", "\"x\"".to_owned()),
        ("an unknown key", json!({ "nobody-knows-this": 1 }).to_string()),
        ("a long text", json!({ "services": [long], "pin": long, "reason": long }).to_string()),
        ("a long key", format!("{{\"{long}\": 1}}")),
        ("deep lists", "[".repeat(LONG)),
        ("bytes of zero", "\0".repeat(100)),
    ];
    for door in doors(&hall).await?.iter().filter(|door| door.takes_body) {
        for (what, body) in &bodies {
            let answer = ask(&manager, door, &door.path, Some(body.clone())).await?;
            is_refused(&answer, &format!("{} {} with {what}", door.method, door.path));
        }
        let huge = ask(&manager, door, &door.path, Some("x".repeat(HUGE))).await?;
        assert_eq!(huge.status, 413, "{} {}: {}", door.method, door.path, huge.text);
        is_refused(&huge, &format!("{} {} with 10 MB", door.method, door.path));
    }
    assert_eq!(state(&portal).await?, before, "nothing has changed");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_addresses_are_refused_and_change_nothing() -> Result<()> {
    let hall = Hall::start(&Setup::small(4, 1)).await?;
    let portal = hall.holder_of(INTEGRATOR);
    let manager = hall.sign_in("m01", PIN, None).await?;
    let before = state(&portal).await?;
    let long = "9".repeat(5_000);
    let ids = ["nobody", "-1", "18446744073709551616", "%00", "%ff", "..%2f..", "%E5%8F%B7", &long];
    for door in doors(&hall).await? {
        for id in ids {
            for known in ["w01", "s1", "k1", "1", "nobodys-token"] {
                let path = door.path.replacen(&format!("/{known}"), &format!("/{id}"), 1);
                if path == door.path {
                    continue;
                }
                let body = door.takes_body.then(|| "{}".to_owned());
                let answer = ask(&manager, &door, &path, body).await?;
                is_refused(&answer, &format!("{} {path}", door.method));
            }
        }
    }
    for query in ["after=x", "after=-1", "limit=many", "nobody=1"] {
        let answer = manager.get(&format!("/journal?{query}")).await?;
        is_refused(&answer, query);
    }
    assert_eq!(state(&portal).await?, before, "nothing has changed");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_gets_in_without_a_key() -> Result<()> {
    let hall = Hall::start(&Setup::small(4, 1)).await?;
    let portal = hall.holder_of(INTEGRATOR);
    let before = state(&portal).await?;
    let display = hall.holder_of(&tests::config::display_token("d01"));
    let wrong = hall.holder_of("nobodys-token-00000000000");
    for door in doors(&hall).await?.iter().filter(|door| !door.is_open) {
        let what = format!("{} {}", door.method, door.path);
        for (client, statuses) in [
            (hall.visitor(), [401, 401]),
            (wrong.clone(), [401, 401]),
            (display.clone(), [401, 403]),
        ] {
            let body = door.takes_body.then(|| minimal(&door.path).to_string());
            let answer = ask(&client, door, &door.path, body).await?;
            assert!(statuses.contains(&answer.status), "{what}: {} {}", answer.status, answer.text);
            is_refused(&answer, &what);
        }
    }
    assert_eq!(state(&portal).await?, before, "nothing has changed");
    Ok(())
}

/// A body of the right shape, so that only the permission is missing.
fn minimal(path: &str) -> Value {
    let last = path.rsplit('/').next().unwrap_or_default();
    let both = json!({ "zh": "一", "en": "One" });
    match last {
        "open" => json!({ "clerk": "c01" }),
        "tickets" => json!({ "services": ["s1"] }),
        "call" => json!({ "ticket": 1, "reason": "call-urgent" }),
        "take-back" => json!({ "ticket": 1 }),
        "hold" => json!({ "scope": "shared", "reason": "hold-papers" }),
        "transfer" => json!({ "to": { "service": "s2" } }),
        "walk-up" => json!({ "service": "s1" }),
        "class" => json!({ "class": "elder", "reason": "class-seen" }),
        "pin" => json!({ "reason": "pin-urgent" }),
        "pause" => json!({ "reason": "pause-short" }),
        "close" => json!({ "reason": "close-end" }),
        "merge" => json!({ "drop": 2 }),
        "visits" => json!({ "by": { "ticket": "x" } }),
        "check-in" => json!({ "code": "none" }),
        "reprints" => json!({ "ticket": 1 }),
        "settlements" => json!({ "key": "none" }),
        "tests" => json!({ "test": "blink" }),
        "appointments" => json!({ "code": "none", "services": ["s1"], "start": 1, "end": 2 }),
        "slip-template" => json!({ "seen": 0, "template": { "parts": [] } }),
        "picture" => {
            json!({ "template": { "parts": [] }, "paper_mm": 58, "sample": "usual" })
        }
        "leases" => json!({ "series": "s1", "count": 5 }),
        "profile" => json!({ "profile": null }),
        "keys" => json!({ "window": "w01", "key": "call" }),
        "ratings" => json!({ "window": "w01", "rating": "good" }),
        "layout" => json!({ "seen": 0, "layout": {} }),
        "notices" => json!({ "title": both, "text": both }),
        "emergency" => json!({ "text": both }),
        _ => json!({}),
    }
}

/// Acts in an order that makes no sense are refused one by one; the hall stays as it is.
#[tokio::test]
async fn acts_in_the_wrong_order_change_nothing() -> Result<()> {
    let hall = Hall::start(&Setup::small(4, 1)).await?;
    let portal = hall.holder_of(INTEGRATOR);
    let clerk = hall.sign_in("c01", PIN, Some("w01")).await?;
    let before = state(&portal).await?;
    for act in ["start", "finish", "recall", "pass", "resume", "open", "call-next"] {
        is_refused(&clerk.act("w01", act, &json!({})).await?, act);
    }
    for act in ["call", "take-back", "hold", "transfer"] {
        is_refused(&clerk.act("w01", act, &minimal(act)).await?, act);
    }
    for act in ["withdraw", "leave", "return"] {
        is_refused(&clerk.post(&format!("/tickets/1/{act}"), &json!({})).await?, act);
    }
    is_refused(&clerk.act("w02", "call-next", &json!({})).await?, "somebody else's window");
    is_refused(&clerk.get("/windows/w02/console").await?, "somebody else's console");
    assert_eq!(state(&portal).await?, before, "nothing has changed");
    Ok(())
}

/// A socket answers nobody who may not ask, and survives what it cannot read.
#[tokio::test]
async fn the_live_connection_is_a_door_too() -> Result<()> {
    let hall = Hall::start(&Setup::small(4, 1)).await?;
    let forbidden = [
        Topic::Hall,
        Topic::Console { window: WindowId::from("w01") },
        Topic::Ticket { token: "nobodys-token".to_owned() },
        Topic::Board { display: DisplayId::from("nobody") },
    ];
    for topic in forbidden {
        for token in [None, Some(KIOSK)] {
            let watcher = Watcher::open(&hall.url, topic.clone(), token).await?;
            let goodbye = watcher.heard();
            assert!(goodbye.over && goodbye.snapshots == 0, "{topic:?}: {:?}", goodbye.texts);
        }
    }
    let clerk = hall.sign_in("c01", PIN, Some("w01")).await?;
    let other = Topic::Console { window: WindowId::from("w02") };
    let watcher = Watcher::open(&hall.url, other, clerk.token()).await?;
    assert!(watcher.heard().over && watcher.heard().snapshots == 0);

    for nonsense in ["", "{", "[]", "{\"type\":\"hello\"}", &"x".repeat(LONG)] {
        let heard = Watcher::say(&hall.url, nonsense).await?;
        assert!(!heard.contains("snapshot"), "{nonsense:.20}: {heard}");
    }
    let board = Topic::Board { display: DisplayId::from("d01") };
    let watcher = Watcher::open(&hall.url, board, None).await?;
    let limit = Duration::from_secs(5);
    watcher.wait_for(limit, "a snapshot", |heard| heard.snapshots == 1).await
}
