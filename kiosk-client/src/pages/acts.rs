//! What the buttons send: `act=service:passport`, and `text` where something was typed.

use protocol::{DepartmentId, Language, ServiceId, TicketId};
use serde::Deserialize;

use crate::flow::{Act, Want};

/// A pressed button.
#[derive(Deserialize)]
pub(super) struct ActForm {
    act: String,
    text: Option<String>,
}

impl ActForm {
    /// What it means; `None` if no page has such a button.
    pub(super) fn act(self) -> Option<Act> {
        let (name, value) = self.act.split_once(':').unwrap_or((self.act.as_str(), ""));
        Some(match name {
            "wake" => Act::Wake,
            "begin" => Act::Begin { language: language(value), elder: value == "elder" },
            "ask" => Act::Ask(want(value)?),
            "type-code" => Act::TypeCode,
            "code" => Act::Code(self.text.filter(|text| !text.is_empty())),
            "check-in" => Act::CheckIn(value.parse().ok()?),
            "reprint" => Act::Reprint(TicketId(value.parse().ok()?)),
            "another" => Act::Another,
            "home" => Act::Home,
            "back" => Act::Back,
            "end" => Act::End,
            "stay" => Act::Stay,
            "language" => Act::Language(language(value)?),
            "elder" => Act::Elder(value == "on"),
            "voice" => Act::Voice(value == "on"),
            "help" => Act::Help,
            "help-done" => Act::HelpDone,
            "dismiss" => Act::Dismiss,
            "department" => Act::Department(DepartmentId::from(value)),
            "search" => Act::Search,
            "query" => Act::Query(self.text.unwrap_or_default()),
            "letter" => Act::Letter(value.chars().next()?),
            "erase" => Act::Erase,
            "service" => Act::Service(ServiceId::from(value)),
            "remove" => Act::Remove(ServiceId::from(value)),
            "add" => Act::Add,
            "digit" => Act::Digit(value.chars().next()?),
            "phone" => Act::Phone(self.text.filter(|text| !text.is_empty())),
            "use-card" => Act::UseCard,
            "take" => Act::Take,
            "retry" => Act::Retry,
            _ => return None,
        })
    }
}

fn language(value: &str) -> Option<Language> {
    match value {
        "zh" => Some(Language::Zh),
        "en" => Some(Language::En),
        _ => None,
    }
}

fn want(value: &str) -> Option<Want> {
    match value {
        "appointment" => Some(Want::Appointment),
        "ticket" => Some(Want::Ticket),
        _ => None,
    }
}
