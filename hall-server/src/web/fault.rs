//! Everything that can go wrong with a request, as types. A handler returns a [`Fault`] and knows nothing
//! of languages; on the way out `web::problem` turns it into a sentence.

use axum::Extension;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use hall_core::Refusal;

use crate::appointments::AppointmentFault;
use crate::journal::JournalError;
use crate::people::VisitorFault;
use crate::slips::SlipsFault;
use crate::walls::WallsFault;
use crate::web::policy::Forbidden;

/// Why a request was not carried out. Nothing has changed then.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Fault {
    /// The rules of the hall say no.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// They may not.
    #[error("forbidden: {0}")]
    Forbidden(Forbidden),
    /// The request cannot be understood.
    #[error("bad request")]
    BadRequest,
    /// The body is not JSON.
    #[error("malformed JSON: {detail}")]
    Malformed {
        /// What the parser says.
        detail: String,
    },
    /// The body is JSON of another shape than asked for.
    #[error("wrong shape: {detail}")]
    WrongShape {
        /// What the parser says.
        detail: String,
    },
    /// The body says it is something else than JSON.
    #[error("not JSON")]
    NotJson,
    /// The body is too large.
    #[error("body over {limit} bytes")]
    TooLarge {
        /// What is accepted.
        limit: usize,
    },
    /// A text in the request is too long.
    #[error("text over {limit} characters")]
    TextTooLong {
        /// What is accepted.
        limit: usize,
    },
    /// Part of the address is no id.
    #[error("bad address: {detail}")]
    BadAddress {
        /// What the parser says.
        detail: String,
    },
    /// What follows the `?` is wrong.
    #[error("bad query: {detail}")]
    BadQuery {
        /// What the parser says.
        detail: String,
    },
    /// The `Idempotency-Key` is empty, too long or not plain text.
    #[error("bad idempotency key")]
    BadKey,
    /// The `Idempotency-Key` was used for another request.
    #[error("idempotency key reused")]
    KeyReused,
    /// The order was given up before it came.
    #[error("given up")]
    GivenUp,
    /// An appointment cannot be kept, changed or checked in.
    #[error("appointment: {0}")]
    Appointment(AppointmentFault),
    /// What a visitor said of themselves cannot be right.
    #[error("visitor: {0}")]
    Visitor(VisitorFault),
    /// A window is to be opened and nobody says for whom.
    #[error("no clerk named")]
    NoClerkNamed,
    /// There is no such member of staff.
    #[error("unknown clerk")]
    UnknownClerk,
    /// There is no such kiosk.
    #[error("unknown kiosk")]
    UnknownKiosk,
    /// Name or PIN is wrong.
    #[error("wrong name or PIN")]
    WrongPin,
    /// Too many wrong PINs.
    #[error("too many attempts; {wait_s} s to wait")]
    TooManyAttempts {
        /// Seconds to wait.
        wait_s: i64,
    },
    /// The secret of a slip is wrong or from another day.
    #[error("unknown visit")]
    UnknownVisit,
    /// The slip is of a number that a kiosk gave while the hall was away, and has not handed in yet.
    #[error("the ticket has not joined yet")]
    NotJoined,
    /// The slip's layout was not saved or drawn.
    #[error("slip: {0}")]
    Slip(SlipsFault),
    /// Something about the displays was not done.
    #[error("walls: {0}")]
    Wall(WallsFault),
    /// There is nothing at this address.
    #[error("not found")]
    NotFound,
    /// Not with this method.
    #[error("method not allowed")]
    MethodNotAllowed,
    /// A page of another site asked for it.
    #[error("cross-site request")]
    CrossSite,
    /// It took too long.
    #[error("timed out")]
    TimedOut,
    /// More is asked than can be done.
    #[error("overloaded")]
    Overloaded,
    /// The hall cannot write to its disk.
    #[error("storage: {0}")]
    Storage(String),
    /// The hall is stopping.
    #[error("stopping")]
    Stopping,
    /// A mistake in the hall itself.
    #[error("internal fault")]
    Internal,
}

impl Fault {
    /// The status of its answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Refused(refusal) => status_of(refusal),
            Self::Forbidden(Forbidden::SignInFirst) | Self::WrongPin => StatusCode::UNAUTHORIZED,
            Self::Forbidden(_) | Self::CrossSite => StatusCode::FORBIDDEN,
            Self::BadRequest
            | Self::Malformed { .. }
            | Self::BadAddress { .. }
            | Self::BadQuery { .. }
            | Self::BadKey => StatusCode::BAD_REQUEST,
            Self::WrongShape { .. }
            | Self::TextTooLong { .. }
            | Self::Visitor(_)
            | Self::NoClerkNamed => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Slip(fault) => fault.status(),
            Self::Wall(fault) => fault.status(),
            Self::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Appointment(fault) => fault.status(),
            Self::KeyReused | Self::GivenUp | Self::NotJoined => StatusCode::CONFLICT,
            Self::UnknownClerk | Self::UnknownKiosk | Self::UnknownVisit | Self::NotFound => {
                StatusCode::NOT_FOUND
            }
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooManyAttempts { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::TimedOut | Self::Overloaded | Self::Storage(_) | Self::Stopping => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Its stable name, for programs.
    #[must_use]
    pub fn code(&self) -> String {
        let code = match self {
            Self::Refused(refusal) => return refusal.code(),
            Self::Forbidden(Forbidden::SignInFirst) => "sign-in-first",
            Self::Forbidden(Forbidden::NotYourRole) => "not-your-role",
            Self::Forbidden(Forbidden::NotYourWindow) => "not-your-window",
            Self::Forbidden(Forbidden::NotYourDevice) => "not-your-device",
            Self::BadRequest => "bad-request",
            Self::Malformed { .. } => "malformed",
            Self::WrongShape { .. } => "wrong-shape",
            Self::NotJson => "not-json",
            Self::TooLarge { .. } => "too-large",
            Self::TextTooLong { .. } => "text-too-long",
            Self::BadAddress { .. } => "bad-address",
            Self::BadQuery { .. } => "bad-query",
            Self::BadKey => "bad-key",
            Self::KeyReused => "key-reused",
            Self::GivenUp => "given-up",
            Self::Appointment(fault) => fault.code(),
            Self::Visitor(VisitorFault::CardNumber) => "card-number",
            Self::Visitor(VisitorFault::PhoneNumber) => "phone-number",
            Self::Visitor(VisitorFault::Name) => "visitor-name",
            Self::NoClerkNamed => "no-clerk-named",
            Self::UnknownClerk => "unknown-clerk",
            Self::UnknownKiosk => "unknown-kiosk",
            Self::WrongPin => "wrong-pin",
            Self::TooManyAttempts { .. } => "too-many-attempts",
            Self::UnknownVisit => "unknown-visit",
            Self::NotJoined => "not-joined",
            Self::Slip(fault) => fault.code(),
            Self::Wall(fault) => fault.code(),
            Self::NotFound => "not-found",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::CrossSite => "cross-site",
            Self::TimedOut => "timed-out",
            Self::Overloaded => "overloaded",
            Self::Storage(_) => "storage",
            Self::Stopping => "stopping",
            Self::Internal => "internal",
        };
        code.to_owned()
    }

    /// Seconds after which trying again makes sense.
    #[must_use]
    pub fn retry_after_s(&self) -> Option<i64> {
        match self {
            Self::TooManyAttempts { wait_s } => Some(*wait_s),
            Self::Overloaded | Self::TimedOut => Some(1),
            Self::Stopping | Self::Storage(_) | Self::NotJoined => Some(5),
            _ => None,
        }
    }

    /// What an answer without a fault of ours means, made by a layer that knows only statuses.
    #[must_use]
    pub fn of_status(status: StatusCode, body_limit: usize) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::MethodNotAllowed,
            StatusCode::FORBIDDEN => Self::CrossSite,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge { limit: body_limit },
            StatusCode::SERVICE_UNAVAILABLE => Self::TimedOut,
            _ if status.is_client_error() => Self::BadRequest,
            _ => Self::Internal,
        }
    }
}

/// What does not exist is not found; what could never be right is unprocessable; the rest is in conflict
/// with how things stand.
fn status_of(refusal: &Refusal) -> StatusCode {
    if refusal.is_unknown() {
        return StatusCode::NOT_FOUND;
    }
    match refusal {
        Refusal::BadPlan { .. }
        | Refusal::EmptyGroup
        | Refusal::NoService
        | Refusal::TooManyServices { .. }
        | Refusal::SameServiceTwice { .. }
        | Refusal::ServicesConflict { .. }
        | Refusal::IdentityNeeded { .. }
        | Refusal::BadSlot
        | Refusal::LeaseTooLarge { .. }
        | Refusal::HoldInPast
        | Refusal::TransferToSelf
        | Refusal::SameTicket => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::CONFLICT,
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        (self.status(), Extension(self)).into_response()
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Forbidden> for Fault {
    fn from(forbidden: Forbidden) -> Self {
        Self::Forbidden(forbidden)
    }
}

impl From<VisitorFault> for Fault {
    fn from(fault: VisitorFault) -> Self {
        Self::Visitor(fault)
    }
}

impl From<SlipsFault> for Fault {
    fn from(fault: SlipsFault) -> Self {
        Self::Slip(fault)
    }
}

impl From<WallsFault> for Fault {
    fn from(fault: WallsFault) -> Self {
        Self::Wall(fault)
    }
}

impl From<AppointmentFault> for Fault {
    fn from(fault: AppointmentFault) -> Self {
        Self::Appointment(fault)
    }
}

impl From<JournalError> for Fault {
    fn from(error: JournalError) -> Self {
        match error {
            JournalError::Refused(refusal) => Self::Refused(refusal),
            JournalError::KeyReused => Self::KeyReused,
            JournalError::GivenUp => Self::GivenUp,
            JournalError::Appointment(fault) => Self::Appointment(fault),
            JournalError::Overloaded => Self::Overloaded,
            JournalError::Storage(what) => Self::Storage(what),
            JournalError::Stopping => Self::Stopping,
        }
    }
}
