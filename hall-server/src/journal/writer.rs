//! The one writer: a thread that turns batches of jobs into transactions.

use std::sync::Arc;

use protocol::TicketId;
use rusqlite::{Connection, Transaction};
use tokio::sync::{mpsc, oneshot};

use super::desk::{Batch, Desk};
use super::order::{Actor, Order, Receipt};
use super::published::Published;
use super::{JournalError, events, recover};

/// Something for the writer to do.
pub(super) enum Job {
    /// Carry an order out.
    Order(Box<Order>, Reply<Receipt>),
    /// Take back what the order of this actor and key did, or refuse it from now on.
    GiveUp(Actor, String, Reply<Option<TicketId>>),
    /// Write another domain's rows.
    Aside(Aside, Reply<()>),
}

type Reply<T> = oneshot::Sender<Result<T, JournalError>>;
type Aside = Box<dyn FnOnce(&Transaction<'_>) -> rusqlite::Result<()> + Send>;

/// An answer that is given once the batch is on disk.
enum Answer {
    Order(Reply<Receipt>, Result<Receipt, JournalError>),
    GivenUp(Reply<Option<TicketId>>, Result<Option<TicketId>, JournalError>),
    Aside(Reply<()>, Result<(), JournalError>),
}

pub(super) struct Writer {
    pub(super) db: Connection,
    pub(super) desk: Desk,
    pub(super) published: Arc<Published>,
    /// Most jobs in one transaction.
    pub(super) batch_orders: usize,
}

impl Writer {
    /// Works until every handle to the journal is gone.
    pub(super) fn run(mut self, mut inbox: mpsc::Receiver<Job>) {
        let mut jobs = Vec::new();
        while inbox.blocking_recv_many(&mut jobs, self.batch_orders) > 0 {
            let answers = self.carry_out(&mut jobs);
            answers.into_iter().for_each(Answer::give);
        }
    }

    /// Carries a batch out in one transaction.
    fn carry_out(&mut self, jobs: &mut Vec<Job>) -> Vec<Answer> {
        let mut answers = Vec::with_capacity(jobs.len());
        let mut batch = Batch::default();
        match self.transact(jobs, &mut batch, &mut answers) {
            Ok(()) => {
                self.desk.remember(&mut batch);
                self.published.advance(&batch.events);
                answers
            }
            Err(error) => {
                tracing::error!(%error, "the journal could not be written; nothing of the batch happened");
                self.start_over();
                // Whoever was not reached before the failure is still in the batch.
                answers.extend(jobs.drain(..).map(Job::unanswered));
                answers.into_iter().map(|answer| answer.failed(&error)).collect()
            }
        }
    }

    fn transact(
        &mut self,
        jobs: &mut Vec<Job>,
        batch: &mut Batch,
        answers: &mut Vec<Answer>,
    ) -> rusqlite::Result<()> {
        let tx = self.db.transaction()?;
        let mut failure = Ok(());
        for job in jobs.drain(..) {
            // After a failure the rest is only answered: nothing of the batch will have happened.
            if failure.is_err() {
                answers.push(job.unanswered());
                continue;
            }
            match job {
                Job::Order(order, reply) => match self.desk.order(&tx, *order, batch) {
                    Ok(result) => answers.push(Answer::Order(reply, result)),
                    Err(error) => {
                        answers.push(Answer::Order(reply, Err(JournalError::Stopping)));
                        failure = Err(error);
                    }
                },
                Job::GiveUp(actor, key, reply) => {
                    match self.desk.give_up(&tx, (&actor, &key), batch) {
                        Ok(ticket) => answers.push(Answer::GivenUp(reply, Ok(ticket))),
                        Err(error) => {
                            answers.push(Answer::GivenUp(reply, Err(JournalError::Stopping)));
                            failure = Err(error);
                        }
                    }
                }
                Job::Aside(write, reply) => match aside(&tx, write) {
                    Ok(result) => answers.push(Answer::Aside(reply, result)),
                    Err(error) => {
                        answers.push(Answer::Aside(reply, Err(JournalError::Stopping)));
                        failure = Err(error);
                    }
                },
            }
        }
        failure?;
        self.desk.finish(&tx, batch)?;
        tx.commit()
    }

    /// After a failure: the day as the disk has it, or as it was last known to be there.
    fn start_over(&mut self) {
        match recover::recover(&self.db) {
            Ok(recovered) => {
                self.desk.go_on_from(recovered);
                // What reached the disk although the commit said otherwise is shown, not hidden.
                let shown = *self.published.changes().borrow();
                if let Ok(missed) = events::between(&self.db, shown.next(), self.desk.seq()) {
                    let missed: Vec<_> = missed.into_iter().map(Arc::new).collect();
                    self.published.advance(&missed);
                }
            }
            Err(error) => {
                tracing::error!(%error, "the journal cannot be read back");
                self.desk.go_on_from(self.published.recovered());
            }
        }
    }
}

/// Runs another domain's writes so that their failure takes only themselves back.
fn aside(tx: &Transaction<'_>, write: Aside) -> rusqlite::Result<Result<(), JournalError>> {
    tx.execute_batch("SAVEPOINT aside")?;
    match write(tx) {
        Ok(()) => {
            tx.execute_batch("RELEASE aside")?;
            Ok(Ok(()))
        }
        Err(error) => {
            tx.execute_batch("ROLLBACK TO aside; RELEASE aside")?;
            Ok(Err(error.into()))
        }
    }
}

impl Job {
    fn unanswered(self) -> Answer {
        match self {
            Self::Order(_, reply) => Answer::Order(reply, Err(JournalError::Stopping)),
            Self::GiveUp(_, _, reply) => Answer::GivenUp(reply, Err(JournalError::Stopping)),
            Self::Aside(_, reply) => Answer::Aside(reply, Err(JournalError::Stopping)),
        }
    }
}

impl Answer {
    /// Replies. Whoever has stopped waiting need not be told.
    fn give(self) {
        match self {
            Self::Order(reply, result) => drop(reply.send(result)),
            Self::GivenUp(reply, result) => drop(reply.send(result)),
            Self::Aside(reply, result) => drop(reply.send(result)),
        }
    }

    /// The same answer after the transaction failed: what was refused stays refused.
    fn failed(self, error: &rusqlite::Error) -> Self {
        let storage = || JournalError::Storage(error.to_string());
        match self {
            Self::Order(reply, Err(JournalError::Refused(refusal))) => {
                Self::Order(reply, Err(refusal.into()))
            }
            Self::Order(reply, _) => Self::Order(reply, Err(storage())),
            Self::GivenUp(reply, _) => Self::GivenUp(reply, Err(storage())),
            Self::Aside(reply, _) => Self::Aside(reply, Err(storage())),
        }
    }
}
