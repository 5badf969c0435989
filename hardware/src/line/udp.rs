//! UDP as a line: each piece that is written is one datagram.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, Interest, ReadBuf};
use tokio::net::{UdpSocket, lookup_host};

/// A socket that talks to one host.
pub(super) struct Udp {
    socket: Arc<UdpSocket>,
    refusal: Pin<Box<dyn Future<Output = io::Error> + Send>>,
}

/// Opens a socket to a host and port. Whether anybody listens there is not known before something was sent.
pub(super) async fn open(host: &str) -> io::Result<Udp> {
    let host = lookup_host(host).await?.next().ok_or(io::ErrorKind::NotFound)?;
    let ours: SocketAddr = match host {
        SocketAddr::V4(_) => (Ipv4Addr::UNSPECIFIED, 0).into(),
        SocketAddr::V6(_) => (Ipv6Addr::UNSPECIFIED, 0).into(),
    };
    let socket = UdpSocket::bind(ours).await?;
    socket.connect(host).await?;
    let socket = Arc::new(socket);
    Ok(Udp { refusal: Box::pin(refusal(socket.clone())), socket })
}

/// Waits until the network says that a datagram did not arrive. A socket that has only this to say does not
/// count as readable.
async fn refusal(socket: Arc<UdpSocket>) -> io::Error {
    loop {
        if let Err(fault) = socket.ready(Interest::ERROR).await {
            return fault;
        }
        match socket.take_error() {
            Ok(Some(fault)) | Err(fault) => return fault,
            Ok(None) => {
                // Nothing after all: wait for the next word.
                let nothing = || Err::<(), _>(io::ErrorKind::WouldBlock.into());
                let _ = socket.try_io(Interest::ERROR, nothing);
            }
        }
    }
}

impl AsyncRead for Udp {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if let Poll::Ready(fault) = self.refusal.as_mut().poll(context) {
            self.refusal = Box::pin(refusal(self.socket.clone()));
            return Poll::Ready(Err(fault));
        }
        let before = buffer.filled().len();
        // An empty datagram is no end of the line.
        while buffer.filled().len() == before {
            ready!(self.socket.poll_recv(context, buffer))?;
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Udp {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.socket.poll_send(context, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
