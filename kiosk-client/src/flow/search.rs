//! Looking for a service: by the pinyin initials of its name, by characters of it, or by English words.

use protocol::kiosk::{Menu, MenuDepartment, MenuService};

/// Services found, at most.
const MOST_HITS: usize = 12;

/// A service that was found, with its department.
#[derive(Clone, Copy, Debug)]
pub struct Hit<'a> {
    /// Whose it is.
    pub department: &'a MenuDepartment,
    /// The service.
    pub service: &'a MenuService,
}

/// The services that fit, best first; none for an empty question.
#[must_use]
pub fn search<'a>(menu: &'a Menu, query: &str) -> Vec<Hit<'a>> {
    let wanted: String =
        query.chars().filter(|it| !it.is_whitespace()).flat_map(char::to_lowercase).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut hits: Vec<(u8, Hit<'_>)> = menu
        .departments
        .iter()
        .flat_map(|department| {
            department.services.iter().map(move |service| Hit { department, service })
        })
        .filter_map(|hit| Some((rank(hit, &wanted)?, hit)))
        .collect();
    // Stable: within a rank the hall's own order stays.
    hits.sort_by_key(|(rank, _)| *rank);
    hits.into_iter().map(|(_, hit)| hit).take(MOST_HITS).collect()
}

/// How well a service fits; smaller is better.
fn rank(hit: Hit<'_>, wanted: &str) -> Option<u8> {
    let service = hit.service;
    let english = squeezed(&service.name.en);
    let initials = service.initials.to_lowercase();
    if initials.starts_with(wanted) || service.name.zh.starts_with(wanted) {
        Some(0)
    } else if initials.contains(wanted) || service.name.zh.to_lowercase().contains(wanted) {
        Some(1)
    } else if begins_a_word(&service.name.en, wanted) {
        Some(2)
    } else if english.contains(wanted) {
        Some(3)
    } else if squeezed(&hit.department.name.zh).contains(wanted)
        || squeezed(&hit.department.name.en).contains(wanted)
    {
        Some(4)
    } else {
        None
    }
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|it| !it.is_whitespace()).flat_map(char::to_lowercase).collect()
}

fn begins_a_word(text: &str, wanted: &str) -> bool {
    text.split(|it: char| !it.is_alphanumeric()).any(|word| word.to_lowercase().starts_with(wanted))
}
