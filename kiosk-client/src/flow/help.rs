//! Calling somebody, and their coming.

use super::Flow;
use super::event::Effect;
use super::screen::Help;

impl Flow {
    pub(super) fn call_help(&mut self) -> Vec<Effect> {
        if self.help == Help::Calling {
            return Vec::new();
        }
        self.help = Help::Calling;
        vec![Effect::CallHelp]
    }

    pub(super) fn help_answered(&mut self, reached: bool) {
        if self.help == Help::Calling {
            self.help = if reached { Help::Coming } else { Help::Failed };
        }
    }

    /// Whoever was called need not come any more.
    pub(super) fn help_done(&mut self) -> Vec<Effect> {
        match std::mem::take(&mut self.help) {
            Help::None => Vec::new(),
            _ => vec![Effect::CancelHelp],
        }
    }
}
