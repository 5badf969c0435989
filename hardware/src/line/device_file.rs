//! A device file, as `/dev/usb/lp0`: opened without blocking and served by the runtime's own poll.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use rustix::fs::OFlags;
use tokio::io::{AsyncRead, Join, ReadBuf, join};
use tokio::net::unix::pipe::{Receiver, Sender};
use tokio::time::{Sleep, sleep};

/// A device that had nothing to say is asked again after this.
const PAUSE: Duration = Duration::from_millis(20);

/// An open device file. To the runtime a character device is as good as a pipe.
pub(super) type DeviceFile = Join<Input, Sender>;

/// What a device says. Its silence is no end: many USB printers answer with nothing as long as they have
/// nothing to say, and one that is unplugged is an error.
pub(super) struct Input {
    device: Receiver,
    pause: Option<Pin<Box<Sleep>>>,
}

impl AsyncRead for Input {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        loop {
            if let Some(pause) = &mut self.pause {
                ready!(pause.as_mut().poll(context));
                self.pause = None;
            }
            ready!(Pin::new(&mut self.device).poll_read(context, buffer))?;
            if buffer.filled().len() > before {
                return Poll::Ready(Ok(()));
            }
            self.pause = Some(Box::pin(sleep(PAUSE)));
        }
    }
}

/// Opens a device for reading and writing.
pub(super) fn open(path: &Path) -> io::Result<DeviceFile> {
    serve(open_without_blocking(path)?)
}

/// Serves a file that was opened without blocking.
pub(super) fn serve(file: File) -> io::Result<DeviceFile> {
    let device = Receiver::from_file_unchecked(file.try_clone()?)?;
    Ok(join(Input { device, pause: None }, Sender::from_file_unchecked(file)?))
}

/// Opens a file so that nothing ever waits in it, and so that no terminal takes charge of this process.
pub(super) fn open_without_blocking(path: &Path) -> io::Result<File> {
    let flags = (OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed();
    OpenOptions::new().read(true).write(true).custom_flags(flags).open(path)
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;
    use std::io::Write;
    use std::os::unix::ffi::OsStrExt;

    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
    use tokio::io::AsyncReadExt;

    use super::*;

    /// What a terminal makes of Ctrl-D: a read that gives nothing.
    const NOTHING: u8 = 4;

    #[tokio::test]
    async fn a_device_that_answers_with_nothing_is_still_there() -> io::Result<()> {
        let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY)?;
        grantpt(&terminal)?;
        unlockpt(&terminal)?;
        let name = ptsname(&terminal, Vec::new())?;
        let mut device = open(Path::new(OsStr::from_bytes(name.as_bytes())))?;
        let mut terminal = File::from(terminal);
        terminal.write_all(&[NOTHING, NOTHING])?;
        terminal.write_all(b"ready\n")?;
        let mut said = [0; 16];
        let length = device.read(&mut said).await?;
        assert_eq!(&said[..length], b"ready\n");
        Ok(())
    }
}
