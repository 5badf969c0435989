//! What the screen shows.

use hardware::card::CardFault;
use hardware::printer::{Outcome, PrinterFault};
use protocol::kiosk::{TicketTaken, VisitsFound};
use protocol::{DepartmentId, ServiceId};

use super::errand::Errand;
use super::event::Copy;
use crate::hall::HallFault;

/// One page of the kiosk, with what only that page needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Screen {
    /// Nobody has been here for a while.
    Attract {
        /// Counts the slides that were shown.
        slide: usize,
    },
    /// Nobody is here.
    Welcome,
    /// Choose a department.
    Departments,
    /// Choose one of a department's services.
    Services(DepartmentId),
    /// Look for a service.
    Search {
        /// What was typed.
        query: String,
    },
    /// Type a phone number.
    Phone {
        /// The digits so far.
        digits: String,
        /// Whether they were offered and are no phone number.
        wrong: bool,
    },
    /// Place a card.
    Card {
        /// What went wrong with the last one.
        fault: Option<CardFault>,
    },
    /// Place a card or show a code, to be told what one has.
    Ask {
        /// What the visitor is after.
        want: Want,
        /// What went wrong with the last card.
        fault: Option<CardFault>,
    },
    /// Type the code of an appointment.
    TypeCode {
        /// The characters so far.
        code: String,
        /// Whether they were offered and are no code.
        wrong: bool,
    },
    /// What the visitor has today.
    Found {
        /// Live tickets and appointments.
        found: Box<VisitsFound>,
        /// How it came to be asked.
        why: Why,
    },
    /// See what it will be, and take it.
    Confirm,
    /// The hall is being asked.
    Asking(Errand),
    /// The slip is being printed.
    Printing(Box<TicketTaken>, Copy),
    /// The number, and where to wait.
    Farewell {
        /// The ticket.
        taken: Box<TicketTaken>,
        /// What became of its slip.
        slip: Slip,
        /// Whether the slip is its first.
        copy: Copy,
    },
    /// The hall did not do what it was asked.
    Trouble(Trouble),
}

/// What somebody who has been here before is after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    /// To check in for an appointment.
    Appointment,
    /// To see where their ticket stands, or its slip again.
    Ticket,
}

/// How it came to be asked what a visitor has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// They wanted to know.
    Asked,
    /// They are taking a number for something they have no ticket for.
    TakingOther,
    /// They are taking a number for something they have a ticket for already.
    TakingSame,
}

/// What became of a slip. The ticket is valid whatever it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// It was printed and cut.
    Printed,
    /// It was not printed.
    NotPrinted(PrinterFault),
    /// It may have been printed.
    Doubtful(PrinterFault),
    /// The kiosk stopped before it was done.
    Interrupted {
        /// Whether some of it may have been printed.
        begun: bool,
    },
}

impl From<Outcome> for Slip {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Printed => Self::Printed,
            Outcome::NotPrinted(fault) => Self::NotPrinted(fault),
            Outcome::Doubtful(fault) => Self::Doubtful(fault),
        }
    }
}

/// Why the hall did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What it was asked.
    pub errand: Errand,
    /// What came instead of an answer.
    pub fault: HallFault,
}

impl Trouble {
    /// Whether asking the same again may help.
    #[must_use]
    pub fn may_retry(&self) -> bool {
        matches!(self.fault, HallFault::Away(_))
    }
}

/// A short explanation on top of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// This service gives no tickets now.
    Unavailable(ServiceId),
    /// The hall is away, and no leased number is left for this service.
    NoneLeft(ServiceId),
    /// These two cannot share a ticket.
    Conflict {
        /// The one that was chosen first.
        first: ServiceId,
        /// The one that does not go with it.
        second: ServiceId,
    },
    /// A ticket carries no more services.
    TooMany,
    /// This can only be done while the hall can be reached.
    NeedsHall,
    /// What was scanned is nothing this kiosk knows.
    UnknownCode,
}

/// Where a call for help stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Help {
    /// Nobody asked.
    #[default]
    None,
    /// The hall is being told.
    Calling,
    /// Somebody will come.
    Coming,
    /// The hall could not be told.
    Failed,
}

/// The four steps a visitor sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Choosing.
    Choose,
    /// Saying who one is.
    Identify,
    /// Looking at it once more.
    Confirm,
    /// Taking the slip.
    Slip,
}

impl Screen {
    /// Which step of taking a number the page belongs to.
    #[must_use]
    pub fn step(&self) -> Option<Step> {
        match self {
            Self::Departments | Self::Services(_) | Self::Search { .. } => Some(Step::Choose),
            Self::Phone { .. } | Self::Card { .. } => Some(Step::Identify),
            Self::Found { why: Why::TakingSame | Why::TakingOther, .. } => Some(Step::Identify),
            Self::Confirm => Some(Step::Confirm),
            Self::Trouble(trouble) if trouble.errand.is_order() => Some(Step::Confirm),
            Self::Asking(errand) if errand.is_order() => Some(Step::Slip),
            Self::Printing(_, Copy::First) | Self::Farewell { copy: Copy::First, .. } => {
                Some(Step::Slip)
            }
            _ => None,
        }
    }

    /// Whether nobody is here.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        matches!(self, Self::Attract { .. } | Self::Welcome)
    }

    /// Whether it shows the menu, which is worth nothing while no number can be given.
    #[must_use]
    pub fn needs_menu(&self) -> bool {
        self.is_idle() || matches!(self.step(), Some(Step::Choose)) || *self == Self::Confirm
    }

    /// Whether a card is wanted.
    #[must_use]
    pub fn wants_card(&self) -> bool {
        matches!(self, Self::Card { .. } | Self::Ask { .. })
    }

    /// Whether the machine is at work and nobody can do anything.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Asking(_) | Self::Printing(..))
    }
}
