//! The lobby board: the page a wall shows. The hall serves it at `/display/{id}`; a display client serves
//! the same page from its own address, connected to its own copy of the live messages.

use askama::Template;
use protocol::{DisplayId, Label, Language};

use crate::{Words, assets};

/// What a board needs to know about where it hangs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardOptions {
    /// Which display it is; the hall knows which zones that one shows.
    pub display: DisplayId,
    /// The hall's name, to show before the first message arrives.
    pub hall: Label,
    /// Where the live connection is: `/live`.
    pub live: String,
    /// Whether it says that it has shown a call. Only the machine that holds the display's token may.
    pub acknowledges: bool,
}

/// The board's page. Both languages are on it; `language` is the larger one.
#[must_use]
pub fn page(language: Language, options: &BoardOptions) -> String {
    let board =
        Board { options, language, words: Words::of(language), second: Words::of(other(language)) };
    board.render().expect("writing into a string cannot fail")
}

fn other(language: Language) -> Language {
    match language {
        Language::Zh => Language::En,
        Language::En => Language::Zh,
    }
}

#[derive(Template)]
#[template(path = "board.html")]
struct Board<'a> {
    options: &'a BoardOptions,
    language: Language,
    words: Words,
    second: Words,
}

impl Board<'_> {
    fn asset(&self, path: &str) -> String {
        assets::url(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_both_languages_and_no_inline_code() {
        let options = BoardOptions {
            display: DisplayId::from("lobby"),
            hall: Label::new("大厅<>", "Hall"),
            live: "/live".to_owned(),
            acknowledges: true,
        };
        let html = page(Language::Zh, &options);
        assert!(html.contains("lang=\"zh-CN\"") && html.contains("data-display=\"lobby\""));
        assert!(html.contains("data-acknowledges") && html.contains("大厅&#60;&#62;"));
        assert!(!html.contains("style=") && !html.contains("<script>"));
    }
}
