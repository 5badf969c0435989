//! What the operations at a window are asked with. Every one accepts `seen`, the window's revision the
//! caller saw.

use hall_core::plan::ReasonId;
use hall_core::{HoldScope, TransferTo, WindowAct};
use protocol::{ClerkId, ServiceId, TicketId, Timestamp, WindowId};
use serde::Deserialize;
use utoipa::ToSchema;

/// Longest hold that can be given in minutes.
const MAX_HOLD_MINUTES: u32 = 24 * 60;

/// An act that needs nothing more.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Plain {
    /// The revision that was seen.
    #[serde(default)]
    pub(super) seen: Option<u32>,
}

/// An act that needs a reason.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WithReason {
    /// Why: one of the plan's reasons.
    pub(super) reason: ReasonId,
    /// The revision that was seen.
    #[serde(default)]
    pub(super) seen: Option<u32>,
}

/// A window is to open.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Open {
    /// Who will work there; the caller, if it is a clerk and nobody is named.
    #[serde(default)]
    pub(super) clerk: Option<ClerkId>,
    /// The revision that was seen.
    #[serde(default)]
    pub(super) seen: Option<u32>,
}

/// One certain ticket is to be called.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Call {
    /// Which.
    pub(super) ticket: TicketId,
    /// Why: one of the plan's reasons.
    pub(super) reason: ReasonId,
    /// The revision that was seen.
    #[serde(default)]
    pub(super) seen: Option<u32>,
}

/// The present visitor is to be set aside.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Hold {
    /// Who may take them back.
    pub(super) scope: Scope,
    /// Why: one of the plan's reasons.
    pub(super) reason: ReasonId,
    /// When they go back to the queue by themselves.
    #[serde(default)]
    pub(super) until: Option<Timestamp>,
    /// The same in minutes from now, where no time is given.
    #[serde(default)]
    pub(super) minutes: Option<u32>,
    /// The revision that was seen.
    #[serde(default)]
    pub(super) seen: Option<u32>,
}

/// Who may take somebody back who was set aside.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Scope {
    /// This window.
    Private,
    /// Every window that serves the same.
    Shared,
}

/// Somebody who was set aside is to be taken back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TakeBack {
    /// Whom.
    pub(super) ticket: TicketId,
    /// The revision that was seen.
    #[serde(default)]
    pub(super) seen: Option<u32>,
}

/// The present visitor is to be sent on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Transfer {
    /// Where to.
    pub(super) to: Destination,
    /// For the next window to read.
    #[serde(default)]
    pub(super) note: Option<String>,
    /// They come back here afterwards.
    #[serde(default)]
    pub(super) come_back: bool,
    /// The revision that was seen.
    #[serde(default)]
    pub(super) seen: Option<u32>,
}

/// Where a visitor is sent.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Destination {
    /// To whoever serves this.
    Service(ServiceId),
    /// To this window, for the same service.
    Window(WindowId),
}

/// Somebody without a number is to be served.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WalkUp {
    /// For what.
    pub(super) service: ServiceId,
    /// The revision that was seen.
    #[serde(default)]
    pub(super) seen: Option<u32>,
}

impl Hold {
    /// What it asks of the window.
    pub(super) fn act(self, now: Timestamp) -> WindowAct {
        let scope = match self.scope {
            Scope::Private => HoldScope::Private,
            Scope::Shared => HoldScope::Shared,
        };
        let in_minutes = |minutes: u32| now.plus_s(i64::from(minutes.min(MAX_HOLD_MINUTES)) * 60);
        let until = self.until.or_else(|| self.minutes.map(in_minutes));
        WindowAct::Hold { scope, reason: self.reason, until }
    }
}

impl From<Destination> for TransferTo {
    fn from(destination: Destination) -> Self {
        match destination {
            Destination::Service(service) => Self::Service(service),
            Destination::Window(window) => Self::Window(window),
        }
    }
}
