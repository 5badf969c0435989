//! What has become of each call: which outputs should give it out, and which have. Only the latest
//! announcement of each window is remembered: it is the one its clerk is waiting for.

use std::collections::{BTreeMap, BTreeSet};

use protocol::live::{Announcement, GivenOut, Output, ShownOn};
use protocol::{DisplayId, Label, Seq, TicketId, Timestamp, WindowId};

use crate::devices::Standing;

/// One kind of output of a display; ordered with screens first.
pub(super) type Place = (Output, DisplayId);

/// The latest announcement of each window.
#[derive(Default)]
pub(super) struct Acks {
    calls: BTreeMap<WindowId, Call>,
}

/// A call and what has become of it.
struct Call {
    announcement: Announcement,
    /// Who should give it out; `None` until that is known.
    expected: Option<BTreeSet<Place>>,
    /// Who has, and when.
    given: BTreeMap<Place, Timestamp>,
}

/// What a display says of an announcement.
pub(super) struct Acknowledged<'a> {
    pub(super) display: &'a DisplayId,
    pub(super) announcement: Seq,
    pub(super) output: Output,
    /// By the display's clock.
    pub(super) at: Timestamp,
}

/// What is known of displays beside what they acknowledge.
pub(super) trait Displays {
    /// What people call one.
    fn name(&self, display: &DisplayId) -> Label;
    /// How one of its outputs stands.
    fn standing(&self, place: &Place, call: &Announcement) -> Standing;
}

impl Acks {
    /// A call goes out; what was said about the window's call before is over.
    pub(super) fn announced(&mut self, announcement: &Announcement) {
        let announcement = announcement.clone();
        let window = announcement.window.clone();
        self.calls.insert(window, Call { announcement, expected: None, given: BTreeMap::new() });
    }

    /// Who should give a call out.
    pub(super) fn expect(&mut self, announcement: &Announcement, places: BTreeSet<Place>) {
        let call = self.calls.get_mut(&announcement.window);
        if let Some(call) = call.filter(|call| call.announcement.seq == announcement.seq) {
            call.expected = Some(places);
        }
    }

    /// A display has given a call out. Returns the window whose console shows that now.
    pub(super) fn acknowledge(
        &mut self,
        ack: &Acknowledged<'_>,
        now: Timestamp,
    ) -> Option<WindowId> {
        let mut calls = self.calls.iter_mut();
        let (window, call) = calls.find(|(_, call)| call.announcement.seq == ack.announcement)?;
        let place = (ack.output, ack.display.clone());
        if call.given.contains_key(&place) {
            return None;
        }
        // A display's clock is believed between the call and now.
        call.given.insert(place, ack.at.min(now).max(call.announcement.at));
        Some(window.clone())
    }

    /// Where a window's present call has been given out.
    pub(super) fn shown_on(
        &self,
        window: &WindowId,
        ticket: TicketId,
        displays: &dyn Displays,
    ) -> Option<ShownOn> {
        let call = self.calls.get(window).filter(|call| call.announcement.ticket == ticket)?;
        // A display that came after the call and gave it out counts like the others.
        let mut places = call.expected.clone()?;
        places.extend(call.given.keys().cloned());
        let outputs = places.iter().map(|place| call.at(place, displays)).collect::<Vec<_>>();
        let screens = || outputs.iter().filter(|it| it.output == Output::Shown);
        let spoken = outputs.iter().filter(|it| it.output == Output::Spoken);
        Some(ShownOn {
            displays: super::views::count(screens().count()),
            shown: super::views::count(screens().filter(|it| it.at.is_some()).count()),
            spoken_at: spoken.filter_map(|it| it.at).min(),
            outputs,
        })
    }
}

impl Call {
    /// What has become of it in one place.
    fn at(&self, place: &Place, displays: &dyn Displays) -> GivenOut {
        let Standing { faulty, gone } = displays.standing(place, &self.announcement);
        let (output, display) = place;
        GivenOut {
            display: display.clone(),
            name: displays.name(display),
            output: *output,
            at: self.given.get(place).copied(),
            faulty,
            gone,
        }
    }
}

#[cfg(test)]
mod tests {
    use protocol::Language;

    use super::*;

    /// Every display is there and well, but for `gone`.
    struct OneGone;

    impl Displays for OneGone {
        fn name(&self, display: &DisplayId) -> Label {
            Label::new(display.as_str(), display.as_str())
        }

        fn standing(&self, (_, display): &Place, _: &Announcement) -> Standing {
            let gone = display.as_str() == "gone";
            Standing { faulty: gone, gone }
        }
    }

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
            service: "passport".into(),
            voice: None,
            by_light: false,
        }
    }

    /// A call that `d1` is to show and speak, and `gone` to show.
    fn called(seq: u64, ticket: u64) -> Acks {
        let mut acks = Acks::default();
        call_again(&mut acks, seq, ticket);
        acks
    }

    fn call_again(acks: &mut Acks, seq: u64, ticket: u64) {
        let call = announcement(seq, ticket);
        acks.announced(&call);
        let places = [(Output::Shown, "d1"), (Output::Spoken, "d1"), (Output::Shown, "gone")];
        acks.expect(&call, places.map(|(output, id)| (output, id.into())).into());
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
        acks.shown_on(&"w01".into(), TicketId(ticket), &OneGone)
    }

    /// What each output has said, shortly.
    fn outputs(acks: &Acks) -> Vec<(Output, String, Option<i64>, bool)> {
        let outputs = shown(acks, 1).expect("a call").outputs;
        let short =
            |it: GivenOut| (it.output, it.display.to_string(), it.at.map(|at| at.0), it.gone);
        outputs.into_iter().map(short).collect()
    }

    #[test]
    fn every_expected_output_has_its_time_or_is_missing() {
        let mut acks = called(7, 1);
        assert!(say(&mut acks, "d1", 7, Output::Shown, 2_000));
        assert!(!say(&mut acks, "d1", 7, Output::Shown, 2_100), "once");
        assert!(say(&mut acks, "d1", 7, Output::Spoken, 2_500));
        let expected = [
            (Output::Shown, "d1".to_owned(), Some(2_000), false),
            (Output::Shown, "gone".to_owned(), None, true),
            (Output::Spoken, "d1".to_owned(), Some(2_500), false),
        ];
        assert_eq!(outputs(&acks), expected);
        let shown = shown(&acks, 1).expect("a call");
        let counts = (shown.displays, shown.shown, shown.spoken_at);
        assert_eq!(counts, (2, 1, Some(Timestamp(2_500))));
    }

    #[test]
    fn who_came_later_and_gave_it_out_counts_too() {
        let mut acks = called(7, 1);
        say(&mut acks, "d2", 7, Output::Strip, 2_000);
        assert!(outputs(&acks).contains(&(Output::Strip, "d2".to_owned(), Some(2_000), false)));
    }

    #[test]
    fn a_recall_begins_anew_and_old_acknowledgements_count_for_nothing() {
        let mut acks = called(7, 1);
        say(&mut acks, "d1", 7, Output::Shown, 2_000);
        call_again(&mut acks, 9, 1);
        assert!(!say(&mut acks, "d1", 7, Output::Shown, 2_000));
        assert_eq!(shown(&acks, 1).map(|it| it.shown), Some(0));
        assert_eq!(shown(&acks, 2), None, "somebody else is there now");
    }

    #[test]
    fn nothing_is_said_before_it_is_known_who_should() {
        let mut acks = Acks::default();
        acks.announced(&announcement(7, 1));
        assert_eq!(shown(&acks, 1), None);
        acks.expect(&announcement(6, 1), BTreeSet::new());
        assert_eq!(shown(&acks, 1), None, "that was the call before");
    }

    #[test]
    fn a_wrong_clock_is_kept_between_the_call_and_now() {
        for (said, believed) in [(0, 1_000), (3_000, 3_000), (90_000, 5_000)] {
            let mut acks = called(7, 1);
            say(&mut acks, "d1", 7, Output::Spoken, said);
            let spoken = shown(&acks, 1).and_then(|it| it.spoken_at);
            assert_eq!(spoken, Some(Timestamp(believed)));
        }
    }
}
