//! What a kiosk and the hall say to each other over HTTP: the menu, taking a number, the slip's contents,
//! leased numbers, what a visitor already has, how the kiosk's devices are.

mod device;
mod find;

pub use device::{
    Condition, Counted, Counter, DeviceKind, DeviceReport, DeviceTest, Finding, KioskErrands,
    KioskReport, Test, TestResult,
};
pub use find::{
    AppointmentFound, CheckIn, FindVisits, GiveUp, GivenUp, Proof, Reprint, VisitsFound,
};

use serde::{Deserialize, Serialize};

use crate::live::{Availability, WaitRange, WindowRef};
use crate::{
    Class, DepartmentId, Identity, KioskId, Label, Language, Number, SeriesId, ServiceId, TicketId,
    Timestamp,
};

/// Everything a visitor can choose from: `GET /api/v1/menu`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Menu {
    /// The hall's name.
    pub hall: Label,
    /// The business day.
    pub date: String,
    /// The hall's zone.
    pub time_zone: String,
    /// The hall's time.
    pub at: Timestamp,
    /// Most services on one ticket.
    pub max_services: u8,
    /// The departments that have services, in the hall's order.
    pub departments: Vec<MenuDepartment>,
}

/// A department and its services.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MenuDepartment {
    /// Which.
    pub id: DepartmentId,
    /// Its name.
    pub name: Label,
    /// Its services.
    pub services: Vec<MenuService>,
}

/// A service a visitor can choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MenuService {
    /// Which.
    pub id: ServiceId,
    /// Its name.
    pub name: Label,
    /// The pinyin initials of its Chinese name and of what else people call it, one word each: `sbk` for
    /// 社保卡.
    pub initials: String,
    /// Whose numbers it gives, for leases.
    pub series: SeriesId,
    /// How a visitor must make themselves known.
    pub identity: Identity,
    /// Whether it gives tickets now.
    pub availability: Availability,
    /// How many wait.
    pub waiting: u32,
    /// How long somebody waits who comes now.
    pub wait: Option<WaitRange>,
    /// Services share a ticket only within one bundle.
    pub bundle: Option<String>,
    /// Where it is done.
    pub windows: Vec<WindowRef>,
}

/// A visitor takes a number: `POST /api/v1/tickets`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TakeTicket {
    /// What for, the main matter first; 1 to 5.
    pub services: Vec<ServiceId>,
    /// Who it is, as far as the services need it.
    #[serde(default)]
    pub visitor: Option<Visitor>,
    /// The visitor's language.
    #[serde(default)]
    pub language: Language,
    /// Granted by staff at a desk; machines leave it out.
    #[serde(default)]
    pub class: Option<Class>,
    /// The kiosk it was taken at; a kiosk's own token says the same.
    #[serde(default)]
    pub kiosk: Option<KioskId>,
    /// A number that was given from a lease while the hall was away.
    #[serde(default)]
    pub leased: Option<LeasedTicket>,
}

/// Who a visitor is. Sent once, sealed at once, never logged.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "by", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Visitor {
    /// By a card that was read.
    Card {
        /// The holder's name.
        name: String,
        /// The card's number, with a valid check digit.
        number: String,
    },
    /// By a mobile phone number.
    Phone {
        /// Eleven digits.
        number: String,
    },
}

impl std::fmt::Debug for Visitor {
    /// Says how, never who.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Card { .. } => "Card(…)",
            Self::Phone { .. } => "Phone(…)",
        })
    }
}

/// A number given from a lease. Its ticket joins once: the same request under the same `Idempotency-Key`
/// gets the first answer; under another key it is refused with `already-joined`, which a kiosk counts as
/// done. `not-leased` says that the number is not this kiosk's, or of a day that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LeasedTicket {
    /// Its id from the lease.
    pub ticket: TicketId,
    /// When it was taken, by the kiosk's clock.
    pub taken_at: Timestamp,
}

/// A ticket that was taken: everything its slip says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TicketTaken {
    /// The ticket.
    pub ticket: TicketId,
    /// Its number.
    pub number: Number,
    /// Its secret.
    pub token: String,
    /// The address of its page, for the QR code.
    pub url: String,
    /// The hall's name.
    pub hall: Label,
    /// What for, the main matter first.
    pub services: Vec<Label>,
    /// Why it is ahead of others.
    pub class: Class,
    /// How many stand before it; `None` if a kiosk gave it while the hall was away.
    pub ahead: Option<u32>,
    /// How long it will wait.
    pub wait: Option<WaitRange>,
    /// Where to wait.
    pub windows: Vec<WindowRef>,
    /// When it was taken.
    pub taken_at: Timestamp,
    /// The last four digits of the card or phone.
    pub last_four: Option<String>,
    /// When an appointment may first be called.
    pub not_before: Option<Timestamp>,
}

/// A kiosk asks for numbers: `POST /api/v1/kiosks/{kiosk}/leases`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LeaseRequest {
    /// From which series.
    pub series: SeriesId,
    /// How many.
    pub count: u32,
}

/// Numbers that belong to a kiosk until the day ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LeaseGranted {
    /// From which series.
    pub series: SeriesId,
    /// The business day they belong to.
    pub date: String,
    /// The numbers with the tickets they will be.
    pub tickets: Vec<LeasedNumber>,
}

/// One leased number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LeasedNumber {
    /// The ticket it will be.
    pub ticket: TicketId,
    /// The number.
    pub number: Number,
    /// The ticket's secret.
    pub token: String,
    /// The address of its page.
    pub url: String,
}

/// Every error the hall answers with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Problem {
    /// For programs; stable.
    pub code: String,
    /// For people, in the language asked for: what is wrong and what to do.
    pub message: String,
}
