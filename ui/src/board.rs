//! The page a wall shows, whatever its layout. The hall serves it at `/display/{id}`; a display client serves
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
    /// Whether it is the preview of a layout somebody is editing, who tells it what to look like.
    pub preview: bool,
}

/// The styles of the page: the frame, then each block, then how each kind of screen places them.
const STYLES: [&str; 22] = [
    "css/tokens.css",
    "css/base.css",
    "css/board/frame.css",
    "css/board/lines.css",
    "css/board/hero.css",
    "css/board/several.css",
    "css/board/overlay.css",
    "css/board/blocks/calls.css",
    "css/board/blocks/own-window.css",
    "css/board/blocks/next.css",
    "css/board/blocks/waiting.css",
    "css/board/blocks/windows.css",
    "css/board/blocks/guide.css",
    "css/board/blocks/notices.css",
    "css/board/blocks/media.css",
    "css/board/blocks/clock.css",
    "css/board/blocks/marquee.css",
    "css/board/layouts/lobby.css",
    "css/board/layouts/zone.css",
    "css/board/layouts/window.css",
    "css/board/layouts/floor.css",
    "css/board/layouts/notice.css",
];

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
    fn styles(&self) -> &'static [&'static str] {
        &STYLES
    }

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
            preview: false,
        };
        let html = page(Language::Zh, &options);
        assert!(html.contains("lang=\"zh-CN\"") && html.contains("data-display=\"lobby\""));
        assert!(html.contains("data-acknowledges") && html.contains("大厅&#60;&#62;"));
        assert!(!html.contains("style=") && !html.contains("<script>"));
        assert!(!html.contains("data-preview"));
    }

    #[test]
    fn every_style_is_there() {
        for style in STYLES {
            let file = format!("{}/assets/{style}", env!("CARGO_MANIFEST_DIR"));
            assert!(std::path::Path::new(&file).is_file(), "{style}");
        }
    }
}
