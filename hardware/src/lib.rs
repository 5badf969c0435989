//! Every device of a hall behind a small trait, each with a simulator that speaks the real bytes. Nothing
//! here knows the rules of a hall or its wire messages: devices are given plain texts and bytes.

pub mod card;
pub mod gpio;
pub mod keypad;
pub mod lamp;
pub mod line;
pub mod printer;
pub mod scanner;
pub mod speaker;
pub mod strip;

use std::future::Future;
use std::pin::Pin;

/// What a device will answer; boxed, so that a driver and its simulator can stand behind one `dyn` trait.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What a device says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Where it is: `tcp:10.0.0.7:9100`, `serial:/dev/ttyS1`, `simulated`.
    pub address: String,
    /// What it calls itself.
    pub model: Option<String>,
    /// The version of its program.
    pub firmware: Option<String>,
}
