//! Starting and stopping: a data directory is taken, the journal opened, the day begun, the port bound.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::accounts::Sessions;
use crate::clock::Clock;
use crate::config::Config;
use crate::day_keeper;
use crate::devices::Presence;
use crate::hall::{Hall, Rooms};
use crate::journal::{Journal, WriterDone};
use crate::keys::Keys;
use crate::live::Hub;
use crate::lock::{DataLock, LockFault};
use crate::people::People;
use crate::router::router;
use crate::slips::SlipTemplates;
use crate::tickets::TicketTokens;
use crate::walls::Walls;

/// Seconds that open requests get to end when the hall stops.
const FAREWELL_S: u64 = 5;

/// A hall that runs.
pub struct Running {
    /// Where it listens; the port that was given if the configuration asked for any.
    pub addr: SocketAddr,
    /// The handle to it.
    pub hall: Hall,
    stop: watch::Sender<bool>,
    server: JoinHandle<std::io::Result<()>>,
    keeper: JoinHandle<()>,
    writer: WriterDone,
    _lock: DataLock,
}

/// Why a hall did not start: one sentence with the mend.
#[derive(Debug, thiserror::Error)]
pub enum StartFault {
    /// The data directory cannot be made or written.
    #[error(
        "the data directory {path} cannot be used ({error}); set `data_dir` to one you may write"
    )]
    DataDir {
        /// Which.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// Another hall uses it.
    #[error("another hall is already running on {path}; stop it or set another `data_dir`")]
    AlreadyRunning {
        /// Which.
        path: PathBuf,
    },
    /// The port is taken or not allowed.
    #[error(
        "cannot listen on {addr} ({error}); stop the program that uses the port or set another `listen`"
    )]
    Listen {
        /// Where.
        addr: SocketAddr,
        /// Why.
        error: std::io::Error,
    },
    /// The journal cannot be opened.
    #[error("the journal in {path} cannot be opened: {error:#}")]
    Journal {
        /// Which.
        path: PathBuf,
        /// Why.
        error: anyhow::Error,
    },
}

/// Starts a hall on the machine's clock.
///
/// # Errors
/// A [`StartFault`].
pub async fn start(config: Config) -> Result<Running, StartFault> {
    start_with_clock(config, Clock::system()).await
}

/// Starts a hall on a clock of the caller's.
///
/// # Errors
/// A [`StartFault`].
pub async fn start_with_clock(config: Config, clock: Clock) -> Result<Running, StartFault> {
    let path = config.data_dir.clone();
    let data_dir = |error| StartFault::DataDir { path: path.clone(), error };
    std::fs::create_dir_all(&config.data_dir).map_err(data_dir)?;
    let lock = DataLock::take(&config.data_dir).map_err(|fault| match fault {
        LockFault::Taken => StartFault::AlreadyRunning { path: path.clone() },
        LockFault::Io(error) => StartFault::DataDir { path: path.clone(), error },
    })?;
    let listener = TcpListener::bind(config.listen)
        .await
        .map_err(|error| StartFault::Listen { addr: config.listen, error })?;
    let addr = listener.local_addr().map_err(data_dir)?;
    let keys = Keys::open(&config.data_dir).map_err(data_dir)?;
    let journal_fault = |error| StartFault::Journal { path: path.clone(), error };
    let (hall, writer) = open_hall(config, clock, &keys).await.map_err(journal_fault)?;
    let (stop, stopping) = watch::channel(false);
    let keeper = tokio::spawn(day_keeper::keep(hall.clone(), stopping.clone()));
    let server = tokio::spawn(serve(listener, hall.clone(), stopping));
    Ok(Running { addr, hall, stop, server, keeper, writer, _lock: lock })
}

async fn open_hall(
    config: Config,
    clock: Clock,
    keys: &Keys,
) -> anyhow::Result<(Hall, WriterDone)> {
    let config = Arc::new(config);
    let people = People::new(keys);
    let (journal, writer) =
        Journal::open(&config.data_dir, &config.limits, clock.clone(), people.clone())?;
    let sessions = Sessions::load(&journal, &config.limits).await?;
    let slip_templates = SlipTemplates::load(&journal).await?;
    let walls = Walls::load(&journal, Arc::clone(&config), clock.clone()).await?;
    let presence = Arc::new(Presence::new(clock.now()));
    let hub = Hub::start(
        journal.clone(),
        Arc::clone(&config),
        people.clone(),
        clock.clone(),
        Arc::clone(&presence),
        walls.clone(),
    );
    let tokens = TicketTokens::new(keys);
    let hall = Hall::new(Rooms {
        config,
        clock,
        journal,
        people,
        tokens,
        sessions,
        presence,
        slip_templates,
        walls,
        hub,
    });
    day_keeper::begin(&hall).await?;
    Ok((hall, writer))
}

async fn serve(
    listener: TcpListener,
    hall: Hall,
    mut stopping: watch::Receiver<bool>,
) -> std::io::Result<()> {
    let app = router(hall).into_make_service_with_connect_info::<SocketAddr>();
    // A call is a few short messages: none of them may wait until the one before has been received.
    let listener = listener.tap_io(|connection| {
        if let Err(error) = connection.set_nodelay(true) {
            tracing::debug!(%error, "a connection that has ended before it began");
        }
    });
    axum::serve(listener, app)
        .with_graceful_shutdown(async move {
            // An error means the handle was dropped: that stops the hall as well.
            let _ = stopping.wait_for(|stop| *stop).await;
        })
        .await
}

impl Running {
    /// Stops: no new requests, sockets said goodbye to, everything handed over written.
    pub async fn stop(self) {
        let Self { hall, stop, server, keeper, writer, .. } = self;
        hall.live().stop();
        // Nobody listens any more if the server has ended by itself.
        let _ = stop.send(true);
        let farewell = std::time::Duration::from_secs(FAREWELL_S);
        if tokio::time::timeout(farewell, server).await.is_err() {
            tracing::warn!("some connections did not end in time and were cut");
        }
        keeper.abort();
        // The keeper's handle to the journal is gone once it has ended.
        let _ = keeper.await;
        drop(hall);
        let written = tokio::task::spawn_blocking(move || writer.wait());
        if tokio::time::timeout(farewell, written).await.is_err() {
            tracing::warn!("the journal is still held by a connection that was cut");
        }
    }
}
