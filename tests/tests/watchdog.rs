//! What systemd hears of a kiosk: that it is ready, that it lives, and nothing while it hangs.

use std::io::ErrorKind;
use std::os::unix::net::UnixDatagram;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tests::address::free_port;
use tests::repository::program;
use tests::{Folder, Process};

/// What systemd would wait before it kills a silent kiosk; short, so that the test is.
const LIMIT: Duration = Duration::from_secs(2);
/// How long a kiosk may take to start.
const START: Duration = Duration::from_secs(20);

/// systemd's ear: what services tell comes in here.
struct Ear(UnixDatagram);

impl Ear {
    /// What is told next; `None` if nothing is for so long.
    fn hears(&self, within: Duration) -> Result<Option<String>> {
        self.0.set_read_timeout(Some(within))?;
        let mut told = [0; 256];
        match self.0.recv(&mut told) {
            Ok(length) => Ok(Some(String::from_utf8_lossy(&told[..length]).trim().to_owned())),
            Err(fault) if fault.kind() == ErrorKind::WouldBlock => Ok(None),
            Err(fault) => Err(fault.into()),
        }
    }

    /// Takes what was told before now.
    fn forget(&self) -> Result<()> {
        while self.hears(Duration::from_millis(1))?.is_some() {}
        Ok(())
    }

    /// Waits for this and nothing else.
    fn expects(&self, what: &str, within: Duration) -> Result<()> {
        match self.hears(within)? {
            Some(told) if told == what => Ok(()),
            other => bail!("{other:?} was told, not {what}"),
        }
    }
}

#[test]
fn systemd_hears_that_a_kiosk_is_ready_and_lives_and_nothing_while_it_hangs() -> Result<()> {
    let folder = Folder::new("watchdog")?;
    // The hall is away: a kiosk is ready without it.
    let config = format!(
        "hall_url = \"http://127.0.0.1:{}\"\nkiosk = \"k1\"\ntoken = \"t\"\n\
         listen = \"127.0.0.1:{}\"\ndata_dir = \"{}\"\n",
        free_port()?,
        free_port()?,
        folder.file("data").display(),
    );
    let config = folder.write("kiosk.toml", &config)?;
    let socket = folder.file("notify");
    let ear = Ear(UnixDatagram::bind(&socket)?);

    let mut command = Command::new(program("kiosk-client")?);
    command.arg("--config").arg(config);
    command.env("NOTIFY_SOCKET", &socket).env("WATCHDOG_USEC", LIMIT.as_micros().to_string());
    let kiosk = Process::spawn(command)?;

    ear.expects("READY=1", START).with_context(|| kiosk.output())?;
    for _ in 0..3 {
        ear.expects("WATCHDOG=1", LIMIT)?;
    }
    kiosk.freeze()?;
    ear.forget()?;
    assert_eq!(ear.hears(LIMIT)?, None, "systemd would end it now");
    kiosk.thaw()?;
    ear.expects("WATCHDOG=1", LIMIT)
}
