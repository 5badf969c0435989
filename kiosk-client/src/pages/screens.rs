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
    /// Nobody has been here for a while.
    Attract("attract.html") { other: Words, slide: Slide, now: usize, count: usize }
    /// Nobody is here.
    Welcome("welcome.html") { date: String, waiting: Option<String>, offline: bool }
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
    /// Place a card or show a code.
    Ask("ask.html") { title: String, hint: String, fault: Option<String>, may_type: bool }
    /// Type an appointment's code.
    TypeCode("code.html") { code: String, wrong: bool, keys: [&'static str; 4] }
    /// What the visitor has today.
    Found("found.html") {
        title: String,
        hint: String,
        tickets: Vec<TicketCard>,
        appointments: Vec<AppointmentCard>,
        may_take_another: bool,
    }
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
        queue: Option<(String, String)>,
        places: Vec<String>,
        not_before: Option<String>,
        no_slip: Option<String>,
        take_slip: String,
        code: Option<CodePicture>,
        address: Option<String>,
    }
    /// The hall did not do it.
    Trouble("trouble.html") {
        title: String,
        message: String,
        instead: Option<String>,
        code: String,
        may_retry: bool,
        is_order: bool,
    }
    /// Nothing can be chosen now.
    Outage("outage.html") { message: String, instead: String, code: String }
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
    /// How many wait and how long; `None` while nobody here can know.
    pub(super) queue: Option<(String, String)>,
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

/// A ticket the visitor has.
pub(super) struct TicketCard {
    pub(super) id: String,
    pub(super) number: String,
    pub(super) services: String,
    pub(super) ahead: String,
    pub(super) wait: Option<String>,
    pub(super) places: Vec<String>,
    pub(super) not_before: Option<String>,
}

/// An appointment the visitor has.
pub(super) struct AppointmentCard {
    /// Where it stands in the list.
    pub(super) place: usize,
    pub(super) time: String,
    pub(super) services: String,
    /// From when it can be checked in, if not yet.
    pub(super) early: Option<String>,
    /// What it means to be late, if it is.
    pub(super) late: Option<String>,
}

/// What one slide shows.
pub(super) enum Slide {
    /// The hall, the day, how many wait.
    Hall { date: String, waiting: Option<String> },
    /// How a number is taken.
    Steps,
    /// What to bring, and who goes first.
    Bring,
    /// Where nobody waits long.
    Short(Vec<Short>),
    /// A picture of the installer's.
    Picture(String),
}

/// A service with a short wait.
pub(super) struct Short {
    pub(super) name: String,
    pub(super) wait: String,
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
