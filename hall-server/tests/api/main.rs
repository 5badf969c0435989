//! The API from outside: a real hall on a port of its own, on a clock that stands still, spoken to over
//! HTTP.

mod appointments;
mod clerks;
mod description;
mod displays;
mod doors;
mod house;
mod keypads;
mod kiosks;
mod language;
mod manager;
mod pages;
mod roles;
mod sign_in;
mod slips;
mod tickets;
mod walls;
