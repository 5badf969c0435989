//! Tickets: taking a number, what its visitor and the staff may do with it, the visitor's page.

mod api;
mod pages;
mod service;
mod visit_view;

pub(crate) use api::api;
pub(crate) use pages::pages;
pub(crate) use service::{TicketReceipt, of_number, ticket_receipt, ticket_url};
