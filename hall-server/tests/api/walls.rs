//! What the displays are to be: layouts and their revisions, notices, the emergency message, errands, media.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use protocol::wall::{Block, LayoutKind, Screen};
use protocol::{DisplayId, Timestamp};
use reqwest::Method;
use serde_json::{Value, json};

use crate::house::{Answer, DISPLAY, House, MORNING};

/// How long to wait for what the hall notices by itself.
const SOON: Duration = Duration::from_secs(20);

fn lobby() -> DisplayId {
    DisplayId::from("lobby")
}

/// What the lobby's display is told now.
fn screen(house: &House) -> Screen {
    let hall = &house.running.hall;
    hall.walls().screen(&lobby(), hall.clock().now()).expect("the display is known")
}

async fn put(house: &House, path: &str, token: &str, body: Value) -> Answer {
    house.send(house.request(Method::PUT, path, token).json(&body)).await
}

async fn delete(house: &House, path: &str, token: &str) -> Answer {
    house.send(house.request(Method::DELETE, path, token)).await
}

async fn save(house: &House, token: &str, seen: u64, layout: &Value) -> Answer {
    let body = json!({ "seen": seen, "layout": layout });
    put(house, "/displays/lobby/layout", token, body).await
}

/// Waits until the display is told something that it is.
async fn told(house: &House, what: &str, is: impl Fn(&Screen) -> bool) {
    let mut changes = house.running.hall.walls().changes();
    let waiting = async {
        while !is(&screen(house)) {
            changes.changed().await.expect("the walls are there");
        }
    };
    tokio::time::timeout(SOON, waiting).await.unwrap_or_else(|_| panic!("never: {what}"));
}

fn notice(zh: &str) -> Value {
    json!({ "title": { "zh": zh, "en": "Title" }, "text": { "zh": "内容", "en": "Text" } })
}

#[tokio::test]
async fn a_saved_layout_reaches_the_display_and_outlives_a_restart() {
    let house = House::open().await;
    let administrator = house.sign_in("a1", None).await;
    assert_eq!(screen(&house).layout.kind, LayoutKind::Lobby);
    let mut changes = house.running.hall.walls().changes();
    let layout =
        json!({ "kind": "window", "window": "w2", "blocks": ["calls"], "scale_percent": 150 });
    let saved = save(&house, &administrator, 0, &layout).await.ok();
    assert_eq!(saved["revision"], 1);
    assert!(changes.has_changed().expect("the walls are there"), "sockets are woken");
    changes.mark_unchanged();
    let house = house.restarted().await;
    let layout = screen(&house).layout;
    assert_eq!((layout.kind, layout.scale_percent), (LayoutKind::Window, 150));
    assert_eq!((layout.window, layout.blocks), (Some("w2".into()), vec![Block::Calls]));
    house.close().await;
}

#[tokio::test]
async fn of_two_who_edit_at_once_the_second_hears_of_the_first() {
    let house = House::open().await;
    let administrator = house.sign_in("a1", None).await;
    let (theirs, mine) = (json!({ "theme": "day" }), json!({ "theme": "contrast" }));
    let first = save(&house, &administrator, 0, &theirs).await.ok();
    let refused = save(&house, &administrator, 0, &mine).await;
    refused.refused(409, "layout-changed");
    assert!(refused.text.contains("第 1 版"), "{refused:?}");
    assert_eq!(save(&house, &administrator, 0, &theirs).await.ok(), first, "asked again");
    assert_eq!(save(&house, &administrator, 1, &mine).await.ok()["revision"], 2);
    house.close().await;
}

#[tokio::test]
async fn every_revision_is_kept_with_who_saved_it_and_when() {
    let house = House::open().await;
    let (administrator, auditor) =
        (house.sign_in("a1", None).await, house.sign_in("u1", None).await);
    save(&house, &administrator, 0, &json!({ "theme": "day" })).await.ok();
    let later = MORNING.plus_s(60);
    house.clock.set(later);
    save(&house, &administrator, 1, &json!({ "theme": "contrast" })).await.ok();
    let listed = house.get("/displays/lobby/layout/revisions", &auditor).await.ok();
    let saved =
        |it: &Value| (it["revision"].clone(), it["layout"]["theme"].clone(), it["saved"].clone());
    let by = |at: Timestamp| json!({ "clerk": "a1", "name": { "zh": "管理员", "en": "Administrator" }, "at": at });
    let listed: Vec<_> = listed.as_array().expect("a list").iter().map(saved).collect();
    let expected = [
        (json!(2), json!("contrast"), by(later)),
        (json!(1), json!("day"), by(MORNING)),
        (json!(0), json!("night"), Value::Null),
    ];
    assert_eq!(listed, expected);
    let path = "/displays/lobby/layout/revisions/1";
    assert_eq!(house.get(path, &auditor).await.ok()["layout"]["theme"], "day");
    let unknown = house.get("/displays/lobby/layout/revisions/3", &auditor).await;
    unknown.refused(404, "layout-unknown-revision");
    house.get("/displays/none/layout", &auditor).await.refused(404, "unknown-display");
    house.close().await;
}

#[tokio::test]
async fn what_no_screen_can_be_is_refused() {
    let house = House::open().await;
    let administrator = house.sign_in("a1", None).await;
    let quiet = |from: &str| json!({ "quiet": [{ "from": from, "to": "13:30" }] });
    for (code, layout) in [
        ("layout-no-window", json!({ "kind": "window" })),
        ("layout-unknown-window", json!({ "kind": "window", "window": "w99" })),
        ("layout-no-block", json!({ "blocks": [] })),
        ("layout-block-twice", json!({ "blocks": ["clock", "clock"] })),
        ("layout-scale", json!({ "scale_percent": 300 })),
        ("layout-volume", json!({ "volume_percent": 101 })),
        ("layout-quiet-hours", quiet("13:30")),
        ("layout-quiet-hours", quiet("noon")),
        ("layout-marquee", json!({ "marquee": { "zh": " ", "en": "words" } })),
        ("text-too-long", json!({ "marquee": { "zh": "字".repeat(201), "en": "" } })),
        ("layout-unknown-media", json!({ "media": ["../hall.key"] })),
        ("wrong-shape", json!({ "blocks": ["weather"] })),
        ("wrong-shape", json!({ "colour": "red" })),
    ] {
        save(&house, &administrator, 0, &layout).await.refused(422, code);
    }
    assert_eq!(house.get("/layouts", &administrator).await.ok()["displays"][0]["revision"], 0);
    house.close().await;
}

#[tokio::test]
async fn a_notice_is_shown_from_its_time_to_its_end() {
    let house = House::open().await;
    let manager = house.sign_in("m1", None).await;
    let mut planned = notice("明天停电");
    planned["from"] = json!(MORNING.plus_s(60));
    planned["until"] = json!(MORNING.plus_s(120));
    let posted = house.post("/notices", &manager, planned.clone()).await.ok();
    assert_eq!(
        (posted["state"].as_str(), posted["posted"]["clerk"].as_str()),
        (Some("planned"), Some("m1"))
    );
    let again = house.post("/notices", &manager, planned).await.ok();
    assert_eq!(again["id"], posted["id"], "sent again, it is not there twice");
    assert_eq!(screen(&house).notices, []);
    house.clock.set(MORNING.plus_s(60));
    told(&house, "the notice is shown", |it| it.notices.len() == 1).await;
    assert_eq!(screen(&house).notices[0].title.zh, "明天停电");
    let house = house.restarted().await;
    assert_eq!(screen(&house).notices.len(), 1, "a restart takes nothing off the wall");
    house.clock.set(MORNING.plus_s(120));
    told(&house, "the notice is over", |it| it.notices.is_empty()).await;
    let listed = house.get("/notices", &manager).await.ok();
    assert_eq!(listed[0]["state"], "over");
    house.close().await;
}

#[tokio::test]
async fn a_notice_for_later_does_not_stand_for_one_that_is_to_be_read_now() {
    let house = House::open().await;
    let manager = house.sign_in("m1", None).await;
    let mut tomorrow = notice("停电");
    tomorrow["from"] = json!(MORNING.plus_s(86_400));
    house.post("/notices", &manager, tomorrow).await.ok();
    let posted = house.post("/notices", &manager, notice("停电")).await.ok();
    assert_eq!(posted["state"], "shown");
    assert_eq!(screen(&house).notices.len(), 1);
    house.clock.set(MORNING.plus_s(1));
    let again = house.post("/notices", &manager, notice("停电")).await.ok();
    assert_eq!(again["id"], posted["id"], "sent again, it is not there twice");
    house.close().await;
}

#[tokio::test]
async fn a_notice_can_be_for_some_displays_and_be_ended_at_once() {
    let house = House::open().await;
    let (manager, auditor) = (house.sign_in("m1", None).await, house.sign_in("u1", None).await);
    let mut elsewhere = notice("别处");
    elsewhere["displays"] = json!(["none"]);
    house.post("/notices", &manager, elsewhere).await.refused(404, "unknown-display");
    let mut here = notice("此处");
    here["displays"] = json!(["lobby"]);
    let posted = house.post("/notices", &manager, here).await.ok();
    assert_eq!(screen(&house).notices.len(), 1);
    let path = format!("/notices/{}", posted["id"]);
    delete(&house, &path, &auditor).await.refused(403, "not-your-role");
    assert_eq!(delete(&house, &path, &manager).await.status, 204);
    assert_eq!(screen(&house).notices, []);
    assert_eq!(delete(&house, &path, &manager).await.status, 204, "ended is ended");
    let listed = house.get("/notices", &auditor).await.ok();
    assert_eq!(listed[0]["ended"]["clerk"], "m1");
    delete(&house, "/notices/999", &manager).await.refused(404, "unknown-notice");
    house.close().await;
}

#[tokio::test]
async fn a_notice_lacks_nothing() {
    let house = House::open().await;
    let manager = house.sign_in("m1", None).await;
    let with = |field: &str, value: Value| {
        let mut wish = notice("标题");
        wish[field] = value;
        wish
    };
    let words = json!({ "zh": "标题", "en": " " });
    for (code, wish) in [
        ("notice-words", with("title", words.clone())),
        ("notice-words", with("text", words)),
        ("text-too-long", with("title", json!({ "zh": "题".repeat(61), "en": "Title" }))),
        ("notice-times", with("until", json!(MORNING))),
        ("notice-times", with("until", json!(MORNING.minus_s(1)))),
    ] {
        house.post("/notices", &manager, wish).await.refused(422, code);
    }
    let mut backwards = with("from", json!(MORNING.plus_s(60)));
    backwards["until"] = json!(MORNING.plus_s(60));
    house.post("/notices", &manager, backwards).await.refused(422, "notice-times");
    assert_eq!(house.get("/notices", &manager).await.ok(), json!([]));
    house.close().await;
}

#[tokio::test]
async fn the_emergency_takes_every_screen_until_somebody_ends_it() {
    let house = House::open().await;
    let (manager, auditor) = (house.sign_in("m1", None).await, house.sign_in("u1", None).await);
    let fire = json!({ "text": { "zh": "请立即撤离", "en": "" } });
    let raised = put(&house, "/emergency", &manager, fire.clone()).await.ok();
    let id = raised["emergency"]["id"].as_u64().expect("an id");
    let same = put(&house, "/emergency", &manager, fire).await.ok();
    assert_eq!(same["emergency"]["id"], id, "sent again, it is the same one");
    let message = screen(&house).emergency.expect("it is on the screen");
    assert_eq!((message.text.zh.as_str(), message.text.en.as_str()), ("请立即撤离", "请立即撤离"));
    let shown_at = |view: &Value| view["displays"][0]["shown_at"].clone();
    assert_eq!(shown_at(&raised), Value::Null);
    let walls = house.running.hall.walls();
    walls.emergency_shown(&lobby(), id + 1, MORNING);
    assert_eq!(walls.emergency_shown_at(&lobby()), None, "of another message nothing is kept");
    walls.emergency_shown(&lobby(), id, MORNING.plus_s(1));
    let view = house.get("/emergency", &auditor).await.ok();
    assert_eq!(shown_at(&view), json!(MORNING.plus_s(1)));
    let house = house.restarted().await;
    assert_eq!(screen(&house).emergency.map(|it| it.id), Some(id), "it survives a restart");
    let view = house.get("/emergency", &auditor).await.ok();
    assert_eq!(view["emergency"]["raised"]["clerk"], "m1");
    assert_eq!(shown_at(&view), json!(MORNING.plus_s(1)));
    delete(&house, "/emergency", &auditor).await.refused(403, "not-your-role");
    assert_eq!(delete(&house, "/emergency", &manager).await.status, 204);
    assert_eq!(screen(&house).emergency, None);
    let view = house.get("/emergency", &auditor).await.ok();
    assert_eq!(
        (&view["emergency"], &view["earlier"][0]["ended"]["clerk"]),
        (&Value::Null, &json!("m1"))
    );
    house.close().await;
}

#[tokio::test]
async fn there_is_one_emergency_message_at_a_time() {
    let house = House::open().await;
    let manager = house.sign_in("m1", None).await;
    let text = |zh: &str| json!({ "zh": zh, "en": "Leave" });
    put(&house, "/emergency", &manager, json!({ "text": { "zh": " ", "en": "" } }))
        .await
        .refused(422, "emergency-words");
    let first = put(&house, "/emergency", &manager, json!({ "text": text("甲") })).await.ok();
    let unseen = put(&house, "/emergency", &manager, json!({ "text": text("乙") })).await;
    unseen.refused(409, "emergency-changed");
    let seen = json!({ "text": text("乙"), "seen": first["emergency"]["id"] });
    let second = put(&house, "/emergency", &manager, seen.clone()).await.ok();
    assert_ne!(second["emergency"]["id"], first["emergency"]["id"], "screens confirm it anew");
    assert_eq!(second["earlier"][0]["id"], first["emergency"]["id"]);
    let first_id = first["emergency"]["id"].as_u64().expect("an id");
    let end_first = format!("/emergency?seen={first_id}");
    delete(&house, &end_first, &manager).await.refused(409, "emergency-changed");
    assert!(screen(&house).emergency.is_some(), "who ends the first does not end the second");
    let end_second = format!("/emergency?seen={}", second["emergency"]["id"]);
    assert_eq!(delete(&house, &end_second, &manager).await.status, 204);
    assert_eq!(delete(&house, &end_second, &manager).await.status, 204, "ended is ended");
    put(&house, "/emergency", &manager, seen).await.refused(409, "emergency-changed");
    house.close().await;
}

#[tokio::test]
async fn a_display_flashes_for_a_while_and_starts_again_once() {
    let house = House::open().await;
    let manager = house.sign_in("m1", None).await;
    let identify = async |seconds: i64| {
        house.post("/displays/lobby/identify", &manager, json!({ "seconds": seconds })).await
    };
    identify(9).await.refused(422, "identify-seconds");
    identify(31).await.refused(422, "identify-seconds");
    identify(10).await.ok();
    assert_eq!(screen(&house).identify_until, Some(MORNING.plus_s(10)));
    house.clock.set(MORNING.plus_s(10));
    told(&house, "it has stopped flashing", |it| it.identify_until.is_none()).await;
    assert_eq!(house.post("/displays/lobby/restart", &manager, json!({})).await.status, 204);
    let first = screen(&house).restart.expect("an errand");
    house.post("/displays/lobby/restart", &manager, json!({})).await.ok();
    assert_eq!(screen(&house).restart, Some(first), "pressed twice, it is one errand");
    house.clock.set(MORNING.plus_s(100));
    assert_eq!(screen(&house).restart, None, "an old errand is not told");
    house.post("/displays/none/restart", &manager, json!({})).await.refused(404, "unknown-display");
    house.close().await;
}

#[tokio::test]
async fn pictures_are_noticed_and_served_in_whole_and_in_parts() {
    let house = House::open().await;
    let administrator = house.sign_in("a1", None).await;
    let layout = json!({ "kind": "notice", "blocks": ["media"] });
    save(&house, &administrator, 0, &layout).await.ok();
    let folder = house.dir.join("media");
    for (name, text) in
        [("办事 指南.png", "0123456789"), ("page.html", "<p>"), (".hidden.png", "x")]
    {
        std::fs::write(folder.join(name), text).expect("a file");
    }
    told(&house, "the picture is noticed", |it| it.media.len() == 1).await;
    let media = screen(&house).media.remove(0);
    assert_eq!(media.name, "办事 指南.png");
    let listed = house.get("/media", &administrator).await.ok();
    assert_eq!(listed["left_out"], json!([{ "name": "page.html", "why": "kind" }]));
    let path = format!("//media/{}", media.name);
    let whole = house.get(&format!("{path}?v={}", media.revision), "").await;
    assert_eq!((whole.status, whole.text.as_str()), (200, "0123456789"));
    assert_eq!(whole.headers["content-type"], "image/png");
    assert!(whole.headers["cache-control"].to_str().expect("text").contains("immutable"));
    let part = house.request(Method::GET, &path, "").header("Range", "bytes=2-4");
    let part = house.send(part).await;
    assert_eq!((part.status, part.text.as_str()), (206, "234"));
    assert_eq!(
        part.headers["cache-control"], "no-cache",
        "without a revision it may be another one"
    );
    std::fs::remove_file(folder.join(&media.name)).expect("it is removed");
    told(&house, "the picture is gone", |it| it.media.is_empty()).await;
    house.get(&path, "").await.refused(404, "not-found");
    house.close().await;
}

#[tokio::test]
async fn no_name_leads_out_of_the_media_folder() {
    let house = House::open().await;
    let folder = house.dir.join("media");
    std::os::unix::fs::symlink(house.dir.join("hall.key"), folder.join("key.png")).expect("a link");
    for name in ["..%2Fhall.key", "%2e%2e%2fhall.db", "key.png", "%00.png", "media", "..\\hall.key"]
    {
        let answer = house.get(&format!("//media/{name}"), "").await;
        assert_eq!(answer.status, 404, "{name}: {answer:?}");
    }
    // A picture that was there gives way to a link before the folder is looked at again.
    let administrator = house.sign_in("a1", None).await;
    save(&house, &administrator, 0, &json!({ "blocks": ["media"] })).await.ok();
    let picture = folder.join("real.png");
    std::fs::write(&picture, "0123456789").expect("a file");
    told(&house, "the picture is noticed", |it| it.media.len() == 1).await;
    std::fs::remove_file(&picture).expect("it is removed");
    std::os::unix::fs::symlink(house.dir.join("hall.key"), &picture).expect("a link");
    assert_eq!(house.get("//media/real.png", "").await.status, 404);
    house.close().await;
}

#[tokio::test]
async fn the_preview_stands_in_a_frame_of_this_hall_and_nothing_else_does() {
    let house = House::open().await;
    let auditor = house.sign_in("u1", None).await;
    let preview = house.get("//display/lobby/preview", &auditor).await;
    assert_eq!(preview.status, 200, "{preview:?}");
    let policy =
        |answer: &Answer| answer.headers["content-security-policy"].to_str().map(str::to_owned);
    assert!(policy(&preview).expect("text").contains("frame-ancestors 'self'"));
    assert_eq!(preview.headers["x-frame-options"], "SAMEORIGIN");
    assert!(preview.text.contains("data-preview") && !preview.text.contains("data-acknowledges"));
    let board = house.get("//display/lobby", DISPLAY).await;
    assert!(policy(&board).expect("text").contains("frame-ancestors 'none'"));
    house.get("//display/lobby/preview", "").await.refused(401, "sign-in-first");
    house.close().await;
}

#[tokio::test]
async fn the_pages_offer_what_their_reader_may_do() {
    let house = House::open().await;
    for (clerk, acts, edits) in [("a1", true, true), ("m1", true, false), ("u1", false, false)] {
        let token = house.sign_in(clerk, None).await;
        let walls = house.get("//walls", &token).await;
        assert_eq!(walls.status, 200, "{walls:?}");
        assert_eq!(walls.text.contains("id=\"notice-form\""), acts, "{clerk}");
        assert!(walls.text.contains("href=\"/devices\""), "the way to the other pages");
        let editor = house.get("//walls/lobby", &token).await;
        assert_eq!(editor.text.contains("id=\"save\""), edits, "{clerk}");
        assert!(editor.text.contains("src=\"/display/lobby/preview\""), "{clerk}");
        house.get("//walls/none", &token).await.refused(404, "unknown-display");
    }
    let clerk = house.sign_in("c1", Some("w1")).await;
    house.get("//walls", &clerk).await.refused(403, "not-your-role");
    house.close().await;
}

/// It would hang where a reader of the walls reads them twice at once while somebody writes.
#[tokio::test]
async fn the_walls_can_be_read_while_displays_speak() {
    let house = House::open().await;
    let administrator = house.sign_in("a1", None).await;
    let (walls, done) = (house.running.hall.walls().clone(), Arc::new(AtomicBool::new(false)));
    let is_done = Arc::clone(&done);
    let displays = std::thread::spawn(move || {
        while !is_done.load(Ordering::Relaxed) {
            walls.emergency_shown(&lobby(), 1, MORNING);
        }
    });
    for path in ["/layouts", "/emergency", "/notices", "/displays"].repeat(100) {
        house.get(path, &administrator).await.ok();
    }
    done.store(true, Ordering::Relaxed);
    displays.join().expect("it ends");
    house.close().await;
}
