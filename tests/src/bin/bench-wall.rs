//! `bench-wall`: from a clerk's click to the pixels of a display, and from a call to the first sound, with many
//! other displays connected. A real hall, real displays, two real browsers.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, ensure};
use protocol::Language;
use serde_json::Value;
use tests::config::{KIOSK, display_token};
use tests::machines::Machine;
use tests::table::{HEAD, row};
use tests::{Browser, Client, Hall, PIN, Setup, Watcher, repository, wait_until};

/// Calls if nobody says otherwise.
const USUAL_CALLS: usize = 200;
/// Other displays if nobody says otherwise.
const USUAL_DISPLAYS: usize = 200;
/// Windows of the hall.
const WINDOWS: usize = 25;
/// The clerk's window and a service it takes.
const WINDOW: &str = "w01";
const SERVICE: &str = "s2";
/// How long one step may take at all.
const STEP: Duration = Duration::from_secs(20);
/// Calls shown in the large place stay there for five seconds; the next one then goes there at once.
const LARGE_PLACE_FREE: Duration = Duration::from_millis(5_500);
/// Of so many calls one waits until the large place is free.
const ONE_LARGE_OF: usize = 10;
const HELP: &str = "\
Times a wall: from the clerk's click in a browser to the pixels of a display's page in another, with many other
displays connected that acknowledge every call; and from the call to the first byte of sound at the player.

Usage: bench-wall [CALLS] [DISPLAYS]

Examples:
  cargo build --release --workspace --bins
  cargo run --release -p tests --bin bench-wall
  cargo run --release -p tests --bin bench-wall -- 500 200";

/// Writes the time at which each number was first to be seen: the second frame begins when the first has been
/// painted. `all` is any place, `large` the large one.
const WATCH_PIXELS: &str = r#"
const noted = { all: {}, large: {} };
window.noted = noted;
const note = (kind, text) => {
  const number = text.trim();
  if (!number || number in noted[kind]) return;
  noted[kind][number] = null;
  requestAnimationFrame(() => requestAnimationFrame(() => { noted[kind][number] = Date.now(); }));
};
new MutationObserver(() => {
  document.querySelectorAll(".number").forEach((it) => note("all", it.textContent));
  document.querySelectorAll(".hero .number").forEach((it) => note("large", it.textContent));
}).observe(document.body, { subtree: true, childList: true, characterData: true });
"#;
/// Presses the console's one button, when it would call.
const CLICK: &str =
    "const at = Date.now(); document.getElementById('main-act').click(); return at;";
const READY_TO_CALL: &str = "return !document.getElementById('main-act').disabled \
     && !document.querySelector('#present .present-number').offsetParent;";

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench-wall: {error:#}");
            ExitCode::from(2)
        }
    }
}

#[allow(clippy::print_stdout, reason = "the table is what this program is for")]
async fn run() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let first = arguments.next();
    if matches!(first.as_deref(), Some("--help" | "-h")) {
        println!("{HELP}");
        return Ok(());
    }
    let number = |text: Option<String>, usual| match text {
        None => Ok(usual),
        Some(text) => text.parse().with_context(|| format!("`{text}` is no number; see --help")),
    };
    let calls: usize = number(first, USUAL_CALLS)?;
    let displays: usize = number(arguments.next(), USUAL_DISPLAYS)?;
    ensure!((1..=900).contains(&calls), "1 to 900 calls: a series has 999 numbers");
    println!(
        "{}, {calls} calls, {displays} other displays\n",
        repository::program("display-client")?.display()
    );
    println!("{HEAD}");
    let hall = Hall::start(&Setup::small(WINDOWS, displays + 2)).await?;
    let _others = other_displays(&hall, displays).await?;
    let wall = Wall::open(&hall).await?;
    let (any, large) = wall.times(&hall, calls).await?;
    println!("{}", row("click to pixels", any));
    println!("{}", row("click to the large place, when it is free", large));
    wall.close().await?;
    println!("{}", row("call to first sound, cached", first_sounds(&hall, calls.min(50)).await?));
    Ok(())
}

/// Displays `d03`… that say of every call that it was shown.
async fn other_displays(hall: &Hall, count: usize) -> Result<Vec<Watcher>> {
    let mut others = Vec::with_capacity(count);
    for number in 3..count + 3 {
        let id = format!("d{number:02}");
        others.push(Watcher::open_display(&hall.url, &id, &display_token(&id)).await?);
    }
    Ok(others)
}

/// A clerk's browser, a display and its browser.
struct Wall {
    desk: Browser,
    board: Browser,
    _display: Machine,
}

impl Wall {
    async fn open(hall: &Hall) -> Result<Self> {
        let display =
            Machine::display(&hall.url, "d01", &display_token("d01"), Language::Zh).await?;
        let board = Browser::start("zh-CN").await?;
        board.size(1920, 1080).await?;
        board.open(&display.url).await?;
        board.find("body[data-state=empty]").await?;
        board.script(WATCH_PIXELS).await?;
        let desk = Browser::start("zh-CN").await?;
        desk.open(&format!("{}/sign-in", hall.url)).await?;
        desk.fill("#clerk", "c01").await?;
        desk.press(&format!("#window option[value=\"{WINDOW}\"]")).await?;
        desk.fill("#pin", PIN).await?;
        desk.press("#sign-in button.primary").await?;
        desk.find("#main-act").await?;
        Ok(Self { desk, board, _display: display })
    }

    /// How long each call took to any place of the board, and to the large one.
    async fn times(&self, hall: &Hall, calls: usize) -> Result<(Vec<Duration>, Vec<Duration>)> {
        let (kiosk, clerk) = (hall.holder_of(KIOSK), Client::new(&hall.url, portal()));
        let (mut any, mut large) = (Vec::new(), Vec::new());
        for call in 0..calls {
            let waits_for_large = call % ONE_LARGE_OF == 0;
            if waits_for_large {
                tokio::time::sleep(LARGE_PLACE_FREE).await;
            }
            let number = kiosk.take(&[SERVICE]).await?.number.to_string();
            wait_until(STEP, "a console that can call", async || {
                self.desk.script(READY_TO_CALL).await.is_ok_and(|ready| ready == true)
            })
            .await
            .with_context(|| format!("call {call}"))?;
            let clicked = self.desk.script(CLICK).await?.as_i64().context("a time")?;
            any.push(since(clicked, self.seen("all", &number).await?));
            if waits_for_large {
                large.push(since(clicked, self.seen("large", &number).await?));
            }
            clerk.at(WINDOW, "start").await?;
            clerk.at(WINDOW, "finish").await?;
        }
        Ok((any, large))
    }

    /// When a number was first to be seen.
    async fn seen(&self, kind: &str, number: &str) -> Result<i64> {
        let script = format!("return window.noted.{kind}[\"{number}\"] ?? null;");
        let mut at = None;
        wait_until(STEP, "the number on the board", async || {
            at = self.board.script(&script).await.ok().as_ref().and_then(Value::as_i64);
            at.is_some()
        })
        .await?;
        at.context("a time")
    }

    async fn close(self) -> Result<()> {
        self.desk.quit().await?;
        self.board.quit().await
    }
}

/// From the call until a player that is a program of its own is given the first byte of sound.
async fn first_sounds(hall: &Hall, calls: usize) -> Result<Vec<Duration>> {
    let folder = tests::Folder::new("first-sound")?;
    let heard = folder.file("heard");
    let _display = Machine::display_with(
        &hall.url,
        "d02",
        &display_token("d02"),
        Language::Zh,
        &voice_with_player(&heard),
    )
    .await?;
    let (kiosk, clerk) = (hall.holder_of(KIOSK), Client::new(&hall.url, portal()));
    let mut times = Vec::new();
    let mut begun = BTreeMap::new();
    for call in 0..=calls {
        kiosk.take(&[SERVICE]).await?;
        begun.insert(call, now_ms());
        clerk.call_next(WINDOW).await?.context("somebody waits")?;
        wait_until(STEP, "a sound", async || sounds(&heard).len() > call).await?;
        // The first one fills the cache.
        if call > 0 {
            times.push(since(begun[&call], sounds(&heard)[call]));
        }
        clerk.at(WINDOW, "start").await?;
        clerk.at(WINDOW, "finish").await?;
    }
    Ok(times)
}

/// A voice whose player writes down when it hears the first byte of sound, and needs no time for the rest.
fn voice_with_player(heard: &Path) -> String {
    // A WAV's head has 44 bytes.
    let script =
        format!("head -c 45 >/dev/null; date +%s%3N >> {}; cat >/dev/null", heard.display());
    format!("[[voices]]\nname = \"hall\"\nplayer = [\"sh\", \"-c\", {script:?}]\n")
}

/// When sounds began, in milliseconds since 1970.
fn sounds(heard: &Path) -> Vec<i64> {
    let text = std::fs::read_to_string(heard).unwrap_or_default();
    text.lines().filter_map(|line| line.parse().ok()).collect()
}

fn portal() -> Option<String> {
    Some(tests::config::INTEGRATOR.to_owned())
}

fn now_ms() -> i64 {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX)
}

fn since(from_ms: i64, to_ms: i64) -> Duration {
    Duration::from_millis(u64::try_from(to_ms - from_ms).unwrap_or(0))
}
