//! What every page's frame needs to know.

use protocol::Language;

use crate::{Look, assets};

/// The frame of a page; `templates/base.html` shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The language of its texts.
    pub language: Language,
    /// Whether everything is larger (适老).
    pub elder: bool,
    /// Its title, in its language.
    pub title: String,
    /// Its own path, to come back to after a change of language or size.
    pub path: String,
}

impl Page {
    /// A page in the look its reader chose.
    #[must_use]
    pub fn new(look: Look, title: String, path: &str) -> Self {
        Self { language: look.language, elder: look.elder, title, path: path.to_owned() }
    }

    /// The address of a shared style, module or picture.
    #[must_use]
    pub fn asset(&self, path: &str) -> String {
        assets::url(path)
    }

    /// The language a reader may switch to, as `lang=` has it.
    #[must_use]
    pub fn other_language(&self) -> &'static str {
        self.other().tag()
    }

    /// The same as the value the look's form sends.
    #[must_use]
    pub fn other_language_value(&self) -> &'static str {
        match self.other() {
            Language::Zh => "zh",
            Language::En => "en",
        }
    }

    fn other(&self) -> Language {
        match self.language {
            Language::Zh => Language::En,
            Language::En => Language::Zh,
        }
    }
}
