//! What each part says.

use crate::content::{Content, Line};
use crate::template::{Part, What};

/// The lines of a part that has labels; `None` for the others.
pub(super) fn lines_of(what: What, content: &Content) -> Option<Vec<&Line>> {
    Some(match what {
        What::Class => content.class.iter().collect(),
        What::Ahead => vec![&content.ahead],
        What::Places => content.places.iter().collect(),
        What::NotBefore => content.not_before.iter().collect(),
        What::Time => vec![&content.time],
        What::LastFour => content.last_four.iter().collect(),
        _ => return None,
    })
}

/// The texts of a part without labels, one row or more each.
pub(super) fn texts_of<'a>(part: &'a Part, content: &'a Content) -> Vec<&'a str> {
    match part.what {
        What::Hall => vec![&content.hall],
        What::Caption => vec![&content.caption],
        What::Number => vec![&content.number],
        What::Reprint => content.reprint.as_deref().into_iter().collect(),
        What::Service => content.services.iter().take(1).map(String::as_str).collect(),
        What::OtherServices => content.services.iter().skip(1).map(String::as_str).collect(),
        What::CodeCaption => vec![&content.url_caption],
        What::Tip => vec![&content.tip],
        What::Text => part.text.iter().map(|text| text.get(content.language)).collect(),
        _ => Vec::new(),
    }
}
