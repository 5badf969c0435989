//! From a visitor's wish to an order.

use hall_core::{Command, HallDay, Leased, Take};
use jiff::civil::Date;
use protocol::kiosk::TakeTicket;
use protocol::live::TicketCell;
use protocol::{Channel, Class, KioskId, Number, Seq, TicketId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::hall::Hall;
use crate::journal::Order;
use crate::live::views;
use crate::people::SealedVisitor;
use crate::web::Caller;
use crate::web::fault::Fault;
use crate::web::policy::{Deed, Forbidden};
use crate::web::who::Who;

/// The ticket of today behind a slip's secret.
pub(super) fn visit(hall: &Hall, token: &str) -> Result<TicketId, Fault> {
    let ticket = hall.tokens().ticket(token).ok_or(Fault::UnknownVisit)?;
    let day = hall.journal().day();
    match day.tickets.contains_key(&ticket) {
        true => Ok(ticket),
        // A kiosk holds it, and may have given it to the one who asks.
        false if day.leases.contains_key(&ticket) => Err(Fault::NotJoined),
        false => Err(Fault::UnknownVisit),
    }
}

/// The order that takes a number. What the visitor said of themselves is sealed here.
pub(super) fn take(caller: &Caller, wish: TakeTicket) -> Result<(Order, Option<String>), Fault> {
    let visitor = wish.visitor.as_ref().map(|it| caller.hall.people().seal(it)).transpose()?;
    let take = Take {
        kiosk: kiosk(caller, wish.kiosk)?,
        class: class(caller, wish.class, visitor.as_ref())?,
        channel: channel(&caller.who),
        identity: visitor.as_ref().map(|it| it.identity).unwrap_or_default(),
        language: wish.language,
        services: wish.services,
        leased: wish.leased.map(|it| Leased { ticket: it.ticket, taken_at: it.taken_at }),
        person: None,
        slot: None,
    };
    let last_four = visitor.as_ref().map(|it| it.last_four.clone());
    let mut order = caller.wants(Command::Take(take));
    order.visitor = visitor;
    Ok((order, last_four))
}

/// A kiosk speaks in its own name; others may say at which kiosk a number was taken.
fn kiosk(caller: &Caller, named: Option<KioskId>) -> Result<Option<KioskId>, Fault> {
    let known =
        |kiosk: &KioskId| caller.hall.config().kiosks.iter().any(|it| it.id == kiosk.as_str());
    match (&caller.who, named) {
        (Who::Kiosk(own), Some(other)) if *own != other => Err(Forbidden::NotYourDevice.into()),
        (Who::Kiosk(own), _) => Ok(Some(own.clone())),
        (_, Some(kiosk)) if !known(&kiosk) => Err(Fault::UnknownKiosk),
        (_, named) => Ok(named),
    }
}

/// A class that staff grants, or the one a card tells by the date of birth.
fn class(
    caller: &Caller,
    granted: Option<Class>,
    visitor: Option<&SealedVisitor>,
) -> Result<Class, Fault> {
    if let Some(class) = granted.filter(|class| *class != Class::Ordinary) {
        caller.may(Deed::CareForTickets)?;
        return Ok(class);
    }
    Ok(class_by_age(&caller.hall, visitor.and_then(|it| it.birth)))
}

/// The class of somebody born on a day.
pub(crate) fn class_by_age(hall: &Hall, birth: Option<Date>) -> Class {
    let (today, elder_age) = {
        let day = hall.journal().day();
        (day.date, day.plan.rules.elder_age)
    };
    let is_elder = birth.zip(today).is_some_and(|(birth, today)| age(birth, today) >= elder_age);
    if is_elder { Class::Elder } else { Class::Ordinary }
}

/// Full years lived.
fn age(birth: Date, today: Date) -> u8 {
    let before_birthday = (today.month(), today.day()) < (birth.month(), birth.day());
    let years = today.year() - birth.year() - i16::from(before_birthday);
    u8::try_from(years).unwrap_or(0)
}

fn channel(who: &Who) -> Channel {
    match who {
        Who::Staff { .. } => Channel::Desk,
        Who::Integrator(_) => Channel::Integration,
        Who::Kiosk(_) | Who::Visitor | Who::Display(_) => Channel::Kiosk,
    }
}

/// A ticket after something was done with it.
#[derive(Serialize, ToSchema)]
pub(crate) struct TicketReceipt {
    /// The event it came to.
    seq: Seq,
    /// The ticket now.
    ticket: TicketCell,
}

/// Has an order about a ticket carried out, and answers with the ticket.
pub(crate) async fn ticket_receipt(
    caller: &Caller,
    ticket: TicketId,
    order: Order,
) -> Result<TicketReceipt, Fault> {
    let seq = caller.submit(order).await?.seq();
    Ok(TicketReceipt { seq, ticket: cell(caller, ticket)? })
}

/// A ticket of today as its visitor sees it.
pub(super) fn cell(caller: &Caller, ticket: TicketId) -> Result<TicketCell, Fault> {
    caller.see(|view| Ok(views::ticket_cell(view, view.day.ticket(ticket)?)))
}

/// Today's ticket with this number: the one that is alive, or the last that was.
pub(crate) fn of_number(day: &HallDay, number: &str) -> Option<TicketId> {
    let number = Number::from(number);
    let alive = day.ticket_by_number(&number);
    let last = || day.tickets.values().rev().find(|ticket| ticket.number == number);
    alive.or_else(last).map(|ticket| ticket.id)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_person_is_a_year_older_on_their_birthday() {
        let birth = date(1960, 5, 20);
        assert_eq!(age(birth, date(2020, 5, 19)), 59);
        assert_eq!(age(birth, date(2020, 5, 20)), 60);
        assert_eq!(age(birth, date(1950, 1, 1)), 0);
        assert_eq!(age(date(1960, 2, 29), date(2021, 2, 28)), 60);
        assert_eq!(age(date(1960, 2, 29), date(2021, 3, 1)), 61);
    }
}
