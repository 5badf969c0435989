//! What a fault says to people: which key of the wording, and the names it fills in. Ids become the names
//! that people know from the wall.

use std::collections::BTreeMap;

use hall_core::Refusal;
use hall_core::plan::Plan;
use protocol::{SeriesId, ServiceId, WindowId};
use serde_json::Value;
use ui::Words;

use super::fault::Fault;
use crate::config::StaffMember;
use crate::hall::Hall;

/// Characters of somebody's own words that an answer repeats.
const MAX_QUOTED_CHARS: usize = 160;

/// The sentence of a fault: what is wrong, and what to do.
pub(crate) fn of(fault: &Fault, words: &Words, hall: &Hall) -> String {
    match fault {
        Fault::Refused(refusal) => {
            let plan = hall.journal().day().plan.clone();
            of_refusal(refusal, words, &plan, &hall.config().staff)
        }
        other => of_other(other, words),
    }
}

fn of_other(fault: &Fault, words: &Words) -> String {
    let key = format!("error-{}", fault.code());
    let value = match fault {
        Fault::Malformed { detail }
        | Fault::WrongShape { detail }
        | Fault::BadAddress { detail }
        | Fault::BadQuery { detail } => shortened(detail),
        Fault::TooLarge { limit } => (limit / 1024).to_string(),
        Fault::TextTooLong { limit } => limit.to_string(),
        Fault::TooManyAttempts { wait_s } => wait_s.to_string(),
        Fault::Slip(fault) => shortened(&fault.value()),
        Fault::Wall(fault) => shortened(&fault.value()),
        Fault::Appointment(fault) => fault.value().to_owned(),
        _ => return words.get(&key),
    };
    words.with(&key, &[("value", &value)])
}

fn of_refusal(refusal: &Refusal, words: &Words, plan: &Plan, staff: &[StaffMember]) -> String {
    let fields = match serde_json::to_value(refusal) {
        Ok(Value::Object(fields)) => fields,
        _ => serde_json::Map::new(),
    };
    let named: BTreeMap<&str, String> = fields
        .iter()
        .filter(|(field, value)| *field != "code" && !value.is_null())
        .map(|(field, value)| (field.as_str(), named(field, value, words, plan, staff)))
        .collect();
    // Where a time of opening is known the sentence is another one.
    let later = if named.contains_key("opens") { "-until" } else { "" };
    let values: Vec<(&str, &str)> =
        named.iter().map(|(field, value)| (*field, value.as_str())).collect();
    words.with(&format!("refusal-{}{later}", refusal.code()), &values)
}

/// A field of a refusal as people say it.
fn named(field: &str, value: &Value, words: &Words, plan: &Plan, staff: &[StaffMember]) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let language = words.language();
    let name = match field {
        "service" | "first" | "second" => plan
            .services
            .get(&ServiceId::from(text.as_str()))
            .map(|service| service.name.get(language).to_owned()),
        "window" => plan
            .windows
            .get(&WindowId::from(text.as_str()))
            .map(|window| window.name.get(language).to_owned()),
        "reason" => plan.reasons.get(&text).map(|reason| reason.get(language).to_owned()),
        "series" => {
            plan.series.get(&SeriesId::from(text.as_str())).map(|series| series.prefix.clone())
        }
        "clerk" => staff
            .iter()
            .find(|member| member.id.as_str() == text)
            .map(|member| member.name.get(language).to_owned()),
        "needed" => Some(words.get(&format!("refusal-identity-{text}"))),
        _ => None,
    };
    name.unwrap_or_else(|| shortened(&text))
}

/// Somebody's own words, as far as an answer repeats them.
fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(MAX_QUOTED_CHARS).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests;
