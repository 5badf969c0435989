//! What the screen shows.

use hardware::card::CardFault;
use hardware::printer::PrinterFault;
use protocol::kiosk::{Problem, TicketTaken};
use protocol::{DepartmentId, ServiceId};

use super::event::Order;
use crate::hall::{Away, HallFault};

/// One page of the kiosk, with what only that page needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Screen {
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
    /// See what it will be, and take it.
    Confirm,
    /// The hall is being asked.
    Taking(Order),
    /// The slip is being printed.
    Printing(Box<TicketTaken>),
    /// The number, and where to wait.
    Farewell {
        /// The ticket.
        taken: Box<TicketTaken>,
        /// Why there is no slip, if there is none.
        no_slip: Option<PrinterFault>,
    },
    /// No ticket was given.
    Trouble(Trouble),
}

/// Why there is no ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The hall said no.
    Refused(Problem),
    /// The hall could not be asked; the same order can be tried again.
    Away(Away, Order),
    /// The hall does not know this kiosk.
    NotAdmitted,
}

impl Trouble {
    /// What an order's failure means.
    pub(super) fn of(fault: HallFault, order: Order) -> Self {
        match fault {
            HallFault::Refused(problem) => Self::Refused(problem),
            HallFault::Away(away) => Self::Away(away, order),
            HallFault::NotAdmitted => Self::NotAdmitted,
        }
    }
}

/// A short explanation on top of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// This service gives no tickets now.
    Unavailable(ServiceId),
    /// These two cannot share a ticket.
    Conflict {
        /// The one that was chosen first.
        first: ServiceId,
        /// The one that does not go with it.
        second: ServiceId,
    },
    /// A ticket carries no more services.
    TooMany,
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
    /// Which step the page belongs to.
    #[must_use]
    pub fn step(&self) -> Option<Step> {
        match self {
            Self::Welcome => None,
            Self::Departments | Self::Services(_) | Self::Search { .. } => Some(Step::Choose),
            Self::Phone { .. } | Self::Card { .. } => Some(Step::Identify),
            Self::Confirm | Self::Trouble(_) => Some(Step::Confirm),
            Self::Taking(_) | Self::Printing(_) | Self::Farewell { .. } => Some(Step::Slip),
        }
    }

    /// Whether it shows the menu, which is worth nothing while the hall is away.
    #[must_use]
    pub fn needs_menu(&self) -> bool {
        matches!(
            self,
            Self::Welcome
                | Self::Departments
                | Self::Services(_)
                | Self::Search { .. }
                | Self::Confirm
        )
    }

    /// Whether the machine is at work and nobody can do anything.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Taking(_) | Self::Printing(_))
    }
}
