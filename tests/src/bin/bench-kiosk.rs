//! `bench-kiosk`: from a touch to the last byte at the printer, from a placed card to the next page, and
//! the memory of an idle kiosk. A real hall and a real kiosk; printer and card reader are the simulated
//! ones, at the other end of a real network line.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use hardware::card::{SimulatedSam, SyntheticCard};
use hardware::printer::SimulatedPrinter;
use tests::config::DEMO_KIOSK;
use tests::machines::Machine;
use tests::table::{HEAD, row};
use tests::{Hall, Setup, repository, wait_until};

/// Visits if nobody says otherwise.
const USUAL: usize = 300;
/// Cards at most: one reader takes three seconds between two.
const CARDS: usize = 60;
/// Dots across 80 mm paper.
const DOTS: u32 = 576;
/// A service of the demo hall that asks for nothing, and one that asks for a card.
const PLAIN: &str = "consultation";
const WITH_CARD: &str = "passport";
/// How long one step of a visit may take at all.
const STEP: Duration = Duration::from_secs(20);
const HELP: &str = "\
Times a kiosk: from the touch on \"take\" to the last byte of the slip at the printer, as text and as a
picture; from a card placed on the reader to the next page; and the memory of a kiosk that does nothing.

Usage: bench-kiosk [VISITS]

Examples:
  cargo build --release --workspace --bins
  cargo run --release -p tests --bin bench-kiosk
  cargo run --release -p tests --bin bench-kiosk -- 1000";

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench-kiosk: {error:#}");
            ExitCode::from(2)
        }
    }
}

#[allow(clippy::print_stdout, reason = "the table is what this program is for")]
async fn run() -> Result<()> {
    let argument = std::env::args().nth(1);
    if matches!(argument.as_deref(), Some("--help" | "-h")) {
        println!("{HELP}");
        return Ok(());
    }
    let visits = match &argument {
        None => USUAL,
        Some(text) => text.parse().with_context(|| format!("`{text}` is no number; see --help"))?,
    };
    ensure!((1..=100_000).contains(&visits), "1 to 100000 visits");
    println!(
        "{}, {visits} visits, {} cards\n",
        repository::program("kiosk-client")?.display(),
        visits.min(CARDS)
    );
    println!("{HEAD}");
    for mode in ["text", "raster"] {
        let times = touch_to_last_byte(mode, visits).await?;
        println!("{}", row(&format!("touch to last byte, {mode}"), times));
    }
    println!("{}", row("card placed to next page", card_to_next_page(visits.min(CARDS)).await?));
    println!("\nidle kiosk: {:.1} MB", idle_memory_kb().await? as f64 / 1024.0);
    Ok(())
}

async fn touch_to_last_byte(mode: &str, visits: usize) -> Result<Vec<Duration>> {
    let hall = Hall::start(&Setup::demo()).await?;
    let printer = SimulatedPrinter::with_printing_time(DOTS, Duration::ZERO);
    let address = printer.serve_tcp()?;
    let more =
        format!("[printer]\nkind = \"escpos\"\naddress = \"tcp:{address}\"\nmode = \"{mode}\"\n");
    let kiosk = Machine::kiosk_with(&hall.url, "k1", DEMO_KIOSK, None, &more).await?;
    ready(&kiosk).await?;
    let mut times = Vec::with_capacity(visits);
    for _ in 0..visits {
        let mut cut = printer.slips_cut();
        cut.mark_unchanged();
        kiosk.press("begin", None).await?;
        kiosk.press(&format!("service:{PLAIN}"), None).await?;
        let touched = Instant::now();
        kiosk.press("take", None).await?;
        tokio::time::timeout(STEP, cut.changed()).await.context("no slip came")??;
        times.push(touched.elapsed());
        shows(&kiosk, "value=\"end\"").await?;
        kiosk.press("end", None).await?;
    }
    Ok(times)
}

async fn card_to_next_page(visits: usize) -> Result<Vec<Duration>> {
    let hall = Hall::start(&Setup::demo()).await?;
    let reader = SimulatedSam::default();
    let address = reader.serve_tcp().await?;
    let more = format!("[card_reader]\nkind = \"sam\"\naddress = \"tcp:{address}\"\n");
    let kiosk = Machine::kiosk_with(&hall.url, "k1", DEMO_KIOSK, None, &more).await?;
    ready(&kiosk).await?;
    let mut times = Vec::with_capacity(visits);
    for _ in 0..visits {
        kiosk.press("begin", None).await?;
        kiosk.press(&format!("service:{WITH_CARD}"), None).await?;
        shows(&kiosk, "card-picture").await?;
        wait_until(STEP, "the reader asked", async || reader.place(SyntheticCard::Next)).await?;
        let placed = Instant::now();
        wait_until(STEP, "the card read", async || {
            kiosk.visitor().page("/").await.is_ok_and(|page| !page.text.contains("card-picture"))
        })
        .await?;
        times.push(placed.elapsed());
        reader.lift();
        kiosk.press("end", None).await?;
    }
    Ok(times)
}

/// Kilobytes a kiosk holds that has its menu and its leased numbers and nobody in front of it.
async fn idle_memory_kb() -> Result<u64> {
    let hall = Hall::start(&Setup::demo()).await?;
    let kiosk = Machine::kiosk(&hall.url, "k1", DEMO_KIOSK).await?;
    ready(&kiosk).await?;
    tokio::time::sleep(Duration::from_secs(10)).await;
    kiosk.process().memory_kb()
}

/// Waits until a kiosk has heard from its hall.
async fn ready(kiosk: &Machine) -> Result<()> {
    shows(kiosk, "welcome-start").await
}

async fn shows(kiosk: &Machine, what: &str) -> Result<()> {
    wait_until(STEP, what, async || {
        kiosk.visitor().page("/").await.is_ok_and(|page| page.text.contains(what))
    })
    .await
}
