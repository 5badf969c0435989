//! Giving a ticket while the hall is away: the next leased number of the main service's series. It is on
//! disk, with the order it replaces given up and its slip queued, before anybody sees it.

use protocol::kiosk::{LeasedNumber, LeasedTicket, Menu, TakeTicket, TicketTaken, Visitor};
use protocol::{Class, TicketId, Timestamp};

use super::store::{self, OfflineTicket};
use super::{Given, place};
use crate::flow::{Order, find};
use crate::hall::HallFault;
use crate::jobs;
use crate::kiosk::Kiosk;
use crate::orders::{self, cannot_keep};

/// Digits of a card or phone that a slip shows.
const SHOWN_DIGITS: usize = 4;

impl Kiosk {
    /// Gives a leased number in place of an order; `None` if there is none for its main service.
    pub(crate) async fn leased_instead(
        &self,
        order: &Order,
    ) -> Result<Option<TicketTaken>, HallFault> {
        let Some(menu) = self.menu() else { return Ok(None) };
        let main = order.take.services.first().and_then(|id| find(&menu, id));
        let Some((_, main)) = main else { return Ok(None) };
        let (series, date) = (main.series.clone(), self.today());
        let (key, at) = (order.key.clone(), self.clock().next());
        let (sealer, take) = (self.book().sealer().clone(), order.take.clone());
        let given = self
            .book()
            .write(move |tx| {
                let Some(leased) = store::take_number(tx, &series, &date)? else { return Ok(None) };
                let given = given(&menu, take, &leased, at);
                let sealed = sealer.seal(&place(leased.ticket), &given);
                let ticket = OfflineTicket {
                    id: 0,
                    ticket: leased.ticket,
                    number: leased.number,
                    taken_at: at,
                    sealed,
                };
                store::keep(tx, &date, &ticket)?;
                let slip = jobs::new_slip(&sealer, &given.taken, given.language, false);
                jobs::store::queue(tx, &slip, at)?;
                if orders::store::is_pending(tx, &key)? {
                    orders::store::give_up(tx, &key, at)?;
                }
                Ok(Some(given.taken))
            })
            .await
            .map_err(|fault| cannot_keep(&fault))?;
        if let Some(taken) = &given {
            tracing::info!(number = %taken.number, "the hall is away: a leased number was given");
            self.tell_leases().await;
        }
        Ok(given)
    }

    /// A ticket that was given here and is not handed in.
    pub(crate) async fn given_offline(&self, ticket: TicketId) -> Option<TicketTaken> {
        let sealed = self.book().write(move |tx| store::sealed(tx, ticket)).await.ok()??;
        Some(self.book().sealer().open::<Given>(&place(ticket), &sealed)?.taken)
    }
}

/// What the visitor is told and the hall will be asked. How long it takes nobody knows.
fn given(menu: &Menu, take: TakeTicket, leased: &LeasedNumber, at: Timestamp) -> Given {
    let services: Vec<_> = take.services.iter().filter_map(|id| find(menu, id)).collect();
    let taken = TicketTaken {
        ticket: leased.ticket,
        number: leased.number.clone(),
        token: leased.token.clone(),
        url: leased.url.clone(),
        hall: menu.hall.clone(),
        services: services.iter().map(|(_, service)| service.name.clone()).collect(),
        class: Class::default(),
        ahead: None,
        wait: None,
        windows: services.first().map(|(_, main)| main.windows.clone()).unwrap_or_default(),
        taken_at: at,
        last_four: take.visitor.as_ref().map(last_four),
        not_before: None,
    };
    let language = take.language;
    let leased = Some(LeasedTicket { ticket: leased.ticket, taken_at: at });
    Given { take: TakeTicket { leased, ..take }, taken, language }
}

fn last_four(visitor: &Visitor) -> String {
    let (Visitor::Card { number, .. } | Visitor::Phone { number }) = visitor;
    let skipped = number.chars().count().saturating_sub(SHOWN_DIGITS);
    number.chars().skip(skipped).collect()
}
