//! Starting and stopping: the page's address, the connection to the hall and the board on disk.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context;
use settings::Fault;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::config::Config;
use crate::relay::Relay;
use crate::shared::{Shared, told_to_stop};
use crate::{keep, page, uplink};

/// A display at work.
#[derive(Debug)]
pub struct Running {
    /// Where its page is.
    pub addr: SocketAddr,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Running {
    /// Stops: pages are told, the board is kept, the address is given free.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        for task in self.tasks {
            // A task that panicked has already said so.
            let _ = task.await;
        }
    }
}

/// Starts a display. It runs whether or not the hall can be reached.
///
/// # Errors
/// If its address is taken or its directory cannot be made; the error names file, key and mend.
pub async fn start(config: Config) -> anyhow::Result<Running> {
    let fault = |key, problem: String, mend| Fault::new(&config.file, key, problem, mend);
    std::fs::create_dir_all(&config.data_dir).map_err(|error| {
        let problem = format!("{} cannot be made ({error})", config.data_dir.display());
        fault("data_dir", problem, "name a directory that this user may write to")
    })?;
    let listener = TcpListener::bind(config.listen).await.map_err(|error| {
        let problem = format!("{} cannot be used ({error})", config.listen);
        fault("listen", problem, "choose a free port, or stop the program that uses it")
    })?;
    let addr = listener.local_addr().context("reading the address of the page")?;
    let (relay, acknowledgements) = Relay::new(keep::load(&config.data_dir));
    let (stop, stopped) = watch::channel(false);
    let data_dir = config.data_dir.clone();
    let shared =
        Shared { config: Arc::new(config.clone()), relay: relay.clone(), stop: stopped.clone() };
    let tasks = vec![
        tokio::spawn(serve(listener, shared)),
        tokio::spawn(uplink::run(config, relay.clone(), acknowledgements, stopped.clone())),
        tokio::spawn(keep::run(data_dir, relay, stopped)),
    ];
    Ok(Running { addr, stop, tasks })
}

async fn serve(listener: TcpListener, shared: Shared) {
    let mut stop = shared.stop.clone();
    let stopped = async move { told_to_stop(&mut stop).await };
    let served = axum::serve(listener, page::router(shared)).with_graceful_shutdown(stopped).await;
    if let Err(error) = served {
        tracing::error!(%error, "the page's address failed");
    }
}
