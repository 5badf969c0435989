//! The API from outside: a real hall on a port of its own, on a clock that stands still, spoken to over
//! HTTP.

mod clerks;
mod description;
mod doors;
mod house;
mod language;
mod manager;
mod pages;
mod roles;
mod sign_in;
mod tickets;
