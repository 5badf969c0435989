//! Starts the three, says where they are, and stops them together.

use std::io::Write;
use std::path::Path;

use anyhow::anyhow;
use hall_server::StartFault;
use settings::Fault;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::addresses::Addresses;
use crate::arguments::Arguments;
use crate::crowd;
use crate::setup::{Setup, reachable};

/// Runs a station until it is told to stop.
///
/// # Errors
/// One sentence that names file, key and mend, if it cannot start.
#[tokio::main]
pub(crate) async fn run(arguments: &Arguments) -> anyhow::Result<()> {
    // Asked for first, so that a signal during the start also ends in a clean stop.
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let station = Station::start(arguments).await?;
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    station.stop().await;
    Ok(())
}

struct Station {
    hall: hall_server::Running,
    kiosk: kiosk_client::Running,
    display: display_client::Running,
    crowd: Option<Crowd>,
}

struct Crowd {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Station {
    async fn start(arguments: &Arguments) -> anyhow::Result<Self> {
        let Setup { dir, hall, mut kiosk, mut display, language } = Setup::read(arguments)?;
        let (config, listen) = (hall.clone(), hall.listen);
        let hall_file = dir.join("hall.toml");
        let hall = hall_server::start(hall).await.map_err(|fault| explain(&hall_file, fault))?;
        let hall_url = format!("http://{}", reachable(hall.addr));
        kiosk.hall_url.clone_from(&hall_url);
        display.hall_url = hall_url;
        let (kiosk_id, shown) = (kiosk.kiosk.clone(), display.display.clone());
        let machines = async {
            let kiosk = kiosk_client::start(kiosk)
                .await
                .map_err(|error| anyhow!("{}: {error:#}", dir.join("kiosk.toml").display()))?;
            match display_client::start(display).await {
                Ok(display) => Ok((kiosk, display)),
                Err(error) => {
                    kiosk.stop().await;
                    Err(error)
                }
            }
        };
        let (kiosk, display) = match machines.await {
            Ok(machines) => machines,
            Err(error) => {
                hall.stop().await;
                return Err(error);
            }
        };
        let posts = crowd::posts(&hall.hall);
        let name = |id| config.plan.windows.get(id).map(|it| it.name.get(language).to_owned());
        let addresses = Addresses {
            config: &config,
            hall: hall.addr,
            kiosk: kiosk.addr,
            display: display.addr,
            shown: &shown,
            crowd: arguments.crowd,
            free: posts.free.iter().filter_map(name).collect(),
        };
        // Whoever started it without a terminal does not read this.
        let _ = std::io::stdout().write_all(addresses.table(language).as_bytes());
        tracing::info!(%listen, "the station runs");
        let crowd = (arguments.crowd > 0).then(|| {
            let (stop, stopped) = watch::channel(false);
            let run = crowd::run(hall.hall.clone(), kiosk_id, arguments.crowd, stopped);
            Crowd { stop, task: tokio::spawn(run) }
        });
        Ok(Self { hall, kiosk, display, crowd })
    }

    /// Stops the crowd first and the hall last, so that nobody speaks to a hall that has gone.
    async fn stop(self) {
        if let Some(crowd) = self.crowd {
            crowd.stop.send_replace(true);
            // A task that panicked has already said so.
            let _ = crowd.task.await;
        }
        self.kiosk.stop().await;
        self.display.stop().await;
        self.hall.stop().await;
    }
}

/// The hall's reason, with the key of its file.
fn explain(file: &Path, fault: StartFault) -> anyhow::Error {
    match fault {
        StartFault::Listen { addr, error } => Fault::new(
            file,
            "listen",
            format!("{addr} cannot be used ({error})"),
            "stop the program that uses the port, or choose another here or with --listen",
        )
        .into(),
        other => anyhow!("{}: {other:#}", file.display()),
    }
}
