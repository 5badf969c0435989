//! The layout of a slip, which the administrator edits: its parts from top to bottom, each with its size,
//! place and weight. Kept and sent as JSON; unknown keys are errors.

use protocol::Label;
use serde::{Deserialize, Serialize};

/// The largest number of parts: a longer slip would be a poster.
pub const MOST_PARTS: usize = 40;
/// The largest type, in times the usual.
pub const LARGEST: u8 = 8;

/// The layout of a slip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// From top to bottom.
    pub parts: Vec<Part>,
}

/// One part of a slip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// What it says.
    pub what: What,
    /// Times the usual type, 1 to [`LARGEST`]; for the code, dots of one module, at least 3. What does not
    /// fit the paper is set smaller, and broken into rows if it still does not.
    #[serde(default = "usual_size")]
    pub size: u8,
    /// Where it stands.
    #[serde(default)]
    pub align: Align,
    /// Whether it is bold.
    #[serde(default)]
    pub bold: bool,
    /// For [`What::Text`]: what it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Label>,
}

/// What a part says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// The hall's name.
    Hall,
    /// What stands above the number.
    Caption,
    /// The number.
    Number,
    /// The mark of a slip that was printed before.
    Reprint,
    /// The main matter.
    Service,
    /// The other services.
    OtherServices,
    /// Why the ticket is ahead of others.
    Class,
    /// People ahead and expected wait.
    Ahead,
    /// Zone and windows.
    Places,
    /// When an appointment may first be called.
    NotBefore,
    /// When it was taken.
    Time,
    /// The last four of card or phone.
    LastFour,
    /// The QR code.
    Code,
    /// What stands under the QR code.
    CodeCaption,
    /// What to do now.
    Tip,
    /// A text of the hall's own.
    Text,
    /// A line across.
    Rule,
    /// An empty line.
    Space,
}

/// Where a part stands between the edges.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// At the left edge.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// At the right edge.
    Right,
}

/// Why a template cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateFault {
    /// A slip without a number is no slip.
    #[error("the slip must show the number exactly once")]
    Number,
    /// Without the code nobody finds their ticket's page.
    #[error("the slip must show the code exactly once")]
    Code,
    /// More than [`MOST_PARTS`].
    #[error("a slip has at most {MOST_PARTS} parts")]
    TooMany,
    /// A size outside 1 to [`LARGEST`].
    #[error("part {part}: sizes are 1 to {LARGEST}")]
    Size {
        /// Which part, counted from 1.
        part: usize,
    },
    /// A text without words, or words where no text is.
    #[error("part {part}: a text, and only a text, has words of its own")]
    Text {
        /// Which part, counted from 1.
        part: usize,
    },
}

impl Template {
    /// Checks what serde cannot.
    ///
    /// # Errors
    /// The first [`TemplateFault`] found.
    pub fn check(&self) -> Result<(), TemplateFault> {
        let count = |what| self.parts.iter().filter(|part| part.what == what).count();
        if count(What::Number) != 1 {
            return Err(TemplateFault::Number);
        }
        if count(What::Code) != 1 {
            return Err(TemplateFault::Code);
        }
        if self.parts.len() > MOST_PARTS {
            return Err(TemplateFault::TooMany);
        }
        for (part, it) in (1..).zip(&self.parts) {
            if !(1..=LARGEST).contains(&it.size) {
                return Err(TemplateFault::Size { part });
            }
            let worded = it.text.as_ref().is_some_and(|text| !text.zh.trim().is_empty());
            if worded != (it.what == What::Text) {
                return Err(TemplateFault::Text { part });
            }
        }
        Ok(())
    }
}

impl Default for Template {
    /// The layout a hall begins with.
    fn default() -> Self {
        use Align::{Centre, Left};
        let part = |what, size, align, bold| Part { what, size, align, bold, text: None };
        Self {
            parts: vec![
                part(What::Hall, 1, Centre, true),
                part(What::Caption, 1, Centre, false),
                part(What::Number, 6, Centre, true),
                part(What::Reprint, 2, Centre, true),
                part(What::Service, 2, Centre, true),
                part(What::OtherServices, 1, Centre, false),
                part(What::Rule, 1, Left, false),
                part(What::Class, 1, Left, true),
                part(What::Ahead, 1, Left, true),
                part(What::Places, 1, Left, true),
                part(What::NotBefore, 1, Left, false),
                part(What::Time, 1, Left, false),
                part(What::LastFour, 1, Left, false),
                part(What::Rule, 1, Left, false),
                part(What::Code, 6, Centre, false),
                part(What::CodeCaption, 1, Centre, false),
                part(What::Tip, 1, Centre, true),
            ],
        }
    }
}

fn usual_size() -> u8 {
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_layout_is_one_that_may_be_used() {
        assert_eq!(Template::default().check(), Ok(()));
    }

    #[test]
    fn what_cannot_be_printed_is_refused() {
        let fault = |change: fn(&mut Vec<Part>)| {
            let mut template = Template::default();
            change(&mut template.parts);
            template.check().expect_err("it cannot be printed")
        };
        assert_eq!(
            fault(|parts| parts.retain(|it| it.what != What::Number)),
            TemplateFault::Number
        );
        assert_eq!(fault(|parts| parts.retain(|it| it.what != What::Code)), TemplateFault::Code);
        assert_eq!(fault(|parts| parts[2].size = 9), TemplateFault::Size { part: 3 });
        assert_eq!(fault(|parts| parts[0].what = What::Text), TemplateFault::Text { part: 1 });
        let full = |parts: &mut Vec<Part>| {
            let space = Part { what: What::Space, ..parts[0].clone() };
            parts.resize(MOST_PARTS + 1, space);
        };
        assert_eq!(fault(full), TemplateFault::TooMany);
    }

    #[test]
    fn it_is_kept_as_json_and_unknown_keys_are_errors() {
        let json = r#"{"parts":[{"what":"other-services","size":2,"align":"centre","bold":true}]}"#;
        let template: Template = serde_json::from_str(json).expect("a template");
        assert_eq!(serde_json::to_string(&template).expect("JSON"), json);
        assert!(serde_json::from_str::<Template>(&json.replace("bold", "italic")).is_err());
        let short = serde_json::from_str::<Template>(r#"{"parts":[{"what":"tip"}]}"#);
        assert_eq!(short.expect("a template").parts[0].size, 1);
    }
}
