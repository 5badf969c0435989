//! From a visitor's wish to an order, and from what happened to what the slip says.

use hall_core::{Command, Event, HallDay, Leased, Take, Taken};
use jiff::civil::Date;
use protocol::kiosk::{TakeTicket, TicketTaken};
use protocol::live::TicketCell;
use protocol::{Channel, Class, KioskId, Number, Seq, TicketId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::hall::Hall;
use crate::journal::{Order, Receipt};
use crate::live::views;
use crate::people::SealedVisitor;
use crate::web::Caller;
use crate::web::fault::Fault;
use crate::web::policy::{Deed, Forbidden};
use crate::web::who::Who;

/// The address of a ticket's page, for the QR code on the slip.
pub(crate) fn ticket_url(hall: &Hall, token: &str) -> String {
    format!("{}/t/{token}", hall.config().public_url)
}

/// The ticket of today behind a slip's secret.
pub(super) fn visit(hall: &Hall, token: &str) -> Result<TicketId, Fault> {
    let ticket = hall.tokens().ticket(token).ok_or(Fault::UnknownVisit)?;
    hall.journal().day().ticket(ticket).map_err(|_| Fault::UnknownVisit)?;
    Ok(ticket)
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
    let (today, elder_age) = {
        let day = caller.hall.journal().day();
        (day.date, day.plan.rules.elder_age)
    };
    let birth = visitor.and_then(|it| it.birth);
    let is_elder = birth.zip(today).is_some_and(|(birth, today)| age(birth, today) >= elder_age);
    Ok(if is_elder { Class::Elder } else { Class::Ordinary })
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

/// Everything the slip says.
pub(super) fn slip(
    caller: &Caller,
    receipt: &Receipt,
    last_four: Option<String>,
) -> Result<TicketTaken, Fault> {
    let taken = taken(receipt).ok_or(Fault::Internal)?;
    let token = caller.hall.tokens().token(taken.ticket);
    let url = ticket_url(&caller.hall, &token);
    caller.see(|view| {
        let ticket = view.day.ticket(taken.ticket)?;
        let cell = views::ticket_cell(view, ticket);
        Ok(TicketTaken {
            ticket: taken.ticket,
            number: taken.number.clone(),
            token,
            url,
            hall: view.day.plan.name.clone(),
            services: taken.services.iter().map(|id| views::service_label(view.day, id)).collect(),
            class: ticket.class,
            ahead: cell.ahead,
            wait: cell.wait,
            windows: cell.windows,
            taken_at: taken.taken_at,
            last_four,
            not_before: taken.not_before,
        })
    })
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

fn taken(receipt: &Receipt) -> Option<&Taken> {
    receipt.events.iter().find_map(|recorded| match &recorded.event {
        Event::Taken(taken) => Some(taken),
        _ => None,
    })
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
