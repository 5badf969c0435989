//! The machines: whose token is whose, which displays are connected, how the kiosks are.

mod api;
mod displays;
mod kiosks;
mod pages;
mod presence;
mod since;

use protocol::KioskId;
use subtle::ConstantTimeEq;

use crate::config::Config;
use crate::web::who::Who;

pub(crate) use api::{api, known};
pub use displays::{DisplayState, OutputTrouble, Standing};
pub use kiosks::{AskedTest, KioskState, Need};
pub(crate) use pages::pages;
pub use presence::Presence;

/// The device or system a token belongs to. Every token is compared, in constant time.
#[must_use]
pub fn holder_of(config: &Config, token: &str) -> Option<Who> {
    let kiosks =
        config.kiosks.iter().map(|it| (&it.token, Who::Kiosk(KioskId::from(it.id.as_str()))));
    let displays = config.displays.iter().map(|it| (&it.token, Who::Display(it.id.clone())));
    let others = config.integrators.iter().map(|it| (&it.token, Who::Integrator(it.id.clone())));
    let mut found = None;
    for (known, who) in kiosks.chain(displays).chain(others) {
        if known.as_bytes().ct_eq(token.as_bytes()).into() {
            found = Some(who);
        }
    }
    found
}
