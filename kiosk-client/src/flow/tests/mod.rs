//! The flow, walked through on every way a visitor can take, the unhappy ones above all: events go in,
//! effects come out.

mod attract;
mod choosing;
mod help;
mod identity;
mod idle;
mod offline;
mod orders;
mod random;
mod slips;
mod support;
mod visits;
mod voice;
