//! Find, select, read: what to ask the security module next, and what its answers mean. Pure: time comes in
//! with every call, bytes are someone else's.

use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, Instant};

use super::command::{Command, Reply, Word};
use super::text;
use crate::card::{Card, CardFault};

/// How long things take and how often they are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// From one look for a card to the next. The police's standard GA 450 asks for 300 ms.
    pub round: Duration,
    /// How long an answer may take.
    pub answer: Duration,
    /// How long the answer to a selection may take.
    pub select: Duration,
    /// How long a card's text and photo may take: 1.4 s at 9600 bit/s.
    pub read: Duration,
    /// Until a failed card is tried again.
    pub retry: Duration,
    /// How often a card that fails is tried again.
    pub retries: u8,
    /// A card that was not seen for so long has left the reader.
    pub away: Duration,
    /// The same card counts again only after so long.
    pub same_card: Duration,
    /// A reading nobody has followed for so long is begun anew.
    pub lapse: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            round: Duration::from_millis(300),
            answer: Duration::from_secs(1),
            select: Duration::from_millis(1500),
            read: Duration::from_secs(3),
            retry: Duration::from_secs(1),
            retries: 2,
            away: Duration::from_secs(1),
            same_card: Duration::from_secs(3),
            lapse: Duration::from_secs(1),
        }
    }
}

/// What is to be done next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Ask this.
    Send(Command),
    /// Listen for the answer, so long.
    Listen(Instant),
    /// Do nothing until then.
    Rest(Instant),
}

/// What came of listening.
#[derive(Debug)]
pub enum Heard {
    /// An answer.
    Reply(Reply),
    /// Something that was no sound answer.
    Broken,
    /// Nothing in time.
    Nothing,
}

/// Where the cycle stands.
pub struct Cycle {
    timing: Timing,
    stage: Stage,
    /// Until when an answer is awaited.
    awaiting: Option<Instant>,
    /// No card is looked for before.
    next_find: Option<Instant>,
    /// How often the card has failed in a row.
    failures: u8,
    /// How often the module has not answered soundly whether there is one, in a row.
    silences: u8,
    /// The card on the reader was reported as unreadable; it is not reported again while it lies there.
    complained: bool,
    /// When somebody last followed.
    followed: Option<Instant>,
    last: Option<LastCard>,
    hasher: RandomState,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Finding,
    Selecting,
    Reading,
    /// After too many failures: with a card, which will be reported as unreadable, or without one.
    Resetting {
        card: bool,
    },
}

/// The card that was read last, as a number that only this process can make from it.
struct LastCard {
    mark: u64,
    seen: Instant,
    reported: Instant,
}

impl Cycle {
    /// A cycle at its beginning.
    #[must_use]
    pub fn new(timing: Timing) -> Self {
        Self {
            timing,
            stage: Stage::Finding,
            awaiting: None,
            next_find: None,
            failures: 0,
            silences: 0,
            complained: false,
            followed: None,
            last: None,
            hasher: RandomState::new(),
        }
    }

    /// Somebody wants a card from now on. What was going on a moment ago goes on; anything older belonged to
    /// somebody else.
    pub fn begin(&mut self, now: Instant) {
        let lapsed = |at: Instant| now.saturating_duration_since(at) > self.timing.lapse;
        if self.followed.is_none_or(lapsed) {
            self.forget();
            self.complained = false;
        }
    }

    /// The line broke: no answer will come, and nothing is known of a card.
    pub fn forget(&mut self) {
        self.stage = Stage::Finding;
        self.awaiting = None;
        self.failures = 0;
        self.silences = 0;
    }

    /// Whether an answer is still to come.
    #[must_use]
    pub fn is_awaiting(&self, now: Instant) -> bool {
        self.awaiting.is_some_and(|until| now < until)
    }

    /// What to do now.
    pub fn step(&mut self, now: Instant) -> Step {
        self.followed = Some(now);
        if let Some(until) = self.awaiting {
            return Step::Listen(until);
        }
        let finding = self.stage == Stage::Finding;
        if let Some(until) = self.next_find.filter(|until| finding && now < *until) {
            return Step::Rest(until);
        }
        let (command, patience) = match self.stage {
            Stage::Finding => (Command::Find, self.timing.answer),
            Stage::Selecting => (Command::Select, self.timing.select),
            Stage::Reading => (Command::Read, self.timing.read),
            Stage::Resetting { .. } => (Command::Reset, self.timing.select),
        };
        self.awaiting = Some(now + patience);
        if finding {
            // Counted from the question, so that a slow answer does not slow the rounds.
            self.next_find = Some(now + self.timing.round);
        }
        Step::Send(command)
    }

    /// What came of it; says when a card was read or could not be.
    pub fn heard(&mut self, heard: &Heard, now: Instant) -> Option<Result<Card, CardFault>> {
        self.followed = Some(now);
        self.awaiting = None;
        match (self.stage, heard) {
            (Stage::Resetting { card }, heard) => self.after_reset(card, heard),
            (_, Heard::Reply(reply)) if reply.word() == Word::Broken => {
                self.forget();
                Some(Err(CardFault::ReaderGone))
            }
            (Stage::Finding, Heard::Reply(reply)) => self.after_find(reply, now),
            (Stage::Finding, _) => self.failed_to_find(),
            (_, Heard::Reply(reply)) if reply.word() == Word::Refused => self.unreadable(),
            (Stage::Selecting, Heard::Reply(reply)) if reply.word() == Word::Done => {
                self.stage = Stage::Reading;
                None
            }
            (Stage::Reading, Heard::Reply(reply)) if reply.word() == Word::Done => {
                self.after_read(reply, now)
            }
            (Stage::Selecting | Stage::Reading, _) => self.card_failed(now),
        }
    }

    fn after_find(&mut self, reply: &Reply, now: Instant) -> Option<Result<Card, CardFault>> {
        let found = match reply.word() {
            Word::Found => true,
            Word::NoCard => false,
            _ => return self.failed_to_find(),
        };
        self.silences = 0;
        if found {
            self.stage = Stage::Selecting;
        } else if self.failures > 0 {
            // A card that failed and is gone before it was tried again.
            return self.card_failed(now);
        } else {
            self.complained = false;
        }
        None
    }

    /// The whole round is done again, as the module wants it, a little later.
    fn card_failed(&mut self, now: Instant) -> Option<Result<Card, CardFault>> {
        self.failures += 1;
        if self.failures > self.timing.retries {
            self.stage = Stage::Resetting { card: true };
        } else {
            self.stage = Stage::Finding;
            self.next_find = Some(now + self.timing.retry);
        }
        None
    }

    /// No sound answer to the simplest question: asked again in the next round, then the module is reset.
    fn failed_to_find(&mut self) -> Option<Result<Card, CardFault>> {
        self.silences += 1;
        if self.silences > self.timing.retries {
            self.stage = Stage::Resetting { card: false };
        }
        None
    }

    fn after_reset(&mut self, card: bool, heard: &Heard) -> Option<Result<Card, CardFault>> {
        self.forget();
        match heard {
            Heard::Reply(_) if card => self.unreadable(),
            Heard::Reply(_) => None,
            Heard::Broken | Heard::Nothing => Some(Err(CardFault::ReaderGone)),
        }
    }

    fn unreadable(&mut self) -> Option<Result<Card, CardFault>> {
        self.forget();
        let first = !std::mem::replace(&mut self.complained, true);
        first.then_some(Err(CardFault::Unreadable))
    }

    fn after_read(&mut self, reply: &Reply, now: Instant) -> Option<Result<Card, CardFault>> {
        let Some(block) = reply.card_text() else { return self.card_failed(now) };
        // What the module says of this card again before it has left is not waited for.
        self.forget();
        self.complained = false;
        match text::parse(block) {
            Ok(card) => self.is_new(&card, now).then_some(Ok(card)),
            Err(fault) => {
                tracing::debug!(%fault, "a card was read but is not valid");
                Some(Err(fault.into()))
            }
        }
    }

    /// Whether this is not the card that was reported a moment ago and wobbles on the reader. The module
    /// says nothing of a card that lies still after a reading; one that it finds again must have left for
    /// a while to count.
    fn is_new(&mut self, card: &Card, now: Instant) -> bool {
        let mark = self.hasher.hash_one(&card.number);
        let since = |at: Instant| now.saturating_duration_since(at);
        let again = self.last.as_mut().filter(|last| last.mark == mark);
        let Some(last) = again else {
            self.last = Some(LastCard { mark, seen: now, reported: now });
            return true;
        };
        let left = since(last.seen) >= self.timing.away;
        let rested = since(last.reported) >= self.timing.same_card;
        last.seen = now;
        if left && rested {
            last.reported = now;
        }
        left && rested
    }
}
