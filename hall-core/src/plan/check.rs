//! What can be wrong with a plan. Every fault names the place in the configuration and says the mend.

use std::collections::BTreeMap;

use super::{Hours, Plan, Profile, Rules};

/// The most often one call is said.
const MOST_TIMES: u8 = 5;

/// One thing wrong with a plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{key}: {problem}; {mend}")]
pub struct PlanFault {
    /// The key in the configuration, such as `services.passport.series`.
    pub key: String,
    /// What is wrong.
    pub problem: String,
    /// What to do about it.
    pub mend: String,
}

impl PlanFault {
    fn new(key: impl Into<String>, problem: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { key: key.into(), problem: problem.into(), mend: mend.into() }
    }
}

impl Plan {
    /// Everything wrong with this plan; empty means it can be used.
    #[must_use]
    pub fn faults(&self) -> Vec<PlanFault> {
        let mut faults = Vec::new();
        self.check_rules(&mut faults);
        self.check_series(&mut faults);
        self.check_services(&mut faults);
        self.check_windows(&mut faults);
        self.check_keypads(&mut faults);
        self.check_voices(&mut faults);
        check_hours("hours", &self.hours, &mut faults);
        faults
    }

    fn check_rules(&self, faults: &mut Vec<PlanFault>) {
        if self.rules.max_services_per_ticket == 0 {
            faults.push(PlanFault::new(
                "rules.max_services_per_ticket",
                "is 0, so no ticket could be taken",
                "use 1 to 5",
            ));
        }
        if self.max_credit_ms() > 4 * 3600 * 1000 {
            faults.push(PlanFault::new(
                "credits",
                "a credit of over 4 hours lets a class starve the others",
                "use at most 14400 seconds",
            ));
        }
    }

    fn check_series(&self, faults: &mut Vec<PlanFault>) {
        let mut owners = BTreeMap::new();
        for (id, series) in &self.series {
            let key = format!("series.{id}");
            if series.prefix.ends_with(|c: char| c.is_ascii_digit()) {
                faults.push(PlanFault::new(
                    format!("{key}.prefix"),
                    format!(
                        "`{}` ends in a digit, so two numbers could look the same",
                        series.prefix
                    ),
                    "end it with a letter",
                ));
            }
            let runs = (1..=series.last).contains(&series.first);
            if !runs || !(1..=6).contains(&series.width) {
                faults.push(PlanFault::new(
                    key.clone(),
                    "its numbers run backwards, begin below 1, or its width is not 1 to 6",
                    "use 1 ≤ first ≤ last and width 3",
                ));
            }
            if let Some(other) = owners.insert(series.prefix.clone(), id) {
                faults.push(PlanFault::new(
                    format!("{key}.prefix"),
                    format!("`{}` is also the prefix of series `{other}`", series.prefix),
                    "give every series its own prefix, or let the services share one series",
                ));
            }
        }
    }

    fn check_services(&self, faults: &mut Vec<PlanFault>) {
        for (id, service) in &self.services {
            let key = format!("services.{id}");
            if !self.departments.contains_key(&service.department) {
                faults.push(unknown(&key, "department", service.department.as_str()));
            }
            if !self.series.contains_key(&service.series) {
                faults.push(unknown(&key, "series", service.series.as_str()));
            }
            if !self.windows.values().any(|window| window.profile.serves(id)) {
                faults.push(PlanFault::new(
                    key.clone(),
                    "no window takes it, so its tickets would wait for ever",
                    "add it to a window's profile or remove it",
                ));
            }
            if let Some(hours) = &service.hours {
                check_hours(&format!("{key}.hours"), hours, faults);
            }
        }
    }

    fn check_keypads(&self, faults: &mut Vec<PlanFault>) {
        let Rules { keypad_pause, keypad_hold, .. } = &self.rules;
        for (key, reason) in [("keypad_pause", keypad_pause), ("keypad_hold", keypad_hold)] {
            if reason.as_ref().is_some_and(|reason| !self.reasons.contains_key(reason)) {
                let problem = "is none of the plan's reasons";
                faults.push(PlanFault::new(
                    format!("rules.{key}"),
                    problem,
                    "name one of [reasons]",
                ));
            }
        }
    }

    /// A call that names no number or no window would send nobody anywhere.
    fn check_voices(&self, faults: &mut Vec<PlanFault>) {
        let own = self.services.iter().filter_map(|(id, service)| {
            Some((format!("services.{id}.voice"), service.voice.as_ref()?))
        });
        let usual = self.voice.iter().map(|voice| ("voice".to_owned(), voice));
        for (key, voice) in own.chain(usual) {
            for (language, text) in [("zh", &voice.zh), ("en", &voice.en)] {
                if !text.contains("{number}") || !text.contains("{window}") {
                    let problem = "does not say the number and the window";
                    let mend = "write {number} and {window} where they are to be said";
                    faults.push(PlanFault::new(format!("{key}.{language}"), problem, mend));
                }
            }
            if !(1..=MOST_TIMES).contains(&voice.times) {
                let problem = "is not 1 to 5";
                faults.push(PlanFault::new(format!("{key}.times"), problem, "say a call twice"));
            }
        }
    }

    fn check_windows(&self, faults: &mut Vec<PlanFault>) {
        for (id, window) in &self.windows {
            let key = format!("windows.{id}");
            if !self.zones.contains_key(&window.zone) {
                faults.push(unknown(&key, "zone", window.zone.as_str()));
            }
            faults.extend(self.profile_faults(&format!("{key}.profile"), &window.profile));
        }
    }

    /// What is wrong with a profile, named under `key`.
    fn profile_faults(&self, key: &str, profile: &Profile) -> Vec<PlanFault> {
        let mut faults = Vec::new();
        let mut seen = Vec::new();
        for service in profile.services() {
            if !self.services.contains_key(service) {
                faults.push(unknown(key, "services", service.as_str()));
            }
            if seen.contains(&service) {
                faults.push(PlanFault::new(
                    key,
                    format!("takes `{service}` twice"),
                    "name each service once",
                ));
            }
            seen.push(service);
        }
        if profile.groups.iter().any(|group| group.services.is_empty() || group.weight == 0) {
            faults.push(PlanFault::new(
                key,
                "has a group with no service or with weight 0",
                "remove the group or fill it",
            ));
        }
        faults
    }
}

fn unknown(key: &str, field: &str, id: &str) -> PlanFault {
    PlanFault::new(
        format!("{key}.{field}"),
        format!("`{id}` is not defined"),
        "define it or correct the name",
    )
}

fn check_hours(key: &str, hours: &Hours, faults: &mut Vec<PlanFault>) {
    for (kind, shifts) in hours.by_kind() {
        let ordered = shifts.windows(2).all(|pair| pair[0].to <= pair[1].from);
        if !ordered || shifts.iter().any(|shift| shift.from >= shift.to) {
            faults.push(PlanFault::new(
                format!("{key}.{kind}"),
                "its shifts overlap or run backwards",
                "list them in order, each ending before the next begins",
            ));
        }
    }
}
