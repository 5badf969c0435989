//! What a visitor already has: tickets that are alive and appointments of today, found by card, phone or
//! code. Also the settling of orders whose answers were lost.

use serde::{Deserialize, Serialize};

use super::{TicketTaken, Visitor};
use crate::{Label, Language, TicketId, Timestamp};

/// A visitor asks what they have: `POST /api/v1/kiosks/{kiosk}/visits`. Never in a URL: it holds a number
/// of a card or a secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FindVisits {
    /// By what.
    pub by: Proof,
    /// The visitor's language.
    #[serde(default)]
    pub language: Language,
}

/// By what a visitor is found.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Proof {
    /// By card or phone.
    Visitor(Visitor),
    /// By a ticket's secret, or the address on its slip that ends in it.
    Ticket(String),
    /// By an appointment's code.
    Appointment(String),
}

impl std::fmt::Debug for Proof {
    /// Says how, never who.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Visitor(_) => "Visitor(…)",
            Self::Ticket(_) => "Ticket(…)",
            Self::Appointment(_) => "Appointment(…)",
        })
    }
}

/// What a visitor has today.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct VisitsFound {
    /// Tickets that are alive, as their slips would say it now.
    pub tickets: Vec<TicketTaken>,
    /// Appointments of today that nobody has checked in for.
    pub appointments: Vec<AppointmentFound>,
}

/// An appointment of today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AppointmentFound {
    /// Its code, to check in with.
    pub code: String,
    /// What for, the main matter first.
    pub services: Vec<Label>,
    /// When the promised time begins.
    pub start: Timestamp,
    /// When it ends.
    pub end: Timestamp,
    /// From when a kiosk checks it in.
    pub opens: Timestamp,
    /// Whether its time is over: checking in gives an ordinary place.
    pub late: bool,
}

/// A visitor with an appointment has come: `POST /api/v1/kiosks/{kiosk}/check-in`. Answered with
/// [`TicketTaken`]; safe to repeat under the same `Idempotency-Key`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CheckIn {
    /// The appointment's code.
    pub code: String,
    /// The visitor's language.
    #[serde(default)]
    pub language: Language,
}

/// Another slip of a ticket, marked 补打: `POST /api/v1/kiosks/{kiosk}/reprints`. Answered with
/// [`TicketTaken`] as it stands now; the journal keeps that it was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Reprint {
    /// Whose.
    pub ticket: TicketId,
}

/// A kiosk gives up an order whose answer it never got: `POST /api/v1/kiosks/{kiosk}/settlements`. If the
/// hall carried it out, its ticket is withdrawn; if it did not, it never will: a copy of the order that
/// arrives later is refused with `given-up`. Safe to repeat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GiveUp {
    /// The order's `Idempotency-Key`.
    pub key: String,
}

/// What had become of an order that was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct GivenUp {
    /// The ticket it had given, now withdrawn; `None` if it had given none, or if a window has called it
    /// already.
    pub withdrawn: Option<TicketId>,
}
