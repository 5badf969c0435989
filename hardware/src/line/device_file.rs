//! A device file, as `/dev/usb/lp0`: opened without blocking and served by the runtime's own poll.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rustix::fs::OFlags;
use tokio::io::{Join, join};
use tokio::net::unix::pipe::{Receiver, Sender};

/// An open device file. To the runtime a character device is as good as a pipe.
pub(super) type DeviceFile = Join<Receiver, Sender>;

/// Opens a device for reading and writing.
pub(super) fn open(path: &Path) -> io::Result<DeviceFile> {
    serve(open_without_blocking(path)?)
}

/// Serves a file that was opened without blocking.
pub(super) fn serve(file: File) -> io::Result<DeviceFile> {
    let input = Receiver::from_file_unchecked(file.try_clone()?)?;
    Ok(join(input, Sender::from_file_unchecked(file)?))
}

/// Opens a file so that nothing ever waits in it, and so that no terminal takes charge of this process.
pub(super) fn open_without_blocking(path: &Path) -> io::Result<File> {
    let flags = (OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed();
    OpenOptions::new().read(true).write(true).custom_flags(flags).open(path)
}
