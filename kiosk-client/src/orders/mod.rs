//! Orders: a visitor's wish for a ticket on its way to the hall. Its key is on disk before it is sent, so
//! that no order is ever forgotten; one that stays without an answer is replaced by a leased number where
//! there is one, and given up at the hall as soon as the hall can hear it.

pub(crate) mod store;

use protocol::kiosk::{CheckIn, FindVisits, TicketTaken};
use protocol::{Language, TicketId};

use crate::book::NotKept;
use crate::flow::{Event, Order};
use crate::hall::HallFault;
use crate::jobs;
use crate::kiosk::Kiosk;

impl Kiosk {
    /// Takes a ticket from the hall, or from the leased numbers while the hall is away.
    pub(crate) async fn take(self, order: Order) {
        let answer = Box::new(self.ticket_for(&order).await);
        self.happen(Event::Taken { attempt: order.attempt, answer });
        self.nudge();
    }

    async fn ticket_for(&self, order: &Order) -> Result<TicketTaken, HallFault> {
        let key = order.key.clone();
        let pending = self.book().write(move |tx| store::is_pending(tx, &key)).await;
        let pending = pending.map_err(|fault| cannot_keep(&fault))?;
        if self.hall().is_away() {
            if let Some(taken) = self.leased_instead(order).await? {
                return Ok(taken);
            }
            if !pending {
                return Err(HallFault::UsedUp);
            }
        }
        self.ordered(order).await
    }

    async fn ordered(&self, order: &Order) -> Result<TicketTaken, HallFault> {
        let (key, now) = (order.key.clone(), self.clock().now());
        let begun = self.book().write(move |tx| store::begin(tx, &key, now)).await;
        begun.map_err(|fault| cannot_keep(&fault))?;
        let answer = self.hall().take(order).await;
        let fault = match answer {
            Ok(taken) => return self.answered(&order.key, taken, order.take.language).await,
            Err(fault) => fault,
        };
        if matches!(fault, HallFault::Away(_)) {
            return self.leased_instead(order).await?.ok_or(fault);
        }
        let key = order.key.clone();
        // Should this fail, the order is given up later, which finds nothing to withdraw.
        if let Err(fault) = self.book().write(move |tx| store::end(tx, &key)).await {
            tracing::error!(%fault, "an order that was refused cannot be crossed out");
        }
        Err(fault)
    }

    /// The hall gave a ticket: its order ends and its slip is queued in one transaction, so that no crash
    /// lies between the two.
    async fn answered(
        &self,
        key: &str,
        taken: TicketTaken,
        language: Language,
    ) -> Result<TicketTaken, HallFault> {
        let slip = jobs::new_slip(self.book().sealer(), &taken, language, false);
        let (own, now) = (key.to_owned(), self.clock().now());
        let kept = self
            .book()
            .write(move |tx| {
                store::end(tx, &own)?;
                jobs::store::queue(tx, &slip, now)
            })
            .await;
        match kept {
            Ok(_) => Ok(taken),
            Err(fault) => {
                // The visitor is told that there is no number, so there must be none.
                let _ = self.hall().give_up(key.to_owned()).await;
                Err(cannot_keep(&fault))
            }
        }
    }

    /// Checks a visitor in. Nothing is given up if no answer comes: the appointment's ticket stays the
    /// visitor's, who finds it again by the same code.
    pub(crate) async fn check_in(self, attempt: u64, key: String, check_in: CheckIn) {
        let answer = match self.hall().check_in(&key, &check_in).await {
            Ok(taken) => self.answered(&key, taken, check_in.language).await,
            Err(fault) => Err(fault),
        };
        self.happen(Event::Taken { attempt, answer: Box::new(answer) });
    }

    /// Asks what a visitor has today.
    pub(crate) async fn find(self, attempt: u64, find: FindVisits) {
        let answer = Box::new(self.hall().visits(&find).await);
        self.happen(Event::Visits { attempt, answer });
    }

    /// Asks for a slip's contents once more. Of a ticket that is not handed in, the kiosk knows them itself.
    pub(crate) async fn reprint(self, attempt: u64, ticket: TicketId, language: Language) {
        let answer = match self.given_offline(ticket).await {
            Some(taken) => Ok(taken),
            None => self.hall().reprint(ticket, language).await,
        };
        self.happen(Event::Reprinted { attempt, answer: Box::new(answer) });
    }

    /// Nobody waits for an order any more.
    pub(crate) async fn give_up(self, key: String) {
        let now = self.clock().now();
        if let Err(fault) = self.book().write(move |tx| store::give_up(tx, &key, now)).await {
            tracing::error!(%fault, "an order that was given up cannot be noted");
        }
        self.nudge();
    }
}

/// A number that cannot be kept is not given.
pub(crate) fn cannot_keep(fault: &NotKept) -> HallFault {
    tracing::error!(%fault, "the disk takes nothing more: free it or replace it");
    HallFault::CannotKeep
}
