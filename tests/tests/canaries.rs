//! Names, card numbers, phone numbers and remarks of made-up people, taken in at every door, are found
//! nowhere: not in the journal, the log, an address, a board, a page, nor in the bytes on the disk.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use protocol::kiosk::TicketTaken;
use protocol::live::Topic;
use protocol::{DisplayId, WindowId};
use serde_json::json;
use tests::config::{DEMO_INTEGRATOR, DEMO_KIOSK, MANAGER_PIN};
use tests::machines::Machine;
use tests::{Client, Hall, PIN, Setup, Watcher, wait_until};

/// A name that nobody has; a mask may leave its first character.
const NAME: &str = "彧釉鋆";
const GIVEN_NAME: &str = "釉鋆";
/// The first seventeen digits of a card number that nobody has: region, birth, sequence.
const CARD: &str = "99999919310227937";
const PHONE: &str = "19988877766";
const REMARK: &str = "remark-canary-42";

/// The card's number with its check digit (GB 11643).
fn card_number() -> String {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let digits = CARD.bytes().map(|digit| usize::from(digit - b'0'));
    let sum: usize = digits.zip(weights).map(|(digit, weight)| digit * weight).sum();
    format!("{CARD}{}", char::from(b"10X98765432"[sum % 11]))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_named_anywhere() -> Result<()> {
    let program = tests::repository::program("hall-server")?;
    let hall = Hall::start_program(&program, &Setup::demo(), "debug").await?;
    let clerk = hall.sign_in("c01", PIN, Some("w01")).await?;
    let manager = hall.sign_in("m01", MANAGER_PIN, None).await?;
    let kiosk = Machine::kiosk(&hall.url, "k1", DEMO_KIOSK).await?;
    let topics = [
        Topic::Board { display: DisplayId::from("lobby") },
        Topic::Console { window: WindowId::from("w01") },
        Topic::Hall,
    ];
    let mut watchers = Vec::new();
    for topic in topics {
        watchers.push(Watcher::open(&hall.url, topic, manager.token()).await?);
    }

    let slip = take_with_card(&hall).await?;
    let own = Topic::Ticket { token: slip.token.clone() };
    watchers.push(Watcher::open(&hall.url, own, None).await?);
    take_with_phone_at_the_kiosk(&kiosk, &manager).await?;
    serve_with_a_remark(&clerk, &slip).await?;
    ask_wrongly(&hall).await?;

    watchers[0].wait("both calls", |heard| heard.announcements.len() >= 2).await?;
    // Remarks are for staff to read; names and numbers are for nobody.
    let [board, console, whole_hall, own] = &watchers[..] else { panic!("four watch") };
    for watcher in [board, own] {
        found_in_none(&watcher.heard().texts.join("\n"), "the live connection");
    }
    for watcher in [console, whole_hall] {
        nobody_found_in(&watcher.heard().texts.join("\n"), "staff's live connection");
    }
    for page in ["/api/v1/windows", "/api/v1/tickets/1", "/manager", "/manager/tickets?number=C001"]
    {
        nobody_found_in(&manager.page(page).await?.text, page);
    }
    found_in_none(&manager.page("/api/v1/journal?limit=1000").await?.text, "the journal");
    for page in [format!("/t/{}", slip.token), "/display/lobby".to_owned()] {
        found_in_none(&hall.visitor().page(&page).await?.text, &page);
    }
    assert!(!slip.url.contains(&slip.number.to_string()), "an address tells no number");
    found_in_none(&serde_json::to_string(&slip)?, "the slip");

    found_in_none(&hall.process().output(), "the hall's log");
    found_in_none(&kiosk.process().output(), "the kiosk's log");
    found_in_no_file(&hall.folder().file("data"))?;
    let stopped = hall.stop().await?;
    found_in_no_file(&stopped.folder.file("data"))
}

async fn take_with_card(hall: &Hall) -> Result<TicketTaken> {
    let visitor = json!({ "by": "card", "name": NAME, "number": card_number() });
    let body = json!({ "services": ["passport"], "visitor": visitor });
    let answer = hall.holder_of(DEMO_KIOSK).post("/tickets", &body).await?;
    answer.into().context("a number for somebody with a card")
}

/// As fingers on its screen do, one form after another.
async fn take_with_phone_at_the_kiosk(kiosk: &Machine, manager: &Client) -> Result<()> {
    let before = manager.totals().await?.taken;
    let visitor = kiosk.visitor();
    wait_until(Duration::from_secs(10), "the kiosk's menu", async || {
        visitor.page("/").await.is_ok_and(|page| page.text.contains("value=\"begin\""))
    })
    .await?;
    kiosk.press("begin", None).await?;
    kiosk.press("department:household", None).await?;
    kiosk.press("service:id-card", None).await?;
    kiosk.press("phone", Some(PHONE)).await?;
    kiosk.press("take", None).await?;
    wait_until(Duration::from_secs(10), "a number from the kiosk", async || {
        manager.totals().await.is_ok_and(|totals| totals.taken > before)
    })
    .await
    .with_context(|| kiosk.process().output())
}

async fn serve_with_a_remark(clerk: &Client, slip: &TicketTaken) -> Result<()> {
    let receipt = clerk.call_next("w01").await?.context("somebody waits")?;
    let current = receipt.ticket.context("somebody is called")?;
    assert_eq!(current.number, slip.number);
    let holder = current.holder.context("a masked name")?;
    assert!(holder.starts_with('彧') && holder.contains('*'), "{holder}");
    clerk.at("w01", "start").await?;
    let body = json!({ "to": { "service": "hk-macau-permit" }, "note": REMARK });
    let sent = clerk.act("w01", "transfer", &body).await?;
    assert_eq!(sent.status, 200, "{}", sent.text);
    // They keep their place, and this window takes that service as well.
    let again = clerk.call_next("w01").await?.context("they wait again")?;
    let note = again.ticket.and_then(|current| current.note);
    assert_eq!(note.as_deref(), Some(REMARK), "the clerk reads what was written for them");
    Ok(())
}

/// What cannot be accepted must not be repeated either.
async fn ask_wrongly(hall: &Hall) -> Result<()> {
    let kiosk = hall.holder_of(DEMO_KIOSK);
    let wrong_digit = format!("{CARD}{}", if card_number().ends_with('1') { '2' } else { '1' });
    for visitor in [
        json!({ "by": "card", "name": NAME, "number": wrong_digit }),
        json!({ "by": "card", "name": NAME.repeat(100), "number": card_number() }),
        json!({ "by": "phone", "number": format!("{PHONE}1") }),
        json!({ "by": "phone", "number": PHONE, "name": NAME }),
        json!({ "by": NAME }),
    ] {
        let body = json!({ "services": ["passport"], "visitor": visitor });
        let answer = kiosk.post("/tickets", &body).await?;
        let problem = answer.problem().context("a refusal")?;
        assert!(!problem.message.contains(CARD), "{}", problem.message);
        assert!(!problem.message.contains(PHONE), "{}", problem.message);
    }
    // Somebody who asks with a token that allows nothing.
    let lost = Client::new(&hall.url, Some(DEMO_INTEGRATOR.replace('6', "0")));
    let visitor = json!({ "by": "phone", "number": PHONE });
    let body = json!({ "services": ["id-card"], "visitor": visitor });
    assert_eq!(lost.post("/tickets", &body).await?.status, 401);
    Ok(())
}

/// What identifies somebody.
const PERSON: [&str; 4] = [NAME, GIVEN_NAME, CARD, PHONE];
/// What only staff may read besides.
const CANARIES: [&str; 5] = [NAME, GIVEN_NAME, CARD, PHONE, REMARK];

fn found_in_none(text: &str, place: &str) {
    none_of(&CANARIES, text, place);
}

fn nobody_found_in(text: &str, place: &str) {
    none_of(&PERSON, text, place);
}

fn none_of(canaries: &[&str], text: &str, place: &str) {
    for canary in canaries {
        if let Some(at) = text.find(canary) {
            let start = text[..at].char_indices().rev().nth(200).map_or(0, |(start, _)| start);
            panic!("{canary} is in {place}: …{}", &text[start..at + canary.len()]);
        }
    }
}

/// Every byte of every file: tables, indexes, the write-ahead log, and what was deleted and not yet
/// overwritten.
fn found_in_no_file(folder: &Path) -> Result<()> {
    let files = files_without_canaries(folder)?;
    assert!(files >= 2, "the journal and its key are in {}", folder.display());
    Ok(())
}

/// How many files there are.
fn files_without_canaries(folder: &Path) -> Result<usize> {
    let mut files = 0;
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files += files_without_canaries(&path)?;
            continue;
        }
        let bytes = std::fs::read(&path)?;
        for canary in CANARIES {
            let found = bytes.windows(canary.len()).any(|part| part == canary.as_bytes());
            assert!(!found, "{canary} is in {}", path.display());
        }
        files += 1;
    }
    Ok(files)
}
