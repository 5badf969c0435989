//! Which calls outputs give out: a call is news once, and only while it is young. After a cut the hall repeats
//! what was missed; nobody wants to hear ten old calls in a row. Pure.

use protocol::live::Announcement;
use protocol::{Seq, Timestamp};

/// How old a call may be when it arrives, in milliseconds.
const YOUNG_MS: i64 = 60_000;

/// How far calls have been heard.
#[derive(Debug)]
pub(super) struct Fresh {
    /// The last event whose call was heard.
    heard: Option<Seq>,
}

impl Fresh {
    /// Everything up to an event of an earlier run counts as heard.
    pub(super) fn after(heard: Option<Seq>) -> Self {
        Self { heard }
    }

    /// A snapshot stands at an event: a hall that counts anew has calls with small numbers.
    pub(super) fn restart_at(&mut self, seq: Seq) {
        self.heard = self.heard.filter(|heard| *heard <= seq);
    }

    /// Whether a call is to be given out at this time of the hall. It counts as heard from then on.
    pub(super) fn is_news(&mut self, call: &Announcement, now: Timestamp) -> bool {
        if self.heard.is_some_and(|heard| call.seq <= heard) {
            return false;
        }
        self.heard = Some(call.seq);
        now.since(call.at) <= YOUNG_MS
    }
}

#[cfg(test)]
mod tests {
    use protocol::{Label, Language, Number, TicketId};

    use super::*;

    fn call(seq: u64, at: i64) -> Announcement {
        Announcement {
            seq: Seq(seq),
            ticket: TicketId(seq),
            number: Number::from("A001"),
            window: "w01".into(),
            window_name: Label::new("1", "1"),
            zone: "f1".into(),
            service: "passport".into(),
            language: Language::Zh,
            at: Timestamp(at),
            recall: 0,
            voice: None,
            by_light: false,
        }
    }

    #[test]
    fn a_call_is_news_once_and_while_it_is_young() {
        let mut fresh = Fresh::after(Some(Seq(4)));
        assert!(!fresh.is_news(&call(4, 0), Timestamp(0)), "given out before the restart");
        assert!(fresh.is_news(&call(5, 0), Timestamp(60_000)));
        assert!(!fresh.is_news(&call(5, 0), Timestamp(0)), "repeated after a cut");
        assert!(!fresh.is_news(&call(6, 0), Timestamp(60_001)), "old when it arrived");
        assert!(!fresh.is_news(&call(6, 0), Timestamp(0)), "and it does not become younger");
    }

    #[test]
    fn a_hall_that_counts_anew_is_heard() {
        let mut fresh = Fresh::after(Some(Seq(900)));
        fresh.restart_at(Seq(2));
        assert!(fresh.is_news(&call(3, 0), Timestamp(0)));
        fresh.restart_at(Seq(3));
        assert!(!fresh.is_news(&call(3, 0), Timestamp(0)));
    }
}
