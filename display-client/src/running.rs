//! Starting and stopping. A display is started once and may live several times: when the hall asks for it,
//! everything is torn down and started again on the same address, within the same process.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context;
use settings::Fault;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::sleep;

use crate::config::Config;
use crate::hall::Hall;
use crate::keep;
use crate::life::{Life, Over};
use crate::shared::told_to_stop;

/// The pause before a life that could not begin, or broke, is begun again.
const TRY_AGAIN_AFTER: Duration = Duration::from_secs(2);

/// A display at work.
#[derive(Debug)]
pub struct Running {
    /// Where its page is.
    pub addr: SocketAddr,
    stop: watch::Sender<bool>,
    supervisor: JoinHandle<()>,
}

impl Running {
    /// Stops: pages are told, the board is kept, the address is given free.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        // A task that panicked has already said so.
        let _ = self.supervisor.await;
    }
}

/// Starts a display. It runs whether or not the hall can be reached and whether or not its outputs work.
///
/// # Errors
/// If its address is taken or its directory cannot be made; the error names file, key and mend.
pub async fn start(config: Config) -> anyhow::Result<Running> {
    let fault = |key, problem: String, mend| Fault::new(&config.file, key, problem, mend);
    std::fs::create_dir_all(&config.data_dir).map_err(|error| {
        let problem = format!("{} cannot be made ({error})", config.data_dir.display());
        fault("data_dir", problem, "name a directory that this user may write to")
    })?;
    let listener = bind(config.listen).map_err(|error| {
        let problem = format!("{} cannot be used ({error})", config.listen);
        fault("listen", problem, "choose a free port, or stop the program that uses it")
    })?;
    let addr = listener.local_addr().context("reading the address of the page")?;
    let hall = Hall::new(&config).context("this machine opens no network connections")?;
    let (stop, stopped) = watch::channel(false);
    let supervisor =
        Supervisor { restarted: keep::restarted(&config.data_dir), config, listener, hall };
    let life = supervisor.begin()?;
    let supervisor = tokio::spawn(supervisor.run(life, stopped));
    Ok(Running { addr, stop, supervisor })
}

fn bind(listen: SocketAddr) -> std::io::Result<std::net::TcpListener> {
    let listener = std::net::TcpListener::bind(listen)?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// Begins one life after the other.
struct Supervisor {
    config: Config,
    /// Held from one life to the next, so that the address is never free for another program.
    listener: std::net::TcpListener,
    hall: Hall,
    /// The last order to restart that was followed. Also on disk; here for a disk that is full.
    restarted: Option<u64>,
}

impl Supervisor {
    fn begin(&self) -> anyhow::Result<Life> {
        let listener = self.listener.try_clone().context("sharing the address of the page")?;
        let listener = tokio::net::TcpListener::from_std(listener).context("using the address")?;
        Ok(Life::begin(&self.config, listener, self.hall.clone(), self.restarted))
    }

    /// Begins another life, however often that takes; `None` once the display is told to stop.
    async fn begin_again(&self, stop: &mut watch::Receiver<bool>) -> Option<Life> {
        loop {
            match self.begin() {
                Ok(life) => return Some(life),
                Err(error) => tracing::error!("the display cannot start again: {error:#}"),
            }
            tokio::select! {
                () = sleep(TRY_AGAIN_AFTER) => {}
                () = told_to_stop(stop) => return None,
            }
        }
    }

    async fn run(mut self, mut life: Life, mut stop: watch::Receiver<bool>) {
        loop {
            let why = tokio::select! {
                why = life.over() => Some(why),
                () = told_to_stop(&mut stop) => None,
            };
            // Noted before anything else, so that no order is ever followed twice.
            if let Some(Over::Restart(number)) = why {
                tracing::info!(number, "the hall asks for a restart");
                self.restarted = Some(number);
                keep::note_restart(&self.config.data_dir, number);
            }
            life.end().await;
            match why {
                None => return,
                Some(Over::Restart(_)) => {}
                Some(Over::Broken) => {
                    tracing::error!("a part of the display broke; all of it starts again");
                    tokio::select! {
                        () = sleep(TRY_AGAIN_AFTER) => {}
                        () = told_to_stop(&mut stop) => return,
                    }
                }
            }
            let Some(next) = self.begin_again(&mut stop).await else { return };
            life = next;
        }
    }
}
