//! The closed lists of words that pages, machines and the core all use.

use serde::{Deserialize, Serialize};

/// Why a ticket is ahead of others (优先类别).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// No priority.
    #[default]
    Ordinary,
    /// By age, read from the card or seen by staff.
    Elder,
    /// A disabled person.
    Disabled,
    /// Somebody who cannot hear, and is called by light as well.
    Hearing,
    /// A pregnant woman.
    Pregnant,
    /// Somebody with an infant.
    Infant,
    /// A veteran.
    Veteran,
    /// Serving soldiers, firefighters and rescuers.
    Service,
    /// The green channel: matters that must not wait.
    GreenChannel,
}

impl Class {
    /// Every class, in the order pages list them.
    pub const ALL: [Self; 9] = [
        Self::Ordinary,
        Self::Elder,
        Self::Disabled,
        Self::Hearing,
        Self::Pregnant,
        Self::Infant,
        Self::Veteran,
        Self::Service,
        Self::GreenChannel,
    ];
}

/// Where a ticket was taken.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// At a kiosk.
    #[default]
    Kiosk,
    /// By staff at a desk.
    Desk,
    /// At a window, without a number.
    WalkUp,
    /// By another system over the API.
    Integration,
}

/// How a visitor made themselves known; ordered from least to most certain.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Identity {
    /// Not at all.
    #[default]
    None,
    /// By a phone number.
    Phone,
    /// By a card that was read.
    Card,
}

/// How one leg of a visit ended. Every leg closes with exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The service was done.
    Served,
    /// It went on to another service or window.
    Transferred,
    /// Called, and nobody came.
    NoShow,
    /// The visitor went away before being served.
    Left,
    /// The visitor gave the number back.
    Withdrawn,
    /// The day ended first.
    DayEnd,
    /// It was a duplicate of another ticket.
    Merged,
    /// It should never have been: an action taken back.
    Undone,
}

impl Outcome {
    /// Every outcome, in the order reports list them.
    pub const ALL: [Self; 8] = [
        Self::Served,
        Self::Transferred,
        Self::NoShow,
        Self::Left,
        Self::Withdrawn,
        Self::DayEnd,
        Self::Merged,
        Self::Undone,
    ];
}

/// Where in its life a ticket is, without the details.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// In the queue.
    Waiting,
    /// Invited to a window.
    Called,
    /// At the window.
    Serving,
    /// Set aside.
    Held,
    /// Over.
    Closed,
}

/// Whether a window is at work.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum WindowMode {
    /// Nobody works here.
    #[default]
    Closed,
    /// At work.
    Open,
    /// A clerk is signed in but takes nobody for now.
    Paused,
}

/// Which rule put a ticket next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// A duty manager pinned it.
    Pinned,
    /// It was sent to this very window.
    Bound,
    /// It has waited beyond the limit, so the window's preferences no longer count.
    Overdue,
    /// The window takes its service first.
    Priority,
    /// It was its service's turn in the window's ratio.
    Ratio,
    /// It stood first in the one order of all the window's services.
    Order,
    /// The clerk chose it, with a reason.
    Chosen,
    /// It came back from being held.
    TakenBack,
    /// Served at the window without queueing.
    WalkUp,
}
