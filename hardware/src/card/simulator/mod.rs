//! A card reader that is not there: a security module that speaks the real bytes on a pseudo-terminal or a
//! TCP port, and cards of people who do not exist.

mod block;
mod module;
mod people;
mod serve;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::net::TcpListener;
use tokio::sync::watch;

use module::Module;
pub use module::{Asked, Trouble};
pub use people::SyntheticCard;

/// A reader on which a click places a card. Clones are the same reader; it ends with the last of them.
#[derive(Clone)]
pub struct SimulatedSam {
    shared: Arc<Shared>,
    /// Whether it is plugged in.
    plug: Arc<watch::Sender<bool>>,
    people: Arc<Mutex<People>>,
}

/// What the lines share with the clicks.
#[derive(Default)]
struct Shared {
    module: Mutex<Module>,
}

/// How many people there have been, and who was the last.
#[derive(Default)]
struct People {
    serial: u32,
    last: Option<(SyntheticCard, u32)>,
}

impl Default for SimulatedSam {
    fn default() -> Self {
        let plug = Arc::new(watch::Sender::new(true));
        Self { shared: Arc::default(), plug, people: Arc::default() }
    }
}

impl SimulatedSam {
    /// Listens on a port of this machine, for as long as it lives.
    ///
    /// # Errors
    /// If there is no free port.
    pub async fn serve_tcp(&self) -> io::Result<SocketAddr> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        tokio::spawn(serve::listen(listener, self.shared.clone(), self.plug.subscribe()));
        Ok(address)
    }

    /// Stands at the end of a new pseudo-terminal, until it is unplugged. The path is what a driver opens.
    ///
    /// # Errors
    /// If there is no free pseudo-terminal.
    pub fn serve_pty(&self) -> io::Result<PathBuf> {
        let pty = crate::line::pty()?;
        let plug = self.plug.subscribe();
        tokio::spawn(serve::talk(pty.line, self.shared.clone(), plug));
        Ok(pty.path)
    }

    /// Places a card. Says whether the reader was looking for one; if not, nothing happens, as with a card
    /// laid on a reader that is switched off. The card is taken away a moment after it was read, or when
    /// nobody has read it for a while.
    pub fn place(&self, card: SyntheticCard) -> bool {
        self.put(card, false)
    }

    /// Places a card that stays until it is lifted.
    pub fn leave(&self, card: SyntheticCard) -> bool {
        self.put(card, true)
    }

    /// Takes the card away.
    pub fn lift(&self) {
        self.shared.module().lift();
    }

    /// Something goes wrong, so many times.
    pub fn trouble(&self, trouble: Trouble, times: u32) {
        self.shared.module().trouble(trouble, times);
    }

    /// Pulls the plug: its lines break, and new ones break at once.
    pub fn unplug(&self) {
        self.plug.send_replace(false);
    }

    /// Plugs it in again. Its port is the same; a pseudo-terminal has to be made anew.
    pub fn plug_in(&self) {
        self.plug.send_replace(true);
    }

    /// How often each thing was asked.
    #[must_use]
    pub fn asked(&self) -> Asked {
        self.shared.module().asked()
    }

    fn put(&self, card: SyntheticCard, stays: bool) -> bool {
        let data = self.people().next(card).map(|holder| block::card(&holder));
        self.shared.module().place(data, stays, Instant::now())
    }

    fn people(&self) -> MutexGuard<'_, People> {
        self.people.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shared {
    fn module(&self) -> MutexGuard<'_, Module> {
        self.module.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl People {
    fn next(&mut self, card: SyntheticCard) -> Option<people::Holder> {
        let (card, serial) = match card {
            SyntheticCard::Unreadable => return None,
            SyntheticCard::Same => self.last.unwrap_or((SyntheticCard::Next, self.serial)),
            _ => {
                self.serial += 1;
                (card, self.serial)
            }
        };
        self.last = Some((card, serial));
        people::holder(card, serial)
    }
}
