//! One person at the kiosk: everything that is forgotten when they have gone.

use std::time::Instant;

use protocol::Language;
use protocol::kiosk::Visitor;

use super::basket::Basket;
use super::event::Order;
use super::screen::{Notice, Screen};

/// One person at the kiosk.
#[derive(Debug)]
pub(super) struct Visit {
    pub(super) language: Language,
    pub(super) elder: bool,
    /// Whether pages are said aloud, if the visitor chose; otherwise larger type says so.
    pub(super) voice: Option<bool>,
    pub(super) screen: Screen,
    pub(super) basket: Basket,
    pub(super) visitor: Option<Visitor>,
    /// The question what this visitor has, asked while they go on.
    pub(super) looking: Option<u64>,
    /// An order that may or may not have reached the hall.
    pub(super) unsettled: Option<Order>,
    pub(super) notice: Option<Notice>,
    pub(super) touched: Instant,
    pub(super) warned: bool,
}

impl Visit {
    /// Nobody yet.
    pub(super) fn new(now: Instant) -> Self {
        Self {
            language: Language::default(),
            elder: false,
            voice: None,
            screen: Screen::Welcome,
            basket: Basket::default(),
            visitor: None,
            looking: None,
            unsettled: None,
            notice: None,
            touched: now,
            warned: false,
        }
    }
}
