//! When a lamp is lit. Pure: news in, light out.

use std::collections::BTreeMap;

use protocol::live::{Announcement, CallCell, Cell};
use protocol::{Number, Phase, Seq, Timestamp, WindowId};

use super::config::{Config, When};
use crate::board::Board;

/// What one lamp knows.
pub(super) struct Plan {
    config: Config,
    /// The calls it is lit for, by window, with the time each was made.
    calls: BTreeMap<WindowId, (Number, Timestamp)>,
    /// The events of calls that the board does not know of yet.
    awaited: BTreeMap<WindowId, Seq>,
}

impl Plan {
    pub(super) fn new(config: Config) -> Self {
        Self { config, calls: BTreeMap::new(), awaited: BTreeMap::new() }
    }

    /// Somebody is called. Says whether this lamp is lit for it.
    pub(super) fn called(&mut self, call: &Announcement, now: Timestamp) -> bool {
        let ours = self.config.windows.contains(&call.window);
        let wanted = match self.config.when {
            When::Called => true,
            When::ByLight => call.by_light,
            When::Serving => false,
        };
        if ours && wanted {
            self.calls.insert(call.window.clone(), (call.number.clone(), now));
            self.awaited.insert(call.window.clone(), call.seq);
        }
        ours && wanted
    }

    /// The board has changed.
    pub(super) fn board(&mut self, board: &Board, now: Timestamp) {
        let standing = board.cells.values().filter_map(|cell| match cell {
            Cell::Call(call) if self.config.windows.contains(&call.at.window) => Some(call),
            _ => None,
        });
        let standing: BTreeMap<_, _> = standing.map(|call| (&call.at.window, call)).collect();
        let is = |window: &WindowId, number: &Number, phase| {
            standing.get(window).is_some_and(|call| call.number == *number && call.phase == phase)
        };
        self.awaited.retain(|_, seq| board.seq < *seq);
        let (awaited, when) = (&self.awaited, self.config.when);
        self.calls.retain(|window, (number, _)| {
            awaited.contains_key(window) || is(window, number, phase_of(when))
        });
        // What was called before this display came. Nobody knows whose eyes a lamp must catch.
        if when != When::ByLight {
            for call in standing.values().filter(|call| call.phase == phase_of(when)) {
                self.take_over(call, now);
            }
        }
    }

    fn take_over(&mut self, call: &CallCell, now: Timestamp) {
        let since = if self.config.when == When::Called { call.called_at } else { now };
        let known = self.calls.get(&call.at.window);
        if known.is_none_or(|(number, _)| *number != call.number) {
            self.calls.insert(call.at.window.clone(), (call.number.clone(), since));
        }
    }

    /// The hall has gone. The board it sends when it is back is the present, even if it counts its events anew.
    pub(super) fn hall_away(&mut self) {
        self.awaited.clear();
    }

    /// Whether it is lit at a time, and until when if time alone ends that.
    pub(super) fn lit(&mut self, now: Timestamp) -> (bool, Option<Timestamp>) {
        let Ok(seconds @ 1..) = i64::try_from(self.config.seconds) else {
            return (!self.calls.is_empty(), None);
        };
        // Nobody was called in the future: the hall's clock was set back.
        self.calls.values_mut().for_each(|(_, since)| *since = (*since).min(now));
        let until = self.calls.values().map(|(_, since)| since.plus_s(seconds)).max();
        let until = until.filter(|until| now < *until);
        (until.is_some(), until)
    }
}

/// Where in its life a ticket is while the lamp is lit for it.
fn phase_of(when: When) -> Phase {
    match when {
        When::Called | When::ByLight => Phase::Called,
        When::Serving => Phase::Serving,
    }
}

#[cfg(test)]
mod tests {
    use protocol::live::WindowRef;
    use protocol::{Label, Language, TicketId};

    use super::*;

    const NOW: Timestamp = Timestamp(1_000_000);

    fn lamp(more: &str) -> Plan {
        let text = format!("name = \"lamp\"\nline = \"simulated\"\nwindows = [\"w1\"]\n{more}");
        let file = std::path::Path::new("display.toml");
        Plan::new(settings::parse(file, &text).expect("a lamp"))
    }

    fn call(window: &str, number: &str, by_light: bool) -> Announcement {
        Announcement {
            seq: Seq(1),
            ticket: TicketId(1),
            number: number.into(),
            window: window.into(),
            window_name: Label::new("1", "1"),
            zone: "z".into(),
            service: "s".into(),
            language: Language::Zh,
            at: NOW,
            recall: 0,
            voice: None,
            by_light,
        }
    }

    fn board(calls: &[(&str, &str, Phase)]) -> Board {
        let cells = calls.iter().map(|(window, number, phase)| {
            let at = WindowRef {
                window: (*window).into(),
                name: Label::new("1", "1"),
                zone: "z".into(),
                zone_name: Label::new("z", "z"),
                floor: "1F".to_owned(),
            };
            let call = CallCell {
                at,
                number: (*number).into(),
                holder: None,
                phase: *phase,
                called_at: NOW,
                recalls: 0,
            };
            (format!("call/{window}"), Cell::Call(call))
        });
        Board { seq: Seq(1), at: NOW, cells: cells.collect() }
    }

    fn is_lit(plan: &mut Plan, after_s: i64) -> bool {
        plan.lit(NOW.plus_s(after_s)).0
    }

    #[test]
    fn it_is_lit_from_the_call_until_the_visitor_has_come() {
        let mut lamp = lamp("");
        assert!(!lamp.called(&call("w2", "A001", false), NOW), "another window's");
        assert!(lamp.called(&call("w1", "A001", false), NOW));
        lamp.board(&Board { seq: Seq(0), ..board(&[]) }, NOW);
        assert!(is_lit(&mut lamp, 0), "the board has not caught up yet");
        lamp.board(&board(&[("w1", "A001", Phase::Called)]), NOW);
        assert!(is_lit(&mut lamp, 600));
        lamp.board(&board(&[("w1", "A001", Phase::Serving)]), NOW);
        assert!(!is_lit(&mut lamp, 0));
    }

    #[test]
    fn a_call_that_ended_before_the_board_had_it_leaves_no_light() {
        let mut lamp = lamp("");
        lamp.called(&call("w1", "A001", false), NOW);
        lamp.board(&board(&[("w1", "A001", Phase::Serving)]), NOW);
        assert!(!is_lit(&mut lamp, 0));
        lamp.called(&Announcement { seq: Seq(9), ..call("w1", "A002", false) }, NOW);
        lamp.hall_away();
        assert!(is_lit(&mut lamp, 0), "what was heard last still stands");
        lamp.board(&board(&[]), NOW);
        assert!(!is_lit(&mut lamp, 0), "the hall counts anew and knows nothing of it");
    }

    #[test]
    fn a_clock_that_is_set_back_lets_no_buzzer_sound_on() {
        let mut buzzer = lamp("seconds = 2");
        buzzer.called(&call("w1", "A001", false), NOW);
        assert_eq!(buzzer.lit(NOW.plus_s(-3600)), (true, Some(NOW.plus_s(-3598))));
        assert!(!is_lit(&mut buzzer, -3598));
    }

    #[test]
    fn a_buzzer_sounds_for_its_seconds_and_again_with_a_recall() {
        let mut buzzer = lamp("seconds = 2");
        buzzer.called(&call("w1", "A001", false), NOW);
        assert_eq!(buzzer.lit(NOW), (true, Some(NOW.plus_s(2))));
        assert!(!is_lit(&mut buzzer, 2));
        buzzer.board(&board(&[("w1", "A001", Phase::Called)]), NOW.plus_s(5));
        assert!(!is_lit(&mut buzzer, 5), "the same call");
        buzzer.called(&call("w1", "A001", false), NOW.plus_s(30));
        assert!(is_lit(&mut buzzer, 31));
    }

    #[test]
    fn a_light_for_those_who_cannot_hear_is_for_nobody_else() {
        let mut light = lamp("when = \"by-light\"");
        assert!(!light.called(&call("w1", "A001", false), NOW));
        light.board(&board(&[("w1", "A001", Phase::Called)]), NOW);
        assert!(!is_lit(&mut light, 0));
        assert!(light.called(&call("w1", "A002", true), NOW));
        light.board(&board(&[("w1", "A002", Phase::Called)]), NOW);
        assert!(is_lit(&mut light, 60));
    }

    #[test]
    fn what_stood_before_the_display_came_counts() {
        let mut lamp = lamp("when = \"serving\"");
        lamp.board(&board(&[("w1", "A001", Phase::Serving)]), NOW);
        assert!(is_lit(&mut lamp, 0));
        lamp.board(&board(&[]), NOW);
        assert!(!is_lit(&mut lamp, 0));
    }
}
