//! The lines of simulated strips.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, UdpSocket};
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::timeout;

use super::{Shared, Wire};
use crate::line::{Address, Line, pty};
use crate::strip::{Decoder, Driver};

/// Silence after which a card takes a frame for ended.
const SILENCE: Duration = Duration::from_millis(30);
/// Bytes taken at once; more than any datagram of a strip has.
const PIECE: usize = 2_048;
/// The baud rate a pseudo-terminal is said to have.
const BAUD: u32 = 9_600;
/// Where the network lines are.
const HERE: &str = "127.0.0.1:0";

/// Opens a line and listens on it.
pub(super) async fn start(
    driver: Arc<dyn Driver>,
    shared: Arc<Shared>,
    wire: Wire,
) -> io::Result<(Address, AbortHandle)> {
    Ok(match wire {
        Wire::Serial => {
            let terminal = pty()?;
            let address = Address::Serial { path: terminal.path, baud: BAUD };
            let task = tokio::spawn(listen(terminal.line, driver, shared));
            (address, task.abort_handle())
        }
        Wire::Tcp => {
            let listener = TcpListener::bind(HERE).await?;
            let address = Address::Tcp(listener.local_addr()?.to_string());
            (address, tokio::spawn(accept(listener, driver, shared)).abort_handle())
        }
        Wire::Udp => {
            let socket = UdpSocket::bind(HERE).await?;
            let address = Address::Udp(socket.local_addr()?.to_string());
            (address, tokio::spawn(receive(socket, driver, shared)).abort_handle())
        }
    })
}

/// Takes connections; they end with this.
async fn accept(listener: TcpListener, driver: Arc<dyn Driver>, shared: Arc<Shared>) {
    let mut lines = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        lines.spawn(listen(stream, driver.clone(), shared.clone()));
        while lines.try_join_next().is_some() {}
    }
}

/// Listens on one line until it is closed.
async fn listen(mut line: impl Line, driver: Arc<dyn Driver>, shared: Arc<Shared>) {
    let mut decoder = Decoder::new(driver);
    let mut piece = [0; PIECE];
    loop {
        // Without a frame begun, silence says nothing.
        let silence = if decoder.held() > 0 { SILENCE } else { Duration::MAX };
        let seen = match timeout(silence, line.read(&mut piece)).await {
            Err(_) => decoder.pause(),
            Ok(Ok(length @ 1..)) => decoder.push(&piece[..length]),
            Ok(_) => return,
        };
        seen.into_iter().for_each(|seen| shared.show(seen));
    }
}

/// Takes datagrams, each a whole.
async fn receive(socket: UdpSocket, driver: Arc<dyn Driver>, shared: Arc<Shared>) {
    let mut decoder = Decoder::new(driver);
    let mut piece = [0; PIECE];
    loop {
        // An error tells of a sender that has gone.
        let Ok(length) = socket.recv(&mut piece).await else { continue };
        let mut seen = decoder.push(&piece[..length]);
        seen.extend(decoder.pause());
        seen.into_iter().for_each(|seen| shared.show(seen));
    }
}
