//! Hall, kiosk and display as processes of their own, as on three machines: a number goes its way, and a
//! hall that cannot be reached is noticed and found again.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use protocol::live::{ConsoleCell, Topic};
use protocol::{DisplayId, Language};
use tests::config::DEMO_KIOSK;
use tests::machines::Machine;
use tests::{Folder, Hall, PIN, Process, Setup, Watcher, repository, wait_until};

const DISPLAY: &str = "lobby";
const DISPLAY_TOKEN: &str = "demo-display-lobby-5c2e8a1f9b7d3046";
/// A screen must say within this time that what it shows may be old.
const STALE_WITHIN: Duration = Duration::from_secs(10);
/// How soon everybody has found a hall again that is back.
const BACK_WITHIN: Duration = Duration::from_secs(30);
const SOON: Duration = Duration::from_secs(10);

fn lobby() -> Topic {
    Topic::Board { display: DisplayId::from(DISPLAY) }
}

/// Waits until the kiosk's page has a text, and returns the page.
async fn wait_page(kiosk: &Machine, limit: Duration, text: &str) -> Result<String> {
    let mut page = String::new();
    wait_until(limit, &format!("`{text}` on the kiosk's page"), async || {
        page = kiosk.visitor().page("/").await.map(|answer| answer.text).unwrap_or_default();
        page.contains(text)
    })
    .await
    .with_context(|| format!("{page}\n{}", kiosk.process().output()))?;
    Ok(page)
}

/// Takes a number at the kiosk and returns it.
async fn take_a_number(kiosk: &Machine) -> Result<String> {
    wait_page(kiosk, SOON, "value=\"begin\"").await?;
    for act in ["begin", "department:general", "service:consultation", "take"] {
        kiosk.press(act, None).await?;
    }
    // Printing is done once the visitor is told to take the slip.
    let page = wait_page(kiosk, SOON, "value=\"end\"").await?;
    let (_, rest) = page.split_once("farewell-number\">").context("a number on the page")?;
    let number = rest.split('<').next().unwrap_or_default().trim().to_owned();
    ensure!(page.contains("/slips/"), "the slip lies beside the kiosk");
    kiosk.press("end", None).await?;
    Ok(number)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_number_goes_its_way() -> Result<()> {
    let hall = Hall::start(&Setup::demo()).await?;
    let kiosk = Machine::kiosk(&hall.url, "k1", DEMO_KIOSK).await?;
    let display = Machine::display(&hall.url, DISPLAY, DISPLAY_TOKEN, Language::Zh).await?;
    let screen = Watcher::open_display(&display.url, DISPLAY, DISPLAY_TOKEN).await?;
    let clerk = hall.sign_in("c01", PIN, Some("w01")).await?;

    let number = take_a_number(&kiosk).await?;
    let called = clerk.call_next("w01").await?.context("somebody waits")?;
    let called = called.ticket.context("somebody is called")?;
    assert_eq!(called.number.to_string(), number, "the number from the kiosk is called");

    screen.wait("the call", |heard| heard.announcements.len() == 1).await?;
    screen
        .wait("the number on the board", |heard| heard.calls().get("w01") == Some(&number))
        .await?;
    let mut shown = None;
    wait_until(SOON, "the clerk sees that it was shown", async || {
        let answer = clerk.get("/windows/w01/console").await;
        shown = answer.and_then(|it| it.into::<ConsoleCell>()).ok().and_then(|cell| cell.shown);
        shown.as_ref().is_some_and(|it| it.displays == 1 && it.shown == 1)
    })
    .await
    .with_context(|| format!("{shown:?}\n{}", display.process().output()))?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hall_that_is_cut_off_is_noticed_and_found_again() -> Result<()> {
    let mut hall = Hall::start(&Setup::demo()).await?;
    let kiosk = Machine::kiosk(&hall.url, "k1", DEMO_KIOSK).await?;
    let display = Machine::display(&hall.url, DISPLAY, DISPLAY_TOKEN, Language::Zh).await?;
    let screen = Watcher::open(&display.url, lobby(), None).await?;
    let clerk = hall.sign_in("c01", PIN, Some("w01")).await?;
    let number = take_a_number(&kiosk).await?;
    clerk.call_next("w01").await?.context("somebody waits")?;
    screen.wait("the call", |heard| heard.calls().get("w01") == Some(&number)).await?;

    // A machine that freezes closes no connection.
    hall.process().freeze()?;
    screen
        .wait_for(STALE_WITHIN, "the display saying it is stale", |heard| heard.stale.is_some())
        .await?;
    assert_eq!(screen.heard().calls().get("w01"), Some(&number), "it still shows what it knew");
    let newcomer = Watcher::open(&display.url, lobby(), None).await?;
    newcomer.wait("the last board", |heard| heard.calls().get("w01") == Some(&number)).await?;
    newcomer.wait("that it is old", |heard| heard.stale.is_some()).await?;
    hall.process().thaw()?;
    let fresh = |heard: &tests::watcher::Heard| heard.stale.is_none();
    screen.wait_for(BACK_WITHIN, "the hall being back", fresh).await?;

    // One that dies does.
    hall.process_mut().kill();
    screen
        .wait_for(STALE_WITHIN, "the display saying it is stale", |heard| heard.stale.is_some())
        .await?;
    let given = take_a_number(&kiosk).await.context("the kiosk goes on without the hall")?;
    hall.restart().await?;
    screen.wait_for(BACK_WITHIN, "the hall being back", fresh).await?;
    assert_eq!(screen.heard().calls().get("w01"), Some(&number), "the call outlived the crash");
    wait_until(BACK_WITHIN, "the number given meanwhile", async || {
        clerk.get(&format!("/numbers/{given}")).await.is_ok_and(|answer| answer.status == 200)
    })
    .await
    .with_context(|| kiosk.process().output())?;

    let next = take_a_number(&kiosk).await?;
    for number in [given, next] {
        clerk.at("w01", "start").await?;
        clerk.at("w01", "finish").await?;
        clerk.call_next("w01").await?.context("somebody waits")?;
        screen.wait("the next call", |heard| heard.calls().get("w01") == Some(&number)).await?;
    }
    Ok(())
}

/// A token that was copied wrongly is told on the first page and in the log, not to the first visitor.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kiosk_the_hall_does_not_know_is_out_of_service() -> Result<()> {
    let hall = Hall::start(&Setup::demo()).await?;
    let kiosk = Machine::kiosk(&hall.url, "k1", "not-the-token-of-this-kiosk").await?;
    wait_page(&kiosk, SOON, "此机尚未登记").await?;
    assert!(kiosk.process().output().contains("devices.toml"), "{}", kiosk.process().output());
    Ok(())
}

/// Each program on its own says what is wrong with its configuration, where, and what to do.
#[tokio::test]
async fn a_mistake_is_one_sentence_from_every_program() -> Result<()> {
    for program in ["hall-server", "kiosk-client", "display-client"] {
        let folder = Folder::new("mistake")?;
        let file = folder.write("mistake.toml", "nobody_knows_this_key = 1\n")?;
        for (file, names) in
            [(file, "nobody_knows_this_key"), (folder.file("missing.toml"), "missing.toml")]
        {
            let file = file.to_str().context("a path that is text")?;
            let program = repository::program(program)?;
            let ended = Process::start(&program, &["--config", file])?.end(SOON).await?;
            let said = ended.stderr.trim();
            assert_eq!(ended.status.code(), Some(2), "{said}");
            assert!(said.contains(file) && said.contains(names), "names file and key: {said}");
            assert_eq!(said.lines().count(), 1, "one sentence: {said}");
        }
    }
    Ok(())
}
