//! The demo hall with an administrator, in three states: nobody there, a usual morning, more than fits.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use protocol::wall::{Block, Layout, LayoutKind};
use reqwest::Method;
use serde_json::{Value, json};
use tests::config::DEMO_INTEGRATOR;
use tests::{Answer, Browser, Client, Hall, PIN, Setup, wait_until};

use super::files;

pub(crate) const DISPLAY: &str = "lobby";
pub(crate) const DISPLAY_TOKEN: &str = "demo-display-lobby-5c2e8a1f9b7d3046";
/// The window that has a screen of its own, and beside which the floor guide hangs.
pub(crate) const OWN_WINDOW: &str = "w04";
/// The PIN of the demo hall's administrator.
const ADMINISTRATOR_PIN: &str = "9753";
/// How long a layout may take to be on the screen of a busy machine.
const CHANGE: Duration = Duration::from_secs(20);
/// Services whose visitors give no name.
const SERVICES: [&str; 4] = ["consultation", "certificates", "invoices", "social-records"];
/// Windows of the demo hall.
const WINDOWS: usize = 24;

/// A hall and what its screens must show.
pub(crate) struct WallHall {
    pub(crate) hall: Hall,
    pub(crate) administrator: Client,
    /// The number called last, at the own window.
    newest: Option<String>,
}

impl WallHall {
    /// Windows closed, nobody waits.
    pub(crate) async fn empty() -> Result<Self> {
        let hall = Hall::start(&Setup::demo()).await?;
        let administrator = hall.visitor().sign_in("admin", ADMINISTRATOR_PIN, None).await?;
        Ok(Self { hall, administrator, newest: None })
    }

    /// Six windows, a dozen visitors, a notice, two pictures of which one is broken, a video.
    pub(crate) async fn busy() -> Result<Self> {
        let mut wall = Self::empty().await?;
        wall.take(3).await?;
        wall.call_at(&["w02", "w03", "w05", "w13", OWN_WINDOW]).await?;
        files::put(&wall.hall)?;
        wall.notice(&files::notice()).await?;
        Ok(wall)
    }

    /// Every window has called, long queues, notices longer than a screen, a long running line.
    pub(crate) async fn bursting() -> Result<Self> {
        let mut wall = Self::empty().await?;
        wall.take(18).await?;
        let windows: Vec<String> = (1..=WINDOWS).map(|number| format!("w{number:02}")).collect();
        let others = windows.iter().map(String::as_str).filter(|window| *window != OWN_WINDOW);
        wall.call_at(&others.chain([OWN_WINDOW]).collect::<Vec<_>>()).await?;
        files::put(&wall.hall)?;
        for notice in [files::long_notice(), files::notice()] {
            wall.notice(&notice).await?;
        }
        Ok(wall)
    }

    /// The address of the display's page at the hall.
    pub(crate) fn page(&self) -> String {
        format!("{}/display/{DISPLAY}", self.hall.url)
    }

    /// Saves a layout and waits until the present page wears it.
    pub(crate) async fn wear(&self, browser: &Browser, layout: Layout) -> Result<()> {
        let path = format!("/displays/{DISPLAY}/layout");
        let kept: Value = self.administrator.get(&path).await?.into()?;
        let body = json!({ "seen": kept["revision"], "layout": layout });
        self.order(Method::PUT, &path, &body).await?.into::<Value>()?;
        let kind = serde_json::to_value(layout.kind)?;
        let worn = json!([kind, layout.language, layout.languages]);
        wait_until(CHANGE, "the layout on the screen", async || {
            browser.script(WORN).await.is_ok_and(|now| now == worn)
        })
        .await
    }

    /// Orders something of the administrator's.
    pub(crate) async fn order(&self, method: Method, path: &str, body: &Value) -> Result<Answer> {
        let request = self.administrator.request(method, &format!("/api/v1{path}"));
        Client::send(request.json(body)).await
    }

    /// The text that must be the largest on a kind of screen.
    pub(crate) fn largest_on(&self, kind: LayoutKind) -> Option<&str> {
        let shows = kind.usual_blocks().contains(&Block::Calls) && kind != LayoutKind::Notice;
        self.newest.as_deref().filter(|_| shows)
    }

    async fn notice(&self, notice: &Value) -> Result<()> {
        self.order(Method::POST, "/notices", notice).await?.into::<Value>().map(drop)
    }

    /// So many visitors for each service.
    async fn take(&self, each: usize) -> Result<()> {
        let portal = self.hall.holder_of(DEMO_INTEGRATOR);
        for _ in 0..each {
            for service in SERVICES {
                portal.take(&[service]).await?;
            }
        }
        Ok(())
    }

    /// Each of these windows opens and calls whoever is next there, if anybody.
    async fn call_at(&mut self, windows: &[&str]) -> Result<()> {
        for window in windows {
            let clerk = format!("c{}", &window[1..]);
            let clerk = self.hall.sign_in(&clerk, PIN, Some(window)).await?;
            if let Some(receipt) = clerk.call_next(window).await? {
                let called = receipt.ticket.context("a ticket that was called")?;
                self.newest = Some(called.number.to_string());
            }
        }
        ensure!(self.newest.is_some(), "somebody was called");
        Ok(())
    }
}

/// What the page wears now.
const WORN: &str = "
const { kind, languages } = document.documentElement.dataset;
const language = document.documentElement.lang.slice(0, 2);
const isBuilt = document.querySelector('[data-block]') !== null && document.body.dataset.state !== 'connecting';
return isBuilt ? [kind, language, languages] : null;
";
