//! Why a layout was not saved or drawn.

use axum::http::StatusCode;
use slip::{SlipFault, TemplateFault};

/// Why a layout was not saved or drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SlipsFault {
    /// It is no layout a slip can have.
    #[error("bad template: {0}")]
    Template(TemplateFault),
    /// Somebody else saved another one meanwhile.
    #[error("revision {newest} was saved meanwhile")]
    Changed {
        /// The newest revision.
        newest: u64,
    },
    /// No printer has paper of that width.
    #[error("unknown paper")]
    UnknownPaper,
    /// There is no such revision.
    #[error("unknown revision")]
    UnknownRevision,
    /// The machine has no font to draw a picture with.
    #[error("no font; install {package}")]
    NoFont {
        /// The package that has one.
        package: String,
    },
    /// The slip cannot be drawn.
    #[error("the slip cannot be drawn: {detail}")]
    Unwritable {
        /// What the press says.
        detail: String,
    },
}

impl SlipsFault {
    /// The status of its answer.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Template(_) | Self::UnknownPaper | Self::Unwritable { .. } => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::Changed { .. } => StatusCode::CONFLICT,
            Self::UnknownRevision => StatusCode::NOT_FOUND,
            Self::NoFont { .. } => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// Its stable name, for programs.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Template(TemplateFault::Number) => "slip-number",
            Self::Template(TemplateFault::Code) => "slip-code",
            Self::Template(TemplateFault::TooMany) => "slip-too-many",
            Self::Template(TemplateFault::Size { .. }) => "slip-size",
            Self::Template(TemplateFault::Text { .. }) => "slip-text",
            Self::Changed { .. } => "slip-changed",
            Self::UnknownPaper => "slip-unknown-paper",
            Self::UnknownRevision => "slip-unknown-revision",
            Self::NoFont { .. } => "slip-no-font",
            Self::Unwritable { .. } => "slip-unwritable",
        }
    }

    /// What its sentence fills in.
    pub(crate) fn value(&self) -> String {
        match self {
            Self::Template(TemplateFault::Size { part } | TemplateFault::Text { part }) => {
                part.to_string()
            }
            Self::Template(TemplateFault::TooMany) => slip::MOST_PARTS.to_string(),
            Self::Changed { newest } => newest.to_string(),
            Self::NoFont { package } => package.clone(),
            Self::Unwritable { detail } => detail.clone(),
            Self::Template(_) | Self::UnknownPaper | Self::UnknownRevision => String::new(),
        }
    }
}

impl From<TemplateFault> for SlipsFault {
    fn from(fault: TemplateFault) -> Self {
        Self::Template(fault)
    }
}

impl From<SlipFault> for SlipsFault {
    fn from(fault: SlipFault) -> Self {
        match fault {
            SlipFault::NoFont { package } => Self::NoFont { package: package.to_owned() },
            other => Self::Unwritable { detail: other.to_string() },
        }
    }
}
