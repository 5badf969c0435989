//! The page that says what a visitor has today: tickets that are alive, appointments.

use askama::Template;
use protocol::kiosk::{AppointmentFound, TicketTaken, VisitsFound};

use super::screens::{AppointmentCard, Found, TicketCard};
use super::view::{View, ahead};
use crate::flow::Why;
use crate::slip;

impl View<'_> {
    pub(super) fn found(self, found: &VisitsFound, why: Why) -> askama::Result<String> {
        let has_nothing = found.tickets.is_empty() && found.appointments.is_empty();
        let title = self.words.get(match why {
            Why::Asked if has_nothing => "kiosk-found-nothing",
            Why::Asked => "kiosk-found",
            Why::TakingSame => "kiosk-found-same",
            Why::TakingOther => "kiosk-found-other",
        });
        let all_early = found.tickets.is_empty()
            && found.appointments.iter().all(|appointment| appointment.opens > self.now);
        let hint = self.words.get(match why {
            Why::Asked if has_nothing => "kiosk-found-nothing-hint",
            Why::Asked if all_early => "kiosk-found-early-hint",
            Why::Asked => "kiosk-found-hint",
            Why::TakingSame => "kiosk-found-same-hint",
            Why::TakingOther => "kiosk-found-other-hint",
        });
        Found {
            title,
            hint,
            tickets: found.tickets.iter().map(|ticket| self.ticket(ticket)).collect(),
            appointments: (found.appointments.iter().enumerate())
                .map(|(place, appointment)| self.appointment(place, appointment))
                .collect(),
            may_take_another: why == Why::TakingOther,
            page: self.page,
            words: self.words,
            frame: self.frame,
        }
        .render()
    }

    fn ticket(&self, ticket: &TicketTaken) -> TicketCard {
        let words = &self.words;
        TicketCard {
            id: ticket.ticket.to_string(),
            number: ticket.number.to_string(),
            services: self.names(&ticket.services),
            ahead: ahead(ticket.ahead, words),
            wait: ticket.wait.as_ref().map(|range| words.wait(range)),
            places: slip::places(&ticket.windows, words),
            not_before: ticket.not_before.map(|at| slip::clock(at, &self.zone)),
        }
    }

    fn appointment(&self, place: usize, appointment: &AppointmentFound) -> AppointmentCard {
        let clock = |at| slip::clock(at, &self.zone);
        let (start, end) = (clock(appointment.start), clock(appointment.end));
        let is_early = appointment.opens > self.now;
        let words = &self.words;
        AppointmentCard {
            place,
            time: words.with("kiosk-appointment-time", &[("start", &start), ("end", &end)]),
            services: self.names(&appointment.services),
            early: is_early.then(|| {
                words.with("kiosk-appointment-early", &[("time", &clock(appointment.opens))])
            }),
            late: appointment.late.then(|| words.get("kiosk-appointment-late")),
        }
    }

    fn names(&self, services: &[protocol::Label]) -> String {
        let language = self.words.language();
        let names: Vec<&str> = services.iter().map(|service| service.get(language)).collect();
        names.join(&self.words.get("kiosk-list-separator"))
    }
}
