//! What the host has to say on a bus, and what next. Pure: time comes in. Acknowledgements go first, because
//! a keypad repeats itself until it hears one; then beeps and questions; then displays, the last word to each.

use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};

use super::{Display, Frame};

/// After so long a display is told again: one that lost its power has lost its digits.
const TELL_AGAIN: Duration = Duration::from_secs(120);
/// Acknowledgements that may wait, and beeps and questions; more are of no use to anybody.
const MOST_URGENT: usize = 64;

/// What is to be said.
#[derive(Debug, Default)]
pub(super) struct Queue {
    acknowledgements: VecDeque<Frame>,
    urgent: VecDeque<Frame>,
    displays: BTreeMap<u8, Shown>,
}

#[derive(Debug)]
struct Shown {
    display: Display,
    told_at: Option<Instant>,
}

impl Queue {
    /// An acknowledgement; a keypad that does not get it says it again.
    pub(super) fn acknowledge(&mut self, frame: &Frame) {
        push(&mut self.acknowledgements, frame.acknowledgement());
    }

    /// A beep or a question.
    pub(super) fn say(&mut self, frame: Frame) {
        push(&mut self.urgent, frame);
    }

    pub(super) fn show(&mut self, address: u8, display: Display) {
        let known = self.displays.get(&address).is_some_and(|shown| shown.display == display);
        if !known {
            self.displays.insert(address, Shown { display, told_at: None });
        }
    }

    /// The line was lost: nobody knows what the displays show.
    pub(super) fn forget_what_was_said(&mut self) {
        self.acknowledgements.clear();
        self.urgent.clear();
        self.displays.values_mut().for_each(|shown| shown.told_at = None);
    }

    /// What to say now.
    pub(super) fn next(&mut self, now: Instant) -> Option<Frame> {
        let urgent = self.acknowledgements.pop_front().or_else(|| self.urgent.pop_front());
        if urgent.is_some() {
            return urgent;
        }
        let is_due = |shown: &Shown| shown.told_at.is_none_or(|at| now >= at + TELL_AGAIN);
        let (address, shown) = self.displays.iter_mut().find(|(_, shown)| is_due(shown))?;
        shown.told_at = Some(now);
        Some(Frame::show(*address, shown.display))
    }

    /// When there will be something to say if nothing happens.
    pub(super) fn due(&self) -> Option<Instant> {
        self.displays.values().filter_map(|shown| Some(shown.told_at? + TELL_AGAIN)).min()
    }
}

/// Appends; the oldest goes when there are too many.
fn push(waiting: &mut VecDeque<Frame>, frame: Frame) {
    if waiting.len() == MOST_URGENT {
        waiting.pop_front();
    }
    waiting.push_back(frame);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keypad::Key;

    #[test]
    fn acknowledgements_first_and_the_last_word_to_each_display() {
        let now = Instant::now();
        let shows = |number| Display { waiting: Some(1), number: Some(number) };
        let mut queue = Queue::default();
        queue.show(2, shows(5));
        queue.show(2, shows(6));
        queue.say(Frame::beep(2));
        queue.acknowledge(&Frame::key(2, Key::Call));
        assert_eq!(queue.next(now), Some(Frame::key(2, Key::Call)));
        assert_eq!(queue.next(now), Some(Frame::beep(2)));
        assert_eq!(queue.next(now), Some(Frame::show(2, shows(6))));
        assert_eq!(queue.next(now), None);
        queue.show(2, shows(6));
        assert_eq!(queue.next(now), None, "it shows that");
        assert_eq!(queue.due(), Some(now + TELL_AGAIN));
        assert_eq!(queue.next(now + TELL_AGAIN), Some(Frame::show(2, shows(6))));
        queue.forget_what_was_said();
        assert_eq!(queue.next(now + TELL_AGAIN), Some(Frame::show(2, shows(6))));
    }
}
