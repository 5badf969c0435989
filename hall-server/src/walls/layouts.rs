//! A display's layout: which is in force, saving another, and what a layout must be to be shown.

use std::collections::BTreeSet;

use hall_core::plan::ClockTime;
use protocol::wall::{Block, Layout, LayoutKind, QuietHours};
use protocol::{ClerkId, DisplayId, Label, Timestamp, WindowId};

use super::fault::WallsFault;
use super::media::MOST_FILES;
use super::service::Walls;
use super::store;
use crate::web::fault::Fault;

/// The smallest letters, in percent.
pub(super) const LEAST_PERCENT_OF_SCALE: u16 = 50;
/// The largest letters, in percent.
pub(super) const MOST_PERCENT_OF_SCALE: u16 = 200;
/// As loud as a voice gets, in percent.
const MOST_VOLUME_PERCENT: u8 = 100;
/// Stretches of quiet hours of one display.
pub(super) const MOST_QUIET_HOURS: usize = 8;
/// Characters of the running line, in each language.
pub(super) const MOST_MARQUEE_CHARS: usize = 200;

/// A revision of a display's layout. Revision 0 is the one every display begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) revision: u64,
    pub(super) layout: Layout,
    pub(super) saved: Option<Saved>,
}

/// Who saved a revision, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Saved {
    pub(super) clerk: ClerkId,
    pub(super) at: Timestamp,
}

/// What somebody wants a display's layout to be.
pub(super) struct Edit {
    pub(super) display: DisplayId,
    /// The revision they began from.
    pub(super) seen: u64,
    pub(super) layout: Layout,
    pub(super) by: Saved,
}

impl Walls {
    /// The layout of a display that is in force.
    pub(super) fn layout(&self, display: &DisplayId) -> Result<Kept, WallsFault> {
        let first = self.first_layout(display)?;
        Ok(self.state().rows.layouts.get(display).cloned().unwrap_or(first))
    }

    /// Whether a display shows the calls of a window: not every layout shows calls, and a window's screen only
    /// its own.
    pub(crate) fn shows_calls_of(&self, display: &DisplayId, window: &WindowId) -> bool {
        self.layout(display).is_ok_and(|Kept { layout, .. }| {
            let is_elsewhere = layout.kind == LayoutKind::Window
                && layout.window.as_ref().is_some_and(|own| own != window);
            layout.blocks.contains(&Block::Calls) && !is_elsewhere
        })
    }

    /// What a display is before anybody has said: the board of its zones, or of the whole hall.
    fn first_layout(&self, display: &DisplayId) -> Result<Kept, WallsFault> {
        let known = self.known(display)?;
        let kind = if known.zones.is_empty() { LayoutKind::Lobby } else { LayoutKind::Zone };
        Ok(Kept { revision: 0, layout: Layout::of_kind(kind), saved: None })
    }

    /// A revision of a display's layout by its number.
    pub(super) async fn revision(&self, display: &DisplayId, revision: u64) -> Result<Kept, Fault> {
        let first = self.first_layout(display)?;
        if revision == 0 {
            return Ok(first);
        }
        let display = display.clone();
        let found = self.read(move |db| store::revision(db, &display, revision)).await?;
        Ok(found.ok_or(WallsFault::UnknownRevision)?)
    }

    /// The revisions of a display's layout, the newest first.
    pub(super) async fn revisions(
        &self,
        display: &DisplayId,
        limit: u32,
    ) -> Result<Vec<Kept>, Fault> {
        let first = self.first_layout(display)?;
        let display = display.clone();
        let mut kept = self.read(move |db| store::revisions(db, &display, limit)).await?;
        kept.push(first);
        Ok(kept)
    }

    /// Makes a layout the one in force. One that is in force already is not saved again, so that a
    /// repeated request gives the first answer.
    pub(super) async fn save(&self, edit: Edit) -> Result<Kept, Fault> {
        self.known(&edit.display)?;
        let has_window = |window: &WindowId| self.config().plan.windows.contains_key(window);
        check(&edit.layout, has_window, |name| self.has_media(name))?;
        self.to_the_end(move |walls| async move {
            let now = walls.layout(&edit.display)?;
            if now.layout == edit.layout {
                return Ok(now);
            }
            if now.revision != edit.seen {
                return Err(WallsFault::LayoutChanged { newest: now.revision }.into());
            }
            let (display, revision) = (edit.display.clone(), now.revision + 1);
            let kept = Kept { revision, layout: edit.layout, saved: Some(edit.by) };
            walls.write(move |db| store::insert_layout(db, &edit.display, &kept)).await?;
            Ok(walls.layout(&display)?)
        })
        .await
    }
}

/// Checks that a layout can be shown in a hall with these windows and media.
///
/// # Errors
/// The first [`WallsFault`] found, or [`Fault::TextTooLong`].
fn check(
    layout: &Layout,
    has_window: impl Fn(&WindowId) -> bool,
    has_media: impl Fn(&str) -> bool,
) -> Result<(), Fault> {
    match &layout.window {
        None if layout.kind == LayoutKind::Window => return Err(WallsFault::NoWindow.into()),
        Some(window) if !has_window(window) => {
            return Err(WallsFault::UnknownWindow { window: window.clone() }.into());
        }
        _ => {}
    }
    check_blocks(layout)?;
    let percent = layout.scale_percent;
    if !(LEAST_PERCENT_OF_SCALE..=MOST_PERCENT_OF_SCALE).contains(&percent) {
        return Err(WallsFault::Scale { percent }.into());
    }
    if layout.volume_percent > MOST_VOLUME_PERCENT {
        return Err(WallsFault::Volume { percent: layout.volume_percent }.into());
    }
    check_quiet(&layout.quiet)?;
    layout.marquee.as_ref().map_or(Ok(()), check_marquee)?;
    Ok(check_media(&layout.media, has_media)?)
}

fn check_blocks(layout: &Layout) -> Result<(), WallsFault> {
    if layout.blocks.is_empty() {
        return Err(WallsFault::NoBlock);
    }
    let mut seen = BTreeSet::new();
    match layout.blocks.iter().find(|block| !seen.insert(**block)) {
        Some(block) => Err(WallsFault::BlockTwice { block: *block }),
        None => Ok(()),
    }
}

fn check_quiet(quiet: &[QuietHours]) -> Result<(), WallsFault> {
    if quiet.len() > MOST_QUIET_HOURS {
        return Err(WallsFault::TooManyQuietHours);
    }
    let time = |text: &str| ClockTime::try_from(text.to_owned()).ok();
    let is_stretch = |it: &QuietHours| match (time(&it.from), time(&it.to)) {
        (Some(from), Some(to)) => from != to,
        _ => false,
    };
    match quiet.iter().find(|it| !is_stretch(it)) {
        Some(bad) => Err(WallsFault::QuietHours { from: bad.from.clone(), to: bad.to.clone() }),
        None => Ok(()),
    }
}

fn check_marquee(marquee: &Label) -> Result<(), Fault> {
    if marquee.zh.trim().is_empty() {
        return Err(WallsFault::Marquee.into());
    }
    fits(marquee, MOST_MARQUEE_CHARS)
}

/// Checks how long a text is in each language.
pub(super) fn fits(text: &Label, limit: usize) -> Result<(), Fault> {
    let too_long = |text: &str| text.chars().nth(limit).is_some();
    if too_long(&text.zh) || too_long(&text.en) {
        return Err(Fault::TextTooLong { limit });
    }
    Ok(())
}

fn check_media(media: &[String], has_media: impl Fn(&str) -> bool) -> Result<(), WallsFault> {
    if media.len() > MOST_FILES {
        return Err(WallsFault::TooManyMedia);
    }
    let mut seen = BTreeSet::new();
    for name in media {
        if !has_media(name) {
            return Err(WallsFault::UnknownMedia { name: name.clone() });
        }
        if !seen.insert(name) {
            return Err(WallsFault::MediaTwice { name: name.clone() });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(change: impl FnOnce(&mut Layout)) -> Result<(), Fault> {
        let mut layout = Layout::default();
        change(&mut layout);
        check(&layout, |window| window.as_str() == "w1", |name| name == "there.png")
    }

    fn code(change: impl FnOnce(&mut Layout)) -> String {
        checked(change).expect_err("a refusal").code()
    }

    fn quiet(from: &str, to: &str) -> QuietHours {
        QuietHours { from: from.to_owned(), to: to.to_owned() }
    }

    #[test]
    fn the_usual_layouts_can_be_shown() {
        for kind in LayoutKind::ALL.into_iter().filter(|kind| *kind != LayoutKind::Window) {
            assert_eq!(checked(|layout| *layout = Layout::of_kind(kind)), Ok(()), "{kind:?}");
        }
    }

    #[test]
    fn bounds_are_within() {
        for percent in [50, 200] {
            assert_eq!(checked(|it| it.scale_percent = percent), Ok(()));
        }
        for percent in [0, 49, 201, u16::MAX] {
            assert_eq!(code(|it| it.scale_percent = percent), "layout-scale");
        }
        assert_eq!(checked(|it| it.volume_percent = 100), Ok(()));
        assert_eq!(code(|it| it.volume_percent = 101), "layout-volume");
    }

    #[test]
    fn quiet_hours_are_times_of_a_day_and_may_go_over_midnight() {
        for (from, to) in [("12:00", "13:30"), ("22:00", "06:00"), ("00:00", "24:00")] {
            assert_eq!(checked(|it| it.quiet = vec![quiet(from, to)]), Ok(()), "{from}–{to}");
        }
        for (from, to) in [("12:00", "12:00"), ("25:00", "13:00"), ("noon", "13:00"), ("", "")] {
            assert_eq!(code(|it| it.quiet = vec![quiet(from, to)]), "layout-quiet-hours");
        }
        let many = vec![quiet("12:00", "13:00"); MOST_QUIET_HOURS + 1];
        assert_eq!(code(|it| it.quiet = many), "layout-too-many-quiet-hours");
    }

    #[test]
    fn blocks_and_media_are_there_and_stand_once() {
        assert_eq!(code(|it| it.blocks.clear()), "layout-no-block");
        assert_eq!(code(|it| it.blocks = vec![Block::Calls, Block::Calls]), "layout-block-twice");
        let media = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        assert_eq!(checked(|it| it.media = media(&["there.png"])), Ok(()));
        assert_eq!(code(|it| it.media = media(&["gone.png"])), "layout-unknown-media");
        assert_eq!(code(|it| it.media = media(&["there.png"; 2])), "layout-media-twice");
    }

    #[test]
    fn a_running_line_has_words_that_fit() {
        let line = |zh: &str| Some(Label::new(zh, ""));
        assert_eq!(checked(|it| it.marquee = line("请保管好随身物品")), Ok(()));
        assert_eq!(code(|it| it.marquee = line("  ")), "layout-marquee");
        let long = "请".repeat(MOST_MARQUEE_CHARS + 1);
        assert_eq!(code(|it| it.marquee = line(&long)), "text-too-long");
    }

    #[test]
    fn a_windows_screen_needs_a_window_of_the_hall() {
        assert_eq!(code(|it| it.kind = LayoutKind::Window), "layout-no-window");
        let of = |window: &str| Layout {
            window: Some(window.into()),
            ..Layout::of_kind(LayoutKind::Window)
        };
        assert_eq!(checked(|it| *it = of("w1")), Ok(()));
        assert_eq!(code(|it| *it = of("w99")), "layout-unknown-window");
    }
}
