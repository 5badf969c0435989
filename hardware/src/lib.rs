//! Every device of a hall behind a small trait, each with a simulator that speaks the real bytes. Nothing
//! here knows the rules of a hall or its wire messages: devices are given plain texts and bytes.

pub mod card;
pub mod lamp;
pub mod printer;

use std::future::Future;
use std::pin::Pin;

/// What a device will answer; boxed, so that a driver and its simulator can stand behind one `dyn` trait.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
