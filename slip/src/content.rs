//! What a slip says, as plain texts. Whoever fills it has chosen the wording in the visitor's language.

use protocol::Language;

/// Everything a slip can say. Which of it stands on the paper, in which order and how large, is the
/// [`Template`](crate::Template)'s business.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// The visitor's language, for the template's own texts.
    pub language: Language,
    /// The hall's name.
    pub hall: String,
    /// What stands above the number.
    pub caption: String,
    /// The number.
    pub number: String,
    /// Says that this slip was printed before: 补打.
    pub reprint: Option<String>,
    /// What the visitor comes for, the main matter first.
    pub services: Vec<String>,
    /// Why the ticket is ahead of others.
    pub class: Option<Line>,
    /// How many stand before it, and how long it will wait.
    pub ahead: Line,
    /// Where to wait: zones and windows, one text for each zone.
    pub places: Vec<Line>,
    /// When an appointment may first be called.
    pub not_before: Option<Line>,
    /// When it was taken.
    pub time: Line,
    /// The last four of the card or phone.
    pub last_four: Option<Line>,
    /// The address behind the QR code.
    pub url: String,
    /// What stands under the QR code.
    pub url_caption: String,
    /// What to do now.
    pub tip: String,
}

/// A label and what it labels. A line without a label goes on under the one before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// What it is about.
    pub label: String,
    /// What it says.
    pub value: String,
}

impl Line {
    /// A line.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into() }
    }
}
