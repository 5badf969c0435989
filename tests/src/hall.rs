//! A hall as a process of its own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use rusqlite::{Connection, OpenFlags};

use crate::address::free_port;
use crate::client::Client;
use crate::config::{self, Setup};
use crate::folder::Folder;
use crate::network::Host;
use crate::process::{Ended, Process};
use crate::repository;

/// How long a hall may take to start on a busy machine.
const START: Duration = Duration::from_secs(30);
/// The port of a hall that has a host to itself.
const USUAL_PORT: u16 = 8080;
/// How long it may take to stop.
const STOP: Duration = Duration::from_secs(15);

/// A running hall with its own directory. Dropping it kills it.
#[derive(Debug)]
pub struct Hall {
    process: Process,
    program: PathBuf,
    folder: Folder,
    config: PathBuf,
    log: String,
    host: Option<Host>,
    /// Its address: `http://127.0.0.1:15000`.
    pub url: String,
}

impl Hall {
    /// Starts a hall with an empty journal.
    ///
    /// # Errors
    /// If it does not start.
    pub async fn start(setup: &Setup) -> Result<Self> {
        Self::start_program(&repository::program("hall-server")?, setup, "info").await
    }

    /// Starts this `hall-server` with this log filter.
    ///
    /// # Errors
    /// If it does not start.
    pub async fn start_program(program: &Path, setup: &Setup, log: &str) -> Result<Self> {
        let folder = Folder::new("hall")?;
        let config = setup.write(folder.path(), free_port()?)?;
        let (process, url) = launch(command(program, None), &config, log).await?;
        let program = program.to_owned();
        Ok(Self { process, program, folder, config, log: log.to_owned(), host: None, url })
    }

    /// Starts a hall with an empty journal on a host of a network, at the usual port.
    ///
    /// # Errors
    /// If it does not start.
    pub async fn start_on(host: &Host, setup: &Setup) -> Result<Self> {
        let program = repository::program("hall-server")?;
        let folder = Folder::new("hall")?;
        let config = setup.clone().at(host.address.into()).write(folder.path(), USUAL_PORT)?;
        let (process, url) = launch(host.command(&program), &config, "info").await?;
        let (log, host) = ("info".to_owned(), Some(host.clone()));
        Ok(Self { process, program, folder, config, log, host, url })
    }

    /// Kills the hall as a power cut would, and starts it again on the same directory and address.
    ///
    /// # Errors
    /// If it does not start again.
    pub async fn crash_and_restart(&mut self) -> Result<()> {
        self.process.kill();
        self.restart().await
    }

    /// Starts a hall again that has been killed.
    ///
    /// # Errors
    /// If it does not start.
    pub async fn restart(&mut self) -> Result<()> {
        let command = command(&self.program, self.host.as_ref());
        let (process, url) = launch(command, &self.config, &self.log).await?;
        self.process = process;
        self.url = url;
        Ok(())
    }

    /// Stops it in order; the directory stays as long as this value.
    ///
    /// # Errors
    /// If it does not stop in time.
    pub async fn stop(self) -> Result<Stopped> {
        let ended = self.process.terminate(STOP).await?;
        Ok(Stopped { ended, folder: self.folder, config: self.config })
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

    /// Its directory; `data` in it is the data directory.
    #[must_use]
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// The file of its configuration.
    #[must_use]
    pub fn config(&self) -> &Path {
        &self.config
    }

    /// Somebody who is nobody in particular.
    #[must_use]
    pub fn visitor(&self) -> Client {
        Client::new(&self.url, None)
    }

    /// Whoever holds this token.
    #[must_use]
    pub fn holder_of(&self, token: &str) -> Client {
        Client::new(&self.url, Some(token.to_owned()))
    }

    /// A member of staff who has signed in.
    ///
    /// # Errors
    /// If the hall refuses.
    pub async fn sign_in(&self, clerk: &str, pin: &str, window: Option<&str>) -> Result<Client> {
        self.visitor().sign_in(clerk, pin, window).await
    }

    /// The journal's file, read only.
    ///
    /// # Errors
    /// If it cannot be opened.
    pub fn database(&self) -> Result<Connection> {
        open_database(&self.folder)
    }
}

/// What is left of a hall that was stopped.
#[derive(Debug)]
pub struct Stopped {
    /// How it ended.
    pub ended: Ended,
    /// Its directory.
    pub folder: Folder,
    config: PathBuf,
}

impl Stopped {
    /// Starts a hall on what is left; returns its process and its address.
    ///
    /// # Errors
    /// If it does not start.
    pub async fn start(&self, program: &Path) -> Result<(Process, String)> {
        launch(command(program, None), &self.config, "info").await
    }

    /// The journal's file, read only.
    ///
    /// # Errors
    /// If it cannot be opened.
    pub fn database(&self) -> Result<Connection> {
        open_database(&self.folder)
    }
}

/// A program on this machine, or on a host of a network.
fn command(program: &Path, host: Option<&Host>) -> Command {
    host.map_or_else(|| Command::new(program), |host| host.command(program))
}

/// Starts a `hall-server` and waits until it says where it is.
async fn launch(mut command: Command, config: &Path, log: &str) -> Result<(Process, String)> {
    command.arg("--config").arg(config);
    let mut process = Process::spawn_logging(command, log)?;
    let url = process
        .line(START, |line| {
            let start = line.find("http://")?;
            let url = line[start..].split_whitespace().next()?;
            Some(url.trim_end_matches('/').to_owned())
        })
        .await?;
    Ok((process, url))
}

/// The name of the journal's file is the only thing the tests know of the data directory's inside.
fn open_database(folder: &Folder) -> Result<Connection> {
    let file = config::data_dir(folder.path()).join("hall.db");
    Connection::open_with_flags(&file, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .with_context(|| format!("cannot open {}", file.display()))
}
