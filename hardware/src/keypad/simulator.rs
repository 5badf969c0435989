//! Keypads that are not there, on a bus that is: they speak the real bytes at the far end of a pseudo-terminal, at
//! the speed of the real bus, and repeat themselves until they are acknowledged.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::{mpsc, watch};
use tokio::time::{MissedTickBehavior, interval, sleep};

use super::{BAUD, Decoder, Display, Frame, Key, Stars};
use crate::line::{Address, Line, pty};

/// How often a keypad says what was not acknowledged.
const REPEAT_EVERY: Duration = Duration::from_millis(250);
/// How often it says it at all.
const MOST_REPEATS: u32 = 20;
/// How often it looks whether to repeat.
const TICK: Duration = Duration::from_millis(25);
/// Frames that wait for the bus.
const QUEUE: usize = 256;

/// Keypads on one bus. Clones are the same bus.
#[derive(Clone)]
pub struct SimulatedKeypads {
    shared: Arc<Shared>,
    says: mpsc::Sender<Frame>,
}

struct Shared {
    keypads: Mutex<BTreeMap<u8, Keypad>>,
    changed: watch::Sender<u64>,
    traffic: Mutex<Traffic>,
}

/// One keypad as it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keypad {
    /// What stands on it.
    pub display: Display,
    /// How often it was told to beep.
    pub beeps: u32,
    /// How often its rater was told to ask.
    pub asked: u32,
    /// What it said that was acknowledged.
    pub acknowledged: u32,
}

/// What a bus has carried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Bytes of the keypads.
    pub up: usize,
    /// Bytes of the host.
    pub down: usize,
}

/// Something said and not yet acknowledged.
struct Open {
    frame: Frame,
    said_at: Option<Instant>,
    repeats: u32,
}

impl SimulatedKeypads {
    /// Puts keypads with these addresses on a bus, and says where a host finds it.
    ///
    /// # Errors
    /// If the system has no pseudo-terminal left.
    pub fn serve(addresses: impl IntoIterator<Item = u8>) -> io::Result<(Self, Address)> {
        let terminal = pty()?;
        let keypads = addresses.into_iter().map(|address| (address, Keypad::default()));
        let shared = Arc::new(Shared {
            keypads: Mutex::new(keypads.collect()),
            changed: watch::Sender::new(0),
            traffic: Mutex::default(),
        });
        let (says, heard) = mpsc::channel(QUEUE);
        tokio::spawn(serve(terminal.line, Arc::clone(&shared), heard));
        let address = Address::Serial { path: terminal.path, baud: BAUD };
        Ok((Self { shared, says }, address))
    }

    /// Presses a key.
    pub fn press(&self, address: u8, key: Key) {
        self.say(Frame::key(address, key));
    }

    /// A visitor presses a rater.
    pub fn rate(&self, address: u8, stars: Stars) {
        self.say(Frame::stars(address, stars));
    }

    /// A keypad as it stands.
    #[must_use]
    pub fn keypad(&self, address: u8) -> Keypad {
        self.shared.keypads().get(&address).copied().unwrap_or_default()
    }

    /// Wakes with every change of any keypad.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.shared.changed.subscribe()
    }

    /// What the bus has carried.
    #[must_use]
    pub fn traffic(&self) -> Traffic {
        *self.shared.traffic()
    }

    fn say(&self, frame: Frame) {
        // A bus that is full is one on which somebody hammers.
        let _ = self.says.try_send(frame);
    }
}

impl Shared {
    fn keypads(&self) -> MutexGuard<'_, BTreeMap<u8, Keypad>> {
        self.keypads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn traffic(&self) -> MutexGuard<'_, Traffic> {
        self.traffic.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The host has said something to a keypad; what acknowledges is taken out of `open`.
    fn hear(&self, frame: &Frame, open: &mut Vec<Open>) {
        let place = open.iter().position(|it| it.frame.acknowledgement() == *frame);
        {
            let mut keypads = self.keypads();
            let Some(keypad) = keypads.get_mut(&frame.address) else { return };
            match (place, frame.shows()) {
                (Some(place), _) => {
                    open.remove(place);
                    keypad.acknowledged += 1;
                }
                (None, Some(display)) => keypad.display = display,
                (None, None) if frame.beeps() => keypad.beeps += 1,
                (None, None) if frame.asks() => keypad.asked += 1,
                (None, None) => return,
            }
        }
        self.changed.send_modify(|count| *count += 1);
    }
}

/// The keypads' end of the bus.
async fn serve(mut line: Box<dyn Line>, shared: Arc<Shared>, mut said: mpsc::Receiver<Frame>) {
    let (mut decoder, mut open) = (Decoder::default(), Vec::<Open>::new());
    let mut tick = interval(TICK);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut chunk = [0; 256];
    loop {
        tokio::select! {
            length = line.read(&mut chunk) => {
                let Ok(length @ 1..) = length else { return };
                shared.traffic().down += length;
                let frames = decoder.feed(&chunk[..length]);
                frames.iter().for_each(|frame| shared.hear(frame, &mut open));
            }
            frame = said.recv() => match frame {
                Some(frame) => open.push(Open { frame, said_at: None, repeats: 0 }),
                None => return,
            },
            _ = tick.tick() => {}
        }
        open.retain(|it| it.repeats < MOST_REPEATS);
        let now = Instant::now();
        let due = |it: &&mut Open| it.said_at.is_none_or(|at| now >= at + REPEAT_EVERY);
        if let Some(next) = open.iter_mut().find(due) {
            next.said_at = Some(now);
            next.repeats += 1;
            let bytes = next.frame.bytes();
            shared.traffic().up += bytes.len();
            if line.write_all(&bytes).await.is_err() {
                return;
            }
            sleep(time_of(bytes.len())).await;
        }
    }
}

/// How long so many bytes take on the real bus.
fn time_of(bytes: usize) -> Duration {
    Duration::from_secs_f64(bytes as f64 * 10.0 / f64::from(BAUD))
}
