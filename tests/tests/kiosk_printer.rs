//! A kiosk whose printer is not ours: emupos loses its paper, opens its cover and goes off-line while
//! visitors take numbers. The screen says what is wrong, the hall hears of it, every number is valid, and
//! what was not printed is never printed to somebody else later.

use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::Value;
use tests::config::{DEMO_INTEGRATOR, DEMO_KIOSK};
use tests::emupos::Emupos;
use tests::machines::Machine;
use tests::{Client, Hall, Setup, wait_until};

/// Dots of 80 mm paper.
const DOTS: u32 = 576;
/// How long a fault may take to be seen everywhere; all run on one busy machine.
const LIMIT: Duration = Duration::from_secs(30);
/// The emulator's faults, what the kiosk's screen says of each, and what the hall hears.
const FAULTS: [(&str, &str, &str); 3] = [
    ("paper-out", "打印机缺纸", "paper-out"),
    ("cover-open", "打印机盖未合上", "cover-open"),
    ("offline", "打印机没有响应", "offline"),
];
/// On the welcome page, and on the last one.
const BEGIN: &str = "value=\"begin\"";
const END: &str = "value=\"end\"";

struct Scene {
    emulator: Emupos,
    portal: Client,
    kiosk: Machine,
    /// Last, so that it outlives the others.
    _hall: Hall,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_visitor_gets_a_number_whatever_the_printer_does() -> Result<()> {
    let scene = start().await?;
    let mut slips = vec![scene.takes().await?.0];
    for (fault, sentence, condition) in FAULTS {
        scene.emulator.set_fault(fault, true).await?;
        scene.page_with(sentence).await?;
        scene.hall_hears(condition).await?;
        let (_, page) = scene.takes().await?;
        assert!(page.contains(sentence), "{fault}: {page}");
        assert!(page.contains("class=\"qr\""), "{fault}: the code stands in for the slip");

        scene.emulator.set_fault(fault, false).await?;
        scene.hall_hears("ready").await?;
        let (number, page) = scene.takes().await?;
        assert!(!page.contains(sentence), "{fault} is over");
        slips.push(number);
    }
    scene.has_printed(&slips).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_roll_that_runs_low_is_told_and_printing_goes_on() -> Result<()> {
    let scene = start().await?;
    scene.emulator.set_fault("paper-near-end", true).await?;
    scene.hall_hears("paper-low").await?;
    let (number, _) = scene.takes().await?;
    scene.has_printed(&[number]).await
}

async fn start() -> Result<Scene> {
    let emulator = Emupos::start(DOTS).await?;
    let hall = Hall::start(&Setup::demo()).await?;
    let portal = hall.holder_of(DEMO_INTEGRATOR);
    let more = format!("[printer]\nkind = \"escpos\"\naddress = \"tcp:{}\"\n", emulator.printer);
    let kiosk = Machine::kiosk_with(&hall.url, "k1", DEMO_KIOSK, None, &more).await?;
    let scene = Scene { emulator, portal, kiosk, _hall: hall };
    scene.hall_hears("ready").await?;
    Ok(scene)
}

impl Scene {
    /// A visitor takes a number; returns it with the page that says it.
    async fn takes(&self) -> Result<(String, String)> {
        self.page_with(BEGIN).await?;
        for act in ["begin", "department:general", "service:consultation", "take"] {
            self.kiosk.press(act, None).await?;
        }
        let page = self.page_with(END).await?;
        let number = self.kiosk.number_on_screen().await?.context("a number on the screen")?;
        self.kiosk.press("end", None).await?;
        Ok((number.to_string(), page))
    }

    /// Waits for the kiosk's page to have a text.
    async fn page_with(&self, text: &str) -> Result<String> {
        let mut page = String::new();
        wait_until(LIMIT, text, async || {
            let answer = self.kiosk.visitor().page("/").await;
            page = answer.map(|answer| answer.text).unwrap_or_default();
            page.contains(text)
        })
        .await
        .with_context(|| self.kiosk.process().output())?;
        Ok(page)
    }

    /// Waits until the hall knows the printer to be so.
    async fn hall_hears(&self, condition: &str) -> Result<()> {
        wait_until(LIMIT, &format!("the hall to hear `{condition}`"), async || {
            let Ok(answer) = self.portal.get("/kiosks").await else { return false };
            let kiosks: Value = serde_json::from_str(&answer.text).unwrap_or_default();
            let mut devices = kiosks["kiosks"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|kiosk| kiosk["report"]["devices"].as_array())
                .flatten();
            devices.any(|it| it["device"] == "printer" && it["condition"] == condition)
        })
        .await
        .with_context(|| self.kiosk.process().output())
    }

    /// These numbers came out, one slip each, and nothing else.
    async fn has_printed(&self, numbers: &[String]) -> Result<()> {
        wait_until(LIMIT, "the slips", async || {
            self.emulator.printed().is_ok_and(|slips| slips.len() >= numbers.len())
        })
        .await?;
        let slips = self.emulator.printed()?;
        assert_eq!(slips.len(), numbers.len(), "nothing else came out");
        for (slip, number) in slips.iter().zip(numbers) {
            assert!(slip.text.contains(number.as_str()), "{number} is not on: {}", slip.text);
        }
        Ok(())
    }
}
