//! The screens on the wall, in a real browser at every size they are made for: nothing falls out of its place,
//! what was just called is the largest, both languages are there, an emergency takes everything over. Leaves a
//! picture of each in `target/shots`, to be looked at also from the back of the hall.

#[path = "wall_pages/faults.rs"]
mod faults;
#[path = "wall_pages/files.rs"]
mod files;
#[path = "wall_pages/hall.rs"]
mod hall;
#[path = "wall_pages/overlays.rs"]
mod overlays;

use anyhow::{Context, Result, ensure};
use hall::{OWN_WINDOW, WallHall};
use protocol::Language;
use protocol::wall::{Layout, LayoutKind, Theme};
use tests::Browser;

const SIZES: [(u32, u32); 3] = [(1920, 1080), (1080, 1920), (3840, 2160)];
const BAR: (u32, u32) = (1280, 480);
const LANGUAGES: [Language; 2] = [Language::Zh, Language::En];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_empty_hall_on_every_screen() -> Result<()> {
    look_at_every_layout(&WallHall::empty().await?, "empty").await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_busy_hall_on_every_screen() -> Result<()> {
    look_at_every_layout(&WallHall::busy().await?, "busy").await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hall_that_bursts_on_every_screen() -> Result<()> {
    look_at_every_layout(&WallHall::bursting().await?, "full").await
}

async fn look_at_every_layout(wall: &WallHall, scene: &str) -> Result<()> {
    let browser = Browser::start(Language::Zh.tag()).await?;
    browser.size(SIZES[0].0, SIZES[0].1).await?;
    browser.open(&wall.page()).await?;
    let mut faults = Vec::new();
    for kind in LayoutKind::ALL {
        for language in LANGUAGES {
            wall.wear(&browser, usual(kind, language)).await?;
            let bar = (kind == LayoutKind::Window).then_some(BAR);
            for size in SIZES.into_iter().chain(bar) {
                faults.extend(look(&browser, wall, scene, kind, size).await?);
            }
        }
    }
    // The log tells of the picture that is none.
    let mistakes = browser.mistakes().await?;
    faults.extend(mistakes.into_iter().filter(|it| !it.contains("a-broken.png")));
    ensure!(faults.is_empty(), "{faults:#?}");
    browser.quit().await
}

/// What an administrator would choose for a kind of screen.
fn usual(kind: LayoutKind, language: Language) -> Layout {
    let needs_window = matches!(kind, LayoutKind::Window | LayoutKind::Floor);
    Layout {
        language,
        window: needs_window.then(|| OWN_WINDOW.into()),
        theme: if kind == LayoutKind::Zone { Theme::Day } else { Theme::Night },
        ..Layout::of_kind(kind)
    }
}

/// Takes a picture; gives the faults that a program can see.
async fn look(
    browser: &Browser,
    wall: &WallHall,
    scene: &str,
    kind: LayoutKind,
    (width, height): (u32, u32),
) -> Result<Vec<String>> {
    browser.size(width, height).await?;
    let language = browser.script("return document.documentElement.lang").await?;
    let language = language.as_str().context("a language")?;
    let kind_name = serde_json::to_value(kind)?;
    let kind_name = kind_name.as_str().context("a kind")?;
    let name = format!("wall-{kind_name}-{scene}-{width}x{height}-{language}");
    faults::settled(browser).await?;
    browser.shot(&name).await?;
    let mut found = faults::on(browser).await?;
    if let Some(newest) = wall.largest_on(kind) {
        let largest = faults::largest_text(browser).await?;
        if largest != newest {
            found.push(format!("the largest text is {largest}, not {newest}"));
        }
    }
    Ok(found.into_iter().map(|fault| format!("{name}: {fault}")).collect())
}
