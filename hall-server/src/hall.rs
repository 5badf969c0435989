//! The handle every room shares: what the hall remembers, knows of people, may reveal and is configured
//! to be. Cheap to clone; the pages and the API carry it as their state.

use std::ops::Deref;
use std::sync::Arc;

use crate::accounts::Sessions;
use crate::clock::Clock;
use crate::config::Config;
use crate::devices::Presence;
use crate::journal::Journal;
use crate::live::Hub;
use crate::people::People;
use crate::slips::SlipTemplates;
use crate::tickets::TicketTokens;
use crate::walls::Walls;

/// The hall.
#[derive(Clone)]
pub struct Hall(Arc<Rooms>);

/// What the handle leads to.
pub struct Rooms {
    pub(crate) config: Arc<Config>,
    pub(crate) clock: Clock,
    pub(crate) journal: Journal,
    pub(crate) people: People,
    pub(crate) tokens: TicketTokens,
    pub(crate) sessions: Sessions,
    pub(crate) presence: Arc<Presence>,
    pub(crate) slip_templates: SlipTemplates,
    pub(crate) walls: Walls,
    pub(crate) hub: Hub,
}

impl Hall {
    pub(crate) fn new(rooms: Rooms) -> Self {
        Self(Arc::new(rooms))
    }
}

impl Deref for Hall {
    type Target = Rooms;

    fn deref(&self) -> &Rooms {
        &self.0
    }
}

impl Rooms {
    /// What it is configured to be.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The one clock.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// What it remembers.
    #[must_use]
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// What it knows of its visitors.
    #[must_use]
    pub fn people(&self) -> &People {
        &self.people
    }

    /// The secrets behind slips.
    #[must_use]
    pub fn tokens(&self) -> &TicketTokens {
        &self.tokens
    }

    /// Who is signed in.
    #[must_use]
    pub fn sessions(&self) -> &Sessions {
        &self.sessions
    }

    /// Which machines are there.
    #[must_use]
    pub fn presence(&self) -> &Presence {
        &self.presence
    }

    /// The layouts of the slip.
    #[must_use]
    pub fn slip_templates(&self) -> &SlipTemplates {
        &self.slip_templates
    }

    /// What the displays are to be.
    #[must_use]
    pub fn walls(&self) -> &Walls {
        &self.walls
    }

    /// The live hub.
    #[must_use]
    pub fn live(&self) -> &Hub {
        &self.hub
    }
}
