//! Notices: what the hall wants everybody to know, on some displays or all, from one time until another or
//! until somebody ends it.

use protocol::wall::Notice;
use protocol::{ClerkId, DisplayId, Label, Timestamp};

use super::fault::WallsFault;
use super::layouts::fits;
use super::service::Walls;
use super::store::{self, Rows};
use crate::web::fault::Fault;

/// Characters of a title, in each language.
pub(super) const MOST_TITLE_CHARS: usize = 60;
/// Characters of a text, in each language.
pub(super) const MOST_TEXT_CHARS: usize = 400;
/// Notices that are shown or planned at once.
pub(super) const MOST_OPEN: usize = 100;

/// A notice, for whom, when, and who is behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Posted {
    pub(super) notice: Notice,
    /// Where; empty for every display.
    pub(super) displays: Vec<DisplayId>,
    pub(super) from: Timestamp,
    /// Until when; `None` until somebody ends it.
    pub(super) until: Option<Timestamp>,
    pub(super) clerk: ClerkId,
    pub(super) posted_at: Timestamp,
    /// Who ended it, and when.
    pub(super) ended: Option<Ended>,
}

/// Who ended something, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ended {
    pub(super) clerk: ClerkId,
    pub(super) at: Timestamp,
}

/// What somebody wants everybody to know.
pub(super) struct Wish {
    pub(super) title: Label,
    pub(super) text: Label,
    pub(super) displays: Vec<DisplayId>,
    /// From when; at once if it is not said.
    pub(super) from: Option<Timestamp>,
    pub(super) until: Option<Timestamp>,
    pub(super) clerk: ClerkId,
    pub(super) at: Timestamp,
}

impl Posted {
    /// Whether it is shown at a time.
    pub(super) fn holds(&self, now: Timestamp) -> bool {
        self.from <= now && !self.is_over(now)
    }

    /// Whether its time is over, or somebody ended it.
    pub(super) fn is_over(&self, now: Timestamp) -> bool {
        self.ended.is_some() || self.until.is_some_and(|until| until <= now)
    }

    fn is_for(&self, display: &DisplayId) -> bool {
        self.displays.is_empty() || self.displays.contains(display)
    }

    /// Whether it says what somebody wishes to be said, so that it need not be said twice.
    fn answers(&self, wish: &Wish) -> bool {
        self.notice.title == wish.title
            && self.notice.text == wish.text
            && self.displays == wish.displays
            && self.until == wish.until
            && wish.from.map_or(self.from <= wish.at, |from| from == self.from)
            && !self.is_over(wish.at)
    }
}

impl Rows {
    /// What is to be read on a display at a time.
    pub(super) fn notices_on(&self, display: &DisplayId, now: Timestamp) -> Vec<Notice> {
        let shown = self.notices.iter().filter(|it| it.holds(now) && it.is_for(display));
        shown.map(|it| it.notice.clone()).collect()
    }
}

impl Walls {
    /// Lets everybody know something. A notice that says the same already stands for another one, so that a
    /// repeated request gives the first answer.
    pub(super) async fn post(&self, wish: Wish) -> Result<Posted, Fault> {
        self.check(&wish)?;
        self.to_the_end(move |walls| async move {
            let open = walls.state().rows.notices.clone();
            if let Some(same) = open.iter().find(|it| it.answers(&wish)) {
                return Ok(same.clone());
            }
            if open.iter().filter(|it| !it.is_over(wish.at)).count() >= MOST_OPEN {
                return Err(WallsFault::TooManyNotices.into());
            }
            let mut posted = Posted::from(wish);
            let row = posted.clone();
            posted.notice.id = walls.write(move |db| store::insert_notice(db, &row)).await?;
            Ok(posted)
        })
        .await
    }

    fn check(&self, wish: &Wish) -> Result<(), Fault> {
        let is_blank = |text: &str| text.trim().is_empty();
        let lacks = |label: &Label| is_blank(&label.zh) || is_blank(&label.en);
        if lacks(&wish.title) || lacks(&wish.text) {
            return Err(WallsFault::NoticeWords.into());
        }
        fits(&wish.title, MOST_TITLE_CHARS)?;
        fits(&wish.text, MOST_TEXT_CHARS)?;
        for display in &wish.displays {
            self.known(display)?;
        }
        let begins = wish.from.unwrap_or(wish.at).max(wish.at);
        if wish.until.is_some_and(|until| until <= begins) {
            return Err(WallsFault::NoticeTimes.into());
        }
        Ok(())
    }

    /// Ends a notice at once. One that is over already stays as it is.
    pub(super) async fn end_notice(&self, id: u64, ended: Ended) -> Result<(), Fault> {
        let found = self.read(move |db| store::notice(db, id)).await?;
        let found = found.ok_or(WallsFault::UnknownNotice)?;
        if found.is_over(ended.at) {
            return Ok(());
        }
        self.to_the_end(move |walls| async move {
            Ok(walls.write(move |db| store::end_notice(db, id, &ended)).await?)
        })
        .await
    }

    /// Notices that are shown or planned, and then the latest that are over.
    pub(super) async fn notices(
        &self,
        now: Timestamp,
        most_over: u32,
    ) -> Result<Vec<Posted>, Fault> {
        let over = self.read(move |db| store::over_notices(db, now, most_over)).await?;
        let state = self.state();
        let open = state.rows.notices.iter().filter(|it| !it.is_over(now)).cloned();
        Ok(open.chain(over).collect())
    }
}

impl From<Wish> for Posted {
    fn from(wish: Wish) -> Self {
        Self {
            notice: Notice { id: 0, title: wish.title, text: wish.text },
            displays: wish.displays,
            from: wish.from.unwrap_or(wish.at),
            until: wish.until,
            clerk: wish.clerk,
            posted_at: wish.at,
            ended: None,
        }
    }
}
