//! Appointments: times that were promised, by a portal over the API or by staff. A kiosk checks them in, each
//! once. A code is its visitor's secret: it stands in bodies only, never in an address or a log.

mod api;
mod at_kiosk;
mod fault;
mod service;
pub(crate) mod store;

pub(crate) use api::api;
pub use fault::AppointmentFault;
