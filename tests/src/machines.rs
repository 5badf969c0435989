//! The machines at the edge as processes of their own: a kiosk, a display.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use protocol::Language;
use reqwest::Method;

use crate::address::free_port;
use crate::client::Client;
use crate::folder::Folder;
use crate::process::Process;
use crate::repository;
use crate::wait::wait_until;

/// How long a machine may take to start.
const START: Duration = Duration::from_secs(20);

/// A running kiosk or display. Dropping it kills it.
#[derive(Debug)]
pub struct Machine {
    process: Process,
    folder: Folder,
    /// The address of its pages.
    pub url: String,
}

impl Machine {
    /// Starts a kiosk of the hall at `hall_url`, with simulated devices.
    ///
    /// # Errors
    /// If it does not start.
    pub async fn kiosk(hall_url: &str, kiosk: &str, token: &str) -> Result<Self> {
        let port = free_port()?;
        let text = format!(
            "hall_url = \"{hall_url}\"\nkiosk = \"{kiosk}\"\ntoken = \"{token}\"\n\
             listen = \"127.0.0.1:{port}\"\n[screen]\nrefresh_seconds = 1\n"
        );
        Self::start("kiosk-client", port, |_| text).await
    }

    /// Starts a display of the hall at `hall_url`, this language first.
    ///
    /// # Errors
    /// If it does not start.
    pub async fn display(
        hall_url: &str,
        display: &str,
        token: &str,
        language: Language,
    ) -> Result<Self> {
        let language = if language == Language::En { "en" } else { "zh" };
        let port = free_port()?;
        Self::start("display-client", port, |folder| {
            format!(
                "hall_url = \"{hall_url}\"\ndisplay = \"{display}\"\ntoken = \"{token}\"\n\
                 listen = \"127.0.0.1:{port}\"\ndata_dir = \"{}\"\n\
                 language = \"{language}\"\n",
                folder.join("data").display()
            )
        })
        .await
    }

    /// Its process.
    #[must_use]
    pub fn process(&self) -> &Process {
        &self.process
    }

    /// Its directory.
    #[must_use]
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Somebody in front of it.
    #[must_use]
    pub fn visitor(&self) -> Client {
        Client::new(&self.url, None)
    }

    /// Presses a button of the kiosk's page, with what was typed, in plain letters and digits.
    ///
    /// # Errors
    /// If the kiosk does not know it.
    pub async fn press(&self, act: &str, typed: Option<&str>) -> Result<()> {
        let text = typed.map(|text| format!("&text={text}")).unwrap_or_default();
        let request = self
            .visitor()
            .request(Method::POST, "/act")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(format!("act={act}{text}"));
        let answer = Client::send(request).await?;
        ensure!(answer.status == 303, "{act}: {} {}", answer.status, answer.text);
        Ok(())
    }

    async fn start(name: &str, port: u16, config: impl FnOnce(&Path) -> String) -> Result<Self> {
        let folder = Folder::new(name)?;
        let file = folder.write("config.toml", &config(folder.path()))?;
        let file = file.to_str().context("a path that is text")?;
        let process =
            Process::start_logging(&repository::program(name)?, &["--config", file], "debug")?;
        let url = format!("http://127.0.0.1:{port}");
        let mut machine = Self { process, folder, url };
        let visitor = machine.visitor();
        wait_until(START, "a machine's pages", async || {
            machine.process.has_ended() || visitor.page("/livez").await.is_ok()
        })
        .await
        .with_context(|| machine.process.output())?;
        ensure!(!machine.process.has_ended(), "{name} ended:\n{}", machine.process.output());
        Ok(machine)
    }
}
