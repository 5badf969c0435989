//! A kiosk on a host of its own, with its printer on the test's side of the network.

use std::net::{Ipv4Addr, TcpListener};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use hardware::printer::SimulatedPrinter;
use protocol::Number;
use serde_json::Value;
use tests::machines::Machine;
use tests::{Client, Host, wait_until};

/// Dots across 80 mm paper.
const DOTS: u32 = 576;
/// How long a visitor waits for their slip.
const SLIP_WITHIN: Duration = Duration::from_secs(20);
/// A slip takes a while to print.
const PRINTING_TIME: Duration = Duration::from_millis(200);
/// Leased numbers of each series; a kiosk gives 50 of 8 series.
const NUMBERS: u32 = 20;

/// A slip that came out, with when its visitor touched the screen and when it was cut.
#[derive(Clone, Debug)]
pub(crate) struct Printed {
    pub(crate) number: Number,
    pub(crate) began_at: Instant,
    pub(crate) done_at: Instant,
}

/// A kiosk, its printer, and the slips it gave.
pub(crate) struct KioskHost {
    machine: Machine,
    id: String,
    printer: SimulatedPrinter,
    /// Slips of the printer that were looked at.
    seen: u64,
    /// When the visitor touched the screen whose kiosk was killed.
    bereft_at: Option<Instant>,
    printed: Vec<Printed>,
}

impl KioskHost {
    /// Starts a kiosk of the hall on a host.
    pub(crate) async fn start(
        hall_url: &str,
        id: &str,
        token: &str,
        host: Host,
        printer_host: Ipv4Addr,
    ) -> Result<Self> {
        let printer = SimulatedPrinter::with_printing_time(DOTS, PRINTING_TIME);
        let printer_at = printer.serve_on(TcpListener::bind((printer_host, 0))?)?;
        let more = format!(
            "[printer]\nkind = \"escpos\"\naddress = \"tcp:{printer_at}\"\n\
             [offline]\nnumbers_per_series = {NUMBERS}\n"
        );
        let machine = Machine::kiosk_with(hall_url, id, token, Some(host), &more).await?;
        let (id, printed) = (id.to_owned(), Vec::new());
        Ok(Self { machine, id, printer, seen: 0, bereft_at: None, printed })
    }

    /// Every slip that came out of its printer.
    pub(crate) fn printed(&self) -> &[Printed] {
        &self.printed
    }

    /// Waits until it has told the hall that it holds leased numbers.
    pub(crate) async fn has_numbers_in_advance(
        &self,
        hall: &Client,
        limit: Duration,
    ) -> Result<()> {
        wait_until(limit, "numbers in advance", async || {
            let Ok(answer) = hall.get("/kiosks").await else { return false };
            let kiosks: Value = serde_json::from_str(&answer.text).unwrap_or_default();
            let own = |kiosk: &&Value| kiosk["kiosk"] == self.id.as_str();
            let left = kiosks["kiosks"]
                .as_array()
                .and_then(|it| it.iter().find(own))
                .map(|kiosk| kiosk["report"]["leased_left"].as_u64().unwrap_or_default());
            left.unwrap_or_default() >= u64::from(NUMBERS) * 8
        })
        .await
        .with_context(|| self.machine.process().output())
    }

    /// A visitor touches the screen, chooses, and takes their slip.
    pub(crate) async fn visitor_takes(&mut self, service: &str) -> Result<()> {
        self.chooses(service).await?;
        let began_at = Instant::now();
        self.machine.press("take", None).await?;
        wait_until(SLIP_WITHIN, "a number on the screen", async || {
            self.machine.number_on_screen().await.is_ok_and(|number| number.is_some())
        })
        .await
        .with_context(|| self.machine.process().output())?;
        let number = self.machine.number_on_screen().await?.context("a number on the screen")?;
        wait_until(SLIP_WITHIN, "its slip", async || {
            self.look_at_slips(&number, began_at);
            self.printed.iter().any(|slip| slip.number == number)
        })
        .await
        .with_context(|| format!("{number}\n{}", self.machine.process().output()))?;
        self.shows("value=\"end\"").await?;
        self.machine.press("end", None).await
    }

    /// The kiosk dies while somebody takes a number, and is started again. What had been sent to the
    /// printer comes out of it all the same.
    pub(crate) async fn is_killed_while_taking(&mut self, service: &str) -> Result<()> {
        self.chooses(service).await?;
        self.bereft_at = Some(Instant::now());
        self.machine.press("take", None).await?;
        self.machine.crash_and_restart().await?;
        self.machine.press("end", None).await
    }

    /// Looks at what the printer has cut meanwhile: the slip of the present visitor, or of the one whose
    /// kiosk was killed.
    fn look_at_slips(&mut self, own: &Number, began_at: Instant) {
        let cut = *self.printer.slips_cut().borrow();
        for serial in self.seen + 1..=cut {
            let number = self.printer.picture(serial).and_then(|it| number_on(&it.svg));
            let number = number.expect("a slip is kept for a while and shows a number");
            let began_at =
                if number == *own { began_at } else { self.bereft_at.unwrap_or(began_at) };
            self.printed.push(Printed { number, began_at, done_at: Instant::now() });
        }
        self.seen = cut;
    }

    async fn chooses(&self, service: &str) -> Result<()> {
        self.machine.press("begin", None).await?;
        self.machine.press(&format!("service:{service}"), None).await?;
        self.shows("value=\"take\"").await
    }

    /// Waits until the page has a button or anything else.
    async fn shows(&self, what: &str) -> Result<()> {
        wait_until(SLIP_WITHIN, what, async || {
            self.machine.visitor().page("/").await.is_ok_and(|page| page.text.contains(what))
        })
        .await
        .with_context(|| self.machine.process().output())
    }
}

/// The number on a drawn slip: a letter of a small hall's series and digits, alone in a text.
fn number_on(svg: &str) -> Option<Number> {
    let texts = svg.split("<text").skip(1).filter_map(|text| {
        let (_, inner) = text.split_once('>')?;
        inner.split_once('<').map(|(text, _)| text)
    });
    let is_number = |text: &&str| {
        text.starts_with(|first: char| ('A'..='H').contains(&first))
            && text.len() >= 4
            && text[1..].chars().all(|it| it.is_ascii_digit())
    };
    texts.map(str::trim).find(is_number).map(Number::from)
}
