//! A printer that is not ours: emupos, a virtual ESC/POS printer from PyPI, as a process of its own on free
//! ports. What it makes of our bytes is what a printer would.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::address::free_port;
use crate::folder::Folder;
use crate::process::Process;
use crate::repository::root;
use crate::wait::wait_until;

/// How long it may take to start; it is Python, on a busy machine.
const START: Duration = Duration::from_secs(60);
/// How long it may take to print a slip.
const PRINT: Duration = Duration::from_secs(30);
/// What it calls the printer.
const NAME: &str = "kiosk";

/// A running emulator with one printer. Dropping it kills it.
#[derive(Debug)]
pub struct Emupos {
    /// Where the printer listens.
    pub printer: SocketAddr,
    control: String,
    folder: Folder,
    _process: Process,
}

/// What came out of it, up to one cut.
#[derive(Debug)]
pub struct Receipt {
    /// The picture, a pixel for a dot.
    pub png: Vec<u8>,
    /// The text, each byte as a character of code page 437, and `[qr …]` for a code.
    pub text: String,
}

impl Emupos {
    /// Starts one with paper of this many dots a line, installing it if need be.
    ///
    /// # Errors
    /// If it cannot be installed or does not start.
    pub async fn start(dots: u32) -> Result<Self> {
        let program = program()?;
        let folder = Folder::new("emupos")?;
        let (port, control) = (free_port()?, free_port()?);
        folder.write("paper.yaml", &profile(dots))?;
        let config = folder.write("emupos.yaml", &config(port, control))?;
        let mut command = Command::new(program);
        command.args(["run", "--config"]).arg(config).env("PYTHONUNBUFFERED", "1");
        let mut process = Process::spawn(command)?;
        process.line(START, |line| line.contains("Showing events").then_some(())).await?;
        Ok(Self {
            printer: SocketAddr::from(([127, 0, 0, 1], port)),
            control: format!("http://127.0.0.1:{control}/api/v1/devices/{NAME}"),
            folder,
            _process: process,
        })
    }

    /// Sends a job and waits for what comes out.
    ///
    /// # Errors
    /// If nothing does.
    pub async fn print(&self, bytes: &[u8]) -> Result<Receipt> {
        let before = self.receipts()?;
        let mut line = TcpStream::connect(self.printer).await?;
        line.write_all(bytes).await?;
        line.shutdown().await?;
        let receipts = || self.receipts().unwrap_or_default();
        wait_until(PRINT, "the printed slip", async || receipts().len() > before.len()).await?;
        let name = self.receipts()?.difference(&before).next().context("a new slip")?.clone();
        self.receipt(&name)
    }

    /// What has come out so far, the oldest first.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn printed(&self) -> Result<Vec<Receipt>> {
        self.receipts()?.iter().map(|name| self.receipt(name)).collect()
    }

    /// Lets a fault come or go: `paper-out`, `paper-near-end`, `cover-open`, `offline`.
    ///
    /// # Errors
    /// If it knows no such fault.
    pub async fn set_fault(&self, fault: &str, present: bool) -> Result<()> {
        let url = format!("{}/faults/{fault}", self.control);
        let client = reqwest::Client::new();
        let request = if present { client.put(url) } else { client.delete(url) };
        request.send().await?.error_for_status()?;
        Ok(())
    }

    /// The names of the slips that are complete: their description is written last.
    fn receipts(&self) -> Result<BTreeSet<String>> {
        let entries = match std::fs::read_dir(self.folder.file("receipts")) {
            Ok(entries) => entries,
            // It makes the directory with the first slip.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(BTreeSet::new());
            }
            Err(error) => return Err(error).context("the emulator's slips"),
        };
        let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
        let names = names.collect::<Result<Vec<_>>>()?;
        Ok(names.iter().filter_map(|name| name.strip_suffix(".json")).map(str::to_owned).collect())
    }

    fn receipt(&self, name: &str) -> Result<Receipt> {
        let file = |ending: &str| self.folder.file("receipts").join(format!("{name}.{ending}"));
        Ok(Receipt {
            png: std::fs::read(file("png"))?,
            text: std::fs::read_to_string(file("txt"))?,
        })
    }
}

/// Installs it, unless it is there.
fn program() -> Result<PathBuf> {
    let script = root().join("tests/judges/emupos.sh");
    let output = Command::new(&script)
        .output()
        .with_context(|| format!("cannot run {}", script.display()))?;
    ensure!(
        output.status.success(),
        "{} failed:\n{}",
        script.display(),
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(PathBuf::from(String::from_utf8(output.stdout)?.trim()))
}

/// A printer of ours to be: its own profiles know 80 mm only.
fn profile(dots: u32) -> String {
    format!(
        "type: printer\nname: Slip printer\ndpi: 203\nwidth_dots: {dots}\n\
         font_a: {{ width: 12, height: 24 }}\nfont_b: {{ width: 9, height: 17 }}\n\
         code_pages: {{ 0: PC437 }}\ndefault_code_page: 0\ndrawer_sensor_open_level: high\n"
    )
}

fn config(port: u16, control: u16) -> String {
    format!(
        "schema: 1\napi: {{ port: {control} }}\ndevices:\n  - id: {NAME}\n    type: printer\n    \
         profile: ./paper.yaml\n    connections:\n      - tcp: {{ port: {port} }}\n    \
         receipts_dir: ./receipts\n"
    )
}
