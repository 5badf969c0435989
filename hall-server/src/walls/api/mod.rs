//! The displays over the API: layouts, notices, the emergency message, errands, and what there is to show.

mod emergency;
mod errands;
mod layouts;
mod notices;

use protocol::{ClerkId, Label, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use super::notices::Ended;
use crate::config::StaffMember;
use crate::hall::Hall;
use crate::web::Caller;
use crate::web::fault::Fault;
use crate::web::policy::Forbidden;

pub(crate) fn api() -> OpenApiRouter<Hall> {
    OpenApiRouter::new()
        .merge(layouts::api())
        .merge(notices::api())
        .merge(emergency::api())
        .merge(errands::api())
}

/// Who did something, and when.
#[derive(Serialize, ToSchema)]
struct Done {
    /// Who.
    clerk: ClerkId,
    /// Their name, if they still work here.
    name: Option<Label>,
    /// When.
    at: Timestamp,
}

impl Done {
    fn new(staff: &[StaffMember], clerk: ClerkId, at: Timestamp) -> Self {
        let name = staff.iter().find(|it| it.id == clerk).map(|it| it.name.clone());
        Self { clerk, name, at }
    }

    fn of(staff: &[StaffMember], ended: Ended) -> Self {
        Self::new(staff, ended.clerk, ended.at)
    }
}

/// The member of staff who asks.
fn clerk(caller: &Caller) -> Result<ClerkId, Fault> {
    Ok(caller.who.clerk().cloned().ok_or(Forbidden::SignInFirst)?)
}
