//! The machines at the edge as processes of their own: a kiosk, a display.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use protocol::{Language, Number};
use reqwest::Method;

use crate::address::free_port;
use crate::client::Client;
use crate::folder::Folder;
use crate::network::Host;
use crate::process::Process;
use crate::repository;
use crate::wait::wait_until;

/// The name of a machine's configuration in its directory.
const CONFIG: &str = "config.toml";
/// How long a machine may take to start.
const START: Duration = Duration::from_secs(20);

/// The port of a machine that has a host to itself.
const USUAL_PORT: u16 = 8081;

/// A running kiosk or display. Dropping it kills it.
#[derive(Debug)]
pub struct Machine {
    process: Process,
    program: PathBuf,
    folder: Folder,
    host: Option<Host>,
    /// The address of its pages.
    pub url: String,
}

impl Machine {
    /// Starts a kiosk of the hall at `hall_url`, with simulated devices.
    ///
    /// # Errors
    /// If it does not start.
    pub async fn kiosk(hall_url: &str, kiosk: &str, token: &str) -> Result<Self> {
        Self::kiosk_with(hall_url, kiosk, token, None, "").await
    }

    /// Starts a kiosk on a host of a network, or on this machine, with more tables in its configuration.
    ///
    /// # Errors
    /// If it does not start.
    pub async fn kiosk_with(
        hall_url: &str,
        kiosk: &str,
        token: &str,
        host: Option<Host>,
        more: &str,
    ) -> Result<Self> {
        Self::start("kiosk-client", host, |listen, folder| {
            format!(
                "hall_url = \"{hall_url}\"\nkiosk = \"{kiosk}\"\ntoken = \"{token}\"\n\
                 listen = \"{listen}\"\ndata_dir = \"{}\"\n\
                 [screen]\nrefresh_seconds = 1\n{more}",
                folder.join("data").display()
            )
        })
        .await
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
        Self::display_with(hall_url, display, token, language, "").await
    }

    /// Starts a display with more tables in its configuration.
    ///
    /// # Errors
    /// If it does not start.
    pub async fn display_with(
        hall_url: &str,
        display: &str,
        token: &str,
        language: Language,
        more: &str,
    ) -> Result<Self> {
        let language = if language == Language::En { "en" } else { "zh" };
        Self::start("display-client", None, |listen, folder| {
            format!(
                "hall_url = \"{hall_url}\"\ndisplay = \"{display}\"\ntoken = \"{token}\"\n\
                 listen = \"{listen}\"\ndata_dir = \"{}\"\n\
                 language = \"{language}\"\n{more}",
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

    /// Its process, to kill it.
    pub fn process_mut(&mut self) -> &mut Process {
        &mut self.process
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

    /// The number a kiosk's page shows to its visitor, if it shows one.
    ///
    /// # Errors
    /// If there is no page.
    pub async fn number_on_screen(&self) -> Result<Option<Number>> {
        let page = self.visitor().page("/").await?.text;
        let shown =
            page.split_once("farewell-number\">").and_then(|(_, rest)| rest.split_once('<'));
        Ok(shown.map(|(number, _)| Number::from(number.trim())))
    }

    /// Kills it as a power cut would, and starts it again on the same directory and address.
    ///
    /// # Errors
    /// If it does not start again.
    pub async fn crash_and_restart(&mut self) -> Result<()> {
        self.process.kill();
        self.process = launch(&self.program, self.host.as_ref(), &self.folder)?;
        self.is_there().await
    }

    async fn start(
        name: &str,
        host: Option<Host>,
        config: impl FnOnce(SocketAddr, &Path) -> String,
    ) -> Result<Self> {
        let listen = match &host {
            Some(host) => SocketAddr::from((host.address, USUAL_PORT)),
            None => SocketAddr::from((Ipv4Addr::LOCALHOST, free_port()?)),
        };
        let folder = Folder::new(name)?;
        folder.write(CONFIG, &config(listen, folder.path()))?;
        let program = repository::program(name)?;
        let process = launch(&program, host.as_ref(), &folder)?;
        let url = format!("http://{listen}");
        let mut machine = Self { process, program, folder, host, url };
        machine.is_there().await?;
        Ok(machine)
    }

    async fn is_there(&mut self) -> Result<()> {
        let visitor = self.visitor();
        let process = &mut self.process;
        wait_until(START, "a machine's pages", async || {
            process.has_ended() || visitor.page("/livez").await.is_ok()
        })
        .await
        .with_context(|| process.output())?;
        ensure!(!process.has_ended(), "a machine ended:\n{}", process.output());
        Ok(())
    }
}

fn launch(program: &Path, host: Option<&Host>, folder: &Folder) -> Result<Process> {
    let mut command = host.map_or_else(|| Command::new(program), |host| host.command(program));
    command.arg("--config").arg(folder.file(CONFIG));
    Process::spawn_logging(command, "debug")
}
