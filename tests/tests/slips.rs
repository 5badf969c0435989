//! Slips judged by programs that are not ours: emupos prints the bytes, zbarimg reads the code. In both
//! modes and on both papers, number, service and address come out right each time, and a picture comes out
//! as it was drawn, dot by dot.

#[path = "slips/judges.rs"]
mod judges;

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use judges::{Picture, as_gb18030, read_code};
use serde::Deserialize;
use tests::Folder;
use tests::emupos::{Emupos, Receipt};
use tests::repository::{keep_figure, program};

/// Slips for each mode and paper.
const SLIPS: usize = 50;
/// Half of the slips must be shorter than this, in bytes.
const USUAL_TEXT: usize = 600;
/// As above, of pictures.
const USUAL_RASTER: usize = 26_000;

/// How a press is set, and by what it is judged.
#[derive(Clone, Copy)]
struct Setting {
    mode: &'static str,
    paper: &'static str,
    dots: u32,
    usual: usize,
    is_right: fn(&Sample, &Receipt) -> Result<()>,
}

const TEXT: Setting =
    Setting { mode: "text", paper: "80", dots: 576, usual: USUAL_TEXT, is_right: text_is_right };
const RASTER: Setting = Setting {
    mode: "raster",
    paper: "80",
    dots: 576,
    usual: USUAL_RASTER,
    is_right: raster_is_right,
};

#[tokio::test]
async fn text_on_80_mm() -> Result<()> {
    judge(TEXT).await
}

#[tokio::test]
async fn text_on_58_mm() -> Result<()> {
    judge(Setting { paper: "58", dots: 384, ..TEXT }).await
}

#[tokio::test]
async fn raster_on_80_mm() -> Result<()> {
    judge(RASTER).await
}

#[tokio::test]
async fn raster_on_58_mm() -> Result<()> {
    judge(Setting { paper: "58", dots: 384, ..RASTER }).await
}

async fn judge(setting: Setting) -> Result<()> {
    let Setting { mode, paper, .. } = setting;
    let folder = Folder::new(&format!("slips-{mode}-{paper}"))?;
    let seed = std::process::id();
    write_samples(setting, seed, folder.path())?;
    let printer = Emupos::start(setting.dots).await?;
    let mut lengths = Vec::new();
    for place in 1..=SLIPS {
        let sample = Sample::read(folder.path(), place)?;
        let receipt = printer.print(&sample.bytes).await?;
        let printed = folder.file(&format!("{place}-printed.png"));
        std::fs::write(&printed, &receipt.png)?;
        let which = || format!("slip {place}, {mode} on {paper} mm, seed {seed}");
        (setting.is_right)(&sample, &receipt).with_context(which)?;
        let code = read_code(&printed).with_context(which)?;
        ensure!(code == sample.said.url, "{}: the code says {code}", which());
        lengths.push(sample.bytes.len());
    }
    lengths.sort_unstable();
    let (half, longest) = (lengths[SLIPS / 2], lengths[SLIPS - 1]);
    let figure = format!("{half} bytes in the middle of {SLIPS} slips, {longest} at most");
    keep_figure(&format!("slips-{mode}-{paper}"), &figure)?;
    ensure!(half < setting.usual, "{figure}");
    Ok(())
}

/// The text is what was said, and a code with the address follows.
fn text_is_right(sample: &Sample, receipt: &Receipt) -> Result<()> {
    let said = &sample.said;
    let text = as_gb18030(&receipt.text)?;
    for wanted in [&said.number, &said.service, &format!("[qr {}]", said.url)] {
        ensure!(text.contains(wanted), "{wanted} is missing in\n{text}");
    }
    let rows: Vec<&str> = text.lines().collect();
    for line in &said.lines {
        ensure!(rows.contains(&line.trim_end()), "{line:?} is no row of its own in\n{text}");
    }
    Ok(())
}

/// Every dot is where it was drawn.
fn raster_is_right(sample: &Sample, receipt: &Receipt) -> Result<()> {
    let (drawn, printed) = (Picture::read(&sample.png)?, Picture::read(&receipt.png)?);
    ensure!(drawn.size == printed.size, "{:?} was drawn, {:?} printed", drawn.size, printed.size);
    let pairs = drawn.dots.iter().zip(&printed.dots);
    let different = pairs.filter(|(drawn, printed)| drawn != printed).count();
    ensure!(different == 0, "{different} dots differ");
    Ok(())
}

/// What a sample slip says.
#[derive(Deserialize)]
struct Said {
    number: String,
    service: String,
    lines: Vec<String>,
    url: String,
}

/// A sample slip as `kiosk-client slip` wrote it.
struct Sample {
    said: Said,
    bytes: Vec<u8>,
    png: Vec<u8>,
}

impl Sample {
    fn read(folder: &Path, place: usize) -> Result<Self> {
        let file = |ending: &str| {
            let path = folder.join(format!("{place}.{ending}"));
            std::fs::read(&path).with_context(|| format!("{}", path.display()))
        };
        let said = serde_json::from_slice(&file("json")?)?;
        Ok(Self { said, bytes: file("bin")?, png: file("png")? })
    }
}

fn write_samples(setting: Setting, seed: u32, folder: &Path) -> Result<()> {
    let output = Command::new(program("kiosk-client")?)
        .args(["slip", "--mode", setting.mode, "--paper", setting.paper])
        .args(["--samples", &SLIPS.to_string(), "--seed", &seed.to_string(), "--out"])
        .arg(folder)
        .output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}
