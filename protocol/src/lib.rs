//! The words every part of the house shares: ids, times, the small closed vocabularies, and the
//! messages that cross a wire. Serde and nothing else; who decides what is `hall-core`'s business.

mod id;
pub mod kiosk;
mod label;
pub mod live;
mod time;
mod vocabulary;
pub mod wall;

pub use id::{
    AppointmentId, ClerkId, DepartmentId, DisplayId, KioskId, NoteId, Number, PersonId, Seq,
    SeriesId, ServiceId, TicketId, WindowId, ZoneId,
};
pub use label::{Label, Language};
pub use time::Timestamp;
pub use vocabulary::{Channel, Class, Identity, Outcome, Phase, Rule, WindowMode};
