//! A real browser: Debian's chromium without a window, driven through its own driver.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use thirtyfour::{
    By, ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel, WebDriver, WebElement,
};

use crate::address::free_port;
use crate::folder::Folder;
use crate::process::Process;
use crate::repository;
use crate::wait::wait_until;

/// How long the browser may take to start, and a page to show something.
const PATIENCE: Duration = Duration::from_secs(20);
/// What makes chromium quiet, windowless, and able to run as root in a container.
const FLAGS: [&str; 11] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    "--mute-audio",
    "--force-color-profile=srgb",
];

/// A browser with one page at a time. End it with [`Browser::quit`].
#[derive(Debug)]
pub struct Browser {
    driver: WebDriver,
    driver_url: String,
    http: reqwest::Client,
    // Dropped after the driver, in this order.
    _process: Process,
    _profile: Folder,
}

impl Browser {
    /// Starts a browser whose reader reads this language: `zh-CN`, `en`.
    ///
    /// # Errors
    /// If chromium or its driver is missing or does not start.
    pub async fn start(language: &str) -> Result<Self> {
        let port = free_port()?;
        let profile = Folder::new("browser")?;
        let mut command = Command::new("chromedriver");
        command.arg(format!("--port={port}"));
        let process = Process::spawn(command)
            .context("install Debian's packages chromium and chromium-driver, or run ./check")?;
        let driver_url = format!("http://127.0.0.1:{port}");
        let http = reqwest::Client::builder().no_proxy().build()?;
        let status = format!("{driver_url}/status");
        wait_until(PATIENCE, "chromedriver", async || http.get(&status).send().await.is_ok())
            .await?;

        let mut wanted = DesiredCapabilities::chrome();
        for flag in FLAGS {
            wanted.add_arg(flag)?;
        }
        wanted.add_arg(&format!("--user-data-dir={}", profile.path().display()))?;
        wanted.add_experimental_option("prefs", json!({ "intl.accept_languages": language }))?;
        wanted.set_browser_log_level(LoggingPrefsLogLevel::Severe)?;
        let driver =
            WebDriver::new(&driver_url, wanted).await.context("chromium does not start")?;
        Ok(Self { driver, driver_url, http, _process: process, _profile: profile })
    }

    /// Opens an address in the present tab.
    ///
    /// # Errors
    /// If the browser cannot.
    pub async fn open(&self, url: &str) -> Result<()> {
        self.driver.goto(url).await.with_context(|| format!("cannot open {url}"))
    }

    /// Opens an address in a new tab and goes there.
    ///
    /// # Errors
    /// If the browser cannot.
    pub async fn open_tab(&self, url: &str) -> Result<Tab> {
        let tab = Tab(self.driver.new_tab().await?);
        self.switch(&tab).await?;
        self.open(url).await?;
        Ok(tab)
    }

    /// The present tab.
    ///
    /// # Errors
    /// If there is none.
    pub async fn tab(&self) -> Result<Tab> {
        Ok(Tab(self.driver.window().await?))
    }

    /// Goes to another tab.
    ///
    /// # Errors
    /// If it is closed.
    pub async fn switch(&self, tab: &Tab) -> Result<()> {
        Ok(self.driver.switch_to_window(tab.0.clone()).await?)
    }

    /// Makes the present tab's page exactly this large.
    ///
    /// # Errors
    /// If the browser cannot.
    pub async fn size(&self, width: u32, height: u32) -> Result<()> {
        let size = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false
        });
        self.devtools("Emulation.setDeviceMetricsOverride", &size).await.map(drop)
    }

    /// How many nodes the page has, forgotten ones among them, and how many kilobytes its scripts hold, after
    /// rubbish was collected.
    ///
    /// # Errors
    /// If the browser does not tell.
    pub async fn weight(&self) -> Result<(i64, i64)> {
        self.devtools("HeapProfiler.collectGarbage", &json!({})).await?;
        let counters = self.devtools("Memory.getDOMCounters", &json!({})).await?;
        let heap = self.devtools("Runtime.getHeapUsage", &json!({})).await?;
        let nodes = counters["nodes"].as_i64().context("a number of nodes")?;
        let bytes = heap["usedSize"].as_f64().context("a number of bytes")?;
        Ok((nodes, bytes as i64 / 1024))
    }

    /// The first element of a CSS selector, as soon as it is there and visible.
    ///
    /// # Errors
    /// If it does not appear.
    pub async fn find(&self, css: &str) -> Result<WebElement> {
        let what = format!("`{css}` on the page");
        if let Err(in_vain) =
            wait_until(PATIENCE, &what, async || self.visible(css).await.is_some()).await
        {
            return Err(in_vain).context(self.account().await);
        }
        self.visible(css).await.with_context(|| format!("{what} went away"))
    }

    /// Whether an element of a CSS selector is visible now.
    pub async fn shows(&self, css: &str) -> bool {
        self.visible(css).await.is_some()
    }

    /// Presses the element of a CSS selector.
    ///
    /// # Errors
    /// If it is not there or cannot be pressed.
    pub async fn press(&self, css: &str) -> Result<()> {
        let what = format!("pressing `{css}`");
        // A page that is being renewed may replace the element just then.
        wait_until(PATIENCE, &what, async || match self.visible(css).await {
            Some(element) => element.click().await.is_ok(),
            None => false,
        })
        .await
    }

    /// Types into the element that has the focus.
    ///
    /// # Errors
    /// If nothing has it.
    pub async fn keys(&self, keys: impl AsRef<str>) -> Result<()> {
        let focused = self.driver.active_element().await?;
        Ok(focused.send_keys(keys.as_ref()).await?)
    }

    /// Types into the element of a CSS selector.
    ///
    /// # Errors
    /// If it is not there.
    pub async fn fill(&self, css: &str, text: &str) -> Result<()> {
        let field = self.find(css).await?;
        field.clear().await?;
        Ok(field.send_keys(text).await?)
    }

    /// Waits until a text is to be seen on the page.
    ///
    /// # Errors
    /// If it does not appear.
    pub async fn wait_text(&self, text: &str) -> Result<()> {
        let what = format!("「{text}」 on the page");
        let there = async || self.text().await.is_ok_and(|it| it.contains(text));
        match wait_until(PATIENCE, &what, there).await {
            Ok(()) => Ok(()),
            Err(in_vain) => Err(in_vain).context(self.account().await),
        }
    }

    /// All the text that is to be seen on the page.
    ///
    /// # Errors
    /// If there is no page.
    pub async fn text(&self) -> Result<String> {
        Ok(self.driver.find(By::Tag("body")).await?.text().await?)
    }

    /// The value of a script's `return`.
    ///
    /// # Errors
    /// If the script fails.
    pub async fn script(&self, script: &str) -> Result<Value> {
        Ok(self.driver.execute(script, Vec::new()).await?.json().clone())
    }

    /// The present address.
    ///
    /// # Errors
    /// If there is no page.
    pub async fn url(&self) -> Result<String> {
        Ok(self.driver.current_url().await?.to_string())
    }

    /// Takes a picture of the present page into `target/shots`, once its pictures and letters are there.
    ///
    /// # Errors
    /// If it cannot be taken, or the page is wider than the screen.
    pub async fn shot(&self, name: &str) -> Result<PathBuf> {
        let ready =
            "return document.readyState === 'complete' && document.fonts.status === 'loaded'";
        wait_until(PATIENCE, "a complete page", async || {
            self.script(ready).await.is_ok_and(|ready| ready == true)
        })
        .await?;
        let file = repository::output("shots")?.join(format!("{name}.png"));
        self.driver.screenshot(&file).await?;
        Ok(file)
    }

    /// What the browser's own log complains of since the last look: blocked scripts and styles, files that
    /// are not there, errors of modules.
    ///
    /// # Errors
    /// If the browser does not tell.
    pub async fn mistakes(&self) -> Result<Vec<String>> {
        let log = self.driver.browser_log().await?;
        let severe = log.into_iter().filter(|entry| entry.level == "SEVERE");
        Ok(severe.map(|entry| entry.message).collect())
    }

    /// How many pixels the page is wider than the screen.
    ///
    /// # Errors
    /// If there is no page.
    pub async fn overflow(&self) -> Result<i64> {
        let script = "return document.documentElement.scrollWidth - window.innerWidth";
        self.script(script).await?.as_i64().context("a number of pixels")
    }

    /// Ends the browser.
    ///
    /// # Errors
    /// If it does not answer.
    pub async fn quit(self) -> Result<()> {
        Ok(self.driver.quit().await?)
    }

    /// Where it is and what it shows, for errors.
    async fn account(&self) -> String {
        let url = self.url().await.unwrap_or_default();
        format!("{url} shows:\n{}", self.text().await.unwrap_or_default())
    }

    async fn visible(&self, css: &str) -> Option<WebElement> {
        for element in self.driver.find_all(By::Css(css)).await.ok()? {
            if element.is_displayed().await.unwrap_or(false) {
                return Some(element);
            }
        }
        None
    }

    async fn devtools(&self, command: &str, parameters: &Value) -> Result<Value> {
        let url =
            format!("{}/session/{}/goog/cdp/execute", self.driver_url, self.driver.session_id());
        let body = json!({ "cmd": command, "params": parameters });
        let answer = self.http.post(url).json(&body).send().await?.error_for_status()?;
        Ok(answer.json::<Value>().await?["value"].take())
    }
}

/// A tab of the browser.
#[derive(Clone, Debug)]
pub struct Tab(thirtyfour::WindowHandle);
