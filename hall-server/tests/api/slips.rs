//! The slip's layout: who changes it, what is kept of it, what it looks like.

use protocol::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};

use crate::house::{Answer, House, KIOSK, MORNING};

async fn save(house: &House, token: &str, seen: u64, template: &Value) -> Answer {
    let body = json!({ "seen": seen, "template": template });
    house.send(house.request(Method::PUT, "/slip-template", token).json(&body)).await
}

async fn newest(house: &House, token: &str) -> Value {
    house.get("/slip-template", token).await.ok()
}

/// The layout every hall begins with, changed.
async fn changed(house: &House, change: impl FnOnce(&mut Vec<Value>)) -> Value {
    let mut template = house.get("/slip-template", KIOSK).await.ok()["template"].clone();
    change(template["parts"].as_array_mut().expect("parts"));
    template
}

/// The usual slip on 80 mm paper, or what else is said.
fn wish(template: &Value, more: &Value) -> Value {
    let mut wish = json!({ "template": template, "paper_mm": 80, "sample": "usual" });
    for (key, value) in more.as_object().expect("fields") {
        wish[key] = value.clone();
    }
    wish
}

async fn draw(house: &House, token: &str, template: &Value, more: Value) -> Answer {
    house.post("/slip-template/picture", token, wish(template, &more)).await
}

/// The bytes of a picture, with its width and height.
async fn picture(house: &House, token: &str, template: &Value, more: Value) -> (Vec<u8>, u32, u32) {
    let wish = wish(template, &more);
    let request = house.request(Method::POST, "/slip-template/picture", token).json(&wish);
    let response = request.send().await.expect("an answer");
    assert_eq!(response.headers()["content-type"], "image/png", "{wish}");
    let png = response.bytes().await.expect("a picture").to_vec();
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
    let (width, height) = (number(16), number(20));
    (png, width, height)
}

#[tokio::test]
async fn a_saved_layout_reaches_the_kiosks_and_outlives_a_restart() {
    let house = House::open().await;
    let administrator = house.sign_in("a1", None).await;
    let first = newest(&house, KIOSK).await;
    assert_eq!(first["revision"], 0);
    let template = changed(&house, |parts| parts.swap(0, 1)).await;
    let saved = save(&house, &administrator, 0, &template).await.ok();
    assert_eq!(saved, json!({ "revision": 1, "template": template }));
    let errands = house.post("/kiosks/k1/heartbeat", KIOSK, json!({})).await.ok();
    assert_eq!(errands["slip_template"], 1, "a kiosk hears that there is a newer one");
    assert_eq!(newest(&house, KIOSK).await, saved);
    let house = house.restarted().await;
    assert_eq!(newest(&house, KIOSK).await, saved);
    house.close().await;
}

#[tokio::test]
async fn of_two_who_edit_at_once_the_second_hears_of_the_first() {
    let house = House::open().await;
    let administrator = house.sign_in("a1", None).await;
    let theirs = changed(&house, |parts| parts.swap(0, 1)).await;
    let mine = changed(&house, |parts| parts.swap(5, 6)).await;
    save(&house, &administrator, 0, &theirs).await.ok();
    let refused = save(&house, &administrator, 0, &mine).await;
    refused.refused(409, "slip-changed");
    assert!(refused.text.contains("第 1 版"), "{refused:?}");
    assert_eq!(newest(&house, KIOSK).await["template"], theirs, "nothing was lost");
    assert_eq!(save(&house, &administrator, 1, &mine).await.ok()["revision"], 2);
    house.close().await;
}

#[tokio::test]
async fn saving_what_is_in_force_gives_the_first_answer() {
    let house = House::open().await;
    let administrator = house.sign_in("a1", None).await;
    let template = changed(&house, |parts| parts.swap(0, 1)).await;
    let saved = save(&house, &administrator, 0, &template).await.ok();
    assert_eq!(save(&house, &administrator, 0, &template).await.ok(), saved);
    assert_eq!(newest(&house, KIOSK).await["revision"], 1);
    house.close().await;
}

#[tokio::test]
async fn every_revision_is_kept_with_who_saved_it_and_when() {
    let house = House::open().await;
    let (administrator, auditor) =
        (house.sign_in("a1", None).await, house.sign_in("u1", None).await);
    let default = newest(&house, KIOSK).await["template"].clone();
    let one = changed(&house, |parts| parts.swap(0, 1)).await;
    save(&house, &administrator, 0, &one).await.ok();
    let later = MORNING.plus_s(60);
    house.clock.set(later);
    save(&house, &administrator, 1, &default).await.ok();
    let listed = house.get("/slip-template/revisions", &auditor).await.ok();
    let entry = |revision: u64, at: Timestamp| {
        let name = json!({ "zh": "管理员", "en": "Administrator" });
        json!({ "revision": revision, "clerk": "a1", "name": name, "at": at })
    };
    let begun = json!({ "revision": 0, "clerk": null, "name": null, "at": null });
    assert_eq!(listed, json!([entry(2, later), entry(1, MORNING), begun]));
    for (revision, template) in [(0, &default), (1, &one), (2, &default)] {
        let path = format!("/slip-template/revisions/{revision}");
        assert_eq!(house.get(&path, &auditor).await.ok()["template"], *template, "{revision}");
    }
    house.get("/slip-template/revisions/3", &auditor).await.refused(404, "slip-unknown-revision");
    house.close().await;
}

#[tokio::test]
async fn what_is_no_layout_is_refused_with_the_part_that_is_wrong() {
    let house = House::open().await;
    let administrator = house.sign_in("a1", None).await;
    let rule = json!({ "what": "rule" });
    let text = |zh: &str| json!({ "what": "text", "text": { "zh": zh, "en": "" } });
    let without = |what: &'static str| {
        changed(&house, move |parts| parts.retain(|part| part["what"] != what))
    };
    let with = |part: Value| changed(&house, |parts| parts.insert(0, part));
    let long = "号".repeat(121);
    let wrong = [
        ("slip-number", without("number").await),
        ("slip-code", without("code").await),
        ("slip-number", with(json!({ "what": "number" })).await),
        ("slip-size", with(json!({ "what": "hall", "size": 9 })).await),
        ("slip-text", with(text(" ")).await),
        ("slip-text", with(json!({ "what": "tip", "text": { "zh": "a", "en": "a" } })).await),
        ("text-too-long", with(text(&long)).await),
        ("wrong-shape", with(json!({ "what": "picture" })).await),
        ("slip-too-many", changed(&house, |parts| parts.extend(vec![rule; 30])).await),
    ];
    for (code, template) in &wrong {
        save(&house, &administrator, 0, template).await.refused(422, code);
        draw(&house, &administrator, template, json!({})).await.refused(422, code);
    }
    assert_eq!(newest(&house, KIOSK).await["revision"], 0);
    house.close().await;
}

#[tokio::test]
async fn the_picture_is_what_this_layout_prints_on_this_paper() {
    let house = House::open().await;
    let auditor = house.sign_in("u1", None).await;
    let default = changed(&house, |_| {}).await;
    let (usual, width, height) = picture(&house, &auditor, &default, json!({})).await;
    assert_eq!(width, 576, "the dots of 80 mm paper");
    let (_, narrow, _) = picture(&house, &auditor, &default, json!({ "paper_mm": 58 })).await;
    assert_eq!(narrow, 384, "the dots of 58 mm paper");
    for sample in ["long", "appointment", "reprint"] {
        let more = json!({ "sample": sample });
        let (_, _, taller) = picture(&house, &auditor, &default, more).await;
        assert!(taller > height, "{sample} says more than the usual slip");
    }
    let (english, ..) = picture(&house, &auditor, &default, json!({ "language": "en" })).await;
    assert_ne!(english, usual);
    let shorter = changed(&house, |parts| parts.retain(|part| part["what"] != "hall")).await;
    let (_, _, less) = picture(&house, &auditor, &shorter, json!({})).await;
    assert!(less < height, "a part that is not shown takes no paper");
    let unknown = draw(&house, &auditor, &default, json!({ "paper_mm": 70 })).await;
    unknown.refused(422, "slip-unknown-paper");
    house.close().await;
}
