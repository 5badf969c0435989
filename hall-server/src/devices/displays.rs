//! What the hall remembers of one display: whether it is connected, when it was heard, how its outputs are.

use protocol::live::{Announcement, Output};
use protocol::wall::{DisplayReport, OutputReport, OutputState};
use protocol::{DisplayId, Timestamp};

use super::since::believed;

/// How a display is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DisplayState {
    /// Its live connections.
    sockets: u32,
    /// Since when it is connected, or is not; `None` if it never was since the hall started.
    pub since: Option<Timestamp>,
    /// When it was last heard.
    pub heard_at: Option<Timestamp>,
    /// What it said last of itself.
    pub report: Option<DisplayReport>,
    /// Whether a page of it was ever open.
    had_page: bool,
    /// Since when none of its pages is open, if there should be one.
    pub no_page_since: Option<Timestamp>,
}

/// Outputs of one kind that do not work, all of one display.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputTrouble {
    /// Which display.
    pub display: DisplayId,
    /// What they do.
    pub output: Output,
    /// How many.
    pub count: usize,
    /// Since when, the first of them.
    pub since: Timestamp,
}

/// How an output that should give a call out stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Whether it cannot, as far as anybody knows.
    pub faulty: bool,
    /// Whether its display has lost its connection.
    pub gone: bool,
}

/// Every kind of output but the screen.
const REPORTED: [Output; 3] = [Output::Spoken, Output::Strip, Output::Lamp];
/// What may be in trouble: the keys give no call out, but somebody misses them all the same.
const TROUBLED: [Output; 4] = [Output::Spoken, Output::Strip, Output::Lamp, Output::Keys];

impl DisplayState {
    /// A connection was made.
    pub(super) fn come(&mut self, now: Timestamp) {
        self.sockets += 1;
        self.heard_at = Some(now);
        if self.sockets == 1 {
            self.since = Some(now);
        }
    }

    /// A connection has ended. Who fell silent is missed since their last word, not since it was noticed.
    pub(super) fn go(&mut self) {
        self.sockets = self.sockets.saturating_sub(1);
        if self.sockets == 0 {
            self.since = self.heard_at;
        }
    }

    /// It has said something.
    pub(super) fn heard(&mut self, now: Timestamp) {
        self.heard_at = Some(now);
    }

    /// Hears a report. Says whether anything changed that others see.
    pub(super) fn report(&mut self, mut report: DisplayReport, now: Timestamp) -> bool {
        let before = self.report.take();
        let earlier = before.as_ref().map_or(&[][..], |it| &it.outputs);
        for output in &mut report.outputs {
            let same = earlier.iter().find(|it| is_same(it, output) && it.state == output.state);
            output.since = believed(output.since, same.map_or(now, |it| it.since), now);
        }
        report.started_at = believed(report.started_at, now, now);
        self.had_page |= report.pages > 0;
        let no_page = (self.is_screen(Some(&report)) && report.pages == 0)
            .then(|| self.no_page_since.unwrap_or(now));
        let news = earlier.len() != report.outputs.len()
            || no_page.is_some() != self.no_page_since.is_some()
            || earlier
                .iter()
                .zip(&report.outputs)
                .any(|(a, b)| !is_same(a, b) || a.state != b.state);
        self.no_page_since = no_page;
        self.report = Some(report);
        news
    }

    /// Whether it shows anything, by what it last reported. A box that drives strips and never had a page is no
    /// screen.
    fn is_screen(&self, report: Option<&DisplayReport>) -> bool {
        self.had_page || report.is_none_or(|report| report.outputs.is_empty())
    }

    /// Whether an emergency message is expected on it.
    pub(crate) fn shows_emergencies(&self) -> bool {
        self.is_screen(self.report.as_ref())
    }

    /// Whether it is connected.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        self.sockets > 0
    }

    /// Since when it is missed, if it was here and is not.
    pub(super) fn gone_since(&self) -> Option<Timestamp> {
        self.since.filter(|_| !self.is_connected())
    }

    /// Its outputs that should give a call out, as far as it has told of them.
    pub(super) fn outputs_for(&self, call: &Announcement) -> Vec<Output> {
        let silent = call.voice.is_none();
        let reported = REPORTED.into_iter().filter(|kind| {
            let mut concerned = self.concerned(*kind, call);
            !(silent && *kind == Output::Spoken)
                && concerned.any(|it| it.state != OutputState::Quiet)
        });
        let is_screen = self.report.as_ref().is_none_or(|report| report.pages > 0)
            || self.no_page_since.is_some();
        is_screen.then_some(Output::Shown).into_iter().chain(reported).collect()
    }

    /// How its outputs of a kind stand that should give a call out.
    pub(super) fn standing(&self, kind: Output, call: &Announcement) -> Standing {
        let gone = !self.is_connected();
        let broken = match kind {
            Output::Shown => self.no_page_since.is_some(),
            _ => self.concerned(kind, call).any(|it| it.state == OutputState::Faulty),
        };
        Standing { faulty: gone || broken, gone }
    }

    /// Its outputs of a kind that give out the calls of a window.
    fn concerned<'a>(
        &'a self,
        kind: Output,
        call: &'a Announcement,
    ) -> impl Iterator<Item = &'a OutputReport> {
        let outputs = self.report.iter().flat_map(|report| &report.outputs);
        outputs.filter(move |it| {
            it.output == kind
                && (it.windows.is_empty() || it.windows.contains(&call.window))
                && (it.zones.is_empty() || it.zones.contains(&call.zone))
                && (call.by_light || !it.by_light)
        })
    }

    /// What does not work, by kind. What a display said that has gone is no longer known.
    pub(super) fn troubles(&self, display: &DisplayId) -> Vec<OutputTrouble> {
        if !self.is_connected() {
            return Vec::new();
        }
        let trouble =
            |output, count, since| OutputTrouble { display: display.clone(), output, count, since };
        // Where nobody has opened a page yet, nobody misses it.
        let closed = self.no_page_since.filter(|_| self.had_page);
        let page = closed.map(|since| trouble(Output::Shown, 1, since));
        let outputs = self.report.iter().flat_map(|report| &report.outputs);
        let faulty: Vec<&OutputReport> =
            outputs.filter(|it| it.state == OutputState::Faulty).collect();
        let kinds = TROUBLED.into_iter().filter_map(|kind| {
            let of_kind = faulty.iter().filter(|it| it.output == kind);
            let since = of_kind.clone().map(|it| it.since).min()?;
            Some(trouble(kind, of_kind.count(), since))
        });
        page.into_iter().chain(kinds).collect()
    }
}

/// Whether two reports are of the same output.
fn is_same(a: &OutputReport, b: &OutputReport) -> bool {
    a.output == b.output && a.name == b.name
}

#[cfg(test)]
mod tests {
    use protocol::live::Phrase;
    use protocol::{Label, Language, Seq, TicketId};

    use super::*;

    const NOW: Timestamp = Timestamp(1_795_399_200_000);

    fn call() -> Announcement {
        Announcement {
            seq: Seq(7),
            ticket: TicketId(1),
            number: "A001".into(),
            window: "w1".into(),
            window_name: Label::new("1", "1"),
            zone: "east".into(),
            service: "passport".into(),
            language: Language::Zh,
            at: NOW,
            recall: 0,
            voice: Some(Phrase { zh: "{number}".to_owned(), en: None, times: 2 }),
            by_light: false,
        }
    }

    fn strip(state: OutputState) -> OutputReport {
        OutputReport {
            output: Output::Strip,
            name: "w1".to_owned(),
            address: "simulated".to_owned(),
            state,
            fault: None,
            since: NOW,
            windows: vec!["w1".into()],
            zones: Vec::new(),
            by_light: false,
        }
    }

    fn report(pages: u32, outputs: Vec<OutputReport>) -> DisplayReport {
        DisplayReport { pages, outputs, ..DisplayReport::default() }
    }

    fn connected() -> DisplayState {
        let mut state = DisplayState::default();
        state.come(NOW);
        state
    }

    #[test]
    fn a_box_that_never_had_a_page_is_no_screen() {
        let mut state = connected();
        state.report(report(0, vec![strip(OutputState::Ready)]), NOW);
        assert_eq!(state.outputs_for(&call()), [Output::Strip]);
        assert_eq!(state.troubles(&"d1".into()), []);
    }

    #[test]
    fn a_light_for_the_deaf_is_expected_for_them_only() {
        let mut state = connected();
        let light = OutputReport { by_light: true, ..strip(OutputState::Ready) };
        state.report(report(0, vec![light]), NOW);
        assert_eq!(state.outputs_for(&call()), []);
        let by_light = Announcement { by_light: true, ..call() };
        assert_eq!(state.outputs_for(&by_light), [Output::Strip]);
    }

    #[test]
    fn a_screen_whose_page_has_closed_is_missed() {
        let mut state = connected();
        assert!(!state.report(report(1, Vec::new()), NOW));
        assert!(state.report(report(0, Vec::new()), NOW.plus_s(5)), "others see that");
        assert!(!state.report(report(0, Vec::new()), NOW.plus_s(10)));
        assert_eq!(state.outputs_for(&call()), [Output::Shown]);
        assert!(state.standing(Output::Shown, &call()).faulty);
        let troubles = state.troubles(&"d1".into());
        assert_eq!(troubles.len(), 1);
        assert_eq!((troubles[0].output, troubles[0].since), (Output::Shown, NOW.plus_s(5)));
    }

    #[test]
    fn what_goes_on_as_before_is_no_news_and_keeps_its_time() {
        let mut state = connected();
        let unset = || OutputReport { since: Timestamp(0), ..strip(OutputState::Faulty) };
        assert!(state.report(report(1, vec![unset()]), NOW));
        assert!(!state.report(report(1, vec![unset()]), NOW.plus_s(60)));
        assert_eq!(state.troubles(&"d1".into())[0].since, NOW);
        assert!(state.report(report(1, vec![strip(OutputState::Ready)]), NOW.plus_s(65)));
        assert_eq!(state.troubles(&"d1".into()), []);
    }

    #[test]
    fn what_a_display_that_has_gone_said_is_no_longer_known() {
        let mut state = connected();
        state.report(report(1, vec![strip(OutputState::Faulty)]), NOW);
        state.heard(NOW.plus_s(4));
        state.go();
        assert_eq!(state.troubles(&"d1".into()), []);
        assert_eq!(state.gone_since(), Some(NOW.plus_s(4)), "since its last word");
        let standing = state.standing(Output::Strip, &call());
        assert_eq!(standing, Standing { faulty: true, gone: true });
    }
}
