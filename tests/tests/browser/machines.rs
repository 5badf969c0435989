//! The pages for those who look after the machines: the slip's layout and the devices, in a real browser.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use protocol::Language;
use protocol::kiosk::{KioskErrands, Test};
use reqwest::Method;
use serde_json::{Value, json};
use tests::config::{DEMO_KIOSK, MANAGER_PIN};
use tests::{Browser, Client, Hall, Setup, wait_until};

use super::pages::Look;
use super::{CONSOLE, MANAGER, sign_in};

/// The PIN of the demo hall's administrator.
const ADMINISTRATOR_PIN: &str = "9753";
/// How long a picture may take to follow a change on a busy machine.
const PICTURE: Duration = Duration::from_secs(20);

/// The Enter key, as WebDriver writes it.
const ENTER: &str = "\u{e007}";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_layout_is_edited_seen_and_saved_in_chinese() -> Result<()> {
    edit_the_slip(Language::Zh).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_layout_is_edited_seen_and_saved_in_english() -> Result<()> {
    edit_the_slip(Language::En).await
}

async fn edit_the_slip(language: Language) -> Result<()> {
    let hall = Hall::start(&Setup::demo()).await?;
    let kiosk = Client::new(&hall.url, Some(DEMO_KIOSK.to_owned()));
    let browser = Browser::start(language.tag()).await?;
    let look = Look { browser: &browser, language };
    browser.open(&format!("{}/sign-in", hall.url)).await?;
    sign_in(&look, "admin", ADMINISTRATOR_PIN, None).await?;
    browser.find("#windows .window-card").await?;
    browser.press("a[href=\"/slips\"]").await?;
    browser.find("#view img").await?;
    for size in [CONSOLE, MANAGER] {
        look.shot("slips", size).await?;
    }

    let before = picture(&browser).await?;
    move_up_by_keyboard(&browser, 2).await?;
    wait_until(PICTURE, "another picture", async || {
        picture(&browser).await.is_ok_and(|now| now != before)
    })
    .await?;
    browser.press("#save").await?;
    browser.find("#state.open").await?;
    ensure!(newest(&kiosk).await? == (1, "caption".to_owned()), "the kiosk gets what was saved");

    // Somebody else saves meanwhile: nothing of mine is lost, and saving again puts it over theirs.
    move_up_by_keyboard(&browser, 3).await?;
    let administrator = hall.visitor().sign_in("admin", ADMINISTRATOR_PIN, None).await?;
    let first = json!({ "seen": 1, "template": revision(&administrator, 0).await? });
    let put = administrator.request(Method::PUT, "/api/v1/slip-template").json(&first);
    Client::send(put).await?.into::<Value>()?;
    browser.press("#save").await?;
    browser.find("#notice [data-kind=fault]").await?;
    ensure!(part_at(&browser, 1).await? == "number", "the draft is as it was");
    // The browser's own log tells of the refusal.
    browser.mistakes().await?;
    look.shot("slips-refused", CONSOLE).await?;
    browser.press("#save").await?;
    browser.find("#state.open").await?;
    ensure!(newest(&kiosk).await?.0 == 3, "mine is in force");
    browser.press("#history-open").await?;
    browser.find("#history tbody tr").await?;
    look.shot("slips-history", CONSOLE).await?;
    browser.quit().await
}

/// Presses the button that moves a part up; parts are counted from 1.
async fn move_up_by_keyboard(browser: &Browser, part: u32) -> Result<()> {
    let focus = format!("document.querySelector('.part:nth-child({part}) [data-part=up]').focus()");
    browser.script(&focus).await?;
    browser.keys(ENTER).await
}

/// The picture as the page has it.
async fn picture(browser: &Browser) -> Result<Value> {
    browser.script("return document.querySelector('#view img').src").await
}

/// What a part says, counted from 0.
async fn part_at(browser: &Browser, place: u32) -> Result<Value> {
    browser
        .script(&format!("return document.querySelectorAll('.part')[{place}].dataset.what"))
        .await
}

/// The newest revision, and what stands first on it.
async fn newest(kiosk: &Client) -> Result<(u64, String)> {
    let kept: Value = kiosk.get("/slip-template").await?.into()?;
    let first = kept["template"]["parts"][0]["what"].as_str().context("a first part")?;
    Ok((kept["revision"].as_u64().context("a revision")?, first.to_owned()))
}

async fn revision(administrator: &Client, revision: u64) -> Result<Value> {
    let path = format!("/slip-template/revisions/{revision}");
    let kept: Value = administrator.get(&path).await?.into()?;
    Ok(kept["template"].clone())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_printer_without_paper_is_seen_and_tested_in_chinese() -> Result<()> {
    mend_a_printer(Language::Zh).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_printer_without_paper_is_seen_and_tested_in_english() -> Result<()> {
    mend_a_printer(Language::En).await
}

async fn mend_a_printer(language: Language) -> Result<()> {
    let hall = Hall::start(&Setup::demo()).await?;
    let kiosk = Client::new(&hall.url, Some(DEMO_KIOSK.to_owned()));
    let browser = Browser::start(language.tag()).await?;
    let look = Look { browser: &browser, language };
    report(&kiosk, "paper-out", &[]).await?;
    browser.open(&format!("{}/sign-in", hall.url)).await?;
    sign_in(&look, "m01", MANAGER_PIN, None).await?;
    let trouble =
        if language == Language::En { "Printer: Out of paper" } else { "打印机缺纸" };
    browser.wait_text(trouble).await?;
    look.shot("manager-alert", CONSOLE).await?;

    browser.press("#alerts button").await?;
    browser.find(".kiosk[data-state=fault] .device[data-grave=danger]").await?;
    for size in [CONSOLE, MANAGER] {
        look.shot("devices", size).await?;
    }
    browser.press("[data-test=print-slip]").await?;
    browser.find(".test-line[data-finding=waiting]").await?;
    let errands = report(&kiosk, "ready", &[]).await?;
    let asked = errands.tests.first().context("the kiosk hears of the test")?;
    ensure!(asked.test == Test::PrintSlip, "{asked:?}");
    let passed = json!({ "id": asked.id, "finding": "passed" });
    report(&kiosk, "ready", &[passed]).await?;
    // The result and the better condition appear by themselves.
    browser.find(".test-line[data-finding=passed]").await?;
    browser.find(".kiosk[data-state=good]").await?;
    browser.quit().await
}

/// A kiosk says how its printer is, and hears what is asked of it.
async fn report(kiosk: &Client, condition: &str, tests: &[Value]) -> Result<KioskErrands> {
    let printer = json!({
        "device": "printer", "condition": condition, "since": 1, "address": "tcp:10.0.0.7:9100",
        "model": "TM-m30", "firmware": "1.4",
        "counters": [{ "what": "slips-left", "count": 150 }],
    });
    let body = json!({ "version": "0.1.0", "devices": [printer], "tests": tests });
    kiosk.post("/kiosks/k1/heartbeat", &body).await?.into()
}
