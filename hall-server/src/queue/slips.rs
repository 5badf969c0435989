//! What a slip says: of a ticket just taken, and of one that is asked for again.

use hall_core::{Event, Taken};
use protocol::kiosk::TicketTaken;
use protocol::{ServiceId, TicketId};

use crate::hall::Hall;
use crate::journal::Receipt;
use crate::live::views;
use crate::web::Caller;
use crate::web::fault::Fault;

/// The address of a ticket's page, for the QR code on the slip.
pub(crate) fn ticket_url(hall: &Hall, token: &str) -> String {
    format!("{}/t/{token}", hall.config().public_url)
}

/// The ticket behind a slip's secret, or behind the address that ends in it.
pub(crate) fn ticket_behind(hall: &Hall, text: &str) -> Option<TicketId> {
    let (_, token) = text.trim().rsplit_once('/').unwrap_or(("", text.trim()));
    hall.tokens().ticket(token)
}

/// The slip of a number that was taken.
pub(crate) fn slip(
    caller: &Caller,
    receipt: &Receipt,
    last_four: Option<String>,
) -> Result<TicketTaken, Fault> {
    let taken = taken(receipt).ok_or(Fault::Internal)?;
    write(caller, taken.ticket, Some(&taken.services), last_four)
}

/// The slip of a ticket as it would be printed now.
pub(crate) async fn slip_of(caller: &Caller, id: TicketId) -> Result<TicketTaken, Fault> {
    let person = caller.hall.journal().day().ticket(id)?.person;
    let last_four = match person {
        Some(person) => caller.hall.details_of(person).await?.last_four,
        None => None,
    };
    write(caller, id, None, last_four)
}

/// Everything a slip says: of these services, or of those that are still to be done.
fn write(
    caller: &Caller,
    id: TicketId,
    services: Option<&[ServiceId]>,
    last_four: Option<String>,
) -> Result<TicketTaken, Fault> {
    let token = caller.hall.tokens().token(id);
    let url = ticket_url(&caller.hall, &token);
    caller.see(|view| {
        let ticket = view.day.ticket(id)?;
        let cell = views::ticket_cell(view, ticket);
        let label = |id: &ServiceId| views::service_label(view.day, id);
        let services = match services {
            Some(services) => services.iter().map(label).collect(),
            None => std::iter::once(cell.service).chain(cell.pending).collect(),
        };
        Ok(TicketTaken {
            ticket: id,
            number: ticket.number.clone(),
            token,
            url,
            hall: view.day.plan.name.clone(),
            services,
            class: ticket.class,
            ahead: Some(cell.ahead),
            wait: cell.wait,
            windows: cell.windows,
            taken_at: ticket.taken_at,
            last_four,
            not_before: ticket.not_before,
        })
    })
}

fn taken(receipt: &Receipt) -> Option<&Taken> {
    receipt.events.iter().find_map(|recorded| match &recorded.event {
        Event::Taken(taken) => Some(taken),
        _ => None,
    })
}
