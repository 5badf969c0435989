//! The duty manager: what needs an overview of the whole hall.

mod api;
mod pages;
mod story;
mod ticket_page;

pub(crate) use api::api;
pub(crate) use pages::pages;
