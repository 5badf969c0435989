//! A visit, from the first touch to the slip, and what may go wrong with it while the hall is there.

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use hardware::card::identity;
use kiosk_client::config::OfflineConfig;
use protocol::kiosk::Visitor as Person;
use reqwest::StatusCode;

use crate::books::Mood;
use crate::fake_hall::{FakeHall, TOKEN};
use crate::visitor::{Folder, OVER, Visitor, config, wait_until};

#[tokio::test]
async fn a_number_is_taken_and_its_slip_says_so() {
    let hall = FakeHall::start().await;
    let visitor = Visitor::at_kiosk_of(hall.addr, TOKEN).await;
    let confirm = visitor.choose("plain").await;
    for text in ["办事咨询", "12 人", "10–15 分钟", "1F 综合服务区 1、2 号窗口"] {
        assert!(confirm.contains(text), "{text} is missing");
    }
    visitor.press("take").await;
    let page = visitor.wait_for(OVER).await;
    assert!(page.contains("A001") && page.contains("请取走号票"));
    let slip = visitor.get("/slips/1.svg").await;
    for text in ["A001", "办事咨询", "测试政务大厅", "2026-11-23"] {
        assert!(slip.contains(text), "{text} is missing on the slip");
    }
    let orders = hall.orders();
    assert_eq!(orders.len(), 1);
    assert_eq!(orders[0].language, "zh-CN");
    assert_eq!(orders[0].take.visitor, None);
    assert!(visitor.press("end").await.contains("value=\"begin\""));
}

#[tokio::test]
async fn a_card_is_one_click_and_is_seen_by_the_hall_only() {
    let hall = FakeHall::start().await;
    let visitor = Visitor::at_kiosk_of(hall.addr, TOKEN).await;
    assert!(visitor.choose("card").await.contains("请将身份证放在读卡区"));
    visitor.place_card("unreadable", "没有读到证件").await;
    let mut seen = visitor.place_card("next", "value=\"take\"").await;
    visitor.press("take").await;
    seen += &visitor.wait_for(OVER).await;
    seen += &visitor.get("/slips/1.svg").await;
    let Some(Person::Card { name, number }) = hall.orders()[0].take.visitor.clone() else {
        panic!("the hall was not told who it is");
    };
    assert!(identity::birth_of(&number).is_ok());
    assert!(!seen.contains(&name) && !seen.contains(&number));
}

#[tokio::test]
async fn a_phone_number_is_typed_and_checked() {
    let hall = FakeHall::start().await;
    let visitor = Visitor::at_kiosk_of(hall.addr, TOKEN).await;
    visitor.choose("phone").await;
    assert!(visitor.press("digit:1").await.contains("disabled"), "one digit is not enough");
    let (_, page) = visitor.post("/act", "act=phone&text=1381234567".to_owned()).await;
    assert!(page.contains("手机号不正确"));
    let (_, page) = visitor.post("/act", "act=phone&text=13812345678".to_owned()).await;
    assert!(page.contains("value=\"take\"") && !page.contains("13812345678"));
}

#[tokio::test]
async fn a_refusal_is_told_in_the_visitors_language() {
    let hall = FakeHall::start().await;
    hall.set_mood(Mood::Refusing);
    let visitor = Visitor::at_kiosk_of(hall.addr, TOKEN).await;
    visitor.wait_for("value=\"begin\"").await;
    visitor.press("language:en").await;
    assert!(visitor.choose("plain").await.contains("Take my number"));
    visitor.press("take").await;
    let page = visitor.wait_for("You hold A007.").await;
    assert!(page.contains("already-waiting"), "staff see the code");
    assert_eq!(hall.orders()[0].language, "en");
    assert_eq!(hall.tickets(), 0);
}

/// A visitor at a kiosk that leases no numbers in advance.
async fn without_numbers(hall: &FakeHall) -> Visitor {
    let folder = Folder::new();
    let config = config(hall.addr, TOKEN, &folder);
    let offline = OfflineConfig { numbers_per_series: 0, ..config.offline };
    Visitor::at(kiosk_client::Config { offline, ..config }, folder).await
}

#[tokio::test]
async fn lost_answers_never_take_a_second_number() {
    let hall = FakeHall::start().await;
    hall.set_mood(Mood::Forgetful(4));
    let visitor = without_numbers(&hall).await;
    visitor.choose("plain").await;
    visitor.press("take").await;
    // Three tries by itself, then it asks the visitor.
    visitor.wait_for("value=\"retry\"").await;
    assert_eq!(hall.orders().len(), 3);
    visitor.press("retry").await;
    assert!(visitor.wait_for(OVER).await.contains("A001"));
    let orders = hall.orders();
    assert_eq!(orders.len(), 5);
    assert!(orders.iter().all(|order| order.key == orders[0].key));
    assert_eq!(hall.tickets(), 1);
}

#[tokio::test]
async fn a_hall_that_cannot_answer_is_explained() {
    let hall = FakeHall::start().await;
    hall.set_mood(Mood::Broken);
    let visitor = without_numbers(&hall).await;
    visitor.choose("plain").await;
    visitor.press("take").await;
    assert!(visitor.wait_for("value=\"retry\"").await.contains("大厅系统正忙"));
    assert_eq!(hall.tickets(), 0);
}

#[tokio::test]
async fn without_a_hall_the_kiosk_says_so_and_recovers_by_itself() {
    let visitor = Visitor::at_kiosk_of(free_address(), TOKEN).await;
    let page = visitor.wait_for("暂时连接不上大厅系统").await;
    assert!(page.contains("导服台") && !page.contains("value=\"begin\""));

    let somewhere = free_address();
    let visitor = Visitor::at_kiosk_of(somewhere, TOKEN).await;
    visitor.wait_for("unreachable").await;
    let hall = FakeHall::start_at(somewhere).await;
    visitor.wait_for("value=\"begin\"").await;
    drop(hall);
}

#[tokio::test]
async fn a_kiosk_with_a_wrong_token_is_out_of_service() {
    let hall = FakeHall::start().await;
    let visitor = Visitor::at_kiosk_of(hall.addr, "wrong").await;
    visitor.wait_for("此机尚未登记").await;
}

#[tokio::test]
async fn out_of_paper_the_number_and_its_code_are_on_the_screen() {
    let hall = FakeHall::start().await;
    let visitor = Visitor::at_kiosk_of(hall.addr, TOKEN).await;
    visitor.wait_for("value=\"begin\"").await;
    visitor.bench("printer:paper-out").await;
    visitor.wait_for("打印机缺纸").await;
    wait_until("the hall hears of it", || hall.books().is_faulty() == Some(true)).await;
    visitor.choose("plain").await;
    visitor.press("take").await;
    let page = visitor.wait_for(OVER).await;
    assert!(
        page.contains("A001") && page.contains("您的号码有效") && page.contains("class=\"qr\"")
    );
    let slip = visitor.http.get(format!("{}/slips/1.svg", visitor.address)).send().await.unwrap();
    assert_eq!(slip.status(), StatusCode::NOT_FOUND, "nothing was printed");
    visitor.bench("printer:ready").await;
    wait_until("and that it is mended", || hall.books().is_faulty() == Some(false)).await;
}

#[tokio::test]
async fn help_reaches_the_hall_and_can_be_called_off() {
    let hall = FakeHall::start().await;
    let visitor = Visitor::at_kiosk_of(hall.addr, TOKEN).await;
    visitor.wait_for("value=\"help\"").await;
    visitor.press("help").await;
    let page = visitor.wait_for("已通知工作人员").await;
    assert!(page.contains("lamp blinking"));
    visitor.press("help-done").await;
    visitor.wait_for("lamp steady").await;
    wait_until("the hall hears both", || hall.books().help == [true, false]).await;
}

#[tokio::test]
async fn bad_input_is_refused_and_changes_nothing() {
    let hall = FakeHall::start().await;
    let visitor = Visitor::at_kiosk_of(hall.addr, TOKEN).await;
    let before = visitor.wait_for("value=\"begin\"").await;
    let long = "x".repeat(100_000);
    let cases = [
        ("/act", "act=nonsense", StatusCode::UNPROCESSABLE_ENTITY),
        ("/act", "act=language:fr", StatusCode::UNPROCESSABLE_ENTITY),
        ("/act", "tca=begin", StatusCode::UNPROCESSABLE_ENTITY),
        ("/act", long.as_str(), StatusCode::PAYLOAD_TOO_LARGE),
        ("/bench", "act=printer:burning", StatusCode::UNPROCESSABLE_ENTITY),
        ("/nowhere", "", StatusCode::NOT_FOUND),
    ];
    for (path, body, expected) in cases {
        let (status, _) = visitor.post(path, body.to_owned()).await;
        assert_eq!(status, expected, "{path}");
    }
    let elsewhere = visitor
        .http
        .post(format!("{}/act", visitor.address))
        .header("origin", "http://evil.example")
        .header("content-type", "application/x-www-form-urlencoded")
        .body("act=begin");
    assert_eq!(elsewhere.send().await.unwrap().status(), StatusCode::FORBIDDEN);
    let after = visitor.screen().await;
    assert_eq!(after.contains("value=\"begin\""), before.contains("value=\"begin\""));
}

#[tokio::test]
async fn every_page_keeps_its_promises_to_the_browser() {
    let hall = FakeHall::start().await;
    let visitor = Visitor::at_kiosk_of(hall.addr, TOKEN).await;
    visitor.wait_for("value=\"begin\"").await;
    let answer = visitor.http.get(format!("{}/", visitor.address)).send().await.unwrap();
    assert!(answer.headers()["content-security-policy"].to_str().unwrap().contains("'self'"));
    assert_eq!(answer.headers()["cache-control"], "no-store");
    for act in ["begin", "elder:on", "search", "letter:B", "home", "department:general"] {
        let page = visitor.press(act).await;
        assert!(!page.contains("style=") && !page.contains("<script>"), "{act}");
        assert!(every_text_is_worded(&page), "a key without wording after {act}");
    }
}

/// Whether every `kiosk-…` on the page is the address of a file, not a key that has no wording.
fn every_text_is_worded(page: &str) -> bool {
    page.match_indices("kiosk-").all(|(at, _)| page[at..].starts_with("kiosk-assets/"))
}

#[tokio::test]
async fn a_page_hears_of_every_change() {
    let hall = FakeHall::start().await;
    let visitor = Visitor::at_kiosk_of(hall.addr, TOKEN).await;
    visitor.wait_for("value=\"begin\"").await;
    let mut news = visitor.http.get(format!("{}/changes", visitor.address)).send().await.unwrap();
    assert!(news.chunk().await.unwrap().unwrap().starts_with(b"data: "));
    visitor.press("begin").await;
    let next = tokio::time::timeout(Duration::from_secs(5), news.chunk()).await.unwrap();
    assert!(next.unwrap().unwrap().starts_with(b"data: "));
}

#[tokio::test]
async fn a_taken_port_is_one_clear_sentence() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let folder = Folder::new();
    let text = format!(
        "hall_url = \"http://127.0.0.1:1\"\nkiosk = \"k1\"\ntoken = \"t\"\nlisten = \"{}\"\n\
         data_dir = \"{}\"",
        taken.local_addr().unwrap(),
        folder.path().display()
    );
    let file = folder.path().join("kiosk.toml");
    std::fs::write(&file, text).unwrap();
    let config = kiosk_client::Config::load(&file).unwrap();
    let Err(fault) = kiosk_client::start(config).await else { panic!("the port is taken") };
    let fault = fault.to_string();
    assert!(fault.contains("`listen`") && fault.contains("another port"), "{fault}");
}

fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}
