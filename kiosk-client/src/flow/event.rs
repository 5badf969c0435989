//! What can happen to a kiosk, and what it wants done. The flow turns the one into the other and touches
//! nothing else.

use std::collections::BTreeMap;

use hardware::card::{Card, CardFault};
use hardware::lamp::Light;
use hardware::printer::{Outcome, PrinterStatus};
use protocol::kiosk::{Menu, Proof, TakeTicket, TicketTaken, VisitsFound};
use protocol::{Language, SeriesId, TicketId};

use super::act::Act;
use crate::hall::HallFault;

/// Something that happened.
#[derive(Clone)]
pub enum Event {
    /// A person touched the screen.
    Act(Act),
    /// The hall said what there is to choose.
    Menu(Menu),
    /// The hall did not say it.
    NoMenu(HallFault),
    /// So many leased numbers are left in each series.
    Leases(BTreeMap<SeriesId, u32>),
    /// An order or a check-in was answered.
    Taken {
        /// Which one.
        attempt: u64,
        /// The ticket, or why there is none.
        answer: Box<Result<TicketTaken, HallFault>>,
    },
    /// The hall said what a visitor has today.
    Visits {
        /// Which question it answers.
        attempt: u64,
        /// What was found, or why nothing is known.
        answer: Box<Result<VisitsFound, HallFault>>,
    },
    /// The hall said whether a slip may be printed again.
    Reprinted {
        /// Which request it answers.
        attempt: u64,
        /// The ticket as it stands now, or why there is none.
        answer: Box<Result<TicketTaken, HallFault>>,
    },
    /// The printer is done with the slip.
    Printed(Outcome),
    /// The kiosk starts, and a slip was not done when it stopped.
    Interrupted {
        /// Whose slip.
        taken: Box<TicketTaken>,
        /// Whether some of it may have been printed.
        begun: bool,
        /// The visitor's language.
        language: Language,
    },
    /// The printer said how it is.
    Printer(PrinterStatus),
    /// A card was placed on the reader.
    CardRead(Result<Card, CardFault>),
    /// A code was shown to the scanner.
    Scanned(String),
    /// Whether the call for help reached the hall.
    HelpAnswered(bool),
    /// Staff say that nobody here needs help any more.
    HelpCleared,
    /// The pictures to show while nobody is here, each at `/media/NAME`.
    Pictures(Vec<String>),
    /// Time has passed.
    Tick,
}

impl std::fmt::Debug for Event {
    /// Says what kind of event it is, never what somebody typed, placed or showed.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Act(_) => "Act(…)",
            Self::Menu(_) => "Menu(…)",
            Self::NoMenu(_) => "NoMenu(…)",
            Self::Leases(_) => "Leases(…)",
            Self::Taken { .. } => "Taken(…)",
            Self::Visits { .. } => "Visits(…)",
            Self::Reprinted { .. } => "Reprinted(…)",
            Self::Printed(_) => "Printed(…)",
            Self::Interrupted { .. } => "Interrupted(…)",
            Self::Printer(_) => "Printer(…)",
            Self::CardRead(_) => "CardRead(…)",
            Self::Scanned(_) => "Scanned(…)",
            Self::HelpAnswered(_) => "HelpAnswered(…)",
            Self::HelpCleared => "HelpCleared",
            Self::Pictures(_) => "Pictures(…)",
            Self::Tick => "Tick",
        })
    }
}

/// Something to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Ask the hall for a ticket; while it is away, take a leased number instead.
    Take(Order),
    /// Ask the hall what a visitor has today.
    Find {
        /// Comes back with the answer.
        attempt: u64,
        /// By what the visitor is found.
        by: Proof,
        /// The visitor's language.
        language: Language,
    },
    /// Tell the hall that a visitor with an appointment has come; answered like an order.
    CheckIn {
        /// Comes back with the answer.
        attempt: u64,
        /// Under which the hall knows it: the same key never gives a second ticket.
        key: String,
        /// The appointment's code.
        code: String,
        /// The visitor's language.
        language: Language,
    },
    /// Ask the hall for a slip's contents once more.
    Reprint {
        /// Comes back with the answer.
        attempt: u64,
        /// Whose slip.
        ticket: TicketId,
        /// The visitor's language.
        language: Language,
    },
    /// Tell the hall that nobody waits for this order's ticket any more, by the order's key.
    GiveUp(String),
    /// Print this ticket's slip.
    Print(Box<TicketTaken>, Language, Copy),
    /// Wait for a card.
    WaitForCard,
    /// Stop waiting for a card.
    ForgetCard,
    /// Tell the hall that somebody needs help.
    CallHelp,
    /// Tell the hall that nobody needs help any more.
    CancelHelp,
    /// Show this on the lamp.
    Show(Light),
    /// Say the sentence with this wording key, in place of what is being said.
    Say(String, Language),
    /// Say nothing more.
    Hush,
}

/// Whether a slip is the first of its ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copy {
    /// It is.
    First,
    /// It was asked for again and says so (补打).
    Again,
}

/// A request for a ticket. It is kept as it was made, so that trying again is the same request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Counts what this kiosk has asked the hall.
    pub attempt: u64,
    /// Under which the hall knows it: the same key never gives a second ticket.
    pub key: String,
    /// What is asked for.
    pub take: TakeTicket,
}
