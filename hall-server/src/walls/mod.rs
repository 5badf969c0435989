//! What the displays are to be: their layouts, notices, media, the emergency message, and errands such as
//! flashing or starting again.

mod api;
mod emergency;
mod errands;
mod fault;
mod layouts;
mod media;
mod media_door;
mod notices;
mod pages;
mod service;
mod store;
mod ticker;

pub(crate) use api::api;
pub use fault::WallsFault;
pub(crate) use media_door::media;
pub(crate) use pages::pages;
pub use service::Walls;
