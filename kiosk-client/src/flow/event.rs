//! What can happen to a kiosk, and what it wants done. The flow turns the one into the other and touches
//! nothing else.

use hardware::card::{Card, CardFault};
use hardware::lamp::Light;
use hardware::printer::{PrinterFault, PrinterStatus};
use protocol::kiosk::{Menu, TakeTicket, TicketTaken};
use protocol::{DepartmentId, Language, ServiceId};

use crate::hall::HallFault;

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// A person touched the screen.
    Act(Act),
    /// The hall said what there is to choose.
    Menu(Menu),
    /// The hall did not say it.
    NoMenu(HallFault),
    /// The hall answered an order.
    Taken {
        /// Which order.
        attempt: u64,
        /// The ticket, or why there is none.
        answer: Box<Result<TicketTaken, HallFault>>,
    },
    /// The printer is done with the slip.
    Printed(Result<(), PrinterFault>),
    /// The printer said how it is.
    Printer(PrinterStatus),
    /// A card was placed on the reader.
    CardRead(Result<Card, CardFault>),
    /// Whether the call for help reached the hall.
    HelpAnswered(bool),
    /// Time has passed.
    Tick,
}

/// What a person can do at the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Touch the welcome page, perhaps asking for a language or larger type at once.
    Begin {
        /// The language, if one was chosen.
        language: Option<Language>,
        /// Whether everything shall be larger.
        elder: bool,
    },
    /// Start again from the departments.
    Home,
    /// One step back.
    Back,
    /// Finish the visit.
    End,
    /// "I am still here."
    Stay,
    /// Choose a language.
    Language(Language),
    /// Larger type and buttons, or not.
    Elder(bool),
    /// Call somebody.
    Help,
    /// Help has come, or is not needed any more.
    HelpDone,
    /// Put away a message.
    Dismiss,
    /// Open a department.
    Department(DepartmentId),
    /// Open the search page.
    Search,
    /// Search for this instead.
    Query(String),
    /// Add a letter to what is searched for.
    Letter(char),
    /// Take the last letter or digit away.
    Erase,
    /// Choose a service.
    Service(ServiceId),
    /// Take a chosen service away again.
    Remove(ServiceId),
    /// Choose one more service.
    Add,
    /// Add a digit to the phone number.
    Digit(char),
    /// The phone number is complete; typed on a keyboard if given.
    Phone(Option<String>),
    /// Identify by card instead.
    UseCard,
    /// Take the number.
    Take,
    /// Try the same order again.
    Retry,
}

/// Something to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Ask the hall for a ticket.
    Take(Order),
    /// Print this ticket's slip.
    Print(Box<TicketTaken>, Language),
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
}

/// A request for a ticket. It is kept as it was made, so that trying again is the same request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Counts the orders of this kiosk.
    pub attempt: u64,
    /// Under which the hall knows it: the same key never gives a second ticket.
    pub key: String,
    /// What is asked for.
    pub take: TakeTicket,
}
