//! What lies over a whole screen, and what moves on it.

use std::time::Duration;

use anyhow::{Result, ensure};
use protocol::Language;
use protocol::wall::{Languages, Layout, LayoutKind};
use reqwest::Method;
use serde_json::{Value, json};
use tests::machines::Machine;
use tests::{Browser, PIN, wait_until};

use super::hall::{DISPLAY, DISPLAY_TOKEN, OWN_WINDOW, WallHall};
use super::{BAR, SIZES, faults};

/// How long news may take to a screen and back on a busy machine.
const NEWS: Duration = Duration::from_secs(20);
/// How long one picture, one page or one language may stay.
const TURN: Duration = Duration::from_secs(45);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_emergency_takes_a_screen_over_and_is_acknowledged() -> Result<()> {
    let wall = WallHall::busy().await?;
    let display = Machine::display(&wall.hall.url, DISPLAY, DISPLAY_TOKEN, Language::Zh).await?;
    let browser = Browser::start(Language::Zh.tag()).await?;
    browser.open(&display.url).await?;
    browser.find("[data-block=calls]").await?;
    ensure!(shown_at(&wall).await?.is_null(), "no emergency, no acknowledgement");

    let text = json!({
        "zh": "请从最近的安全出口离开大楼，不要乘坐电梯。",
        "en": "Leave by the nearest exit. Do not use the lifts.",
    });
    wall.order(Method::PUT, "/emergency", &json!({ "text": text })).await?.into::<Value>()?;
    browser.find("#emergency").await?;
    wait_until(NEWS, "the acknowledgement", async || {
        shown_at(&wall).await.is_ok_and(|at| at.is_number())
    })
    .await?;
    for (width, height) in SIZES.into_iter().chain([BAR]) {
        browser.size(width, height).await?;
        faults::settled(&browser).await?;
        let name = format!("wall-emergency-{width}x{height}");
        browser.shot(&name).await?;
        let faults = faults::on(&browser).await?;
        ensure!(faults.is_empty(), "{name}: {faults:#?}");
        let bare = browser.script(NOT_COVERED).await?;
        ensure!(bare == json!([]), "{name} leaves the screen in sight at {bare}");
    }
    wall.order(Method::DELETE, "/emergency", &json!({})).await?;
    wait_until(NEWS, "an ordinary screen", async || !browser.shows("#emergency").await).await?;
    browser.quit().await
}

/// Since when the display says that it shows the emergency.
async fn shown_at(wall: &WallHall) -> Result<Value> {
    let said: Value = wall.administrator.get("/emergency").await?.into()?;
    let displays = said["displays"].as_array().cloned().unwrap_or_default();
    let own = displays.into_iter().find(|it| it["display"] == DISPLAY).unwrap_or_default();
    Ok(own["shown_at"].clone())
}

/// Points of the screen at which something else than the emergency is on top.
const NOT_COVERED: &str = "
const overlay = document.getElementById('emergency');
const points = [0.005, 0.25, 0.5, 0.75, 0.995].flatMap((x) => [0.005, 0.5, 0.995].map((y) => [x, y]));
return points.filter(([x, y]) => !overlay.contains(document.elementFromPoint(x * innerWidth, y * innerHeight)));
";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_display_that_is_looked_for_flashes_its_name_for_a_while() -> Result<()> {
    let wall = WallHall::empty().await?;
    let browser = Browser::start(Language::Zh.tag()).await?;
    browser.size(SIZES[0].0, SIZES[0].1).await?;
    browser.open(&wall.page()).await?;
    browser.find("[data-block=calls]").await?;
    let path = format!("/displays/{DISPLAY}/identify");
    wall.order(Method::POST, &path, &json!({ "seconds": 10 })).await?.into::<Value>()?;
    browser.find("#identify").await?;
    browser.wait_text("一楼大厅综合屏").await?;
    browser.wait_text("Lobby Screen").await?;
    browser.shot("wall-identify-1920x1080").await?;
    wait_until(NEWS, "an ordinary screen", async || !browser.shows("#identify").await).await?;
    browser.quit().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pictures_and_videos_take_turns_and_broken_ones_are_left_out() -> Result<()> {
    let wall = WallHall::busy().await?;
    let browser = Browser::start(Language::Zh.tag()).await?;
    browser.size(SIZES[0].0, SIZES[0].1).await?;
    browser.open(&wall.page()).await?;
    wall.wear(&browser, Layout::of_kind(LayoutKind::Notice)).await?;
    for shown in ["img.shown", "video.shown", "img.shown"] {
        let script = format!("{MEDIA} return shows('{shown}');");
        wait_until(TURN, shown, async || browser.script(&script).await.is_ok_and(|it| it == true))
            .await?;
        let most = browser.script("return document.querySelectorAll('.media > *').length").await?;
        ensure!(most.as_i64().is_some_and(|most| most <= 3), "{most} elements");
        browser.shot(&format!("wall-media-{}", &shown[..3])).await?;
    }
    browser.quit().await
}

/// Whether this picture or video is really to be seen, and without sound.
const MEDIA: &str = "
const shows = (css) => {
  const view = document.querySelector(`.media ${css}`);
  if (!view || getComputedStyle(view).opacity !== '1') return false;
  return view.naturalWidth > 0 || (view.videoWidth > 0 && view.currentTime > 0 && view.muted);
};
";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn languages_stand_together_take_turns_or_stand_alone() -> Result<()> {
    let wall = WallHall::busy().await?;
    let browser = Browser::start(Language::Zh.tag()).await?;
    browser.size(SIZES[0].0, SIZES[0].1).await?;
    browser.open(&wall.page()).await?;
    for kind in LayoutKind::ALL {
        let window = (kind == LayoutKind::Window).then(|| OWN_WINDOW.into());
        let layout = Layout { window, languages: Languages::Turns, ..Layout::of_kind(kind) };
        wall.wear(&browser, layout.clone()).await?;
        for language in ["en", "zh"] {
            let script = format!("{SPOKEN} return spoken('{language}');");
            wait_until(TURN, language, async || {
                browser.script(&script).await.is_ok_and(|it| it == json!([]))
            })
            .await?;
        }
        wall.wear(&browser, Layout { languages: Languages::One, ..layout }).await?;
        let wrong = browser.script(&format!("{SPOKEN} return spoken('zh');")).await?;
        ensure!(wrong == json!([]), "{kind:?} in Chinese alone says {wrong}");
    }
    browser.quit().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_window_says_its_state_by_word_and_shape() -> Result<()> {
    let wall = WallHall::busy().await?;
    let browser = Browser::start(Language::Zh.tag()).await?;
    browser.size(BAR.0, BAR.1).await?;
    browser.open(&wall.page()).await?;
    let layout = Layout::of_kind(LayoutKind::Window);
    wall.wear(&browser, Layout { window: Some(OWN_WINDOW.into()), ..layout }).await?;
    let clerk = wall.hall.sign_in("c04", PIN, Some(OWN_WINDOW)).await?;
    let break_off = json!({ "reason": "pause-equipment" });
    let states = [
        ("", json!({}), "请到本窗口", "arrow"),
        ("start", json!({}), "正在办理", "person"),
        ("finish", json!({}), "等待叫号", "check"),
        ("pause", break_off, "设备故障", "pause"),
    ];
    for (act, body, words, shape) in states {
        if !act.is_empty() {
            clerk.act(OWN_WINDOW, act, &body).await?.into::<Value>()?;
        }
        browser.wait_text(words).await?;
        browser.find(&format!(".own-window use[href='#icon-{shape}']")).await?;
        faults::settled(&browser).await?;
        browser.shot(&format!("wall-window-{shape}-1280x480")).await?;
        let faults = faults::on(&browser).await?;
        ensure!(faults.is_empty(), "{words}: {faults:#?}");
    }
    browser.quit().await
}

/// What a screen says in another language than this one.
const SPOKEN: &str = "
const spoken = (language) => {
  const seconds = [...document.querySelectorAll('.areas .second, .head .second')];
  const wrong = seconds.filter((it) => it.checkVisibility() && it.textContent.trim() !== '').map((it) => it.textContent);
  if (!document.documentElement.lang.startsWith(language)) wrong.push(document.documentElement.lang);
  const titles = [...document.querySelectorAll('.areas .title .first')].map((it) => it.textContent);
  const isHan = (text) => /\\p{Script=Han}/u.test(text);
  return [...wrong, ...titles.filter((text) => isHan(text) !== (language === 'zh'))];
};
";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_notice_that_is_longer_than_the_screen_turns_its_pages() -> Result<()> {
    let wall = WallHall::bursting().await?;
    let browser = Browser::start(Language::Zh.tag()).await?;
    browser.size(SIZES[0].0, SIZES[0].1).await?;
    browser.open(&wall.page()).await?;
    wall.wear(&browser, Layout::of_kind(LayoutKind::Notice)).await?;
    for (what, script) in [
        ("the second page", "return document.querySelector('.notices .text').scrollLeft > 0"),
        (
            "the other notice",
            "return document.querySelector('.notices .page').textContent === '2 / 2'",
        ),
    ] {
        wait_until(TURN * 2, what, async || {
            browser.script(script).await.is_ok_and(|it| it == true)
        })
        .await?;
    }
    browser.quit().await
}
