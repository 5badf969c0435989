//! What a topic is about once its client's permission is settled. Displays of the same zones share one
//! subject, so that their board is made and serialised once.

use std::time::Duration;

use protocol::{TicketId, WindowId, ZoneId};

/// What a feed is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject {
    /// A wall of these zones; none means the whole hall.
    Board(Vec<ZoneId>),
    /// A window's console.
    Console(WindowId),
    /// The duty manager's page.
    Hall,
    /// One visitor's ticket.
    Ticket(TicketId),
}

impl Subject {
    /// A board of these zones, in whatever order somebody wrote them.
    pub(super) fn board(zones: &[ZoneId]) -> Self {
        let mut zones = zones.to_vec();
        zones.sort();
        zones.dedup();
        Self::Board(zones)
    }

    /// How often its cells may change at most. Calls and consoles follow at once as far as an eye can
    /// tell; a manager's overview walks the whole day; a visitor's place changes with every call.
    pub(super) fn pace(&self) -> Duration {
        Duration::from_millis(match self {
            Self::Board(_) | Self::Console(_) => 20,
            Self::Hall => 200,
            Self::Ticket(_) => 1_000,
        })
    }

    /// Whether time alone can change it: hours begin and end, waits grow too long.
    pub(super) fn follows_the_clock(&self) -> bool {
        !matches!(self, Self::Ticket(_))
    }

    /// Whether a call to a window of this zone is announced there.
    pub(super) fn announces(&self, zone: &ZoneId) -> bool {
        matches!(self, Self::Board(zones) if zones.is_empty() || zones.contains(zone))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boards_of_the_same_zones_are_one() {
        let zones = |ids: &[&str]| ids.iter().map(|id| ZoneId::from(*id)).collect::<Vec<_>>();
        assert_eq!(Subject::board(&zones(&["b", "a", "b"])), Subject::board(&zones(&["a", "b"])));
    }

    #[test]
    fn a_board_announces_for_its_zones_only() {
        let east = ZoneId::from("east");
        assert!(Subject::board(&[]).announces(&east));
        assert!(Subject::board(std::slice::from_ref(&east)).announces(&east));
        assert!(!Subject::board(&[ZoneId::from("west")]).announces(&east));
        assert!(!Subject::Hall.announces(&east));
    }
}
