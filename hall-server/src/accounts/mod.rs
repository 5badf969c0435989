//! Who works here: roles, PINs, sessions, signing in. A session outlives a restart of the hall.

mod api;
mod attempts;
mod pages;
mod pins;
mod service;
mod sessions;
mod store;

use serde::{Deserialize, Serialize};

pub(crate) use api::api;
pub(crate) use pages::pages;
pub use pins::{PinFault, hash_pin};
pub(crate) use service::session_cookie;
pub use sessions::{Session, Sessions};

/// The name of the cookie that carries a session's token.
pub const SESSION_COOKIE: &str = "session";

/// What a member of staff may do; `web::policy` says it in full.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Serves visitors at a window.
    Clerk,
    /// Runs the day (值班长).
    Manager,
    /// Sets the hall up.
    Administrator,
    /// Sees everything and changes nothing.
    Auditor,
}
