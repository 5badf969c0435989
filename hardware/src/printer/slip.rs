//! What a slip says, as plain texts in the visitor's language.

/// A slip, from top to bottom. Whoever fills it has chosen the language and the wording.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slip {
    /// The hall's name.
    pub hall: String,
    /// What stands above the number.
    pub caption: String,
    /// The number, printed as large as the paper allows.
    pub number: String,
    /// What the visitor comes for, the main matter first.
    pub services: Vec<String>,
    /// Class, people ahead, expected wait, where to wait, time, last four digits.
    pub lines: Vec<SlipLine>,
    /// The address behind the QR code.
    pub url: String,
    /// What stands under the QR code.
    pub url_caption: String,
    /// The last line: what to do now.
    pub tip: String,
}

/// One line of a slip.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SlipLine {
    /// What it is about.
    pub label: String,
    /// What it says.
    pub value: String,
    /// Whether it is printed bold.
    pub strong: bool,
}
