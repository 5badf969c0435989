//! A real browser at the kiosk, for what a visitor does besides taking a number: the slides, a slip printed
//! again, an appointment's code typed, a printer without paper, a hall that is away. Pictures of every page
//! are in `target/shots`.

#[path = "browser/pages.rs"]
mod pages;

use anyhow::{Result, ensure};
use pages::Look;
use protocol::Language;
use tests::config::DEMO_KIOSK;
use tests::machines::Machine;
use tests::{Browser, Hall, Setup};

const SIZES: [(u32, u32); 2] = [(1080, 1920), (1920, 1080)];
/// The least the kiosk allows.
const SLIDES_SOON: &str = "attract_after_seconds = 10\n";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_visitor_who_was_here_before_in_chinese() -> Result<()> {
    come_again(Language::Zh).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_visitor_who_was_here_before_in_english() -> Result<()> {
    come_again(Language::En).await
}

async fn come_again(language: Language) -> Result<()> {
    let hall = Hall::start(&Setup::demo()).await?;
    let kiosk = Machine::kiosk(&hall.url, "k1", DEMO_KIOSK).await?;
    let browser = Browser::start(language.tag()).await?;
    browser.open(&kiosk.url).await?;
    let look = Look { browser: &browser, language };

    let number = take_a_number(&look).await?;
    shots(&look, "kiosk-slip").await?;
    act(&look, "end").await?;

    speak(&look).await?;
    act(&look, "show:slip").await?;
    let found = browser.find(".had-number").await?.text().await?;
    assert_eq!(found.trim(), number, "the slip's code leads to its ticket");
    shots(&look, "kiosk-found").await?;
    browser.press("button[value^=\"reprint:\"]").await?;
    let again = if language == Language::En { "reprinted" } else { "补打的号票" };
    browser.wait_text(again).await?;
    act(&look, "end").await?;

    speak(&look).await?;
    act(&look, "ask:appointment").await?;
    browser.find(".ask-way").await?;
    shots(&look, "kiosk-ask").await?;
    act(&look, "type-code").await?;
    browser.find("#code").await?;
    browser.keys("y1").await?;
    act(&look, "letter:2").await?;
    act(&look, "code").await?;
    browser.find(".query.wrong").await?;
    let typed = browser.find("#code").await?.prop("value").await?;
    assert_eq!(typed.as_deref(), Some("y12"), "keyboard and keys on the screen go together");
    shots(&look, "kiosk-code").await?;
    browser.quit().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slides_go_with_the_first_key_and_faults_are_explained() -> Result<()> {
    let hall = Hall::start(&Setup::demo()).await?;
    let kiosk = Machine::kiosk_with(&hall.url, "k1", DEMO_KIOSK, None, SLIDES_SOON).await?;
    let language = Language::Zh;
    let browser = Browser::start(language.tag()).await?;
    browser.open(&kiosk.url).await?;
    let look = Look { browser: &browser, language };

    browser.find(".slide").await?;
    shots(&look, "kiosk-slide").await?;
    browser.keys("x").await?;
    browser.find("button[value=\"begin\"]").await?;

    act(&look, "printer:paper-out").await?;
    browser.find(".notice.warn").await?;
    take_a_number(&look).await?;
    browser.find(".no-slip-why").await?;
    ensure!(!browser.shows("img.slip").await, "no slip lies in the tray");
    shots(&look, "kiosk-no-slip").await?;
    act(&look, "printer:ready").await?;
    act(&look, "end").await?;

    let _away = hall.stop().await?;
    browser.wait_text("取号照常").await?;
    take_a_number(&look).await?;
    browser.find(".wait-unknown").await?;
    shots(&look, "kiosk-offline").await?;
    browser.quit().await
}

/// Goes from the welcome to the number, and returns it.
async fn take_a_number(look: &Look<'_>) -> Result<String> {
    let begin = if look.language == Language::En { "begin:en" } else { "begin" };
    for press in [begin, "department:general", "service:consultation", "take"] {
        act(look, press).await?;
    }
    look.browser.find("button[value=\"end\"]").await?;
    Ok(look.browser.find(".farewell-number").await?.text().await?.trim().to_owned())
}

/// Chooses the language on the welcome page.
async fn speak(look: &Look<'_>) -> Result<()> {
    look.browser.find("button[value=\"begin\"]").await?;
    match look.language {
        Language::Zh => Ok(()),
        Language::En => {
            act(look, "language:en").await?;
            look.browser.find("button[value=\"language:zh\"]").await.map(drop)
        }
    }
}

async fn act(look: &Look<'_>, act: &str) -> Result<()> {
    look.browser.press(&format!("button[value=\"{act}\"]")).await
}

async fn shots(look: &Look<'_>, name: &str) -> Result<()> {
    for size in SIZES {
        look.shot(name, size).await?;
    }
    Ok(())
}
