//! Which display has given out which call. Only the latest announcement of each window is remembered:
//! it is the one its clerk is waiting for.

use std::collections::{BTreeMap, BTreeSet};

use protocol::live::{Announcement, Output, ShownOn};
use protocol::{DisplayId, Seq, TicketId, Timestamp, WindowId, ZoneId};

/// The latest announcement of each window.
#[derive(Default)]
pub(super) struct Acks {
    calls: BTreeMap<WindowId, GivenOut>,
}

struct GivenOut {
    announcement: Seq,
    ticket: TicketId,
    zone: ZoneId,
    at: Timestamp,
    shown: BTreeSet<DisplayId>,
    spoken_at: Option<Timestamp>,
}

/// What a display says of an announcement.
pub(super) struct Acknowledged<'a> {
    pub(super) display: &'a DisplayId,
    pub(super) announcement: Seq,
    pub(super) output: Output,
    /// By the display's clock.
    pub(super) at: Timestamp,
}

impl Acks {
    /// A call goes out; what was said about the window's call before is over.
    pub(super) fn announced(&mut self, announcement: &Announcement) {
        let given_out = GivenOut {
            announcement: announcement.seq,
            ticket: announcement.ticket,
            zone: announcement.zone.clone(),
            at: announcement.at,
            shown: BTreeSet::new(),
            spoken_at: None,
        };
        self.calls.insert(announcement.window.clone(), given_out);
    }

    /// A display has given a call out. Returns the window whose console shows that now.
    pub(super) fn acknowledge(
        &mut self,
        ack: &Acknowledged<'_>,
        now: Timestamp,
    ) -> Option<WindowId> {
        let (window, call) =
            self.calls.iter_mut().find(|(_, call)| call.announcement == ack.announcement)?;
        let news = match ack.output {
            Output::Shown => call.shown.insert(ack.display.clone()),
            Output::Spoken => {
                let first = call.spoken_at.is_none();
                // A display's clock is believed between the call and now.
                call.spoken_at.get_or_insert(ack.at.min(now).max(call.at));
                first
            }
        };
        news.then(|| window.clone())
    }

    /// Where a window's present call has been given out. `shows` says of a zone which displays are there
    /// to show it.
    pub(super) fn shown_on(
        &self,
        window: &WindowId,
        ticket: TicketId,
        shows: impl FnOnce(&ZoneId) -> BTreeSet<DisplayId>,
    ) -> Option<ShownOn> {
        let call = self.calls.get(window).filter(|call| call.ticket == ticket)?;
        // A display that has shown it and gone since is still one of those that should.
        let displays = shows(&call.zone).union(&call.shown).count();
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Some(ShownOn {
            displays: count(displays),
            shown: count(call.shown.len()),
            spoken_at: call.spoken_at,
        })
    }
}

#[cfg(test)]
mod tests {
    use protocol::{Label, Language};

    use super::*;

    fn announcement(seq: u64, ticket: u64) -> Announcement {
        Announcement {
            seq: Seq(seq),
            ticket: TicketId(ticket),
            number: "A001".into(),
            window: "w01".into(),
            window_name: Label::new("1", "1"),
            zone: "east".into(),
            language: Language::Zh,
            at: Timestamp(1_000),
            recall: 0,
        }
    }

    fn say(acks: &mut Acks, display: &str, seq: u64, output: Output, at: i64) -> bool {
        let ack = Acknowledged {
            display: &display.into(),
            announcement: Seq(seq),
            output,
            at: Timestamp(at),
        };
        acks.acknowledge(&ack, Timestamp(5_000)).is_some()
    }

    fn shown(acks: &Acks, ticket: u64) -> Option<ShownOn> {
        let walls = |_: &ZoneId| ["d1", "d2", "d3"].into_iter().map(DisplayId::from).collect();
        acks.shown_on(&"w01".into(), TicketId(ticket), walls)
    }

    #[test]
    fn counts_each_display_once_and_the_first_voice() {
        let mut acks = Acks::default();
        acks.announced(&announcement(7, 1));
        assert!(say(&mut acks, "d1", 7, Output::Shown, 2_000));
        assert!(!say(&mut acks, "d1", 7, Output::Shown, 2_100));
        assert!(say(&mut acks, "d2", 7, Output::Spoken, 2_500));
        assert!(!say(&mut acks, "d3", 7, Output::Spoken, 2_400));
        let expected = ShownOn { displays: 3, shown: 1, spoken_at: Some(Timestamp(2_500)) };
        assert_eq!(shown(&acks, 1), Some(expected));
    }

    #[test]
    fn a_recall_begins_anew_and_old_acknowledgements_count_for_nothing() {
        let mut acks = Acks::default();
        acks.announced(&announcement(7, 1));
        say(&mut acks, "d1", 7, Output::Shown, 2_000);
        acks.announced(&announcement(9, 1));
        assert!(!say(&mut acks, "d1", 7, Output::Shown, 2_000));
        assert_eq!(shown(&acks, 1).map(|it| it.shown), Some(0));
        assert_eq!(shown(&acks, 2), None, "somebody else is there now");
    }

    #[test]
    fn a_wrong_clock_is_kept_between_the_call_and_now() {
        for (said, believed) in [(0, 1_000), (3_000, 3_000), (90_000, 5_000)] {
            let mut acks = Acks::default();
            acks.announced(&announcement(7, 1));
            say(&mut acks, "d1", 7, Output::Spoken, said);
            let spoken = shown(&acks, 1).and_then(|it| it.spoken_at);
            assert_eq!(spoken, Some(Timestamp(believed)));
        }
    }

    #[test]
    fn a_display_that_has_gone_since_still_counts() {
        let mut acks = Acks::default();
        acks.announced(&announcement(7, 1));
        say(&mut acks, "gone", 7, Output::Shown, 2_000);
        assert_eq!(shown(&acks, 1).map(|it| (it.shown, it.displays)), Some((1, 4)));
    }
}
