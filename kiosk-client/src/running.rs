//! A kiosk at work: how it is started, the tasks beside its pages, and how it is stopped.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::Context;
use protocol::Timestamp;
use protocol::kiosk::Menu;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::book::Book;
use crate::book::store::document;
use crate::clock::Clock;
use crate::config::Config;
use crate::devices::Devices;
use crate::flow::{Event, Flow};
use crate::hall::{HallClient, SlipTemplate};
use crate::jobs::CutShort;
use crate::kiosk::{CORRECTION, Kiosk, MENU, Parts, TEMPLATE};
use crate::watchdog::Pulse;
use crate::{health, jobs, media, offline, orders, pages, scan};

/// How often the flow hears that time has passed.
const TICK: Duration = Duration::from_millis(250);
/// How long a visitor's slip and number may still take when the kiosk is stopped.
const FINISHING: Duration = Duration::from_secs(10);
/// How often it is looked whether they are done.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// A kiosk that serves its pages. Dropped, it stops at once, like one whose plug is pulled.
pub struct Running {
    /// Where.
    pub addr: SocketAddr,
    kiosk: Kiosk,
    tasks: JoinSet<()>,
}

/// Opens the book and the devices, binds the port and goes to work. The hall need not be there yet.
///
/// # Errors
/// If the book or a device cannot be used or the port is taken; the sentence names file, key and mend.
pub async fn start(config: Config) -> anyhow::Result<Running> {
    let listener = TcpListener::bind(config.listen).await.map_err(|fault| {
        let problem = format!("{} cannot be used ({fault})", config.listen);
        config.fault("listen", problem, "stop the other program there or choose another port")
    })?;
    let addr = listener.local_addr().context("the port has no address")?;
    let book = Book::open(&config.data_dir, &config.token)
        .map_err(|fault| config.fault("data_dir", fault.to_string(), fault.mend()))?;
    let (kiosk, kept) = put_together(config, book).await?;
    let mut tasks = JoinSet::new();
    let router = pages::router(kiosk.clone());
    tasks.spawn(async move {
        if let Err(fault) = axum::serve(listener, router).await {
            tracing::error!(%fault, "the kiosk's pages have stopped");
        }
    });
    tell_what_was_kept(&kiosk, kept).await;
    let config = kiosk.config();
    let refresh = Duration::from_secs(config.screen.refresh_seconds);
    tasks.spawn(kiosk.watched_screen().keep(config.screen.restart_command.clone()));
    tasks.spawn(offline::watch::watch(kiosk.clone(), refresh));
    tasks.spawn(health::look_at_printer(kiosk.clone()));
    tasks.spawn(health::look_at_devices(kiosk.clone()));
    tasks.spawn(health::report(kiosk.clone()));
    tasks.spawn(scan::scan(kiosk.clone()));
    tasks.spawn(media::list_pictures(kiosk.clone()));
    tasks.spawn(pass_time(kiosk.clone()));
    Ok(Running { addr, kiosk, tasks })
}

/// What the book knew before this start.
struct Kept {
    menu: Option<Menu>,
    interrupted: Option<CutShort>,
}

async fn put_together(config: Config, book: Book) -> anyhow::Result<(Kiosk, Kept)> {
    let (menu, template, correction, last) = book
        .write(|tx| {
            orders::store::give_up_all(tx)?;
            let (_, last) = offline::store::unsent(tx)?;
            Ok((document(tx, MENU)?, document(tx, TEMPLATE)?, document(tx, CORRECTION)?, last))
        })
        .await
        .context("the kiosk's book cannot be read")?;
    let correction = correction.and_then(|text| text.parse().ok()).unwrap_or(0);
    let clock = Clock::new(correction, last.unwrap_or(Timestamp(0)));
    let slips =
        jobs::settle(&book, clock.now()).await.context("unfinished slips cannot be settled")?;
    let usual = || SlipTemplate { revision: 0, template: slip::Template::default() };
    let parts = Parts {
        flow: Flow::new(config.flow_settings(), random_name(), Instant::now()),
        hall: HallClient::new(&config.hall_url, config.kiosk.clone(), &config.token)
            .context("cannot open network connections")?,
        devices: Devices::open(&config, slips.begun).await?,
        template: parsed(template).unwrap_or_else(usual),
        book,
        clock,
        config,
    };
    Ok((Kiosk::new(parts), Kept { menu: parsed(menu), interrupted: slips.interrupted }))
}

/// A document of the book; one that an older program wrote differently is fetched again.
fn parsed<T: serde::de::DeserializeOwned>(text: Option<String>) -> Option<T> {
    serde_json::from_str(&text?).ok()
}

/// Yesterday's menu has no numbers, so it would be worth nothing.
async fn tell_what_was_kept(kiosk: &Kiosk, kept: Kept) {
    if let Some(mut menu) = kept.menu {
        menu.at = kiosk.clock().now();
        let zone = jiff::tz::TimeZone::get(&menu.time_zone);
        if zone.is_ok_and(|zone| kiosk.clock().date_in(&zone) == menu.date) {
            kiosk.happen(Event::Menu(menu));
            kiosk.tell_leases().await;
        }
    }
    if let Some(CutShort { taken, begun, language }) = kept.interrupted {
        kiosk.happen(Event::Interrupted { taken: Box::new(taken), begun, language });
    }
}

impl Running {
    /// Stops: whoever is being given a number or a slip gets it first, if that does not take long.
    pub async fn stop(mut self) {
        let finished = async {
            while self.kiosk.flow().screen().is_busy() {
                tokio::time::sleep(LOOK_EVERY).await;
            }
        };
        if tokio::time::timeout(FINISHING, finished).await.is_err() {
            tracing::warn!("stopped in the middle of a slip; the next start settles it");
        }
        self.tasks.shutdown().await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kiosk.halt();
    }
}

/// The loop whose life systemd watches.
async fn pass_time(kiosk: Kiosk) {
    let mut pulse = Pulse::of_the_service();
    pulse.ready();
    loop {
        tokio::time::sleep(TICK).await;
        kiosk.happen(Event::Tick);
        pulse.beat(Instant::now());
    }
}

/// A name no other has, for orders and requests.
pub(crate) fn random_name() -> String {
    let mut bytes = [0; 12];
    getrandom::fill(&mut bytes).expect("the system has randomness");
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
