//! Who speaks: found out once per request, from the session cookie or the bearer token. Without a token, or
//! with one that has expired, it is a visitor; what a visitor may do is `policy`'s business.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum_extra::extract::CookieJar;
use protocol::{ClerkId, DisplayId, KioskId, WindowId};

use crate::accounts::{Role, SESSION_COOKIE};
use crate::hall::Hall;
use crate::journal::Actor;

/// The one who speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// Nobody in particular: a visitor, or somebody who has not signed in.
    Visitor,
    /// A member of staff who has signed in.
    Staff {
        /// Who.
        clerk: ClerkId,
        /// As what.
        role: Role,
        /// The window they signed in to.
        window: Option<WindowId>,
    },
    /// A machine that issues tickets.
    Kiosk(KioskId),
    /// A screen on the wall.
    Display(DisplayId),
    /// Another system.
    Integrator(String),
}

impl Who {
    /// Finds out who holds a bearer token: a session's, a device's or an integrator's.
    #[must_use]
    pub fn holding(hall: &Hall, token: &str) -> Self {
        Self::signed_in(hall, token)
            .or_else(|| crate::devices::holder_of(hall.config(), token))
            .unwrap_or(Self::Visitor)
    }

    fn signed_in(hall: &Hall, token: &str) -> Option<Self> {
        let session = hall.sessions().find(token, hall.clock().now())?;
        // The role is asked of the staff list each time, so that a change there holds at once.
        let member = hall.config().staff.iter().find(|member| member.id == session.clerk)?;
        Some(Self::Staff { clerk: session.clerk, role: member.role, window: session.window })
    }

    /// The member of staff, if it is one.
    #[must_use]
    pub fn clerk(&self) -> Option<&ClerkId> {
        match self {
            Self::Staff { clerk, .. } => Some(clerk),
            _ => None,
        }
    }

    /// The window a member of staff signed in to.
    #[must_use]
    pub fn window(&self) -> Option<&WindowId> {
        match self {
            Self::Staff { window, .. } => window.as_ref(),
            _ => None,
        }
    }

    /// The role of a member of staff.
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        match self {
            Self::Staff { role, .. } => Some(*role),
            _ => None,
        }
    }

    /// The name under which the journal records what they do.
    #[must_use]
    pub fn actor(&self) -> Actor {
        match self {
            Self::Visitor => Actor::Visitor,
            Self::Staff { clerk, .. } => Actor::Clerk(clerk.clone()),
            Self::Kiosk(kiosk) => Actor::Kiosk(kiosk.clone()),
            Self::Display(display) => Actor::Display(display.clone()),
            Self::Integrator(id) => Actor::Integrator(id.clone()),
        }
    }
}

impl FromRequestParts<Hall> for Who {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, hall: &Hall) -> Result<Self, Infallible> {
        Ok(match token_of(parts) {
            Some(token) => Self::holding(hall, &token),
            None => Self::Visitor,
        })
    }
}

/// The token a request carries; a program's header stands before a browser's cookie.
pub(crate) fn token_of(parts: &Parts) -> Option<String> {
    if let Some(header) = parts.headers.get(AUTHORIZATION) {
        let (scheme, token) = header.to_str().ok()?.split_once(' ')?;
        return scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned());
    }
    let cookies = CookieJar::from_headers(&parts.headers);
    cookies.get(SESSION_COOKIE).map(|cookie| cookie.value().to_owned())
}
