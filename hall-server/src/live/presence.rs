//! That a display is there, for as long as its connection lasts.

use protocol::DisplayId;
use protocol::live::Topic;

use crate::hall::Hall;
use crate::web::who::Who;

/// Says that a display is there, and when it is dropped that it is not.
pub(super) struct DisplayPresence {
    hall: Hall,
    display: DisplayId,
}

impl DisplayPresence {
    /// Only for a display on its own board: a browser that looks at a board is no display.
    pub(super) fn of(hall: &Hall, who: &Who, topic: &Topic) -> Option<Self> {
        match (who, topic) {
            (Who::Display(own), Topic::Board { display }) if own == display => {
                hall.presence().display_came(own, hall.clock().now());
                Some(Self { hall: hall.clone(), display: own.clone() })
            }
            _ => None,
        }
    }

    /// It has said something.
    pub(super) fn heard(&self) {
        self.hall.presence().display_heard(&self.display, self.hall.clock().now());
    }
}

impl Drop for DisplayPresence {
    fn drop(&mut self) {
        self.hall.presence().display_went(&self.display);
    }
}
