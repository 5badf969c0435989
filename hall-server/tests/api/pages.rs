//! The staff's pages: who gets to see them, signing in by form, and what a ticket's page tells.

use reqwest::Method;
use reqwest::header::{ACCEPT, LOCATION, SET_COOKIE};
use serde_json::{Value, json};

use crate::house::{Answer, ELDER_CARD, House, KIOSK, PIN};

/// A page, without following where it leads.
async fn page(house: &House, path: &str, token: &str) -> Answer {
    let request =
        house.request(Method::GET, &format!("/{path}"), token).header(ACCEPT, "text/html");
    house.send(request).await
}

/// The sign-in form, sent by a browser that does not follow redirects.
async fn sign_in(house: &House, clerk: &str, pin: &str, window: &str) -> Answer {
    let browser = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .expect("a client");
    let form = format!("clerk={clerk}&pin={pin}&window={window}");
    let request = browser
        .post(format!("http://{}/sign-in", house.running.addr))
        .header("content-type", "application/x-www-form-urlencoded")
        .header("accept-language", "en")
        .body(form);
    house.send(request).await
}

/// The JSON in a page under an id.
fn data(html: &str, id: &str) -> Value {
    let start = html.split(&format!("id=\"{id}\">")).nth(1).expect("the element");
    let json = start.split("</script>").next().expect("its end");
    serde_json::from_str(json).expect("JSON")
}

#[tokio::test]
async fn whoever_is_unknown_is_asked_to_sign_in() {
    let house = House::open().await;
    for path in ["/console", "/console?window=w1", "/manager", "/manager/tickets/A001"] {
        let answer = page(&house, path, "").await;
        assert!(answer.text.contains("id=\"sign-in\""), "{path}: {answer:?}");
    }
    house.close().await;
}

#[tokio::test]
async fn the_form_leads_to_the_desk() {
    let house = House::open().await;
    for (clerk, window, desk) in [("c1", "w1", "/console"), ("m1", "", "/manager")] {
        let answer = sign_in(&house, clerk, PIN, window).await;
        assert_eq!(
            (answer.status, &answer.headers[LOCATION]),
            (303, &desk.parse().expect("a path"))
        );
        assert!(answer.headers[SET_COOKIE].to_str().expect("a cookie").contains("HttpOnly"));
    }
    house.close().await;
}

#[tokio::test]
async fn the_form_says_what_is_wrong_and_how_many_tries_are_left() {
    let house = House::open().await;
    let answer = sign_in(&house, "c1", PIN, "").await;
    assert!(answer.text.contains("choose the window"), "{answer:?}");
    let answer = sign_in(&house, "c1", "1111", "w1").await;
    assert!(answer.text.contains("before a pause: 4"), "{answer:?}");
    assert!(answer.text.contains("value=\"c1\"") && !answer.text.contains("1111"), "{answer:?}");
    for _ in 0..3 {
        sign_in(&house, "c1", "1111", "w1").await;
    }
    let answer = sign_in(&house, "c1", "1111", "w1").await;
    assert!(answer.text.contains("again in 60 seconds"), "{answer:?}");
    let answer = sign_in(&house, "c1", PIN, "w1").await;
    assert!(answer.status == 200 && !answer.headers.contains_key(SET_COOKIE), "{answer:?}");
    let answer = sign_in(&house, &"x".repeat(5_000), PIN, "w1").await;
    assert!(answer.text.contains("too long"), "{answer:?}");
    house.close().await;
}

#[tokio::test]
async fn a_console_carries_what_its_scripts_need() {
    let house = House::open().await;
    let clerk = house.sign_in("c1", Some("w1")).await;
    let answer = page(&house, "/console", &clerk).await;
    let setup = data(&answer.text, "setup");
    assert_eq!((&setup["window"], &setup["max_recalls"]), (&json!("w1"), &json!(3)));
    assert_eq!(setup["services"][0]["name"], "护照");
    assert!(data(&answer.text, "words")["console-act-recall"].is_string());
    // A clerk has one window; a manager may look at each.
    let manager = house.sign_in("m1", None).await;
    assert_eq!(page(&house, "/console?window=w2", &clerk).await.status, 403);
    assert_eq!(page(&house, "/console?window=w2", &manager).await.status, 200);
    assert_eq!(page(&house, "/console?window=none", &manager).await.status, 404);
    house.close().await;
}

#[tokio::test]
async fn an_auditor_looks_and_cannot_act() {
    let house = House::open().await;
    let (manager, auditor) = (house.sign_in("m1", None).await, house.sign_in("u1", None).await);
    let clerk = house.sign_in("c1", Some("w1")).await;
    assert!(!page(&house, "/manager", &manager).await.text.contains("data-looks-only"));
    assert!(page(&house, "/manager", &auditor).await.text.contains("data-looks-only"));
    assert_eq!(page(&house, "/manager", &clerk).await.status, 403);
    let profile = page(&house, "/api/v1/windows/w1/profile", &auditor).await.ok();
    assert_eq!(profile["now"], profile["planned"]);
    house.close().await;
}

#[tokio::test]
async fn the_pages_of_machines_and_slips_are_for_those_who_look_after_the_hall() {
    let house = House::open().await;
    let clerk = house.sign_in("c1", Some("w1")).await;
    // Who only looks: at the devices the auditor, at the slip all but the administrator.
    let lookers = [("/devices", vec!["u1"]), ("/slips", vec!["m1", "u1"])];
    for (path, lookers) in &lookers {
        assert!(page(&house, path, "").await.text.contains("id=\"sign-in\""), "{path}");
        assert_eq!(page(&house, path, &clerk).await.status, 403, "{path}");
        for who in ["m1", "a1", "u1"] {
            let token = house.sign_in(who, None).await;
            let html = page(&house, path, &token).await.text;
            let looks_only = html.contains("data-looks-only");
            assert_eq!(looks_only, lookers.contains(&who), "{path} for {who}");
            assert_eq!(html.contains("id=\"save\""), *path == "/slips" && who == "a1", "{who}");
            for other in ["/manager", "/devices", "/slips"] {
                assert!(html.contains(&format!("href=\"{other}\"")), "{path} leads to {other}");
            }
        }
    }
    house.close().await;
}

#[tokio::test]
async fn a_ticket_tells_its_story_without_a_full_name() {
    let house = House::open().await;
    let visitor = json!({ "by": "card", "name": "欧阳小明", "number": ELDER_CARD });
    let wish = json!({ "services": ["pension"], "visitor": visitor });
    let taken = house.post("/tickets", KIOSK, wish).await.ok();
    let number = taken["number"].as_str().expect("a number").to_owned();
    let clerk = house.sign_in("c1", Some("w1")).await;
    house.post("/windows/w1/call-next", &clerk, json!({})).await.ok();
    house.post("/windows/w1/pass", &clerk, json!({})).await.ok();

    let manager = house.sign_in("m1", None).await;
    let search = format!("/manager/tickets?number={}", number.to_lowercase());
    let html = page(&house, &search, &manager).await.text;
    for part in [
        "取号：养老金",
        "呼叫到 1 号窗口",
        "按排队先后",
        "提前 10 分钟",
        "过号，重新排队",
        "甲一",
        "欧阳*",
    ] {
        assert!(html.contains(part), "{part} is missing in {html}");
    }
    assert!(!html.contains("小明") && !html.contains(ELDER_CARD));
    assert!(page(&house, "/manager/tickets/Z999", &manager).await.text.contains("Z999"));
    let found = page(&house, &format!("/api/v1/numbers/{number}"), &manager).await.ok();
    assert_eq!(found["ticket"], taken["ticket"]);
    house.close().await;
}
