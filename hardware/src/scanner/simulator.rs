//! A scanner that is not there: a text is shown to it as if it stood in a code, and it sends the bytes of a
//! real one over a pseudo-terminal, where a [`SerialScanner`](super::SerialScanner) reads them.

use std::io;
use std::path::PathBuf;

use tokio::io::AsyncWriteExt;
use tokio::sync::broadcast::{self, error::RecvError};

use crate::line::{self, Line, Pty};

/// What is sent at the end of a code, as scanners are usually set.
const SUFFIX: &[u8] = b"\r\n";
/// What may be on its way at once.
const SENT_KEPT: usize = 16;

/// A scanner to which texts are shown. Clones are the same scanner.
#[derive(Clone)]
pub struct SimulatedScanner {
    sent: broadcast::Sender<Sent>,
}

/// What happens at a scanner.
#[derive(Clone)]
enum Sent {
    Bytes(Vec<u8>),
    Unplugged,
}

impl Default for SimulatedScanner {
    fn default() -> Self {
        Self { sent: broadcast::channel(SENT_KEPT).0 }
    }
}

impl SimulatedScanner {
    /// Shows it a code. Says whether its line is there.
    pub fn show(&self, text: &str) -> bool {
        self.send(&[text.as_bytes(), SUFFIX].concat())
    }

    /// Sends bytes as they are: half a code, another encoding, noise.
    pub fn send(&self, bytes: &[u8]) -> bool {
        self.sent.send(Sent::Bytes(bytes.to_vec())).is_ok()
    }

    /// Pulls its cables: every line it serves ends.
    pub fn unplug(&self) {
        // Nobody needs to hang on it.
        let _ = self.sent.send(Sent::Unplugged);
    }

    /// Puts it on a pseudo-terminal; answers the path that a driver opens.
    ///
    /// # Errors
    /// If the system has no pseudo-terminal left.
    pub fn serve_pty(&self) -> io::Result<PathBuf> {
        let Pty { line, path } = line::pty()?;
        tokio::spawn(serve(line, self.sent.subscribe()));
        Ok(path)
    }
}

/// Sends what happens until the scanner is unplugged or forgotten.
async fn serve(mut line: impl Line, mut sent: broadcast::Receiver<Sent>) {
    loop {
        match sent.recv().await {
            Ok(Sent::Bytes(bytes)) if line.write_all(&bytes).await.is_ok() => {}
            // Whoever shows more than a line can carry loses the oldest.
            Err(RecvError::Lagged(_)) => {}
            Ok(_) | Err(RecvError::Closed) => return,
        }
    }
}
