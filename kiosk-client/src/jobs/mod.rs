//! Slips: each is a job with a state, and is printed at most once unless a person asks for it again. The
//! state is on disk before the first byte goes to the printer, so a crash is settled and never repeated.

pub(crate) mod store;

use std::time::Duration;

use hardware::printer::{Outcome, PrintJob, PrinterFault};
use protocol::kiosk::{Counted, TicketTaken};
use protocol::{Language, TicketId, Timestamp};
use rusqlite::Transaction;
use serde::{Deserialize, Serialize};
use slip::Content;

use crate::book::{Book, NotKept, Sealer};
use crate::flow::{Copy, Event};
use crate::health::count;
use crate::kiosk::Kiosk;
use crate::slip::content_of;
use store::{NewSlip, State};

/// A slip younger than this was cut short in front of somebody who may still be there.
const SOMEBODY_THERE: Duration = Duration::from_secs(60);
/// How long it stays in the book what became of a slip.
const REMEMBERED_S: i64 = 7 * 24 * 3600;

/// What a slip says. Always sealed on disk.
#[derive(Serialize, Deserialize)]
struct Said {
    taken: TicketTaken,
    language: Language,
}

/// The place a slip's seal is bound to.
fn place(ticket: TicketId) -> String {
    format!("slip of ticket {ticket}")
}

/// A ticket's slip, to be queued.
pub(crate) fn new_slip(
    sealer: &Sealer,
    taken: &TicketTaken,
    language: Language,
    again: bool,
) -> NewSlip {
    let said = Said { taken: taken.clone(), language };
    let sealed = sealer.seal(&place(taken.ticket), &said);
    NewSlip { ticket: taken.ticket, number: taken.number.clone(), again, sealed }
}

impl Kiosk {
    /// Prints a slip and says what became of it.
    pub(crate) async fn print(self, taken: Box<TicketTaken>, language: Language, copy: Copy) {
        let outcome = match self.queued(&taken, language, copy).await {
            Ok(job) => self.print_job(job, &taken, language, copy).await,
            Err(fault) => {
                tracing::error!(%fault, "a slip that cannot be noted is not printed");
                Outcome::NotPrinted(PrinterFault::Broken)
            }
        };
        if let Outcome::NotPrinted(fault) | Outcome::Doubtful(fault) = outcome {
            tracing::warn!(number = %taken.number, %fault, ?outcome, "a slip was not printed");
        }
        self.happen(Event::Printed(outcome));
        self.ask_printer().await;
    }

    /// The job of a slip: the one that was queued with its ticket, or a new one.
    async fn queued(
        &self,
        taken: &TicketTaken,
        language: Language,
        copy: Copy,
    ) -> Result<i64, NotKept> {
        let again = copy == Copy::Again;
        let (slip, now) =
            (new_slip(self.book().sealer(), taken, language, again), self.clock().now());
        self.book()
            .write(move |tx| match store::queued(tx, slip.ticket)? {
                Some(job) if !again => Ok(job),
                _ => store::queue(tx, &slip, now),
            })
            .await
    }

    async fn print_job(
        &self,
        job: i64,
        taken: &TicketTaken,
        language: Language,
        copy: Copy,
    ) -> Outcome {
        let content = content_of(taken, language, &self.time_zone(), copy == Copy::Again);
        let outcome = match self.prepared(taken.number.as_str(), content).await {
            Ok(slip) => match self.note(job, State::Sent).await {
                Ok(()) => self.devices().printer.print(slip).await,
                Err(_) => Outcome::NotPrinted(PrinterFault::Broken),
            },
            Err(fault) => Outcome::NotPrinted(fault),
        };
        // If this cannot be noted, the next start finds the job unfinished and calls it doubtful.
        let _ = self.note_outcome(job, outcome).await;
        outcome
    }

    /// The bytes of a slip, if the printer is ready: one without paper would keep them and print them for
    /// whoever comes next.
    pub(crate) async fn prepared(
        &self,
        name: &str,
        content: Content,
    ) -> Result<PrintJob, PrinterFault> {
        // A printer that was silent a moment ago would keep the visitor waiting for its silence again.
        let last = self.flow().printer().fault();
        if let Some(silent @ PrinterFault::Silent) = last {
            return Err(silent);
        }
        if let Some(fault) = self.devices().printer.status().await.fault() {
            return Err(fault);
        }
        let (press, template) = (self.devices().press.clone(), self.template());
        // A picture takes a while to draw.
        let drawn = tokio::task::spawn_blocking(move || press.write(&template.template, &content));
        match drawn.await {
            Ok(Ok(slip)) => Ok(PrintJob { name: name.to_owned(), bytes: slip.bytes }),
            Ok(Err(fault)) => {
                tracing::error!(%fault, "a slip cannot be made");
                Err(PrinterFault::BadJob)
            }
            Err(_) => Err(PrinterFault::BadJob),
        }
    }

    async fn note(&self, job: i64, state: State) -> Result<(), NotKept> {
        self.book().write(move |tx| store::set_state(tx, job, state)).await.map(drop)
    }

    async fn note_outcome(&self, job: i64, outcome: Outcome) -> Result<(), NotKept> {
        let (state, counts): (_, &'static [Counted]) = match outcome {
            Outcome::Printed => (State::Printed, &[Counted::Slips, Counted::SlipsOnRoll]),
            Outcome::NotPrinted(_) => (State::Failed, &[Counted::SlipsFailed]),
            Outcome::Doubtful(_) => {
                (State::Doubtful, &[Counted::SlipsOnRoll, Counted::SlipsFailed])
            }
        };
        self.book()
            .write(move |tx| {
                store::set_state(tx, job, state)?;
                counts.iter().try_for_each(|what| count(tx, *what))
            })
            .await
    }
}

/// Forgets what became of slips of long ago. A kiosk may run for months without a start.
pub(crate) fn forget_old(tx: &Transaction<'_>, now: Timestamp) -> rusqlite::Result<()> {
    store::forget_before(tx, now.minus_s(REMEMBERED_S)).map(drop)
}

/// What the last stop left of slips.
pub(crate) struct Settled {
    /// Some of a slip may be on the paper.
    pub(crate) begun: bool,
    /// The last slip, if somebody may still stand there for it.
    pub(crate) interrupted: Option<CutShort>,
}

/// A slip that a stop cut short.
pub(crate) struct CutShort {
    pub(crate) taken: TicketTaken,
    /// Whether some of it may be on the paper.
    pub(crate) begun: bool,
    pub(crate) language: Language,
}

/// Settles the slips that were unfinished when the kiosk stopped: what was not sent never will be, what was
/// sent is doubtful.
pub(crate) async fn settle(book: &Book, now: Timestamp) -> Result<Settled, NotKept> {
    let unfinished = book
        .write(move |tx| {
            forget_old(tx, now)?;
            let unfinished = store::unfinished(tx)?;
            for job in &unfinished {
                let state = if job.sent { State::Doubtful } else { State::Failed };
                store::set_state(tx, job.id, state)?;
                count(tx, Counted::SlipsFailed)?;
            }
            Ok(unfinished)
        })
        .await?;
    for job in &unfinished {
        tracing::warn!(number = %job.number, sent = job.sent, "a slip was cut short by a stop");
    }
    let begun = unfinished.iter().any(|job| job.sent);
    let last = unfinished.into_iter().next_back();
    let last = last
        .filter(|job| u128::from(now.since(job.at).unsigned_abs()) < SOMEBODY_THERE.as_millis());
    let interrupted = last.and_then(|job| {
        let Said { taken, language } = book.sealer().open(&place(job.ticket), &job.sealed)?;
        Some(CutShort { taken, begun: job.sent, language })
    });
    Ok(Settled { begun, interrupted })
}
