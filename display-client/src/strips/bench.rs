//! A simulated strip on the bench of a display that is tried.

use hardware::strip::simulator::SimulatedBus;

use crate::outputs::{Device, Look, Picture};

/// One strip of a simulated bus.
pub(super) struct StripOnBench {
    pub(super) name: String,
    pub(super) bus: SimulatedBus,
    pub(super) address: u16,
}

impl Device for StripOnBench {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn look(&self) -> Look {
        let text = self.bus.face(self.address).unwrap_or_default().text.trim().to_owned();
        Look::Strip { text, revision: self.bus.revision(self.address) }
    }

    fn picture(&self) -> Option<Picture> {
        match self.bus.picture(self.address) {
            Ok(bytes) => Some(Picture { content_type: "image/png", bytes }),
            Err(fault) => {
                tracing::warn!(strip = %self.name, %fault, "the strip cannot be drawn");
                None
            }
        }
    }
}
