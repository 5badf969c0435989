//! When the hall is back: first the orders that were given up are settled, then the tickets given meanwhile
//! join the queue in order of time. Each step may be repeated without harm, so a crash loses nothing.

use protocol::kiosk::TicketTaken;

use super::store::{self, OfflineTicket};
use super::{Given, place};
use crate::book::NotKept;
use crate::hall::{Away, HallFault};
use crate::kiosk::Kiosk;
use crate::orders;

/// Refusals that pass: the ticket is offered again later.
pub(super) const PASSING: [&str; 1] = ["day-not-running"];
/// What the hall says of a ticket that joined before: under another key, or under its own while something
/// else was known of its visitor, such as yesterday's age. No other order has its key.
const JOINED: [&str; 2] = ["already-joined", "key-reused"];
/// What is noted of a ticket that cannot be opened, because the kiosk has another token by now.
const SEALED: &str = "sealed-by-another-token";

impl Kiosk {
    /// Hands in what there is. Whatever the hall does not hear now stays for the next time.
    pub(super) async fn hand_in(&self) {
        let done = async {
            if self.settle_orders().await? {
                self.hand_in_tickets().await?;
            }
            Ok::<_, NotKept>(())
        };
        if let Err(fault) = done.await {
            tracing::error!(%fault, "what was handed in cannot be crossed out");
        }
    }

    /// Says whether the hall heard everything.
    async fn settle_orders(&self) -> Result<bool, NotKept> {
        for key in self.book().write(orders::store::given_up).await? {
            match self.hall().give_up(key.clone()).await {
                Ok(given_up) => {
                    if let Some(ticket) = given_up.withdrawn {
                        tracing::info!(%ticket, "an order without an answer was withdrawn");
                    }
                }
                Err(HallFault::Refused(problem)) => {
                    tracing::error!(code = problem.code, "an order could not be settled");
                }
                Err(_) => return Ok(false),
            }
            self.book().write(move |tx| orders::store::end(tx, &key)).await?;
        }
        Ok(true)
    }

    async fn hand_in_tickets(&self) -> Result<(), NotKept> {
        let tickets = self.book().write(store::to_hand_in).await?;
        let mut joined = Vec::new();
        for ticket in tickets {
            match self.offer(&ticket).await {
                Offered::Joined => joined.push(ticket.id),
                Offered::Refused(code) => self.refused(&ticket, code).await?,
                Offered::Later => {}
                Offered::HallGone => break,
            }
        }
        // Crossed out together, for fifty of them shall be in the queue within a second; one that was not
        // crossed out in time is offered again, which changes nothing.
        if !joined.is_empty() {
            self.book().write(move |tx| store::handed_in(tx, &joined)).await?;
            self.health().wake();
        }
        Ok(())
    }

    async fn refused(&self, ticket: &OfflineTicket, code: String) -> Result<(), NotKept> {
        tracing::error!(
            ticket = %ticket.ticket, number = %ticket.number, code,
            "the hall takes a ticket given while it was away no more; staff must look after it"
        );
        let id = ticket.id;
        self.book().write(move |tx| store::refuse(tx, id, &code)).await.map(drop)
    }

    async fn offer(&self, ticket: &OfflineTicket) -> Offered {
        let sealer = self.book().sealer();
        let Some(given) = sealer.open::<Given>(&place(ticket.ticket), &ticket.sealed) else {
            return Offered::Refused(SEALED.to_owned());
        };
        Offered::of(self.hall().hand_in(ticket.ticket, &given.take).await)
    }
}

/// What became of a ticket that was offered.
enum Offered {
    /// It is in the queue.
    Joined,
    /// It never will be, for this reason.
    Refused(String),
    /// The hall is there but cannot take it now.
    Later,
    /// The hall has gone again.
    HallGone,
}

impl Offered {
    fn of(answer: Result<TicketTaken, HallFault>) -> Self {
        match answer {
            Ok(_) => Self::Joined,
            Err(HallFault::Refused(problem)) if JOINED.contains(&problem.code.as_str()) => {
                Self::Joined
            }
            Err(HallFault::Refused(problem)) if PASSING.contains(&problem.code.as_str()) => {
                Self::Later
            }
            Err(HallFault::Refused(problem)) => Self::Refused(problem.code),
            Err(HallFault::Away(Away::Busy | Away::Garbled)) => Self::Later,
            Err(_) => Self::HallGone,
        }
    }
}

#[cfg(test)]
mod tests {
    use protocol::kiosk::Problem;

    use super::*;

    #[test]
    fn a_refusal_joins_stays_or_is_kept_for_staff_by_its_code() {
        let offered = |code: &str| {
            let problem = Problem { code: code.to_owned(), message: String::new() };
            Offered::of(Err(HallFault::Refused(problem)))
        };
        for code in JOINED {
            assert!(matches!(offered(code), Offered::Joined), "{code}");
        }
        assert!(matches!(offered("day-not-running"), Offered::Later));
        assert!(matches!(offered("not-leased"), Offered::Refused(code) if code == "not-leased"));
    }
}
