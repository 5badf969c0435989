//! The printer on its lines, and the head that works off the buffer.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, split};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::{Inner, SimulatedPrinter};
use crate::line::{Line, pty};

/// Bytes of the buffer; a printer takes no more while it is full.
const BUFFER: usize = 64 * 1024;
/// Bytes read from a line at once.
const READ: usize = 4 * 1024;

impl SimulatedPrinter {
    /// Serves on a free port of this machine, as a printer does on 9100.
    ///
    /// # Errors
    /// If the port cannot be opened.
    pub fn serve_tcp(&self) -> io::Result<SocketAddr> {
        self.serve_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?)
    }

    /// Serves on a port that is open already.
    ///
    /// # Errors
    /// If the port cannot be watched.
    pub fn serve_on(&self, port: TcpListener) -> io::Result<SocketAddr> {
        port.set_nonblocking(true)?;
        let address = port.local_addr()?;
        let port = tokio::net::TcpListener::from_std(port)?;
        self.start(accept(self.inner.clone(), port));
        Ok(address)
    }

    /// Serves on a pseudo-terminal, and says what to open.
    ///
    /// # Errors
    /// If the system has none left.
    pub fn serve_pty(&self) -> io::Result<PathBuf> {
        let pty = pty()?;
        self.start(stay(self.inner.clone(), pty.line));
        Ok(pty.path)
    }
}

/// Serves whoever calls; like a real one, the last caller only.
async fn accept(inner: Arc<Inner>, port: tokio::net::TcpListener) {
    let mut calls = JoinSet::new();
    loop {
        while calls.try_join_next().is_some() {}
        let Ok((mut call, _)) = port.accept().await else { continue };
        if let Err(fault) = call.set_nodelay(true) {
            tracing::debug!(%fault, "answers may be late");
        }
        let inner = inner.clone();
        calls.spawn(async move { serve(&inner, &mut call).await });
    }
}

/// Serves on one line for good. A pseudo-terminal cannot be hung up, so a dropped line loses only answers.
async fn stay(inner: Arc<Inner>, mut line: Box<dyn Line>) {
    while serve(&inner, &mut line).await.is_ok() {}
}

/// Serves on a line until the printer hangs up.
async fn serve(inner: &Inner, line: &mut (impl Line + ?Sized)) -> io::Result<()> {
    let (replies, mut answers) = mpsc::unbounded_channel::<Vec<u8>>();
    inner.machine().connect(replies);
    let (mut input, mut output) = split(line);
    let mut bytes = [0; READ];
    loop {
        tokio::select! {
            biased;
            answer = answers.recv() => match answer {
                Some(answer) => output.write_all(&answer).await?,
                None => return Ok(()),
            },
            length = read(inner, &mut input, &mut bytes) => {
                let length = length?;
                if length == 0 {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                inner.machine().receive(&bytes[..length]);
                inner.stir();
            }
        }
    }
}

/// Reads when there is room in the buffer.
async fn read(
    inner: &Inner,
    input: &mut (impl AsyncReadExt + Unpin),
    bytes: &mut [u8],
) -> io::Result<usize> {
    inner.until(|machine| (machine.buffered() < BUFFER).then_some(())).await;
    input.read(bytes).await
}

/// The head: prints what is in the buffer, as fast as the printer is.
pub(super) async fn head(inner: Arc<Inner>) {
    loop {
        let cost = inner.until(|machine| machine.next().map(|token| inner.cost(token))).await;
        if cost > Duration::ZERO {
            tokio::time::sleep(cost).await;
        }
        // The paper may have run out meanwhile, or the buffer been cleared: then nothing is next.
        let slip = inner.machine().step();
        inner.stir();
        if let Some(slip) = slip {
            inner.keep(&slip);
        }
    }
}
