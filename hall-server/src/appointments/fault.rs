//! Why an appointment was not kept, changed or checked in.

use axum::http::StatusCode;

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AppointmentFault {
    /// There is none with this code or id.
    #[error("unknown appointment")]
    Unknown,
    /// It was cancelled.
    #[error("the appointment was cancelled")]
    Cancelled,
    /// Somebody has checked in for it.
    #[error("the appointment was checked in")]
    CheckedIn,
    /// It is for another day.
    #[error("the appointment is for {date}")]
    OtherDay {
        /// Which.
        date: String,
    },
    /// It is too early to check in.
    #[error("check-in opens at {opens}")]
    TooEarly {
        /// From which time of day.
        opens: String,
    },
    /// It ends before it begins, or lasts too long.
    #[error("bad times")]
    BadTimes,
    /// Its code is too short or too long.
    #[error("bad code")]
    BadCode,
}

impl AppointmentFault {
    /// The status of its answer.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Unknown => StatusCode::NOT_FOUND,
            Self::BadTimes | Self::BadCode => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Cancelled | Self::CheckedIn | Self::OtherDay { .. } | Self::TooEarly { .. } => {
                StatusCode::CONFLICT
            }
        }
    }

    /// Its stable name, for programs.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Unknown => "unknown-appointment",
            Self::Cancelled => "appointment-cancelled",
            Self::CheckedIn => "appointment-checked-in",
            Self::OtherDay { .. } => "appointment-other-day",
            Self::TooEarly { .. } => "appointment-too-early",
            Self::BadTimes => "appointment-times",
            Self::BadCode => "appointment-code",
        }
    }

    /// What its sentence fills in.
    pub(crate) fn value(&self) -> &str {
        match self {
            Self::OtherDay { date } => date,
            Self::TooEarly { opens } => opens,
            _ => "",
        }
    }
}
