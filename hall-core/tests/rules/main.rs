//! What the rules of a hall promise, domain by domain, each in a few lines on a small plan.

mod call;
mod common;
mod day;
mod hold;
mod hours;
mod merge;
mod no_show;
mod numbers;
mod order;
mod plan;
mod profile;
mod take;
mod transfer;
mod undo;
mod windows;
