//! The pages themselves: one struct for each template, holding texts ready to be shown.

use askama::Template;
use ui::{Page, Words};

use super::frame::Frame;

/// Declares a page: the frame's three fields and its own.
macro_rules! pages {
    ($($(#[$doc:meta])* $name:ident($path:literal) { $($field:ident: $kind:ty),* $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Template)]
        #[template(path = $path)]
        pub(super) struct $name {
            pub(super) page: Page,
            pub(super) words: Words,
            pub(super) frame: Frame,
            $(pub(super) $field: $kind,)*
        }
    )+};
}

pages! {
    /// Nobody is here.
    Welcome("welcome.html") { date: String, waiting: String }
    /// Choose a department.
    Departments("departments.html") { chosen: Vec<String>, departments: Vec<DepartmentCard> }
    /// Choose a service.
    Services("services.html") { name: String, services: Vec<ServiceCard> }
    /// Look for a service.
    Search("search.html") { query: String, keys: [&'static str; 3], services: Vec<ServiceCard> }
    /// Type a phone number.
    Phone("phone.html") { digits: String, shown: String, wrong: bool }
    /// Place a card.
    Card("card.html") { fault: Option<String> }
    /// See what it will be.
    Confirm("confirm.html") {
        services: Vec<Chosen>,
        ahead: String,
        wait: String,
        places: Vec<String>,
        identified: Option<String>,
        may_add: bool,
    }
    /// The machine is at work.
    Busy("busy.html") { title: String, hint: String, number: Option<String> }
    /// The number, and where to wait.
    Farewell("farewell.html") {
        number: String,
        services: Vec<String>,
        class: Option<String>,
        ahead: String,
        wait: String,
        places: Vec<String>,
        not_before: Option<String>,
        no_slip: Option<String>,
        code: Option<CodePicture>,
        address: Option<String>,
    }
    /// No ticket was given.
    Trouble("trouble.html") { message: String, code: String, may_retry: bool }
    /// Nothing can be chosen now.
    Outage("outage.html") { message: String, code: String }
}

/// A department to choose.
pub(super) struct DepartmentCard {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) services: String,
    /// How many wait, or that it is closed.
    pub(super) waiting: String,
    pub(super) closed: bool,
}

/// A service to choose.
pub(super) struct ServiceCard {
    pub(super) id: String,
    pub(super) name: String,
    /// Its department, where the list mixes them.
    pub(super) department: Option<String>,
    pub(super) places: Vec<String>,
    pub(super) identity: Option<String>,
    pub(super) waiting: String,
    pub(super) wait: String,
    /// Why it cannot be chosen now.
    pub(super) obstacle: Option<String>,
    pub(super) chosen: bool,
}

/// A service that was chosen.
pub(super) struct Chosen {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) department: String,
}

/// A QR code as an SVG path over a square of so many modules.
pub(super) struct CodePicture {
    pub(super) modules: usize,
    pub(super) path: String,
}

impl CodePicture {
    /// White modules around the code; readers need four.
    const QUIET: usize = 4;

    /// The code for a text; `None` if it is too long for one.
    pub(super) fn of(text: &str) -> Option<Self> {
        let code = qrcode::QrCode::with_error_correction_level(text, qrcode::EcLevel::M).ok()?;
        let width = code.width();
        let dark = code.to_colors().into_iter().enumerate();
        let path = dark
            .filter(|(_, colour)| *colour == qrcode::Color::Dark)
            .map(|(place, _)| {
                let (x, y) = (place % width + Self::QUIET, place / width + Self::QUIET);
                format!("M{x} {y}h1v1h-1z")
            })
            .collect();
        Some(Self { modules: width + 2 * Self::QUIET, path })
    }
}
