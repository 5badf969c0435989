//! One bus of strips: a queue, a line and the task between them. A line that cannot be opened or breaks is
//! tried again at once, then every few seconds, and says meanwhile what is the matter.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::{Notify, oneshot, watch};
use tokio::task::AbortHandle;
use tokio::time::{sleep, sleep_until, timeout};

use super::{Driver, Face, Flashes, Program, Queue, Step, Strip};
use crate::line::{self, Address, Line};

/// How often something is tried before the bus calls itself faulty.
const TRIES: u32 = 3;
/// The pause between those.
const SHORT_PAUSE: Duration = Duration::from_millis(100);
/// The pause before every further one.
const LONG_PAUSE: Duration = Duration::from_secs(2);
/// How long a line may take to accept a frame.
const PATIENCE: Duration = Duration::from_secs(2);
/// Bits on a serial line for one byte: a start, eight, a stop.
const BITS_PER_BYTE: u32 = 10;

/// Where texts go.
#[derive(Clone)]
pub enum Outlet {
    /// To cards on a line.
    Line {
        /// Where they are.
        address: Address,
        /// What they understand.
        driver: Arc<dyn Driver>,
    },
    /// To a program of the site.
    Program(Program),
}

/// How fast a bus may be used.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pace {
    /// The pause after each frame; the driver's own without it.
    pub gap: Option<Duration>,
    /// After how long a strip is sent its text again.
    pub resend: Duration,
}

/// How a bus is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Health {
    /// Nothing has been tried yet.
    #[default]
    Unknown,
    /// The line is open.
    Well,
    /// It does not work: why, in one sentence.
    Faulty(String),
}

/// A bus at work; it ends when dropped.
pub struct Bus {
    shared: Arc<Shared>,
    health: watch::Receiver<Health>,
    task: AbortHandle,
}

struct Shared {
    queue: Mutex<Queue>,
    changed: Notify,
}

impl Shared {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Bus {
    /// Starts a bus with these strips on it.
    #[must_use]
    pub fn start(outlet: Outlet, strips: &[Strip], pace: Pace) -> Self {
        let flashes = match &outlet {
            Outlet::Line { driver, .. } => driver.flashes(),
            Outlet::Program(_) => Flashes::ByItself,
        };
        let queue = Mutex::new(Queue::new(strips, flashes, pace.resend));
        let shared = Arc::new(Shared { queue, changed: Notify::new() });
        let (says, health) = watch::channel(Health::default());
        let worker = Worker { outlet, pace, shared: shared.clone(), health: says };
        Self { shared, health, task: tokio::spawn(worker.run()).abort_handle() }
    }

    /// Gives a strip something to show, flashing at first for so long. The answer comes when the bytes have
    /// gone out and says when that was; it never comes if another text took their place.
    pub fn show(&self, address: u16, face: Face, flash: Duration) -> oneshot::Receiver<Instant> {
        let gone_out = self.shared.queue().show(address, face, flash);
        self.shared.changed.notify_one();
        gone_out
    }

    /// How the bus is.
    #[must_use]
    pub fn health(&self) -> watch::Receiver<Health> {
        self.health.clone()
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Worker {
    outlet: Outlet,
    pace: Pace,
    shared: Arc<Shared>,
    health: watch::Sender<Health>,
}

/// What is open.
enum Link<'a> {
    Line(Box<dyn Line>, &'a dyn Driver),
    Program(&'a Program),
}

impl Worker {
    async fn run(self) {
        let mut failures = 0;
        loop {
            let Err(fault) = self.open_and_serve(&mut failures).await;
            failures += 1;
            if failures < TRIES {
                sleep(SHORT_PAUSE).await;
                continue;
            }
            self.say(Health::Faulty(self.sentence(&fault)));
            sleep(LONG_PAUSE).await;
        }
    }

    /// Serves until something breaks.
    async fn open_and_serve(&self, failures: &mut u32) -> io::Result<std::convert::Infallible> {
        let mut link = match &self.outlet {
            Outlet::Line { address, driver } => {
                Link::Line(line::open(address).await?, driver.as_ref())
            }
            Outlet::Program(program) => Link::Program(program),
        };
        if matches!(link, Link::Line(..)) {
            self.shared.queue().forget_what_was_sent();
            if *failures < TRIES {
                self.say(Health::Well);
            }
        }
        loop {
            let step = self.shared.queue().next(Instant::now());
            match step {
                Step::Send(strip, face, number) => {
                    let sent = send(&mut link, strip, &face).await;
                    if sent.is_err() && matches!(link, Link::Program(_)) {
                        // It may be this one strip that is away.
                        self.shared.queue().failed(strip, number);
                    }
                    let length = sent?;
                    let at = Instant::now();
                    // A card that is away is often noticed only now, by what the network answers.
                    tokio::select! {
                        () = sleep(self.rest_after(length)) => {}
                        fault = broken(&mut link) => return Err(fault),
                    }
                    *failures = 0;
                    self.say(Health::Well);
                    self.shared.queue().sent(strip, &face, number, at);
                }
                Step::Rest(until) => tokio::select! {
                    () = sleep_until(until.into()) => {}
                    () = self.shared.changed.notified() => {}
                    fault = broken(&mut link) => return Err(fault),
                },
            }
        }
    }

    /// The time a frame takes on the wire, and the pause after it.
    fn rest_after(&self, length: usize) -> Duration {
        match &self.outlet {
            Outlet::Line { address, driver } => {
                let gap = self.pace.gap.unwrap_or_else(|| driver.gap());
                let bits = BITS_PER_BYTE.saturating_mul(u32::try_from(length).unwrap_or(u32::MAX));
                match address {
                    Address::Serial { baud, .. } => {
                        gap + Duration::from_secs_f64(f64::from(bits) / f64::from(*baud))
                    }
                    _ => gap,
                }
            }
            Outlet::Program(program) => self.pace.gap.unwrap_or(program.gap),
        }
    }

    fn say(&self, health: Health) {
        self.health.send_if_modified(|now| {
            let changed = *now != health;
            *now = health;
            changed
        });
    }

    fn sentence(&self, fault: &io::Error) -> String {
        match &self.outlet {
            Outlet::Line { address, .. } => format!("nothing can be sent to {address}: {fault}"),
            Outlet::Program(program) => {
                let name = program.command.first().map_or("", String::as_str);
                format!("`{name}` does not show a text: {fault}")
            }
        }
    }
}

/// Sends a text; says how many bytes that took.
async fn send(link: &mut Link<'_>, strip: Strip, face: &Face) -> io::Result<usize> {
    match link {
        Link::Line(line, driver) => {
            let frame = driver.frame(strip, face);
            timeout(PATIENCE, async {
                line.write_all(&frame).await?;
                line.flush().await
            })
            .await??;
            Ok(frame.len())
        }
        Link::Program(program) => program.show(strip, face).await.map(|()| 0),
    }
}

/// Waits until the line breaks. What cards answer is read, so that no buffer fills, and forgotten.
async fn broken(link: &mut Link<'_>) -> io::Error {
    let Link::Line(line, _) = link else { return std::future::pending().await };
    let mut answer = [0; 256];
    loop {
        match line.read(&mut answer).await {
            Ok(0) => return io::Error::other("the line was closed at its other end"),
            Ok(_) => {}
            Err(fault) => return fault,
        }
    }
}
