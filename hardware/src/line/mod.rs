//! Lines to devices: bytes over the network (TCP or UDP), a serial port, a printer's device file or USB. Drivers speak
//! over a [`Line`] and do not know which it is; simulators answer at its other end.

mod address;
mod device_file;
mod pty;
mod udp;
mod usb;

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use serial2_tokio::SerialPort;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;

pub use address::{Address, AddressFault};
pub use pty::{Pty, pty};

/// How long a device may take to open. A host that is away would otherwise keep a caller for minutes.
pub const OPENING_TIME: Duration = Duration::from_millis(1_500);

/// An open line: bytes go both ways.
pub trait Line: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Line for T {}

/// Opens a line, within [`OPENING_TIME`].
///
/// # Errors
/// If nothing is there, this program may not use it, or it takes too long.
pub async fn open(address: &Address) -> io::Result<Box<dyn Line>> {
    timeout(OPENING_TIME, open_at_leisure(address)).await?
}

async fn open_at_leisure(address: &Address) -> io::Result<Box<dyn Line>> {
    Ok(match address {
        Address::Tcp(host) => {
            let stream = TcpStream::connect(host).await?;
            stream.set_nodelay(true)?;
            Box::new(stream)
        }
        Address::Udp(host) => Box::new(udp::open(host).await?),
        Address::Serial { path, baud } => Box::new(open_port(path.clone(), *baud).await?),
        Address::File(path) => Box::new(device_file::open(path)?),
        Address::Usb { vendor, product, serial } => {
            Box::new(usb::open(*vendor, *product, serial.as_deref()).await?)
        }
    })
}

/// Setting a port up waits for what an earlier user left in it to be sent, so no other task shall wait.
async fn open_port(path: PathBuf, baud: u32) -> io::Result<SerialPort> {
    tokio::task::spawn_blocking(move || SerialPort::open(path, baud)).await?
}
