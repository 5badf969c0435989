//! Strips that are not there: they take the real bytes over a real line, understand them as their cards do, and
//! draw what they show dot by dot.

mod glyphs;
mod panel;
mod serve;

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio::task::AbortHandle;

use super::{Driver, Face, Seen, Strip};
use crate::line::Address;
use glyphs::Glyphs;

/// What a strip showed before, kept for whoever watches it.
const KEPT: usize = 64;
/// How long a flashing strip is lit, and how long dark.
const HALF: Duration = Duration::from_millis(500);
/// Bits of a revision that tell the phase of a flash.
const PHASE_BITS: u32 = 1;

/// How a simulated bus is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wire {
    /// Over a pseudo-terminal, as over a serial port.
    Serial,
    /// Over TCP.
    Tcp,
    /// Over UDP.
    Udp,
}

/// Why there is no picture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureFault {
    /// There is no such strip.
    #[error("there is no strip with the address {0}")]
    NoStrip(u16),
    /// Nothing to draw characters with.
    #[error("there is no Chinese font on this machine; install fonts-noto-cjk")]
    NoFont,
    /// It could not be made into a PNG.
    #[error("the picture cannot be made: {0}")]
    Png(String),
}

/// A bus of strips that draw. Cheap to clone; clones are the same bus. It is there until the last one is
/// dropped.
#[derive(Clone)]
pub struct SimulatedBus {
    address: Address,
    shared: Arc<Shared>,
    _running: Arc<Running>,
}

/// What runs for the bus, and ends with it.
struct Running(AbortHandle);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.abort();
    }
}

struct Shared {
    strips: Mutex<Vec<Showing>>,
    glyphs: Mutex<Glyphs>,
    changed: watch::Sender<u64>,
}

/// One strip and what it has shown, the newest last.
struct Showing {
    strip: Strip,
    faces: VecDeque<Face>,
    /// How often it was told something.
    count: u64,
    since: Instant,
}

impl Showing {
    /// Whether it flashes by itself and is dark just now.
    fn is_dark_now(&self) -> bool {
        let flashes = self.faces.back().is_some_and(|face| face.flashing);
        flashes && self.since.elapsed().as_millis() / HALF.as_millis() % 2 == 1
    }
}

impl SimulatedBus {
    /// Puts strips on a new line. Cards understand what their driver says.
    ///
    /// # Errors
    /// If the system has no line left.
    pub async fn start(driver: Arc<dyn Driver>, strips: &[Strip], wire: Wire) -> io::Result<Self> {
        let strips = strips.iter().map(|strip| Showing {
            strip: *strip,
            faces: VecDeque::new(),
            count: 0,
            since: Instant::now(),
        });
        let shared = Arc::new(Shared {
            strips: Mutex::new(strips.collect()),
            glyphs: Mutex::default(),
            changed: watch::channel(0).0,
        });
        let (address, task) = serve::start(driver, shared.clone(), wire).await?;
        Ok(Self { address, shared, _running: Arc::new(Running(task)) })
    }

    /// Where a driver finds it.
    #[must_use]
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// What a strip shows: nothing before it was told anything.
    #[must_use]
    pub fn face(&self, address: u16) -> Option<Face> {
        let strips = self.shared.strips();
        strips.iter().find(|it| it.strip.address == address)?.faces.back().cloned()
    }

    /// What a strip was told lately, the newest last.
    #[must_use]
    pub fn told(&self, address: u16) -> Vec<Face> {
        let strips = self.shared.strips();
        let strip = strips.iter().find(|it| it.strip.address == address);
        strip.map(|it| it.faces.iter().cloned().collect()).unwrap_or_default()
    }

    /// Another number for every other picture of a strip.
    #[must_use]
    pub fn revision(&self, address: u16) -> u64 {
        let strips = self.shared.strips();
        strips
            .iter()
            .find(|it| it.strip.address == address)
            .map_or(0, |it| it.count << PHASE_BITS | u64::from(it.is_dark_now()))
    }

    /// Counts what the strips were told; wakes after each.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.shared.changed.subscribe()
    }

    /// A strip as a PNG, as it looks now.
    ///
    /// # Errors
    /// If there is no such strip, or no font to draw with.
    pub fn picture(&self, address: u16) -> Result<Vec<u8>, PictureFault> {
        let (width, face) = {
            let strips = self.shared.strips();
            let showing = strips
                .iter()
                .find(|it| it.strip.address == address)
                .ok_or(PictureFault::NoStrip(address))?;
            let mut face = showing.faces.back().cloned().unwrap_or_default();
            if showing.is_dark_now() {
                face.text.clear();
            }
            (showing.strip.width, face)
        };
        let mut glyphs = self.shared.glyphs.lock().unwrap_or_else(PoisonError::into_inner);
        panel::draw(&face, width, &mut glyphs)
    }
}

impl Shared {
    fn strips(&self) -> MutexGuard<'_, Vec<Showing>> {
        self.strips.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A card has understood a frame; that of another address is none of its business.
    fn show(&self, seen: Seen) {
        {
            let mut strips = self.strips();
            let found = strips.iter_mut().find(|it| it.strip.address == seen.address);
            let Some(showing) = found else { return };
            showing.faces.push_back(seen.face);
            showing.since = Instant::now();
            showing.count += 1;
            if showing.faces.len() > KEPT {
                showing.faces.pop_front();
            }
        }
        self.changed.send_modify(|count| *count += 1);
    }
}
