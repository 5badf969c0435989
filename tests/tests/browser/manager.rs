//! The duty manager's dialogs, in a real browser: what the hall refuses can be mended, not typed again.

use anyhow::{Result, ensure};
use protocol::Language;
use serde_json::json;
use tests::config::{DEMO_INTEGRATOR, MANAGER_PIN};
use tests::{Browser, Hall, Setup};

use super::pages::Look;
use super::sign_in;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_keeps_what_was_typed() -> Result<()> {
    let hall = Hall::start(&Setup::demo()).await?;
    let taken = hall.holder_of(DEMO_INTEGRATOR).take(&["consultation"]).await?;
    let manager = hall.visitor().sign_in("m01", MANAGER_PIN, None).await?;
    let browser = Browser::start(Language::Zh.tag()).await?;
    let look = Look { browser: &browser, language: Language::Zh };
    browser.open(&format!("{}/sign-in", hall.url)).await?;
    sign_in(&look, "m01", MANAGER_PIN, None).await?;
    browser.find("#windows .window-card").await?;

    browser.open(&format!("{}/manager/tickets/{}", hall.url, taken.number)).await?;
    browser.press("[data-act=merge]").await?;
    browser.fill("#ask input", "Z999").await?;
    browser.press("#ask [data-part=confirm]").await?;
    browser.find("#ask [data-part=fault]").await?;
    let typed = browser.script("return document.querySelector('#ask input').value").await?;
    ensure!(typed == "Z999", "the dialog has {typed}");

    browser.open(&format!("{}/manager", hall.url)).await?;
    browser.press("#windows .window-card").await?;
    browser.press("#window-dialog [data-part=assign]").await?;
    browser.press("#profile input[value=ratio]").await?;
    manager.post("/day/end", &json!({})).await?;
    browser.press("#profile [type=submit]").await?;
    browser.find("#profile [data-part=fault]").await?;
    let mode = browser.script("return document.querySelector('#profile form').elements.mode.value");
    let mode = mode.await?;
    ensure!(mode == "ratio", "the dialog has {mode}");
    browser.quit().await
}
