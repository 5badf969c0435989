//! Pseudo-terminals: a serial line without a wire. A simulator holds one end; a driver opens the other by
//! its path, as it would open `/dev/ttyS1`.

use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll};

use rustix::fs::{OFlags, fcntl_setfl};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::Line;
use super::device_file::{self, DeviceFile};

/// Both ends of a pseudo-terminal.
pub struct Pty {
    /// The simulator's end. The line lasts as long as it does, however often a driver opens its own end.
    pub line: Box<dyn Line>,
    /// What a driver opens.
    pub path: PathBuf,
}

/// Makes a pseudo-terminal that passes every byte as it is.
///
/// # Errors
/// If the system has none left.
pub fn pty() -> io::Result<Pty> {
    let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY)?;
    grantpt(&ours)?;
    unlockpt(&ours)?;
    let name = ptsname(&ours, Vec::new())?;
    let path = Path::new(OsStr::from_bytes(name.as_bytes())).to_owned();
    let theirs = open_raw(&path)?;
    fcntl_setfl(&ours, OFlags::RDWR | OFlags::NONBLOCK)?;
    let line = device_file::serve(File::from(ours))?;
    Ok(Pty { line: Box::new(OurEnd { line, _theirs: theirs }), path })
}

/// Opens the driver's end and makes it raw.
fn open_raw(path: &Path) -> io::Result<File> {
    let theirs = device_file::open_without_blocking(path)?;
    let mut settings = tcgetattr(&theirs)?;
    settings.make_raw();
    tcsetattr(&theirs, OptionalActions::Now, &settings)?;
    Ok(theirs)
}

/// Our end, with theirs held open: without it a driver that closes would hang up the line for good, and the
/// raw mode would be lost.
struct OurEnd {
    line: DeviceFile,
    _theirs: File,
}

impl AsyncRead for OurEnd {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.line).poll_read(context, buffer)
    }
}

impl AsyncWrite for OurEnd {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.line).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.line).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.line).poll_shutdown(context)
    }
}
