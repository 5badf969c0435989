//! The frame around every page of the kiosk: hall and time, language and size, steps, the way back, help,
//! how long the page waits, and the bench beside it.

use std::time::Instant;

use ui::Words;

use super::bench::BenchView;
use super::{ASSETS, Assets, texts};
use crate::flow::{Flow, Help, Screen, Step};
use crate::kiosk::Kiosk;

/// Everything but the page itself.
pub(super) struct Frame {
    pub(super) hall: String,
    pub(super) clock: String,
    pub(super) steps: Vec<StepView>,
    pub(super) back: Option<String>,
    pub(super) home: bool,
    /// Whether the visit is over but for walking away.
    pub(super) done: bool,
    /// Whether the page itself says the hall's name in large type.
    pub(super) names_hall: bool,
    pub(super) remaining_s: Option<u64>,
    pub(super) asking: bool,
    pub(super) busy: bool,
    pub(super) help: Option<String>,
    /// Whether nobody could be called.
    pub(super) help_failed: bool,
    pub(super) notice: Option<String>,
    pub(super) caution: Option<String>,
    /// Whether to say that the hall is not reached and numbers are given all the same.
    pub(super) offline: bool,
    /// Where to go while this kiosk does nothing.
    pub(super) instead: String,
    /// Whether pages are said aloud; `None` without a speaker.
    pub(super) voice: Option<bool>,
    pub(super) bench: Option<BenchView>,
}

/// One of the steps at the top.
pub(super) struct StepView {
    pub(super) number: usize,
    pub(super) name: String,
    /// `done`, `now` or `later`.
    pub(super) state: &'static str,
}

impl StepView {
    pub(super) fn is_done(&self) -> bool {
        self.state == "done"
    }

    pub(super) fn is_now(&self) -> bool {
        self.state == "now"
    }
}

impl Frame {
    pub(super) fn of(flow: &Flow, kiosk: &Kiosk, clock: String, words: &Words) -> Self {
        let screen = flow.screen();
        let out = !flow.is_in_service();
        let remaining = flow.remaining(Instant::now()).filter(|_| !out);
        let choosing = matches!(screen.step(), Some(Step::Choose | Step::Identify | Step::Confirm));
        Self {
            hall: flow
                .menu()
                .map_or_else(String::new, |menu| menu.hall.get(words.language()).to_owned()),
            clock,
            steps: if out { Vec::new() } else { steps(screen, words) },
            back: back(flow, words).filter(|_| !out),
            home: choosing && *screen != Screen::Departments && !out,
            // Rounded up, so that the last second is a second.
            done: matches!(screen, Screen::Farewell { .. }) && !out,
            names_hall: *screen == Screen::Welcome && !out,
            remaining_s: remaining.map(|left| left.as_millis().div_ceil(1000) as u64),
            asking: flow.is_asking() && !out,
            busy: screen.is_busy(),
            help: help(flow.help(), words),
            help_failed: flow.help() == Help::Failed,
            notice: flow.notice().map(|it| texts::notice(it, flow, words)),
            caution: texts::printer(flow.printer(), words).filter(|_| warns_of_printer(screen)),
            offline: flow.is_offline() && screen.needs_menu(),
            instead: texts::instead(flow.next_kiosk(), words),
            voice: flow.has_voice().then(|| flow.voice()),
            bench: BenchView::of(kiosk.bench(), flow),
        }
    }

    /// The address of one of the kiosk's own files.
    pub(super) fn asset(&self, path: &str) -> String {
        ui::assets::url_in::<Assets>(ASSETS, path)
    }
}

fn steps(screen: &Screen, words: &Words) -> Vec<StepView> {
    let Some(now) = screen.step() else {
        return Vec::new();
    };
    [
        (Step::Choose, "kiosk-step-choose"),
        (Step::Identify, "kiosk-step-identify"),
        (Step::Confirm, "kiosk-step-confirm"),
        (Step::Slip, "kiosk-step-slip"),
    ]
    .into_iter()
    .zip(1..)
    .map(|((step, key), number)| StepView {
        number,
        name: words.get(key),
        state: match step.cmp(&now) {
            std::cmp::Ordering::Less => "done",
            std::cmp::Ordering::Equal => "now",
            std::cmp::Ordering::Greater => "later",
        },
    })
    .collect()
}

/// What the way back is called; `None` where there is none.
fn back(flow: &Flow, words: &Words) -> Option<String> {
    let screen = flow.screen();
    if screen.is_idle() || screen.is_busy() || matches!(screen, Screen::Farewell { .. }) {
        return None;
    }
    let leads_out = flow.basket().is_empty()
        && matches!(
            screen,
            Screen::Departments | Screen::Ask { .. } | Screen::Found { .. } | Screen::Trouble(_)
        );
    Some(words.get(if leads_out { "kiosk-leave" } else { "common-back" }))
}

fn help(help: Help, words: &Words) -> Option<String> {
    let key = match help {
        Help::None => return None,
        Help::Calling => "kiosk-help-calling",
        Help::Coming => "kiosk-help-coming",
        Help::Failed => "kiosk-help-failed",
    };
    Some(words.get(key))
}

/// Before a number is taken; afterwards the page itself says what became of the slip.
fn warns_of_printer(screen: &Screen) -> bool {
    matches!(screen, Screen::Welcome | Screen::Departments | Screen::Confirm)
}
