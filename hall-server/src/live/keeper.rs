//! The one task that keeps feeds: it follows the journal, announces every call at once and in order, and
//! brings the cells of whatever is watched up to date, each at its own pace.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use protocol::live::STALE_AFTER_S;
use protocol::{Seq, WindowId};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until};

use super::announce::announcements;
use super::feed::{Feed, SharedFeed, written_announcement};
use super::hub::{Desk, Request, Sources, Watched};
use super::names::KnownNames;
use super::schedule::Schedule;
use super::subject::Subject;
use super::views::{
    Cells, KioskNeed, Machines, View, board_cells, console_cells, hall_cells, ticket_cells,
};
use crate::journal::Recorded;

/// Messages a feed keeps for clients that come back.
const KEPT_MESSAGES: usize = 512;
/// How long a feed is kept that nobody watches, for a client that comes back.
const KEPT_FOR: Duration = Duration::from_secs(180);
/// How often the clock is looked at.
const TICK: Duration = Duration::from_secs(1);

/// Keeps the feeds.
pub(super) struct Keeper {
    sources: Sources,
    desk: Arc<Desk>,
    /// The last event that was followed.
    seq: Seq,
    feeds: BTreeMap<Subject, Entry>,
    schedule: Schedule,
    /// Whether anything has happened since the last tick.
    moved: bool,
}

/// A feed and when it was last of use.
struct Entry {
    feed: Arc<SharedFeed>,
    shown_at: Instant,
    wanted_at: Instant,
}

impl Keeper {
    pub(super) fn new(sources: Sources, desk: Arc<Desk>) -> Self {
        let seq = sources.journal.seq();
        let (feeds, schedule) = (BTreeMap::new(), Schedule::default());
        Self { sources, desk, seq, feeds, schedule, moved: false }
    }

    /// Works until it is told to stop.
    pub(super) async fn run(
        mut self,
        mut inbox: mpsc::Receiver<Request>,
        mut stop: watch::Receiver<bool>,
    ) {
        let mut events = self.sources.journal.changes();
        let mut machines = self.sources.presence.changes();
        let mut tick = interval(TICK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let due = self.schedule.next();
            tokio::select! {
                // An error means that nobody holds the hub any more.
                _ = stop.wait_for(|stop| *stop) => return,
                changed = events.changed() => match changed {
                    Ok(()) => self.follow_journal(),
                    Err(_) => return,
                },
                request = inbox.recv() => match request {
                    Some(request) => self.answer(request),
                    None => return,
                },
                Ok(()) = machines.changed() => {
                    self.want_all(|subject| !matches!(subject, Subject::Ticket(_)));
                }
                _ = tick.tick() => self.tick(),
                () = sleep_until(due.unwrap_or_else(Instant::now)), if due.is_some() => {}
            }
            self.show_due();
        }
    }

    /// Follows the journal to its end.
    fn follow_journal(&mut self) {
        if self.sources.journal.seq() <= self.seq {
            return;
        }
        match self.sources.journal.since(self.seq) {
            Some(events) => self.follow(&events),
            None => self.begin_again(),
        }
    }

    fn follow(&mut self, events: &[Arc<Recorded>]) {
        let Some(last) = events.last() else { return };
        self.announce(events);
        self.seq = last.seq;
        self.moved = true;
        self.want_all(|subject| !matches!(subject, Subject::Ticket(_)));
        for ticket in events.iter().flat_map(|recorded| recorded.event.tickets()) {
            let subject = Subject::Ticket(ticket);
            if self.feeds.get(&subject).is_some_and(|entry| entry.feed.is_watched()) {
                self.schedule.want(&subject, Instant::now());
            }
        }
    }

    fn announce(&mut self, events: &[Arc<Recorded>]) {
        let announcements = announcements(&self.sources.journal.day(), events);
        for announcement in &announcements {
            self.desk.acks().announced(announcement);
            let text = written_announcement(announcement);
            for (_, entry) in
                self.feeds.iter().filter(|(subject, _)| subject.announces(&announcement.zone))
            {
                entry.feed.lock().announce(announcement.seq, text.clone());
                entry.feed.notify();
            }
        }
        // Nobody waits for this: the calls are on their way to the displays.
        announcements.iter().for_each(|announcement| self.desk.expect(announcement));
    }

    /// More has happened than anybody remembers: every feed starts from a snapshot.
    fn begin_again(&mut self) {
        self.seq = self.sources.journal.seq();
        self.moved = true;
        for (subject, entry) in &self.feeds {
            entry.feed.lock().begin_again(self.cells(subject), self.seq);
            entry.feed.notify();
        }
    }

    fn answer(&mut self, request: Request) {
        match request {
            Request::Watch(subject, reply) => {
                let feed = self.feed(&subject);
                let news = feed.news();
                // A socket that has gone meanwhile needs no answer.
                let _ = reply.send(Watched { feed, news });
            }
            Request::Acknowledged(window) => self.want_console(window),
        }
    }

    /// The feed of a subject, up to date.
    fn feed(&mut self, subject: &Subject) -> Arc<SharedFeed> {
        self.follow_journal();
        let now = Instant::now();
        if let Some(entry) = self.feeds.get_mut(subject) {
            entry.wanted_at = now;
            let feed = Arc::clone(&entry.feed);
            // A newcomer must not be shown less than they may have read elsewhere.
            let visitors_wait = self.moved && matches!(subject, Subject::Ticket(_));
            if self.schedule.forget(subject) || visitors_wait || !feed.is_watched() {
                self.show(subject);
            }
            return feed;
        }
        let feed = Feed::new(self.cells(subject), self.seq, KEPT_MESSAGES);
        let feed = Arc::new(SharedFeed::new(feed));
        let entry = Entry { feed: Arc::clone(&feed), shown_at: now, wanted_at: now };
        self.feeds.insert(subject.clone(), entry);
        feed
    }

    /// A second has passed: what time alone changes, and what may be forgotten.
    fn tick(&mut self) {
        let moved = std::mem::take(&mut self.moved);
        self.want_all(|subject| moved || subject.follows_the_clock());
        let now = Instant::now();
        let schedule = &mut self.schedule;
        self.feeds.retain(|subject, entry| {
            if entry.feed.is_watched() {
                entry.wanted_at = now;
            }
            let keep = now.duration_since(entry.wanted_at) < KEPT_FOR;
            if !keep {
                schedule.forget(subject);
            }
            keep
        });
    }

    fn want_console(&mut self, window: WindowId) {
        let wanted = Subject::Console(window);
        self.want_all(|subject| *subject == wanted);
    }

    /// Wants the watched subjects among these shown, as soon as their pace allows.
    fn want_all(&mut self, among: impl Fn(&Subject) -> bool) {
        for (subject, entry) in &self.feeds {
            if entry.feed.is_watched() && among(subject) {
                self.schedule.want(subject, entry.shown_at + subject.pace());
            }
        }
    }

    fn show_due(&mut self) {
        let now = Instant::now();
        while let Some(subject) = self.schedule.take_due(now) {
            self.show(&subject);
        }
    }

    /// Brings one feed up to date.
    fn show(&mut self, subject: &Subject) {
        let cells = self.cells(subject);
        let at = self.sources.clock.now();
        if let Some(entry) = self.feeds.get_mut(subject) {
            entry.shown_at = Instant::now();
            if entry.feed.lock().show(cells, self.seq, at) {
                entry.feed.notify();
            }
        }
    }

    /// The cells of a subject as they are now. They may be newer than the last event followed, never
    /// older; what they are ahead of is announced right after.
    fn cells(&self, subject: &Subject) -> Cells {
        let sources = &self.sources;
        let names = KnownNames { people: &sources.people, config: &sources.config };
        let machines = matches!(subject, Subject::Hall).then(|| self.machines());
        let day = sources.journal.day();
        let view = View { day: &day, now: sources.clock.now(), names: &names };
        match subject {
            Subject::Board(zones) => board_cells(&view, zones),
            Subject::Console(window) => {
                let shown = day.windows.get(window).and_then(|it| self.desk.shown_on(it));
                console_cells(&view, window, shown)
            }
            Subject::Hall => hall_cells(&view, &machines.unwrap_or_default()),
            Subject::Ticket(ticket) => ticket_cells(&view, *ticket),
        }
    }

    /// How the machines are, with the names people know them by.
    fn machines(&self) -> Machines {
        let Sources { config, presence, clock, journal, .. } = &self.sources;
        let now = clock.now();
        // What comes back at once was never missed by anybody.
        let patience_s = i64::try_from(STALE_AFTER_S).unwrap_or(i64::MAX);
        let gone = presence.displays_gone().into_iter().filter_map(|(id, since)| {
            let display = config.displays.iter().find(|display| display.id == id)?;
            (since.plus_s(patience_s) <= now).then(|| (id, display.name.clone(), since))
        });
        let troubles = presence.outputs_in_trouble().into_iter().filter_map(|trouble| {
            let display = config.displays.iter().find(|display| display.id == trouble.display)?;
            let name = display.name.clone();
            (trouble.since.plus_s(patience_s) <= now).then_some((trouble, name))
        });
        let needs = presence.kiosks_in_need(now).into_iter().filter_map(|(id, need, since)| {
            let kiosk = config.kiosks.iter().find(|kiosk| kiosk.id == id.as_str())?;
            Some(KioskNeed { kiosk: id, name: kiosk.name.clone(), need, since })
        });
        let date = journal.day().date;
        Machines {
            gone_displays: gone.collect(),
            output_troubles: troubles.collect(),
            kiosk_needs: needs.collect(),
            calendar_missing: date.is_some_and(|date| !config.calendar.knows(date)),
        }
    }
}
