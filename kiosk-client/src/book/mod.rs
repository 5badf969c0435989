//! The kiosk's own book: what it must not forget, whatever happens to it or to the hall. A SQLite file
//! with one thread that writes; each piece of work is one transaction, on disk before it is answered.

mod seal;
pub(crate) mod store;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, mpsc};

use rusqlite::{Connection, Transaction};
use tokio::sync::oneshot;

pub(crate) use seal::Sealer;

/// Why the book cannot be opened.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BookFault {
    /// There is no place for it.
    #[error("{} cannot be made ({cause})", dir.display())]
    NoDirectory {
        /// Where it should be.
        dir: PathBuf,
        /// Why not.
        cause: std::io::Error,
    },
    /// Another kiosk has it.
    #[error("{} is in use", .0.display())]
    InUse(PathBuf),
    /// It is damaged, not a book at all, or on a disk that is full or broken.
    #[error("{} cannot be used ({cause})", file.display())]
    Unusable {
        /// Which file.
        file: PathBuf,
        /// What SQLite says.
        cause: rusqlite::Error,
    },
    /// A newer program wrote it.
    #[error("{} is of schema {version}, but this program knows only {known}", file.display())]
    Newer {
        /// Which file.
        file: PathBuf,
        /// Its schema.
        version: u32,
        /// The newest schema this program knows.
        known: u32,
    },
}

impl BookFault {
    /// What to do about it.
    pub(crate) fn mend(&self) -> &'static str {
        match self {
            Self::NoDirectory { .. } => "name a directory the kiosk may write to",
            Self::InUse(_) => "stop the other kiosk, or give this one a directory of its own",
            Self::Unusable { .. } => {
                "free or replace the disk, or move the file away and keep it for staff: tickets given \
                 while the hall was away may stand in it"
            }
            Self::Newer { .. } => "start the newer program that wrote it",
        }
    }
}

/// Why something could not be kept, while the kiosk runs: the disk is full or broken.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the kiosk's book cannot be written: {0}")]
pub(crate) struct NotKept(String);

impl From<rusqlite::Error> for NotKept {
    fn from(cause: rusqlite::Error) -> Self {
        Self(cause.to_string())
    }
}

type Work = Box<dyn FnOnce(&mut Connection) + Send>;

/// The book; clones are the same one.
#[derive(Clone)]
pub(crate) struct Book {
    /// The way to the thread; `None` once the book is closed.
    desk: Arc<Mutex<Option<mpsc::Sender<Work>>>>,
    sealer: Sealer,
}

impl Book {
    /// Opens the book in a directory; `token` seals what is personal in it.
    pub(crate) fn open(dir: &Path, token: &str) -> Result<Self, BookFault> {
        let mut db = store::open(dir)?;
        let (desk, work) = mpsc::channel::<Work>();
        std::thread::spawn(move || {
            while let Ok(work) = work.recv() {
                work(&mut db);
            }
        });
        Ok(Self { desk: Arc::new(Mutex::new(Some(desk))), sealer: Sealer::new(token) })
    }

    /// Lets go of the file. What is written afterwards is not kept, and whoever writes is told.
    pub(crate) fn close(&self) {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    /// Seals and opens what is personal.
    pub(crate) fn sealer(&self) -> &Sealer {
        &self.sealer
    }

    /// Does something in one transaction. It is on disk when this returns, and not at all if it fails;
    /// whoever stops waiting does not stop it.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, NotKept> {
        let (reply, answer) = oneshot::channel();
        let work: Work = Box::new(move |db| {
            // Whoever asked may be gone.
            let _ = reply.send(transact(db, work));
        });
        let gone = || NotKept("the book is closed".to_owned());
        let desk = self.desk.lock().unwrap_or_else(PoisonError::into_inner).clone();
        desk.ok_or_else(gone)?.send(work).map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}

fn transact<T>(
    db: &mut Connection,
    work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
) -> Result<T, NotKept> {
    let tx = db.transaction()?;
    let done = work(&tx)?;
    tx.commit()?;
    Ok(done)
}

#[cfg(test)]
mod tests;
