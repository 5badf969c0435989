//! Which events are to be shown and spoken, and how.

use std::sync::Arc;

use hall_core::plan::WindowPlan;
use hall_core::{Event, HallDay, Place, Ticket};
use protocol::live::{Announcement, Phrase};
use protocol::{Class, Language, TicketId, WindowId};
use ui::Words;

use crate::journal::Recorded;

/// How often a call is said.
const USUAL_TIMES: u8 = 2;

/// The announcements that follow from these events, in their order. An event whose ticket is not of the
/// present day has nothing left to announce.
pub(super) fn announcements(day: &HallDay, events: &[Arc<Recorded>]) -> Vec<Announcement> {
    let of = |(place, recorded): (usize, &Arc<Recorded>)| {
        let (ticket, window) = invited(&recorded.event)?;
        let later = &events[place + 1..];
        announcement(day, recorded, ticket, window, recalls_of(ticket, later))
    };
    events.iter().enumerate().filter_map(of).collect()
}

/// Who is invited where by an event, if anybody is.
fn invited(event: &Event) -> Option<(TicketId, &WindowId)> {
    match event {
        Event::Called { ticket, window, .. }
        | Event::Recalled { ticket, window }
        | Event::TakenBack { ticket, window } => Some((*ticket, window)),
        _ => None,
    }
}

/// How often a ticket is called again before it is invited anew.
fn recalls_of(wanted: TicketId, events: &[Arc<Recorded>]) -> u8 {
    let own = events.iter().filter(|it| invited(&it.event).is_some_and(|(id, _)| id == wanted));
    let recalls = own.take_while(|it| matches!(it.event, Event::Recalled { .. })).count();
    u8::try_from(recalls).unwrap_or(u8::MAX)
}

fn announcement(
    day: &HallDay,
    recorded: &Recorded,
    ticket: TicketId,
    window: &WindowId,
    later_recalls: u8,
) -> Option<Announcement> {
    let ticket = day.ticket(ticket).ok()?;
    let place = day.plan.windows.get(window)?;
    let recall = match (&recorded.event, &ticket.place) {
        (Event::Recalled { .. }, Place::Called { recalls, .. }) => {
            // The day is as of the last event: recalls after this one are not yet its own.
            recalls.saturating_sub(later_recalls).max(1)
        }
        (Event::Recalled { .. }, _) => 1,
        _ => 0,
    };
    Some(Announcement {
        seq: recorded.seq,
        ticket: ticket.id,
        number: ticket.number.clone(),
        window: window.clone(),
        window_name: place.name.clone(),
        zone: place.zone.clone(),
        service: ticket.service().clone(),
        language: ticket.language,
        at: recorded.at,
        recall,
        voice: phrase(day, ticket, place),
        by_light: ticket.class == Class::Hearing,
    })
}

/// How the call is spoken, if calls are spoken there.
fn phrase(day: &HallDay, ticket: &Ticket, window: &WindowPlan) -> Option<Phrase> {
    let silent = day.plan.zones.get(&window.zone).is_some_and(|zone| zone.silent);
    let own = day.plan.voice_of(ticket.service());
    let text = |language| match own {
        Some(voice) if language == Language::Zh => voice.zh.clone(),
        Some(voice) => voice.en.clone(),
        None => usual_words(language),
    };
    let en = (ticket.language == Language::En).then(|| text(Language::En));
    let times = own.map_or(USUAL_TIMES, |voice| voice.times);
    (!silent).then(|| Phrase { zh: text(Language::Zh), en, times })
}

/// A call in the wording's words, with the places of number and window left open.
fn usual_words(language: Language) -> String {
    let places = [("number", "{number}"), ("window", "{window}")];
    Words::of(language).with("announcement", &places)
}

#[cfg(test)]
mod tests {
    use protocol::{Seq, Timestamp};

    use super::*;
    use crate::journal::Actor;

    fn recorded(seq: u64, event: Event) -> Arc<Recorded> {
        Arc::new(Recorded { seq: Seq(seq), at: Timestamp(0), by: Actor::Hall, event })
    }

    fn recalled(ticket: u64) -> Event {
        Event::Recalled { ticket: TicketId(ticket), window: "w1".into() }
    }

    #[test]
    fn nothing_is_announced_that_is_not_of_today() {
        assert_eq!(announcements(&HallDay::default(), &[recorded(1, recalled(1))]), []);
    }

    #[test]
    fn recalls_are_counted_up_to_the_next_invitation() {
        let again = Event::TakenBack { ticket: TicketId(1), window: "w1".into() };
        let events = [recalled(1), recalled(2), Event::DayEnded, recalled(1), again, recalled(1)];
        let events: Vec<_> = (1..).zip(events).map(|(seq, event)| recorded(seq, event)).collect();
        assert_eq!(recalls_of(TicketId(1), &events), 2);
        assert_eq!(recalls_of(TicketId(2), &events), 1);
        assert_eq!(recalls_of(TicketId(3), &events), 0);
    }
}
