//! Signing in and out. A clerk who signs in to a window opens it with the same step.

use axum_extra::extract::cookie::{Cookie, SameSite};
use hall_core::{Command, Refusal, WindowAct};
use protocol::{ClerkId, WindowId};

use super::SESSION_COOKIE;
use crate::config::{Config, StaffMember};
use crate::hall::Hall;
use crate::journal::{JournalError, Order};
use crate::web::fault::Fault;
use crate::web::policy::{self, Deed};
use crate::web::who::Who;

/// Checks a name and a PIN, opens the window if one is named, and begins a session: its token, and whose
/// it is.
pub(super) async fn sign_in(
    hall: &Hall,
    name: &str,
    pin: &str,
    window: Option<WindowId>,
) -> Result<(String, Who), Fault> {
    let member = checked(hall, name, pin).await?;
    let who = Who::Staff { clerk: member.id.clone(), role: member.role, window: window.clone() };
    if let Some(window) = &window {
        policy::may(&who, Deed::OpenAs(window, &member.id))?;
        open(hall, &who, window, &member.id).await?;
    }
    let now = hall.clock().now();
    let token = hall.sessions().begin(hall.journal(), member.id.clone(), window, now).await?;
    Ok((token, who))
}

/// The member of staff whose name and PIN these are.
async fn checked<'a>(hall: &'a Hall, name: &str, pin: &str) -> Result<&'a StaffMember, Fault> {
    let sessions = hall.sessions();
    let Some(member) = member_called(hall.config(), name) else {
        // Takes as long as somebody known would.
        sessions.pins.passes(pin, None).await;
        return Err(Fault::WrongPin);
    };
    let begun = sessions.attempts.begin(&member.id, hall.clock().now());
    begun.map_err(|wait_s| Fault::TooManyAttempts { wait_s })?;
    if sessions.pins.passes(pin, Some(&member.pin_hash)).await {
        sessions.attempts.passed(&member.id);
        return Ok(member);
    }
    sessions.attempts.failed(&member.id, hall.clock().now());
    Err(Fault::WrongPin)
}

/// Somebody by id, or by a name that nobody else has.
pub(super) fn member_called<'a>(config: &'a Config, name: &str) -> Option<&'a StaffMember> {
    let name = name.trim();
    let by_id = config.staff.iter().find(|member| member.id.as_str() == name);
    by_id.or_else(|| {
        let mut called = config.staff.iter().filter(|it| it.name.zh == name || it.name.en == name);
        called.next().filter(|_| called.next().is_none())
    })
}

/// Opens a window; one that this clerk has already opened stays as it is.
async fn open(hall: &Hall, who: &Who, window: &WindowId, clerk: &ClerkId) -> Result<(), Fault> {
    let command = Command::AtWindow {
        window: window.clone(),
        seen: None,
        act: WindowAct::Open { clerk: clerk.clone() },
    };
    match hall.journal().submit(Order::new(who.actor(), command)).await {
        Err(JournalError::Refused(Refusal::WindowTaken { clerk: present }))
            if present == *clerk =>
        {
            Ok(())
        }
        other => Ok(other.map(drop)?),
    }
}

/// The cookie that carries a session's token; an empty token takes it away.
pub(crate) fn session_cookie(config: &Config, token: String) -> Cookie<'static> {
    let age_s = if token.is_empty() { 0 } else { config.limits.session_s };
    let mut cookie = Cookie::new(SESSION_COOKIE, token);
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Strict);
    cookie.set_path("/");
    cookie.set_secure(config.public_url.starts_with("https://"));
    cookie.set_max_age(std::time::Duration::from_secs(age_s.cast_unsigned()).try_into().ok());
    cookie
}
