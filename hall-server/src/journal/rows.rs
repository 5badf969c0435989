//! The tables `ticket` and `leg`: what statistics read. Rows follow from the day's state, so they are
//! always what replaying the events would give.

use hall_core::{HallDay, Leg, Place, Ticket};
use protocol::TicketId;
use rusqlite::{Transaction, params};
use serde::Serialize;

/// Writes the present state of some tickets.
pub(super) fn save(
    tx: &Transaction<'_>,
    day: &HallDay,
    tickets: impl IntoIterator<Item = TicketId>,
) -> rusqlite::Result<()> {
    let date = day.date.map(|date| date.to_string()).unwrap_or_default();
    for ticket in tickets.into_iter().filter_map(|id| day.tickets.get(&id)) {
        save_ticket(tx, &date, ticket)?;
        for (place, leg) in (0_i64..).zip(&ticket.legs) {
            save_leg(tx, ticket.id, place, leg)?;
        }
    }
    Ok(())
}

/// Takes away the legs that tickets had before an undo and have no more.
pub(super) fn cut_legs(
    tx: &Transaction<'_>,
    day: &HallDay,
    tickets: impl IntoIterator<Item = TicketId>,
) -> rusqlite::Result<()> {
    for ticket in tickets.into_iter().filter_map(|id| day.tickets.get(&id)) {
        tx.prepare_cached("DELETE FROM leg WHERE ticket = ?1 AND place >= ?2")?
            .execute(params![ticket.id.0.cast_signed(), ticket.legs.len() as i64])?;
    }
    Ok(())
}

fn save_ticket(tx: &Transaction<'_>, date: &str, ticket: &Ticket) -> rusqlite::Result<()> {
    let closed = match &ticket.place {
        Place::Closed { outcome, at } => Some((word(outcome), at.0)),
        _ => None,
    };
    tx.prepare_cached(
        "INSERT INTO ticket (id, day, number, person, class, channel, taken_at, joined_at, phase,
             outcome, closed_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
         ON CONFLICT (id) DO UPDATE SET class = excluded.class, phase = excluded.phase,
             outcome = excluded.outcome, closed_at = excluded.closed_at",
    )?
    .execute(params![
        ticket.id.0.cast_signed(),
        date,
        ticket.number.as_str(),
        ticket.person.map(|person| person.0.to_be_bytes().to_vec()),
        word(&ticket.class),
        word(&ticket.channel),
        ticket.taken_at.0,
        ticket.joined_at.0,
        word(&ticket.phase()),
        closed.as_ref().map(|(outcome, _)| outcome),
        closed.as_ref().map(|(_, at)| at),
    ])?;
    Ok(())
}

fn save_leg(tx: &Transaction<'_>, ticket: TicketId, place: i64, leg: &Leg) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "INSERT INTO leg (ticket, place, service, window, opened_at, called_at, started_at, ended_at,
             passes, outcome)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
         ON CONFLICT (ticket, place) DO UPDATE SET service = excluded.service,
             window = excluded.window, opened_at = excluded.opened_at,
             called_at = excluded.called_at, started_at = excluded.started_at,
             ended_at = excluded.ended_at, passes = excluded.passes, outcome = excluded.outcome",
    )?
    .execute(params![
        ticket.0.cast_signed(),
        place,
        leg.service.as_str(),
        leg.window.as_ref().map(protocol::WindowId::as_str),
        leg.opened_at.0,
        leg.called_at.map(|at| at.0),
        leg.started_at.map(|at| at.0),
        leg.ended_at.map(|at| at.0),
        leg.passes,
        leg.outcome.as_ref().map(word),
    ])?;
    Ok(())
}

/// The word a value is written with everywhere else.
fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => unreachable!("the closed lists are written as words"),
    }
}
