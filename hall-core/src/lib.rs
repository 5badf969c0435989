//! The rules of a hall, as a state machine that never does IO.
//!
//! [`decide`] says what follows from a command: events, or a typed refusal. [`HallDay::apply`] lets an
//! event have its effect, and cannot fail. Time comes in with every command; there is no clock, no
//! randomness and no file here, so the live hall, the tests, the replay of any past moment and the
//! training mode all run exactly this.

mod apply;
pub mod choose;
mod command;
mod day;
mod decide;
mod estimate;
mod event;
mod index;
mod number;
mod order;
pub mod plan;
mod refusal;
mod ticket;
mod totals;
mod window;

pub use command::{Command, Leased, Take, TransferTo, WindowAct};
pub use day::{HallDay, Lease, ServiceDay};
pub use decide::decide;
pub use estimate::{Wait, expected_wait, mean_service_s};
pub use event::{AfterLeg, EVENT_VERSION, Event, RunnerUp, Taken, Why};
pub use order::{QueueKey, Rank};
pub use refusal::Refusal;
pub use ticket::{ComeBack, Hold, HoldScope, Leg, Place, Slot, Ticket};
pub use totals::Totals;
pub use window::{Figures, UndoAction, Undoable, Unrated, Window, Work};
