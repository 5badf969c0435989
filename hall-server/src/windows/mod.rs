//! Windows: everything a clerk does at one, and the console they do it from.

mod api;
mod keypads;
mod pages;
mod requests;
mod service;
mod setup;

pub(crate) use api::api;
pub(crate) use pages::{pages, staff_name};
pub(crate) use setup::Setup;
