//! Trying a device because staff want to know whether it works. A visitor comes first: while somebody is at
//! the kiosk nothing is tried, and what is being tried ends when somebody comes.

use std::time::Duration;

use hardware::card::CardFault;
use hardware::printer::Outcome;
use protocol::Language;
use protocol::kiosk::{Counted, Finding, Test};
use slip::{Content, Line};
use tokio::sync::oneshot;
use ui::Words;

use super::name;
use crate::book::store::restart_counter;
use crate::kiosk::Kiosk;
use crate::slip::moment;

/// How long somebody has to place a card or show a code.
const SHOWN_WITHIN: Duration = Duration::from_secs(30);
/// How long the kiosk blinks to be found.
const BLINKING: Duration = Duration::from_secs(10);
/// What is said to try the voice.
const TEST_SENTENCE: &str = "kiosk-test-sentence";

impl Kiosk {
    pub(super) async fn try_out(&self, test: Test) -> Finding {
        if !self.is_idle() {
            return Finding::Busy;
        }
        match test {
            Test::PrintSlip => self.try_printer().await,
            Test::ReadCard => self.try_card_reader().await,
            Test::ScanCode => self.try_scanner().await,
            Test::Blink => self.try_lamp().await,
            Test::Speak => self.try_speaker(),
            Test::NewRoll => self.new_roll().await,
        }
    }

    async fn try_printer(&self) -> Finding {
        let job = match self.prepared("test", self.test_content()).await {
            Ok(job) => job,
            Err(_) => return Finding::Failed,
        };
        let outcome = self.devices().printer.print(job).await;
        let finding = match outcome {
            Outcome::Printed => {
                self.count(Counted::SlipsOnRoll).await;
                Finding::Passed
            }
            Outcome::NotPrinted(_) | Outcome::Doubtful(_) => Finding::Failed,
        };
        self.ask_printer().await;
        finding
    }

    /// A slip that nobody can take for a ticket.
    fn test_content(&self) -> Content {
        let language = Language::default();
        let words = Words::of(language);
        let hall = self.menu().map(|menu| menu.hall.get(language).to_owned()).unwrap_or_default();
        let time = moment(self.clock().now(), &self.time_zone());
        Content {
            language,
            hall,
            caption: words.get("kiosk-test-caption"),
            number: words.get("kiosk-test-number"),
            services: vec![words.get("kiosk-test-service")],
            ahead: Line::new(words.get("kiosk-test-kiosk"), self.config().kiosk.to_string()),
            time: Line::new(words.get("kiosk-slip-time"), time),
            url: self.config().hall_url.clone(),
            url_caption: words.get("kiosk-test-caption"),
            tip: words.get("kiosk-test-tip"),
            ..Content::default()
        }
    }

    /// Nothing of the card is kept or told: it is forgotten here.
    async fn try_card_reader(&self) -> Finding {
        if self.devices().card_reader.is_none() && self.devices().chip_reader.is_none() {
            return Finding::NoDevice;
        }
        match self.unless_somebody_comes(self.read_card()).await {
            Ok(Ok(_) | Err(CardFault::Expired)) => Finding::Passed,
            Ok(Err(_)) => Finding::Failed,
            Err(finding) => finding,
        }
    }

    async fn try_scanner(&self) -> Finding {
        if self.devices().scanner.is_none() {
            return Finding::NoDevice;
        }
        let (scanned, comes) = oneshot::channel();
        self.health().state().scan_wanted = Some(scanned);
        let finding = match self.unless_somebody_comes(comes).await {
            Ok(Ok(())) => Finding::Passed,
            Ok(Err(_)) => Finding::NothingCame,
            Err(finding) => finding,
        };
        self.health().state().scan_wanted = None;
        finding
    }

    async fn try_lamp(&self) -> Finding {
        if self.devices().lamp.is_none() {
            return Finding::NoDevice;
        }
        self.devices().blink();
        tokio::time::sleep(BLINKING).await;
        self.devices().stop_blinking();
        Finding::Passed
    }

    /// Whether it can be heard, only somebody there can say; that it cannot speak, its condition tells.
    fn try_speaker(&self) -> Finding {
        if self.devices().speaker.is_none() {
            return Finding::NoDevice;
        }
        self.say(TEST_SENTENCE.to_owned(), Language::default());
        Finding::Passed
    }

    async fn new_roll(&self) -> Finding {
        let restarted =
            self.book().write(|tx| restart_counter(tx, name(Counted::SlipsOnRoll))).await;
        if restarted.is_ok() { Finding::Passed } else { Finding::Failed }
    }

    /// Waits for something a person has to do, but no longer than they have, nor when a visitor comes.
    async fn unless_somebody_comes<T>(&self, work: impl Future<Output = T>) -> Result<T, Finding> {
        tokio::select! {
            done = work => Ok(done),
            () = tokio::time::sleep(SHOWN_WITHIN) => Err(Finding::NothingCame),
            () = self.somebody_comes() => Err(Finding::Busy),
        }
    }

    async fn somebody_comes(&self) {
        let mut changes = self.changes();
        while self.is_idle() {
            if changes.changed().await.is_err() {
                return;
            }
        }
    }
}
