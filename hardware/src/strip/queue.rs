//! What is to be sent to the strips of one bus, and what next. Pure: time comes in. The last word to an
//! address wins; a text that has changed comes before one that only flashes, and that before one that is sent
//! again because a strip that lost its power has lost its text.

use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use super::{Face, Flashes, Strip};

/// How long a flashing text is there, and how long it is not.
const HALF: Duration = Duration::from_millis(500);

/// What to do now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Send this to a strip; the number is for [`Queue::sent`].
    Send(Strip, Face, u64),
    /// Nothing before then.
    Rest(Instant),
}

/// One strip and what it is to show.
struct Place {
    strip: Strip,
    face: Face,
    /// How long the text is to flash, from when it is first seen.
    flash: Duration,
    flash_until: Option<Instant>,
    /// Whether what it was last sent is darkness.
    dark: bool,
    /// When it is to be sent something again.
    due: Option<Instant>,
    /// Counts what it was told; a text that is not out yet has a number that `sent` has not.
    told: u64,
    sent: u64,
    /// When it first went out.
    out_since: Option<Instant>,
    /// Who waits for the text to go out.
    waiting: Vec<oneshot::Sender<Instant>>,
}

/// What is to be sent.
pub struct Queue {
    places: Vec<Place>,
    flashes: Flashes,
    resend: Duration,
    count: u64,
}

impl Queue {
    /// A queue for strips that flash in a certain way, each sent its text again after so long.
    #[must_use]
    pub fn new(strips: &[Strip], flashes: Flashes, resend: Duration) -> Self {
        let places = strips.iter().map(|strip| Place {
            strip: *strip,
            face: Face::default(),
            flash: Duration::ZERO,
            flash_until: None,
            dark: false,
            due: None,
            told: 0,
            sent: 0,
            out_since: None,
            waiting: Vec::new(),
        });
        Self { places: places.collect(), flashes, resend, count: 0 }
    }

    /// Gives a strip something to show, flashing at first for so long. What it already shows, or flashes, is
    /// not disturbed by being said again without flashing. The answer comes when the text has gone out and says
    /// when; it never comes if another takes its place or there is no such strip.
    pub fn show(
        &mut self,
        address: u16,
        face: Face,
        flash: Duration,
    ) -> oneshot::Receiver<Instant> {
        let (waiting, gone_out) = oneshot::channel();
        let Some(place) = self.places.iter_mut().find(|it| it.strip.address == address) else {
            return gone_out;
        };
        let stands = place.told > 0 && place.face == face && flash.is_zero();
        if stands && place.sent == place.told {
            // Nobody need listen.
            let _ = place.out_since.map(|at| waiting.send(at));
            return gone_out;
        }
        if !stands {
            self.count += 1;
            (place.told, place.flash, place.flash_until) = (self.count, flash, None);
            place.face = face;
            place.waiting.clear();
        }
        // Whoever waits for the same text goes on waiting; whoever has gone does not.
        place.waiting.retain(|it| !it.is_closed());
        place.waiting.push(waiting);
        gone_out
    }

    /// Sends everything again: the line was away, and nobody knows what the strips show.
    pub fn forget_what_was_sent(&mut self) {
        for place in &mut self.places {
            place.sent = 0;
        }
    }

    /// What was to be sent to one strip could not be; others come before it is tried again.
    pub fn failed(&mut self, strip: Strip, number: u64) {
        let found = self.places.iter_mut().find(|it| it.strip == strip && it.told == number);
        // Otherwise it has been given something else meanwhile.
        let Some(place) = found else { return };
        self.count += 1;
        (place.told, place.sent) = (self.count, 0);
    }

    /// What to do now.
    #[must_use]
    pub fn next(&self, now: Instant) -> Step {
        let new = self.places.iter().filter(|it| it.told > it.sent).min_by_key(|it| it.told);
        let due = |place: &Place| place.due.filter(|_| place.told == place.sent && place.told > 0);
        let flashing = self.places.iter().filter(|it| it.flash_until.is_some());
        let standing = self.places.iter().filter(|it| it.flash_until.is_none());
        let ripe = |place: &&Place| due(place).is_some_and(|due| due <= now);
        let again = || flashing.filter(ripe).min_by_key(|it| it.due);
        let repeated = || standing.filter(ripe).min_by_key(|it| it.due);
        match new.or_else(again).or_else(repeated) {
            Some(place) => Step::Send(place.strip, place.next_face(self.flashes, now), place.told),
            None => {
                let next = self.places.iter().filter_map(due).min();
                Step::Rest(next.unwrap_or(now + self.resend))
            }
        }
    }

    /// What was to be sent has gone out.
    pub fn sent(&mut self, strip: Strip, face: &Face, number: u64, now: Instant) {
        let found = self.places.iter_mut().find(|it| it.strip == strip && it.told == number);
        // Otherwise it has been given something else meanwhile.
        let Some(place) = found else { return };
        if place.sent < number {
            place.flash_until = (place.flash > Duration::ZERO && self.flashes != Flashes::Never)
                .then(|| now + place.flash);
            place.flash = Duration::ZERO;
            place.out_since = Some(now);
        }
        place.sent = number;
        place.dark = is_dark(face);
        for waiting in place.waiting.drain(..) {
            // Whoever asked may have gone.
            let _ = waiting.send(now);
        }
        place.due = Some(match place.flash_until {
            Some(until) if until > now => match self.flashes {
                Flashes::ByTurns => until.min(now + HALF),
                _ => until,
            },
            _ => {
                place.flash_until = None;
                now + self.resend
            }
        });
    }
}

impl Place {
    fn next_face(&self, flashes: Flashes, now: Instant) -> Face {
        let fresh = self.told > self.sent;
        let flashing = self.flash_until.is_some_and(|until| until > now);
        match flashes {
            Flashes::ByItself => Face {
                flashing: flashing || (fresh && self.flash > Duration::ZERO),
                ..self.face.clone()
            },
            Flashes::ByTurns if flashing && !fresh && !self.dark => {
                Face::steady("", self.face.colour)
            }
            _ => self.face.clone(),
        }
    }
}

fn is_dark(face: &Face) -> bool {
    face.text.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strip::Colour;

    const A: Strip = Strip { address: 1, width: 8 };
    const B: Strip = Strip { address: 2, width: 8 };
    const RESEND: Duration = Duration::from_secs(300);
    const FLASH: Duration = Duration::from_secs(3);

    fn face(text: &str) -> Face {
        Face::steady(text, Colour::Red)
    }

    /// What goes out until then, with its milliseconds, a tenth of a second after another.
    fn run(queue: &mut Queue, start: Instant, until: Duration) -> Vec<(u128, u16, String, bool)> {
        let mut out = Vec::new();
        let mut now = start;
        while now < start + until {
            match queue.next(now) {
                Step::Rest(then) => now = then,
                Step::Send(strip, face, number) => {
                    queue.sent(strip, &face, number, now);
                    let at = (now - start).as_millis();
                    out.push((at, strip.address, face.text, face.flashing));
                    now += Duration::from_millis(100);
                }
            }
        }
        out
    }

    fn texts(out: &[(u128, u16, String, bool)]) -> Vec<(u128, u16, &str)> {
        out.iter().map(|(at, address, text, _)| (*at, *address, text.as_str())).collect()
    }

    #[test]
    fn a_call_flashes_by_turns_and_then_stands() {
        let (mut queue, start) = (Queue::new(&[A], Flashes::ByTurns, RESEND), Instant::now());
        let mut gone_out = queue.show(1, face("A001"), FLASH);
        let out = run(&mut queue, start, Duration::from_secs(10));
        let expected = [
            (0, 1, "A001"),
            (500, 1, ""),
            (1000, 1, "A001"),
            (1500, 1, ""),
            (2000, 1, "A001"),
            (2500, 1, ""),
            (3000, 1, "A001"),
        ];
        assert_eq!(texts(&out), expected);
        assert_eq!(gone_out.try_recv(), Ok(start));
    }

    #[test]
    fn a_card_that_flashes_by_itself_is_told_twice() {
        let (mut queue, start) = (Queue::new(&[A], Flashes::ByItself, RESEND), Instant::now());
        drop(queue.show(1, face("A001"), FLASH));
        let out = run(&mut queue, start, Duration::from_secs(10));
        let expected = [(0, 1, "A001".to_owned(), true), (3000, 1, "A001".to_owned(), false)];
        assert_eq!(out, expected);
    }

    #[test]
    fn the_last_word_wins_and_the_one_before_is_told_so() {
        let (mut queue, start) = (Queue::new(&[A, B], Flashes::Never, RESEND), Instant::now());
        let mut first = queue.show(1, face("A001"), FLASH);
        drop(queue.show(2, face("B001"), FLASH));
        let mut second = queue.show(1, face("A002"), FLASH);
        let out = run(&mut queue, start, Duration::from_secs(1));
        assert_eq!(texts(&out), [(0, 2, "B001"), (100, 1, "A002")]);
        assert!(first.try_recv().is_err() && second.try_recv().is_ok());
    }

    #[test]
    fn whoever_waits_for_a_text_hears_of_it_though_somebody_wants_the_same() {
        let (mut queue, start) = (Queue::new(&[A], Flashes::Never, RESEND), Instant::now());
        let mut call = queue.show(1, face("A001"), FLASH);
        drop(queue.show(1, face("A001"), Duration::ZERO));
        run(&mut queue, start, Duration::from_secs(1));
        assert_eq!(call.try_recv(), Ok(start));
    }

    #[test]
    fn a_new_text_does_not_wait_for_one_that_flashes() {
        let (mut queue, start) = (Queue::new(&[A, B], Flashes::ByTurns, RESEND), Instant::now());
        drop(queue.show(1, face("A001"), FLASH));
        run(&mut queue, start, Duration::from_millis(500));
        drop(queue.show(2, face("B001"), Duration::ZERO));
        let out = run(&mut queue, start + Duration::from_millis(500), Duration::from_millis(200));
        assert_eq!(texts(&out), [(0, 2, "B001"), (100, 1, "")]);
    }

    #[test]
    fn what_stands_is_sent_again_after_a_while_and_not_disturbed_before() {
        let (mut queue, start) = (Queue::new(&[A], Flashes::ByTurns, RESEND), Instant::now());
        drop(queue.show(1, face("A001"), FLASH));
        run(&mut queue, start, Duration::from_millis(200));
        let mut known = queue.show(1, face("A001"), Duration::ZERO);
        assert_eq!(known.try_recv(), Ok(start));
        let later = start + Duration::from_millis(500);
        let out = run(&mut queue, later, RESEND + Duration::from_secs(3));
        assert_eq!(out.iter().filter(|it| it.0 > 2_500).count(), 1, "{out:?}");
        assert_eq!(texts(&out)[0], (0, 1, ""), "it still flashes");
    }

    #[test]
    fn after_the_line_was_away_everything_is_sent_again() {
        let (mut queue, start) = (Queue::new(&[A, B], Flashes::ByTurns, RESEND), Instant::now());
        drop(queue.show(1, face("A001"), FLASH));
        drop(queue.show(2, face("B001"), Duration::ZERO));
        run(&mut queue, start, Duration::from_secs(10));
        queue.forget_what_was_sent();
        let out = run(&mut queue, start + Duration::from_secs(60), Duration::from_secs(10));
        assert_eq!(texts(&out), [(0, 1, "A001"), (100, 2, "B001")], "nothing flashes again");
    }
}
