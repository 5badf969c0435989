//! A real browser follows one number from the kiosk to the ticket's page, in both languages, and takes a
//! picture of every page at every size it is made for (`target/shots`).

#[path = "browser/displays.rs"]
mod displays;
#[path = "browser/machines.rs"]
mod machines;
#[path = "browser/manager.rs"]
mod manager;
#[path = "browser/pages.rs"]
mod pages;

use std::process::Command;

use anyhow::{Context, Result, ensure};
use pages::Look;
use protocol::Language;
use protocol::wall::Layout;
use reqwest::Method;
use serde_json::{Value, json};
use tests::config::{DEMO_INTEGRATOR, DEMO_KIOSK, MANAGER_PIN};
use tests::machines::Machine;
use tests::{Browser, Client, Hall, PIN, Setup};

/// The PIN of the demo hall's administrator.
const ADMINISTRATOR_PIN: &str = "9753";
const DISPLAY: &str = "lobby";
const DISPLAY_TOKEN: &str = "demo-display-lobby-5c2e8a1f9b7d3046";

const KIOSK: (u32, u32) = (1080, 1920);
const CONSOLE: (u32, u32) = (1366, 768);
const MANAGER: (u32, u32) = (1920, 1080);
const PHONE: (u32, u32) = (390, 844);
const BOARDS: [(u32, u32); 3] = [(1080, 1920), (1920, 1080), (3840, 2160)];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_the_kiosk_to_the_ticket_page_in_chinese() -> Result<()> {
    follow_a_number(Language::Zh).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_the_kiosk_to_the_ticket_page_in_english() -> Result<()> {
    follow_a_number(Language::En).await
}

/// The administrator chooses the first language of the display.
async fn lay_out(hall: &Hall, language: Language) -> Result<()> {
    let administrator = hall.visitor().sign_in("admin", ADMINISTRATOR_PIN, None).await?;
    let path = format!("/displays/{DISPLAY}/layout");
    let kept: Value = administrator.get(&path).await?.into()?;
    let layout = Layout { language, ..Layout::default() };
    let body = json!({ "seen": kept["revision"], "layout": layout });
    let order = administrator.request(Method::PUT, &format!("/api/v1{path}")).json(&body);
    Client::send(order).await?.into::<Value>().map(drop)
}

async fn follow_a_number(language: Language) -> Result<()> {
    let hall = Hall::start(&Setup::demo()).await?;
    let kiosk = Machine::kiosk(&hall.url, "k1", DEMO_KIOSK).await?;
    let display = Machine::display(&hall.url, DISPLAY, DISPLAY_TOKEN, language).await?;
    lay_out(&hall, language).await?;
    let portal = hall.holder_of(DEMO_INTEGRATOR);
    let browser = Browser::start(language.tag()).await?;
    let look = Look { browser: &browser, language };

    let (number, ticket_url) = take_at_the_kiosk(&look, &kiosk).await?;
    // Somebody else waits too, so that queues are to be seen.
    for service in ["consultation", "certificates", "tax-filing", "sole-trader"] {
        portal.take(&[service]).await?;
    }

    let board = browser.open_tab(&display.url).await?;
    browser.wait_text(if language == Language::En { "Dadong" } else { "大东区" }).await?;
    let ticket = browser.open_tab(&ticket_url).await?;
    browser.size(PHONE.0, PHONE.1).await?;
    browser.wait_text(&number).await?;
    look.shot("ticket-waiting", PHONE).await?;

    let console = browser.open_tab(&format!("{}/sign-in", hall.url)).await?;
    sign_in(&look, "c01", PIN, Some("w01")).await?;
    call_with_the_keyboard(&look, &number).await?;

    browser.switch(&board).await?;
    browser.wait_text(&number).await?;
    for size in BOARDS {
        look.shot("board", size).await?;
    }
    browser.switch(&ticket).await?;
    browser.find("#visit .called").await?;
    look.shot("ticket-called", PHONE).await?;

    browser.switch(&console).await?;
    serve_with_the_keyboard(&look).await?;
    browser.switch(&ticket).await?;
    browser.find("#visit[data-stage=closed]").await?;
    look.shot("ticket-over", PHONE).await?;

    browser.switch(&console).await?;
    browser.open(&format!("{}/sign-in", hall.url)).await?;
    sign_in(&look, "m01", MANAGER_PIN, None).await?;
    browser.find("#windows .window-card").await?;
    look.shot("manager", MANAGER).await?;
    browser.quit().await
}

/// Presses what a visitor presses; returns the number and the address behind the slip's code.
async fn take_at_the_kiosk(look: &Look<'_>, kiosk: &Machine) -> Result<(String, String)> {
    let browser = look.browser;
    browser.size(KIOSK.0, KIOSK.1).await?;
    browser.open(&kiosk.url).await?;
    browser.find(button("begin").as_str()).await?;
    // Whoever comes finds it in Chinese, whatever language the one before chose.
    Look { browser, language: Language::Zh }.shot("kiosk-welcome", KIOSK).await?;
    let begin = if look.language == Language::En { "begin:en" } else { "begin" };
    browser.press(&button(begin)).await?;
    browser.find(&button("department:general")).await?;
    look.shot("kiosk-departments", KIOSK).await?;
    browser.press(&button("department:general")).await?;
    browser.find(&button("service:consultation")).await?;
    look.shot("kiosk-services", KIOSK).await?;
    browser.press(&button("service:consultation")).await?;
    browser.find(&button("take")).await?;
    look.shot("kiosk-confirm", KIOSK).await?;
    browser.press(&button("take")).await?;
    browser.find(&button("end")).await?;
    browser.find("img.slip").await?;
    let number = browser.find(".farewell-number").await?.text().await?;
    let picture = look.shot("kiosk-farewell", KIOSK).await?;

    let decoded = Command::new("zbarimg").args(["--raw", "--quiet"]).arg(&picture).output();
    let decoded = decoded.context("install Debian's package zbar-tools, or run ./check")?;
    let addresses = String::from_utf8_lossy(&decoded.stdout).into_owned();
    let address = addresses.lines().find(|line| line.contains("/t/"));
    let address = address.with_context(|| format!("a code on {}", picture.display()))?;
    // Whoever tries the demo on one screen presses the code instead.
    let link = browser.find("a.code-link").await?.attr("href").await?;
    assert_eq!(link.as_deref(), Some(address), "the code and its link lead to one page");
    Ok((number.trim().to_owned(), address.to_owned()))
}

fn button(act: &str) -> String {
    format!("button[value=\"{act}\"]")
}

async fn sign_in(look: &Look<'_>, clerk: &str, pin: &str, window: Option<&str>) -> Result<()> {
    let browser = look.browser;
    browser.size(CONSOLE.0, CONSOLE.1).await?;
    browser.find("#sign-in").await?;
    look.shot("sign-in", CONSOLE).await?;
    browser.fill("#clerk", clerk).await?;
    // The page proposes the window that was used last.
    let window = window.unwrap_or_default();
    browser.press(&format!("#window option[value=\"{window}\"]")).await?;
    browser.fill("#pin", pin).await?;
    browser.press("#sign-in button.primary").await
}

/// The clerk calls with the space bar and nothing else.
async fn call_with_the_keyboard(look: &Look<'_>, number: &str) -> Result<()> {
    let browser = look.browser;
    browser.find("#main-act:enabled").await?;
    look.shot("console-ready", CONSOLE).await?;
    browser.keys(" ").await?;
    browser.find("#present .present-number").await?;
    let called = browser.find("#present .present-number").await?.text().await?;
    ensure!(called.trim() == number, "{called} was called, not {number}");
    look.shot("console-called", CONSOLE).await?;
    Ok(())
}

async fn serve_with_the_keyboard(look: &Look<'_>) -> Result<()> {
    let browser = look.browser;
    browser.keys(" ").await?;
    browser.find("#undo").await?;
    look.shot("console-serving", CONSOLE).await?;
    browser.keys("?").await?;
    browser.find("#help").await?;
    look.shot("console-keys", CONSOLE).await?;
    // Esc closes the list of keys; then the space bar finishes.
    browser.keys("\u{e00c}").await?;
    browser.keys(" ").await
}
