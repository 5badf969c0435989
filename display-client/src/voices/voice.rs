//! One voice at work: what it hears of the hall becomes turns of its player, one after the other, and what
//! became of them is told. Its own faults never end it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use hardware::speaker::{Player, SpeakerFault};
use jiff::tz::TimeZone;
use protocol::Timestamp;
use protocol::live::{Announcement, Cell, Output};
use protocol::wall::{Layout, OutputReport, OutputState};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::bench::Shown;
use super::config::Config;
use super::library::Library;
use super::queue::{Queue, Turn, Waiting};
use super::quiet::is_quiet;
use super::script::{Ended, Manner, Script};
use crate::board::Board;
use crate::outputs::{Clock, News, Told};

/// A player that failed is tried again after so long.
const TRY_AGAIN: Duration = Duration::from_secs(5);
/// One that is idle is looked after so often.
const LOOK_AGAIN: Duration = Duration::from_secs(300);
/// A call that could not be said is tried for so long.
const LONGEST_TRIED: Duration = Duration::from_secs(30);

/// One voice.
pub(super) struct Voice {
    config: Config,
    library: Arc<Library>,
    player: Arc<dyn Player>,
    shown: Option<Arc<Shown>>,
    told: mpsc::Sender<Told>,
    clock: Clock,
    queue: Queue,
    /// How loud it is and when it is silent.
    layout: Layout,
    zone: TimeZone,
    /// What was known last of who is called.
    board: Option<Arc<Board>>,
    /// What the player does; at most one thing.
    work: JoinSet<Done>,
    /// What is wrong with the player, and with the words of the last call.
    faults: Faults,
    /// When the player is to be tried next.
    try_at: Instant,
    reported: Option<OutputReport>,
}

/// What is wrong.
#[derive(Default)]
struct Faults {
    player: Option<SpeakerFault>,
    words: Option<SpeakerFault>,
}

/// What the player has done.
pub(super) enum Done {
    /// It has played a turn, or has not.
    Turn(Vec<Waiting>, Ended),
    /// It was looked after.
    Check(Result<(), SpeakerFault>),
}

impl Voice {
    /// A voice that has said nothing yet.
    pub(super) fn new(
        config: Config,
        player: Arc<dyn Player>,
        shown: Option<Arc<Shown>>,
        told: mpsc::Sender<Told>,
        clock: Clock,
    ) -> Self {
        Self {
            library: Arc::new(Library::open(&config)),
            config,
            player,
            shown,
            told,
            clock,
            queue: Queue::default(),
            layout: Layout::default(),
            zone: TimeZone::system(),
            board: None,
            work: JoinSet::new(),
            faults: Faults::default(),
            try_at: Instant::now(),
            reported: None,
        }
    }

    /// Something has happened in the hall.
    pub(super) fn hear(&mut self, news: News) {
        match news {
            News::Call(call) => self.called(call),
            News::Board(board) => self.board(board),
            News::Screen(screen) => self.layout = screen.layout.clone(),
            News::HallAway => {}
        }
    }

    fn called(&mut self, call: Arc<Announcement>) {
        if call.voice.is_none() || !self.config.says(&call.window, &call.zone) || self.is_quiet() {
            return;
        }
        self.queue.add(call, Instant::now());
        // Somebody waits, so a player that failed is tried at once.
        self.try_at = Instant::now();
    }

    fn board(&mut self, board: Arc<Board>) {
        let zone = board.cells.values().find_map(|cell| match cell {
            Cell::Hall(hall) => TimeZone::get(&hall.time_zone).ok(),
            _ => None,
        });
        self.zone = zone.unwrap_or_else(|| self.zone.clone());
        // A hall that counts anew has never called those who wait.
        if self.board.as_ref().is_some_and(|before| board.seq < before.seq) {
            self.queue.clear();
        }
        self.board = Some(board);
    }

    /// What the player has done, once it has done it; waits for ever while it does nothing.
    pub(super) async fn done(&mut self) -> Option<Done> {
        match self.work.join_next().await {
            Some(done) => done.ok(),
            None => std::future::pending().await,
        }
    }

    /// Takes in what the player has done.
    pub(super) async fn take_in(&mut self, done: Option<Done>) {
        match done {
            Some(Done::Check(checked)) => self.player_is(checked.err()),
            Some(Done::Turn(calls, Ended { begun: Ok(begun), words })) => {
                self.faults.words = words.err();
                self.player_is(None);
                if self.faults.words.is_none() {
                    self.tell_spoken(&calls, begun).await;
                }
            }
            Some(Done::Turn(calls, Ended { begun: Err(fault), .. })) => {
                self.player_is(Some(fault));
                let left = self.queue.put_back(calls, Instant::now(), LONGEST_TRIED);
                if left > 0 {
                    tracing::warn!(voice = %self.config.name, left, "calls could not be spoken");
                }
            }
            None => {}
        }
    }

    fn player_is(&mut self, fault: Option<SpeakerFault>) {
        let wait = if fault.is_some() { TRY_AGAIN } else { LOOK_AGAIN };
        self.try_at = Instant::now() + wait;
        self.faults.player = fault;
    }

    async fn tell_spoken(&self, calls: &[Waiting], begun: Instant) {
        let ago = i64::try_from(begun.elapsed().as_millis()).unwrap_or(i64::MAX);
        let at = Timestamp(self.clock.now().0.saturating_sub(ago));
        for announcement in calls.iter().flat_map(|it| it.seqs.iter().copied()) {
            self.tell(Told::GivenOut { announcement, output: Output::Spoken, at }).await;
        }
    }

    /// Goes on: gives the player what is to be said next, looks after an idle one, and reports.
    pub(super) async fn go_on(&mut self) {
        if self.is_quiet() {
            self.queue.clear();
        }
        if let Some(board) = &self.board {
            self.queue.leave_out(board);
        }
        if self.work.is_empty() {
            let must_wait = self.faults.player.is_some() && Instant::now() < self.try_at;
            match (!must_wait).then(|| self.queue.take()).flatten() {
                Some(turn) => self.say(turn),
                None if self.queue.is_empty() && Instant::now() >= self.try_at => self.look(),
                None => {}
            }
        }
        self.report().await;
    }

    fn say(&mut self, turn: Turn) {
        let calls = turn.calls.iter().map(|it| it.call.as_ref());
        let script = Script::of(calls, turn.brief, &self.config, &self.library);
        if let Some(shown) = &self.shown {
            shown.says(&script.lines);
        }
        let (library, player) = (self.library.clone(), self.player.clone());
        let manner = Manner::new(self.layout.volume_percent, self.config.gap_ms);
        self.work.spawn(async move {
            Done::Turn(turn.calls, script.play(&library, player.as_ref(), manner).await)
        });
    }

    fn look(&mut self) {
        let player = self.player.clone();
        self.work.spawn(async move { Done::Check(player.check().await) });
    }

    fn is_quiet(&self) -> bool {
        self.layout.volume_percent == 0
            || is_quiet(&self.layout.quiet, self.clock.now(), &self.zone)
    }

    /// Tells how it is, if that has changed and is known.
    async fn report(&mut self) {
        let is_looked_at_first = self.reported.is_none() && !self.work.is_empty();
        if is_looked_at_first {
            return;
        }
        let fault = self.faults.player.as_ref().or(self.faults.words.as_ref());
        let state = match fault {
            _ if self.is_quiet() => OutputState::Quiet,
            Some(_) => OutputState::Faulty,
            None => OutputState::Ready,
        };
        let report = OutputReport {
            output: Output::Spoken,
            name: self.config.name.clone(),
            address: self.player.about().address,
            state,
            fault: fault.map(SpeakerFault::to_string),
            since: self.clock.now(),
            windows: self.config.windows.clone(),
            zones: self.config.zones.clone(),
            by_light: false,
        };
        let same = |last: &OutputReport| last.state == report.state && last.fault == report.fault;
        if self.reported.as_ref().is_some_and(same) {
            return;
        }
        if let Some(fault) = &report.fault {
            tracing::warn!(voice = %report.name, %fault, "the voice is not as it should be");
        }
        self.reported = Some(report.clone());
        self.tell(Told::Report(report)).await;
    }

    /// A display that stops hears nothing more.
    async fn tell(&self, told: Told) {
        let _ = self.told.send(told).await;
    }
}
