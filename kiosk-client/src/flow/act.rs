//! What a person can do at the screen.

use protocol::{DepartmentId, Language, ServiceId, TicketId};

use super::screen::Want;

/// One touch of the screen, or one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Touch the screen while nobody is here and it shows its slides.
    Wake,
    /// Begin to take a number, perhaps asking for a language or larger type at once.
    Begin {
        /// The language, if one was chosen.
        language: Option<Language>,
        /// Whether everything shall be larger.
        elder: bool,
    },
    /// Ask for what one has: a ticket or an appointment.
    Ask(Want),
    /// Type the appointment's code.
    TypeCode,
    /// The code is complete; typed on a keyboard if given.
    Code(Option<String>),
    /// Check in for one of the appointments that were found, by its place in the list.
    CheckIn(usize),
    /// Print a slip again.
    Reprint(TicketId),
    /// Take a number although one has another.
    Another,
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
    /// Have each page said aloud, or not.
    Voice(bool),
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
    /// Add a letter or a digit to what is typed.
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
    /// Ask the hall the same again.
    Retry,
}
