//! The journal: what happened in the hall, in order, never lost.
//!
//! One thread owns the only connection that writes. Orders queue up in a bounded channel; the thread takes
//! all that have arrived, decides them one by one on its own copy of the day, and writes events and rows in
//! one transaction. Only after COMMIT are replies sent, the published day advanced and readers woken. One
//! writer makes a double call impossible; the shared commit makes it fast. If a commit fails, nothing
//! happened: the day is rebuilt from disk and the callers get an error.

mod database;
mod desk;
mod events;
mod migrate;
mod order;
mod published;
mod recover;
mod requests;
mod rows;
mod settle;
mod writer;

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLockReadGuard};

use hall_core::{HallDay, Refusal};
use protocol::{Seq, TicketId};
use rusqlite::{Connection, Transaction};
use tokio::sync::{mpsc, oneshot, watch};

use crate::appointments::AppointmentFault;
use crate::clock::Clock;
use crate::config::Limits;
use crate::people::People;
use desk::Desk;
use published::Published;
use writer::{Job, Writer};

pub use order::{Actor, Order, Receipt, Recorded};

/// The handle to the journal; cheap to clone. The writer stops when the last one is dropped.
#[derive(Clone)]
pub struct Journal {
    jobs: mpsc::Sender<Job>,
    published: Arc<Published>,
    readers: Arc<Readers>,
}

/// Read-only connections, lent out one at a time.
struct Readers {
    idle: Mutex<Vec<Connection>>,
    permits: tokio::sync::Semaphore,
}

/// Waits for the writer to have finished everything it was given.
pub struct WriterDone(std::thread::JoinHandle<()>);

/// Why an order was not carried out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JournalError {
    /// The rules say no. Nothing changed.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The idempotency key was used for something else.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// The order was given up before it came.
    #[error("the order was given up")]
    GivenUp,
    /// The appointment cannot be taken.
    #[error(transparent)]
    Appointment(#[from] AppointmentFault),
    /// Too much is waiting. Nothing changed; try again.
    #[error("too many orders are waiting")]
    Overloaded,
    /// The disk did not take it. Nothing changed.
    #[error("the journal cannot be written: {0}")]
    Storage(String),
    /// The hall is stopping.
    #[error("the hall is stopping")]
    Stopping,
}

impl From<rusqlite::Error> for JournalError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Storage(error.to_string())
    }
}

impl Journal {
    /// Opens the journal of a data directory, brings its schema up to date, and goes on where it was.
    ///
    /// # Errors
    /// If the file cannot be opened, is from a newer version, or is damaged.
    pub fn open(
        data_dir: &Path,
        limits: &Limits,
        clock: Clock,
        people: People,
    ) -> anyhow::Result<(Self, WriterDone)> {
        let file = data_dir.join("hall.db");
        let mut db = database::open_writer(&file)?;
        migrate::migrate(&mut db)?;
        let recovered = recover::recover(&db)?;
        people.load(&db, recovered.people(), recovered.notes())?;
        let desk = Desk::new(&recovered, clock, people, limits.clone());
        let published = Arc::new(Published::new(recovered, limits.recent_events));
        let readers = (0..limits.readers.max(1))
            .map(|_| database::open_reader(&file))
            .collect::<Result<Vec<_>, _>>()?;
        let (jobs, inbox) = mpsc::channel(limits.pending_orders);
        let writer = Writer {
            db,
            desk,
            published: Arc::clone(&published),
            batch_orders: limits.batch_orders,
        };
        let thread = std::thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || writer.run(inbox))?;
        let permits = tokio::sync::Semaphore::new(readers.len());
        let readers = Arc::new(Readers { idle: Mutex::new(readers), permits });
        Ok((Self { jobs, published, readers }, WriterDone(thread)))
    }

    /// Has an order carried out; returns once it is on disk.
    ///
    /// # Errors
    /// A [`JournalError`]; in each case nothing changed.
    pub async fn submit(&self, order: Order) -> Result<Receipt, JournalError> {
        let (reply, answer) = oneshot::channel();
        self.hand_over(Job::Order(Box::new(order), reply))?;
        answer.await.map_err(|_| JournalError::Stopping)?
    }

    /// Takes back the number that somebody's order under a key took, or refuses the order if it comes
    /// later. Gives the ticket that is withdrawn.
    ///
    /// # Errors
    /// A [`JournalError`]; nothing changed.
    pub async fn give_up(
        &self,
        actor: Actor,
        key: String,
    ) -> Result<Option<TicketId>, JournalError> {
        let (reply, answer) = oneshot::channel();
        self.hand_over(Job::GiveUp(actor, key, reply))?;
        answer.await.map_err(|_| JournalError::Stopping)?
    }

    /// Writes another domain's rows through the one writer, in a transaction of their own.
    ///
    /// # Errors
    /// A [`JournalError`]; nothing was written.
    pub async fn write_aside<T: Send + 'static>(
        &self,
        write: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, JournalError> {
        let (reply, answer) = oneshot::channel();
        let (result, written) = oneshot::channel();
        let write = move |tx: &Transaction<'_>| {
            // Whoever has stopped waiting need not be told.
            let _ = result.send(write(tx)?);
            Ok(())
        };
        self.hand_over(Job::Aside(Box::new(write), reply))?;
        answer.await.map_err(|_| JournalError::Stopping)??;
        written.await.map_err(|_| JournalError::Stopping)
    }

    /// Reads on a read-only connection, away from the async threads.
    ///
    /// # Errors
    /// A [`JournalError`] if the database cannot be read.
    pub async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, JournalError> {
        let readers = Arc::clone(&self.readers);
        let _permit = self.readers.permits.acquire().await.map_err(|_| JournalError::Stopping)?;
        let task = tokio::task::spawn_blocking(move || {
            let db = readers.lock().pop().ok_or(JournalError::Stopping)?;
            let result = read(&db);
            readers.lock().push(db);
            result.map_err(JournalError::from)
        });
        task.await.map_err(|_| JournalError::Stopping)?
    }

    /// Whether the file can be read.
    ///
    /// # Errors
    /// A [`JournalError`] if it cannot.
    pub async fn check(&self) -> Result<(), JournalError> {
        self.read(|db| db.query_row("SELECT 1", [], |_| Ok(()))).await
    }

    /// The day as it was last committed. Never hold it across an `await`.
    pub fn day(&self) -> RwLockReadGuard<'_, HallDay> {
        self.published.day()
    }

    /// The last committed event.
    #[must_use]
    pub fn seq(&self) -> Seq {
        *self.published.changes().borrow()
    }

    /// Wakes after each commit.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<Seq> {
        self.published.changes()
    }

    /// Everything committed after an event, or `None` if that is too long ago to be in memory.
    #[must_use]
    pub fn since(&self, seq: Seq) -> Option<Vec<Arc<Recorded>>> {
        self.published.since(seq)
    }

    /// Events from the file, oldest first.
    ///
    /// # Errors
    /// A [`JournalError`] if the database cannot be read.
    pub async fn events_after(&self, seq: Seq, limit: u32) -> Result<Vec<Recorded>, JournalError> {
        self.read(move |db| events::after(db, seq, limit)).await
    }

    /// Everything that happened to one ticket, oldest first.
    ///
    /// # Errors
    /// A [`JournalError`] if the database cannot be read.
    pub async fn events_of(
        &self,
        ticket: protocol::TicketId,
    ) -> Result<Vec<Recorded>, JournalError> {
        self.read(move |db| events::of_ticket(db, ticket)).await
    }

    fn hand_over(&self, job: Job) -> Result<(), JournalError> {
        self.jobs.try_send(job).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => JournalError::Overloaded,
            mpsc::error::TrySendError::Closed(_) => JournalError::Stopping,
        })
    }
}

impl Readers {
    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl WriterDone {
    /// Waits until every handle is dropped and everything handed over is written.
    pub fn wait(self) {
        // A panic of the writer has been reported by its own thread.
        let _ = self.0.join();
    }
}

#[cfg(test)]
mod tests;
