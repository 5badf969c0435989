//! The host's end of a bus: hears keys and opinions, acknowledges each, tells displays what to show. A line
//! that breaks is opened again, and every display is told anew.

use std::convert::Infallible;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::{Notify, mpsc, watch};
use tokio::task::AbortHandle;
use tokio::time::{sleep, sleep_until, timeout};

use super::queue::Queue;
use super::{BAUD, Decoder, Display, Frame, Key, Pressed, Stars};
use crate::line::{self, Address, Line};

/// The same frame, so soon after it was last heard, is the same press: a keypad repeats itself until it hears its
/// acknowledgement, however many are lost.
const SAME_PRESS: Duration = Duration::from_secs(1);
/// A converter may hand back what it sends: a frame like the one just said, so soon after it, is that. A keypad
/// repeats itself more slowly.
const OWN_VOICE: Duration = Duration::from_millis(50);
/// Silence after which a frame that was begun is noise.
const SILENCE: Duration = Duration::from_millis(40);
/// Between two frames of the host the bus is free for so long, so that keypads get a word in.
const GAP: Duration = Duration::from_millis(3);
/// Between two tries to open the line.
const TRY_EVERY: Duration = Duration::from_secs(2);
/// How long a line may take to accept a frame.
const PATIENCE: Duration = Duration::from_secs(2);
/// Presses nobody has taken in yet; more are not acknowledged.
const PRESSES_KEPT: usize = 64;
/// Bits on the line for one byte: a start, eight, a stop.
const BITS_PER_BYTE: u32 = 10;
/// Bytes read at once.
const CHUNK: usize = 256;

/// How a bus is: `None` while nothing was tried, then well or why not, in one sentence.
pub type Health = Option<Result<(), String>>;

/// A bus at work; it ends when dropped.
pub struct KeypadBus {
    shared: Arc<Shared>,
    presses: mpsc::Receiver<(u8, Pressed)>,
    health: watch::Receiver<Health>,
    task: AbortHandle,
}

#[derive(Default)]
struct Shared {
    queue: Mutex<Queue>,
    changed: Notify,
}

impl Shared {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl KeypadBus {
    /// Starts a bus. Must be used within the runtime.
    #[must_use]
    pub fn start(address: Address) -> Self {
        let shared = Arc::<Shared>::default();
        let (pressed, presses) = mpsc::channel(PRESSES_KEPT);
        let (says, health) = watch::channel(None);
        let worker = Worker {
            address,
            shared: shared.clone(),
            pressed,
            health: says,
            recent: Vec::new(),
            said: None,
        };
        Self { shared, presses, health, task: tokio::spawn(worker.run()).abort_handle() }
    }

    /// The next press, with the keypad's address.
    pub async fn pressed(&mut self) -> Option<(u8, Pressed)> {
        self.presses.recv().await
    }

    /// Has a keypad show something.
    pub fn show(&self, address: u8, display: Display) {
        self.shared.queue().show(address, display);
        self.shared.changed.notify_one();
    }

    /// Has a keypad beep.
    pub fn beep(&self, address: u8) {
        self.say(Frame::beep(address));
    }

    /// Has a rater ask its visitor.
    pub fn ask(&self, address: u8) {
        self.say(Frame::ask(address));
    }

    /// How the bus is.
    #[must_use]
    pub fn health(&self) -> watch::Receiver<Health> {
        self.health.clone()
    }

    fn say(&self, frame: Frame) {
        self.shared.queue().say(frame);
        self.shared.changed.notify_one();
    }
}

impl Drop for KeypadBus {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Worker {
    address: Address,
    shared: Arc<Shared>,
    pressed: mpsc::Sender<(u8, Pressed)>,
    health: watch::Sender<Health>,
    /// What was heard lately, and when last.
    recent: Vec<(Instant, Frame)>,
    /// What was said last, and until when it may come back.
    said: Option<(Instant, Frame)>,
}

impl Worker {
    async fn run(mut self) {
        loop {
            let Err(fault) = self.open_and_serve().await;
            self.shared.queue().forget_what_was_said();
            self.say(Err(format!("nothing is heard from {}: {fault}", self.address)));
            sleep(TRY_EVERY).await;
        }
    }

    /// Serves until the line is lost.
    async fn open_and_serve(&mut self) -> io::Result<Infallible> {
        let mut line = line::open(&self.address).await?;
        self.say(Ok(()));
        let mut decoder = Decoder::default();
        let mut chunk = [0; CHUNK];
        let mut free_at = Instant::now();
        loop {
            let now = Instant::now();
            // Nobody speaks into a frame that has begun.
            let may_speak = !decoder.has_begun() && now >= free_at;
            let frame = if may_speak { self.shared.queue().next(now) } else { None };
            if let Some(frame) = frame {
                free_at = now + self.speak(&mut line, &frame).await?;
                continue;
            }
            let wake = if now < free_at { Some(free_at) } else { self.shared.queue().due() };
            tokio::select! {
                length = line.read(&mut chunk) => {
                    let frames = decoder.feed(&chunk[..some(length?)?]);
                    frames.iter().for_each(|frame| self.hear(frame));
                }
                () = sleep(SILENCE), if decoder.has_begun() => {
                    decoder.pause().iter().for_each(|frame| self.hear(frame));
                }
                () = sleep_until(wake.unwrap_or(now).into()), if wake.is_some() => {}
                () = self.shared.changed.notified() => {}
            }
        }
    }

    /// Says a frame; answers how long it and the pause after it take.
    async fn speak(&mut self, line: &mut Box<dyn Line>, frame: &Frame) -> io::Result<Duration> {
        let bytes = frame.bytes();
        timeout(PATIENCE, async {
            line.write_all(&bytes).await?;
            line.flush().await
        })
        .await??;
        let bits = BITS_PER_BYTE * u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        let takes = Duration::from_secs_f64(f64::from(bits) / f64::from(BAUD));
        self.said = Some((Instant::now() + takes + OWN_VOICE, frame.clone()));
        Ok(takes + GAP)
    }

    /// A keypad has spoken. Whatever it said is acknowledged, or it would say it for ever; a press that nobody
    /// has room for is left for it to repeat.
    fn hear(&mut self, frame: &Frame) {
        let now = Instant::now();
        // Once: what comes again after that is a keypad.
        if self.said.take_if(|(until, said)| said == frame && now < *until).is_some() {
            return;
        }
        self.recent.retain(|(at, _)| now.duration_since(*at) < SAME_PRESS);
        let heard = self.recent.iter_mut().find(|(_, other)| other == frame);
        let known = heard.map(|(at, _)| *at = now).is_some();
        let pressed = if frame.is_rating() {
            frame.data.first().and_then(|value| Stars::of(*value)).map(Pressed::Stars)
        } else {
            Key::of(&frame.data).map(Pressed::Key)
        };
        if let Some(pressed) = pressed.filter(|_| !known)
            && self.pressed.try_send((frame.address, pressed)).is_err()
        {
            return;
        }
        if !known {
            self.recent.push((now, frame.clone()));
        }
        self.shared.queue().acknowledge(frame);
    }

    /// Says how the bus is. One that stays broken is said to be so once.
    fn say(&self, health: Result<(), String>) {
        self.health.send_if_modified(|now| {
            let changed = now.as_ref() != Some(&health);
            *now = Some(health);
            changed
        });
    }
}

/// A line that ends says nothing.
fn some(length: usize) -> io::Result<usize> {
    if length == 0 { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(length) }
}
