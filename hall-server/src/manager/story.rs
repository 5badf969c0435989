//! What happened to a ticket, told in sentences: every event of the journal that concerns it, who did it,
//! and for each call why it was next.

use std::cmp::Ordering;

use hall_core::plan::Plan;
use hall_core::{AfterLeg, Event, HallDay, UndoAction, Why};
use protocol::wall::Rating;
use protocol::{Class, Label, ServiceId, TicketId, Timestamp, WindowId};
use ui::Words;

use crate::hall::Hall;
use crate::journal::{Actor, Recorded};

/// One line of a ticket's story.
pub(super) struct Line {
    /// When, to the second.
    pub(super) at: String,
    /// What happened.
    pub(super) what: String,
    /// Who did it.
    pub(super) by: String,
    /// Why, as far as somebody gave a reason or a rule decided.
    pub(super) why: Vec<String>,
}

/// Tells stories in one language.
pub(super) struct Teller<'a> {
    pub(super) hall: &'a Hall,
    pub(super) day: &'a HallDay,
    pub(super) words: Words,
}

impl Teller<'_> {
    /// The whole story of a ticket.
    pub(super) fn tell(&self, ticket: TicketId, events: &[Recorded]) -> Vec<Line> {
        events.iter().map(|recorded| self.line(ticket, recorded)).collect()
    }

    fn line(&self, ticket: TicketId, recorded: &Recorded) -> Line {
        Line {
            at: self.time(recorded.at),
            what: self.what(ticket, &recorded.event),
            by: self.by(&recorded.by),
            why: self.why(ticket, &recorded.event),
        }
    }

    fn what(&self, ticket: TicketId, event: &Event) -> String {
        let say = |key: &str| self.words.get(&format!("manager-story-{key}"));
        let with = |key: &str, values: &[(&str, &str)]| {
            self.words.with(&format!("manager-story-{key}"), values)
        };
        match event {
            Event::Taken(taken) => with("taken", &[("services", &self.services(&taken.services))]),
            Event::WalkUpStarted { taken, window } => {
                let services = self.services(&taken.services);
                with("walk-up", &[("services", &services), ("window", &self.window(window))])
            }
            Event::Called { window, .. } => with("called", &[("window", &self.window(window))]),
            Event::Recalled { .. } => say("recalled"),
            Event::Started { .. } => say("started"),
            Event::Finished { next, .. } => self.after(next),
            Event::Rated { rating, .. } => with("rated", &[("rating", &self.rating(*rating))]),
            Event::Passed { back_at: Some(_), .. } => say("passed-back"),
            Event::Passed { back_at: None, .. } => say("passed-closed"),
            Event::Held { until: None, .. } => say("held"),
            Event::Held { until: Some(until), .. } => {
                with("held-until", &[("time", &self.time(*until))])
            }
            Event::TakenBack { window, .. } => {
                with("taken-back", &[("window", &self.window(window))])
            }
            Event::Transferred { service, bound_to, .. } => {
                self.moved("transferred", service, bound_to.as_ref())
            }
            Event::Returned { .. } => say("returned"),
            Event::SlipReprinted { .. } => say("reprinted"),
            Event::Withdrawn { .. } => say("withdrawn"),
            Event::Left { .. } => say("left"),
            Event::ClassGranted { class, .. } => with("class", &[("class", &self.class(*class))]),
            Event::Pinned { .. } => say("pinned"),
            Event::Unpinned { .. } => say("unpinned"),
            Event::Merged { kept, dropped, .. } if *kept == ticket => {
                with("merged-kept", &[("number", &self.number(*dropped))])
            }
            Event::Merged { kept, .. } => {
                with("merged-dropped", &[("number", &self.number(*kept))])
            }
            Event::BecameDue { .. } => say("due"),
            Event::Undone { action, .. } => with("undone", &[("action", &self.undone(*action))]),
            // Nothing else concerns a single ticket.
            _ => String::new(),
        }
    }

    fn rating(&self, rating: Rating) -> String {
        self.words.get(match rating {
            Rating::VeryBad => "common-rating-very-bad",
            Rating::Bad => "common-rating-bad",
            Rating::Fair => "common-rating-fair",
            Rating::Good => "common-rating-good",
            Rating::VeryGood => "common-rating-very-good",
        })
    }

    /// What followed the end of a service.
    fn after(&self, next: &AfterLeg) -> String {
        match next {
            AfterLeg::Done => self.words.get("manager-story-finished"),
            AfterLeg::Here { service } => self.moved("finished-here", service, None),
            AfterLeg::Waits { service, bound_to, .. } => {
                self.moved("finished-waits", service, bound_to.as_ref())
            }
        }
    }

    fn moved(&self, key: &str, service: &ServiceId, bound_to: Option<&WindowId>) -> String {
        let service = self.service(service);
        match bound_to {
            None => self.words.with(&format!("manager-story-{key}"), &[("service", &service)]),
            Some(window) => {
                let values = [("service", service.as_str()), ("window", &self.window(window))];
                self.words.with(&format!("manager-story-{key}-window"), &values)
            }
        }
    }

    fn why(&self, ticket: TicketId, event: &Event) -> Vec<String> {
        match event {
            Event::Called { why, .. } => self.why_called(ticket, why),
            Event::Held { reason, .. } => vec![self.because(reason)],
            Event::ClassGranted { reason, note, .. } | Event::Pinned { reason, note, .. } => {
                let note = note.and_then(|note| self.hall.people().note(note));
                std::iter::once(self.because(reason)).chain(note).collect()
            }
            Event::Transferred { note, .. } => {
                note.and_then(|note| self.hall.people().note(note)).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    /// Why a ticket was next: the rule, its place in the one order, and who would have been next instead.
    fn why_called(&self, ticket: TicketId, why: &Why) -> Vec<String> {
        let mut lines = vec![self.words.get(&format!("common-rule-{}", tag(&why.rule)))];
        lines.extend(why.reason.as_ref().map(|reason| self.because(reason)));
        lines.push(self.place(ticket, why.key.at));
        let others: Vec<String> = why
            .runners_up
            .iter()
            .map(|other| {
                let values =
                    [("number", self.number(other.ticket)), ("time", self.time(other.key.at))];
                let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
                self.words.with("manager-story-runner-up", &values)
            })
            .collect();
        if !others.is_empty() {
            let numbers = others.join(&self.words.get("manager-list-gap"));
            lines.push(self.words.with("manager-story-instead", &[("numbers", &numbers)]));
        }
        lines
    }

    /// A place in the one order: when the ticket joined, less the credit of its class, or later than that
    /// if it was put back behind others.
    fn place(&self, ticket: TicketId, place: Timestamp) -> String {
        let time = self.time(place);
        let joined_at = self.day.ticket(ticket).map_or(place, |ticket| ticket.joined_at);
        let minutes = (joined_at.since(place) / 60_000).to_string();
        let values = [("time", time.as_str()), ("minutes", minutes.as_str())];
        let key = match place.cmp(&joined_at) {
            Ordering::Less => "manager-story-place-ahead",
            Ordering::Equal => "manager-story-place",
            Ordering::Greater => "manager-story-place-back",
        };
        self.words.with(key, &values)
    }

    fn because(&self, reason: &str) -> String {
        let reason = self.day.plan.reasons.get(reason).map_or(reason, |it| self.name(it));
        self.words.with("manager-story-because", &[("reason", reason)])
    }

    fn by(&self, actor: &Actor) -> String {
        let config = self.hall.config();
        match actor {
            Actor::Hall => self.words.get("manager-by-hall"),
            Actor::Visitor => self.words.get("manager-by-visitor"),
            Actor::Clerk(id) => {
                let member = config.staff.iter().find(|member| member.id == *id);
                member.map_or_else(|| id.to_string(), |it| self.name(&it.name).to_owned())
            }
            Actor::Kiosk(id) => {
                let kiosk = config.kiosks.iter().find(|kiosk| kiosk.id == id.as_str());
                kiosk.map_or_else(|| id.to_string(), |it| self.name(&it.name).to_owned())
            }
            Actor::Display(id) => {
                let display = config.displays.iter().find(|display| display.id == *id);
                display.map_or_else(|| id.to_string(), |it| self.name(&it.name).to_owned())
            }
            Actor::Integrator(id) => id.clone(),
        }
    }

    /// A time of day in the hall's zone, to the second.
    pub(super) fn time(&self, at: Timestamp) -> String {
        let Ok(time) = jiff::Timestamp::from_millisecond(at.0) else {
            return String::new();
        };
        let time = time.to_zoned_datetime(self.hall.config().time_zone.clone());
        time.strftime("%H:%M:%S").to_string()
    }

    fn plan(&self) -> &Plan {
        &self.day.plan
    }

    fn name<'l>(&self, label: &'l Label) -> &'l str {
        label.get(self.words.language())
    }

    fn service(&self, id: &ServiceId) -> String {
        self.plan().services.get(id).map_or(id.as_str(), |it| self.name(&it.name)).to_owned()
    }

    fn services(&self, ids: &[ServiceId]) -> String {
        let names: Vec<String> = ids.iter().map(|id| self.service(id)).collect();
        names.join(&self.words.get("manager-list-gap"))
    }

    fn window(&self, id: &WindowId) -> String {
        self.plan().windows.get(id).map_or(id.as_str(), |it| self.name(&it.name)).to_owned()
    }

    fn number(&self, id: TicketId) -> String {
        self.day.ticket(id).map_or_else(|_| id.to_string(), |ticket| ticket.number.to_string())
    }

    fn class(&self, class: Class) -> String {
        self.words.get(&format!("common-class-{}", tag(&class)))
    }

    fn undone(&self, action: UndoAction) -> String {
        self.words.get(&format!("console-undo-{}", tag(&action)))
    }
}

/// The name a word of the vocabulary has in JSON, which is how wording keys name it too.
pub(super) fn tag<T: serde::Serialize>(word: &T) -> String {
    match serde_json::to_value(word) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
