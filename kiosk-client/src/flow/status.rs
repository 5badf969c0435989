//! What the pages ask the flow.

use hardware::printer::PrinterStatus;
use protocol::kiosk::{Menu, Visitor};
use protocol::{Identity, Label, Language};

use super::Flow;
use super::basket::Basket;
use super::screen::{Help, Notice, Screen};

impl Flow {
    /// Counts what has changed, so that a page knows when to look again.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The page that is shown.
    #[must_use]
    pub fn screen(&self) -> &Screen {
        &self.visit.screen
    }

    /// What there is to choose, as last heard.
    #[must_use]
    pub fn menu(&self) -> Option<&Menu> {
        self.menu.as_ref()
    }

    /// How the printer is.
    #[must_use]
    pub fn printer(&self) -> PrinterStatus {
        self.printer
    }

    /// The pictures to show while nobody is here.
    #[must_use]
    pub fn pictures(&self) -> &[String] {
        &self.pictures
    }

    /// Where the next kiosk is, if this one was told.
    #[must_use]
    pub fn next_kiosk(&self) -> Option<&Label> {
        self.settings.next_kiosk.as_ref()
    }

    /// The visitor's language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.visit.language
    }

    /// Whether everything is larger.
    #[must_use]
    pub fn elder(&self) -> bool {
        self.visit.elder
    }

    /// What was chosen.
    #[must_use]
    pub fn basket(&self) -> &Basket {
        &self.visit.basket
    }

    /// What is to be explained.
    #[must_use]
    pub fn notice(&self) -> Option<&Notice> {
        self.visit.notice.as_ref()
    }

    /// Where a call for help stands.
    #[must_use]
    pub fn help(&self) -> Help {
        self.help
    }

    /// How the visitor has made themselves known.
    #[must_use]
    pub fn identified(&self) -> Identity {
        identity_of(self.visit.visitor.as_ref())
    }
}

pub(super) fn identity_of(visitor: Option<&Visitor>) -> Identity {
    match visitor {
        None => Identity::None,
        Some(Visitor::Phone { .. }) => Identity::Phone,
        Some(Visitor::Card { .. }) => Identity::Card,
    }
}
