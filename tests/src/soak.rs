//! A wall that is called at without end: a hall whose windows call all the time, a display with every kind of
//! output, its page in a real browser, and what all of that holds as time goes on.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Result, ensure};
use protocol::Language;
use protocol::live::ConsoleCell;
use serde_json::json;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use crate::config::{INTEGRATOR, display_token};
use crate::machines::Machine;
use crate::{Browser, Client, Hall, Setup, wait_until};

/// Every kind of output, simulated; the player needs no time.
pub const OUTPUTS: &str = r#"
[[voices]]
name = "hall"
player = ["sh", "-c", "cat >/dev/null"]
[[strips]]
name = "strips"
driver = "simulated"
windows = [{ window = "w01", address = 1, width = 12 }, { window = "w02", address = 2, width = 12 }]
[[lamps]]
name = "lamp"
line = "simulated"
windows = ["w01", "w02"]
[[keypads]]
name = "keypads"
line = "simulated"
keypads = [{ address = 1, window = "w01" }, { address = 2, window = "w02" }]
"#;
/// Windows that call.
const WINDOWS: usize = 24;
/// The display that is looked at; it shows the whole hall.
const DISPLAY: &str = "d01";
/// How long the display may take to hear the last call.
const CATCH_UP: Duration = Duration::from_secs(60);

/// What a wall holds at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Calls so far.
    pub calls: usize,
    /// Kilobytes of the display's process.
    pub memory_kb: u64,
    /// Files and sockets it has open.
    pub files: usize,
    /// Nodes of its page.
    pub nodes: i64,
    /// Kilobytes its page's script holds, after rubbish was collected.
    pub script_kb: i64,
}

/// How much more a process may hold than before: allocators never give everything back.
const SLACK: f64 = 1.15;
/// Files that come and go: a connection that is being made, a program that plays.
const PASSING_FILES: usize = 12;
/// Nodes that come and go: a call more or less on the screen.
const PASSING_NODES: i64 = 400;

impl Sample {
    /// What this wall holds more than it did, if anything.
    #[must_use]
    pub fn growth_since(&self, before: &Self) -> Option<&'static str> {
        let more = |now: f64, then: f64| now > then * SLACK;
        if more(self.memory_kb as f64, before.memory_kb as f64) {
            return Some("the memory of the display");
        }
        if self.files > before.files + PASSING_FILES {
            return Some("the number of open files");
        }
        if self.nodes > before.nodes + PASSING_NODES {
            return Some("the number of nodes");
        }
        more(self.script_kb as f64, before.script_kb as f64).then_some("the memory of the page")
    }
}

impl fmt::Display for Sample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { calls, memory_kb, files, nodes, script_kb } = self;
        write!(f, "| {calls} | {memory_kb} kB | {files} | {nodes} | {script_kb} kB |")
    }
}

/// A hall, a display and a browser in front of it.
#[derive(Debug)]
pub struct Soak {
    hall: Hall,
    display: Machine,
    browser: Browser,
    called: Arc<AtomicUsize>,
}

impl Soak {
    /// Starts them; `outputs` are tables of the display's configuration.
    ///
    /// # Errors
    /// If one of them does not start.
    pub async fn start(outputs: &str) -> Result<Self> {
        let hall = Hall::start(&Setup::small(WINDOWS, 1)).await?;
        let token = display_token(DISPLAY);
        let display =
            Machine::display_with(&hall.url, DISPLAY, &token, Language::Zh, outputs).await?;
        let browser = Browser::start("zh-CN").await?;
        browser.size(1920, 1080).await?;
        browser.open(&display.url).await?;
        browser.find("body[data-state]:not([data-state=connecting])").await?;
        Ok(Self { hall, display, browser, called: Arc::default() })
    }

    /// Has every window call until there were so many calls in all, so many a second.
    ///
    /// # Errors
    /// If the hall refuses one.
    pub async fn call_until(&self, calls: usize, per_second: usize) -> Result<()> {
        let mut windows = JoinSet::new();
        let each = Duration::from_secs_f64(WINDOWS as f64 / per_second as f64);
        for number in 1..=WINDOWS {
            let client = Client::new(&self.hall.url, Some(INTEGRATOR.to_owned()));
            let called = Arc::clone(&self.called);
            windows.spawn(async move { work(&client, number, &called, calls, each).await });
        }
        while let Some(ended) = windows.join_next().await {
            ended??;
        }
        Ok(())
    }

    /// What the display holds now, once it shows what the hall says.
    ///
    /// # Errors
    /// If it does not come to show it, or cannot be asked.
    pub async fn sample(&self) -> Result<Sample> {
        self.caught_up().await?;
        let process = self.display.process();
        let files = std::fs::read_dir(format!("/proc/{}/fd", process.id()))?.count();
        let (nodes, script_kb) = self.browser.weight().await?;
        let calls = self.called.load(Ordering::Relaxed);
        Ok(Sample { calls, memory_kb: process.memory_kb()?, files, nodes, script_kb })
    }

    /// Waits until the page names the call of every window.
    async fn caught_up(&self) -> Result<()> {
        let client = self.hall.holder_of(INTEGRATOR);
        let mut numbers = Vec::new();
        for number in 1..=WINDOWS {
            let console = client.get(&format!("/windows/w{number:02}/console")).await?;
            numbers.extend(
                console
                    .into::<ConsoleCell>()?
                    .window
                    .current
                    .map(|ticket| ticket.number.to_string()),
            );
        }
        // A list that is longer than the screen turns its pages, so one of them is enough.
        wait_until(CATCH_UP, "the board to show the present", async || {
            let text = self.browser.text().await.unwrap_or_default();
            numbers.is_empty() || numbers.iter().any(|number| text.contains(number.as_str()))
        })
        .await
    }

    /// The display.
    #[must_use]
    pub fn display(&self) -> &Machine {
        &self.display
    }

    /// Ends the browser.
    ///
    /// # Errors
    /// If it does not answer.
    pub async fn end(self) -> Result<()> {
        self.browser.quit().await
    }
}

/// One window: a visitor comes, is called and served, at its own pace.
async fn work(
    client: &Client,
    number: usize,
    called: &AtomicUsize,
    calls: usize,
    each: Duration,
) -> Result<()> {
    let window = format!("w{number:02}");
    let (service, clerk) = (format!("s{}", number % 8 + 1), format!("c{number:02}"));
    let open = client.act(&window, "open", &json!({ "clerk": clerk })).await?;
    // Whoever goes on where an earlier stretch ended is at work already.
    ensure!(open.status == 200 || open.status == 409, "{}", open.text);
    let mut next = Instant::now();
    while called.load(Ordering::Relaxed) < calls {
        sleep_until(next).await;
        next = (next + each).max(Instant::now());
        client.take(&[service.as_str()]).await?;
        client.act(&window, "finish", &json!({})).await?;
        // Another window may have been quicker: then the next visitor is this one's.
        if client.call_next(&window).await?.is_some_and(|it| it.ticket.is_some()) {
            called.fetch_add(1, Ordering::Relaxed);
        }
    }
    Ok(())
}
