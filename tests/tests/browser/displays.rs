//! A display with a broken strip, as the clerk and the duty manager see it, in a real browser.

use anyhow::{Context, Result, ensure};
use protocol::live::{ClientMessage, Output};
use protocol::wall::{DisplayReport, OutputReport, OutputState};
use protocol::{Language, Timestamp};
use tests::config::{DEMO_INTEGRATOR, MANAGER_PIN};
use tests::{Browser, Hall, PIN, Setup, Watcher};

use super::pages::Look;
use super::{CONSOLE, DISPLAY, DISPLAY_TOKEN, MANAGER, call_with_the_keyboard, sign_in};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broken_strip_is_missed_found_and_mended_in_chinese() -> Result<()> {
    miss_a_strip(Language::Zh).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broken_strip_is_missed_found_and_mended_in_english() -> Result<()> {
    miss_a_strip(Language::En).await
}

async fn miss_a_strip(language: Language) -> Result<()> {
    let hall = Hall::start(&Setup::demo()).await?;
    let display = Watcher::open_display(&hall.url, DISPLAY, DISPLAY_TOKEN).await?;
    display.tell(report(OutputState::Faulty))?;
    let ticket = hall.holder_of(DEMO_INTEGRATOR).take(&["consultation"]).await?;
    let browser = Browser::start(language.tag()).await?;
    let look = Look { browser: &browser, language };

    browser.open(&format!("{}/sign-in", hall.url)).await?;
    sign_in(&look, "c01", PIN, Some("w01")).await?;
    call_with_the_keyboard(&look, ticket.number.as_str()).await?;
    browser.find(".given-missing .chip").await?;
    browser.wait_text(if language == Language::En { "1 of 2 shown" } else { "1/2" }).await?;
    browser.press("#given summary").await?;
    browser.find(".given-row[data-state=given]").await?;
    browser.find(".given-row[data-state=faulty]").await?;
    look.shot("console-missing", CONSOLE).await?;

    browser.open(&format!("{}/sign-in", hall.url)).await?;
    sign_in(&look, "m01", MANAGER_PIN, None).await?;
    let trouble = if language == Language::En { "LED strip not working" } else { "条屏故障" };
    browser.wait_text(trouble).await?;
    browser.press("#alerts button").await?;
    browser.find(".display[data-state=fault]").await?;
    browser.press(".display[data-state=fault] [data-part=more]").await?;
    browser.find(".output .chip.danger").await?;
    for size in [CONSOLE, MANAGER] {
        look.shot("devices-display", size).await?;
    }
    browser.press(".display[data-state=fault] [data-part=identify]").await?;
    let flashes = |screen: &protocol::wall::Screen| screen.identify_until.is_some();
    display.wait("the flash", |heard| heard.screen.as_ref().is_some_and(flashes)).await?;
    // Once is a mistake; only the second press restarts it.
    browser.press(".display [data-part=restart]").await?;
    browser.find(".display [data-part=restart][data-sure]").await?;
    let restarts = |screen: &protocol::wall::Screen| screen.restart.is_some();
    ensure!(!display.look(|heard| heard.screen.as_ref().is_some_and(restarts)), "too early");
    browser.press(".display [data-part=restart]").await?;
    display.wait("the restart", |heard| heard.screen.as_ref().is_some_and(restarts)).await?;

    display.tell(report(OutputState::Ready))?;
    browser.find(".display[data-state=good]").await.context("it is well again by itself")?;
    browser.quit().await
}

/// A screen that shows its page, and a strip at the first window.
fn report(strip: OutputState) -> ClientMessage {
    let strip = OutputReport {
        output: Output::Strip,
        name: "w01".to_owned(),
        address: "tcp:192.0.2.21:5005".to_owned(),
        state: strip,
        fault: (strip == OutputState::Faulty).then(|| "192.0.2.21:5005 does not answer".to_owned()),
        since: Timestamp(0),
        windows: vec!["w01".into()],
        zones: Vec::new(),
        by_light: false,
    };
    ClientMessage::Report(DisplayReport {
        version: "0.1.0".to_owned(),
        pages: 1,
        outputs: vec![strip],
        ..DisplayReport::default()
    })
}
