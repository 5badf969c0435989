//! Which parts stand together, and which apart.

use crate::template::What;

/// Parts that belong together stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    Head,
    Number,
    Services,
    Lines,
    Code,
    Foot,
    Rule,
}

impl Group {
    /// The group of a part; a text of the hall's own goes with what stands before it.
    pub(super) fn of(what: What, before: Option<Self>) -> Option<Self> {
        Some(match what {
            What::Hall => Self::Head,
            What::Caption | What::Number | What::Reprint => Self::Number,
            What::Service | What::OtherServices => Self::Services,
            What::Class
            | What::Ahead
            | What::Places
            | What::NotBefore
            | What::Time
            | What::LastFour => Self::Lines,
            What::Code | What::CodeCaption => Self::Code,
            What::Tip => Self::Foot,
            What::Rule => Self::Rule,
            What::Text | What::Space => return before,
        })
    }
}
