//! A kiosk at work: the tasks beside its pages, and how it is stopped.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::config::Config;
use crate::devices::Devices;
use crate::flow::{Event, Flow};
use crate::hall::HallClient;
use crate::kiosk::Kiosk;
use crate::pages;

/// How often the flow hears that time has passed.
const TICK: Duration = Duration::from_millis(250);
/// How often the printer is asked how it is.
const PRINTER_ASKED_EVERY: Duration = Duration::from_secs(2);
/// How often the hall hears how the kiosk is; after 30 s of silence it would worry.
const REPORT_EVERY: Duration = Duration::from_secs(10);

/// A kiosk that serves its pages.
pub struct Running {
    /// Where.
    pub addr: SocketAddr,
    tasks: JoinSet<()>,
}

/// Opens the devices, binds the port and goes to work. The hall need not be there yet.
///
/// # Errors
/// If a device cannot be used or the port is taken; the sentence names file, key and mend.
pub async fn start(config: Config) -> anyhow::Result<Running> {
    let listener = TcpListener::bind(config.listen).await.map_err(|fault| {
        let problem = format!("{} cannot be used ({fault})", config.listen);
        config.fault("listen", problem, "stop the other program there or choose another port")
    })?;
    let addr = listener.local_addr().context("the port has no address")?;
    let devices = Devices::open(&config)?;
    let hall = HallClient::new(&config.hall_url, config.kiosk.clone(), &config.token)
        .context("cannot open network connections")?;
    let flow = Flow::new(config.screen.patience(), nonce()?, std::time::Instant::now());
    let kiosk = Kiosk::new(flow, hall, devices);

    let mut tasks = JoinSet::new();
    let router = pages::router(kiosk.clone());
    tasks.spawn(async move {
        if let Err(fault) = axum::serve(listener, router).await {
            tracing::error!(%fault, "the kiosk's pages have stopped");
        }
    });
    tasks.spawn(look_at_menu(kiosk.clone(), Duration::from_secs(config.screen.refresh_seconds)));
    tasks.spawn(ask_printer(kiosk.clone()));
    tasks.spawn(report(kiosk.clone()));
    tasks.spawn(pass_time(kiosk));
    Ok(Running { addr, tasks })
}

impl Running {
    /// Stops everything. A ticket is the hall's, so nothing here needs to be brought to an end.
    pub async fn stop(mut self) {
        self.tasks.shutdown().await;
    }
}

async fn look_at_menu(kiosk: Kiosk, every: Duration) {
    loop {
        let event = match kiosk.hall().menu(kiosk.language()).await {
            Ok(menu) => Event::Menu(menu),
            Err(fault) => Event::NoMenu(fault),
        };
        kiosk.happen(event);
        tokio::time::sleep(every).await;
    }
}

async fn ask_printer(kiosk: Kiosk) {
    loop {
        kiosk.ask_printer().await;
        tokio::time::sleep(PRINTER_ASKED_EVERY).await;
    }
}

async fn report(kiosk: Kiosk) {
    loop {
        kiosk.report().await;
        tokio::time::sleep(REPORT_EVERY).await;
    }
}

async fn pass_time(kiosk: Kiosk) {
    loop {
        tokio::time::sleep(TICK).await;
        kiosk.happen(Event::Tick);
    }
}

/// Random for each start, so that the keys of orders are unique without being remembered.
fn nonce() -> anyhow::Result<String> {
    let mut bytes = [0; 12];
    getrandom::fill(&mut bytes).context("the system has no random numbers")?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
