//! Tickets: taking a number, what its visitor and the staff may do with it, the visitor's page.

mod api;
mod at_kiosk;
mod pages;
mod service;
mod slips;
mod visit_view;

pub(crate) use api::api;
pub(crate) use pages::pages;
pub(crate) use service::{TicketReceipt, class_by_age, of_number, ticket_receipt};
pub(crate) use slips::{slip, slip_of, ticket_behind, ticket_url};
