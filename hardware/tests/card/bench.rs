//! A simulated reader and the driver that is connected to it.

use std::io::{self, Write};
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use hardware::card::sam::Timing;
use hardware::card::{Card, CardFault, CardReader, SamReader, SimulatedSam, SyntheticCard};
use tracing::subscriber::DefaultGuard;
use tracing_subscriber::fmt::MakeWriter;

/// Longer than anything here takes.
const LIMIT: Duration = Duration::from_secs(20);

/// The usual times, but nobody waits long.
pub(crate) fn quick() -> Timing {
    Timing {
        round: Duration::from_millis(10),
        answer: Duration::from_millis(500),
        select: Duration::from_millis(500),
        read: Duration::from_millis(1500),
        retry: Duration::from_millis(30),
        away: Duration::from_millis(40),
        same_card: Duration::from_millis(80),
        ..Timing::default()
    }
}

/// Waits for a state.
pub(crate) async fn until(mut state: impl FnMut() -> bool) {
    let reached = async {
        while !state() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    tokio::time::timeout(LIMIT, reached).await.expect("the state was reached in time");
}

pub(crate) struct Bench {
    pub(crate) sam: SimulatedSam,
    pub(crate) reader: SamReader,
    /// The name of the serial port, which leads to the pseudo-terminal of the day.
    port: Option<PathBuf>,
}

impl Bench {
    pub(crate) fn on_a_pty(timing: Timing) -> Self {
        let sam = SimulatedSam::default();
        let pty = sam.serve_pty().expect("a pseudo-terminal");
        let name = pty.to_string_lossy().replace('/', "-");
        let port = std::env::temp_dir().join(format!("sam-{}{name}", std::process::id()));
        let _ = std::fs::remove_file(&port);
        symlink(pty, &port).expect("a link in the folder for temporary files");
        let address = format!("serial:{}", port.display()).parse().expect("an address");
        Self { sam, reader: SamReader::with_timing(address, timing), port: Some(port) }
    }

    pub(crate) async fn on_tcp(timing: Timing) -> Self {
        let sam = SimulatedSam::default();
        let address = sam.serve_tcp().await.expect("a port");
        let address = format!("tcp:{address}").parse().expect("an address");
        Self { sam, reader: SamReader::with_timing(address, timing), port: None }
    }

    /// Plugs it in again: the system gives it another device, to which the same name leads.
    pub(crate) fn plug_in_elsewhere(&mut self) {
        self.sam.plug_in();
        let pty = self.sam.serve_pty().expect("a pseudo-terminal");
        let port = self.port.as_ref().expect("it is on a serial port");
        std::fs::remove_file(port).expect("the old name");
        symlink(pty, port).expect("the new name");
    }

    /// Places a card when the reader looks for one, and waits for what comes of it.
    pub(crate) async fn reads(&self, card: SyntheticCard) -> Result<Card, CardFault> {
        let read = async { tokio::join!(self.reader.read(), until(|| self.sam.place(card))).0 };
        tokio::time::timeout(LIMIT, read).await.expect("an answer in time")
    }

    /// Does so again until it comes out right; a reader that is gone may come back only a little later, and
    /// a card that was just read does not count.
    pub(crate) async fn reads_until(
        &self,
        card: SyntheticCard,
        right: impl Fn(&Result<Card, CardFault>) -> bool,
    ) -> Result<Card, CardFault> {
        let placing = async {
            loop {
                until(|| self.sam.place(card)).await;
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        let reading = async {
            loop {
                let read = self.reader.read().await;
                if right(&read) {
                    return read;
                }
            }
        };
        tokio::select! {
            read = tokio::time::timeout(LIMIT, reading) => read.expect("an answer in time"),
            () = placing => unreachable!("cards are placed without end"),
        }
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        if let Some(port) = &self.port {
            let _ = std::fs::remove_file(port);
        }
    }
}

/// Everything that is logged in a test, down to the last detail.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    pub(crate) fn listen() -> (Self, DefaultGuard) {
        let log = Self::default();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_writer(log.clone())
            .finish();
        (log, tracing::subscriber::set_default(subscriber))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().expect("the log")).into_owned()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("the log").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}
