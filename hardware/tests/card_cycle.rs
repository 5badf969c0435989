//! What is asked of a card reader, and when: find, select, read, all three every time, at a pace the card
//! and the reader bear.

use std::time::{Duration, Instant};

use hardware::card::CardFault;
use hardware::card::sam::Timing;
use hardware::card::sam::command::{Command, Reply};
use hardware::card::sam::cycle::{Cycle, Heard, Step};
use hardware::card::sam::frame::{Decoder, encode};

const DONE: u8 = 0x90;
const FOUND: u8 = 0x9f;
const NO_CARD: u8 = 0x80;
const READ_FAILED: u8 = 0x41;

/// A cycle, and a clock that moves only as far as the cycle wants.
struct Player {
    cycle: Cycle,
    now: Instant,
    /// What came of the last answer.
    outcome: Option<Result<String, CardFault>>,
}

impl Player {
    fn new() -> Self {
        let now = Instant::now();
        let mut cycle = Cycle::new(Timing::default());
        cycle.begin(now);
        Self { cycle, now, outcome: None }
    }

    /// The next command, after the rest the cycle takes, and how long that was.
    fn asks(&mut self) -> (Command, Duration) {
        let before = self.now;
        loop {
            match self.cycle.step(self.now) {
                Step::Send(command) => return (command, self.now - before),
                Step::Rest(until) => self.now = until,
                Step::Listen(_) => panic!("an answer was heard"),
            }
        }
    }

    fn hears(&mut self, body: &[u8]) {
        let mut decoder = Decoder::default();
        let frame = encode(body).into_iter().find_map(|byte| decoder.push(byte));
        let reply = frame.and_then(|frame| Reply::from_frame(frame.ok()?)).expect("an answer");
        self.takes(&Heard::Reply(reply));
    }

    fn takes(&mut self, heard: &Heard) {
        let outcome = self.cycle.heard(heard, self.now);
        self.outcome = outcome.map(|it| it.map(|card| card.number.clone()));
    }

    /// Nothing comes until the time is up.
    fn waits_in_vain(&mut self) {
        let Step::Listen(until) = self.cycle.step(self.now) else { panic!("it listens") };
        self.now = until;
        self.takes(&Heard::Nothing);
    }

    /// Asked so, it is answered with a status word.
    fn plays(&mut self, command: Command, word: u8) {
        assert_eq!(self.asks().0, command);
        self.hears(&[0, 0, word]);
    }

    fn reads(&mut self, card: &[u8]) {
        self.plays(Command::Find, FOUND);
        self.plays(Command::Select, DONE);
        assert_eq!(self.asks().0, Command::Read);
        self.hears(card);
    }
}

/// What reading a made-up resident's card gives.
fn card(number: &str) -> Vec<u8> {
    let fields =
        [(0, "-"), (36, &number[6..14]), (122, number), (188, "20150601"), (204, "20350601")];
    let mut text = [b' ', 0].repeat(128);
    for (at, field) in fields {
        let bytes = field.bytes().flat_map(|byte| [byte, 0]);
        text.splice(at..at + field.len() * 2, bytes);
    }
    let head = [0, 0, DONE, 0x01, 0x00, 0x04, 0x00];
    [&head[..], &text, &[0; 1024]].concat()
}

const ONE: &str = "219900198005020012";
const OTHER: &str = "219900198005020020";

#[test]
fn find_select_read_every_time() {
    let mut player = Player::new();
    player.plays(Command::Find, NO_CARD);
    player.reads(&card(ONE));
    assert_eq!(player.outcome, Some(Ok(ONE.to_owned())));
    player.reads(&card(OTHER));
    assert_eq!(player.outcome, Some(Ok(OTHER.to_owned())));
}

#[test]
fn a_reader_is_asked_every_300_ms_and_a_card_at_once() {
    let mut player = Player::new();
    player.plays(Command::Find, NO_CARD);
    let (command, rest) = player.asks();
    assert_eq!((command, rest), (Command::Find, Duration::from_millis(300)));
    // The reader's own time counts.
    player.now += Duration::from_millis(100);
    player.hears(&[0, 0, NO_CARD]);
    assert_eq!(player.asks().1, Duration::from_millis(200));
    player.hears(&[0, 0, FOUND]);
    assert_eq!(player.asks(), (Command::Select, Duration::ZERO));
}

#[test]
fn a_card_that_fails_is_tried_twice_more_then_the_module_is_reset() {
    let mut player = Player::new();
    for _ in 0..3 {
        player.plays(Command::Find, FOUND);
        player.plays(Command::Select, DONE);
        player.plays(Command::Read, READ_FAILED);
        assert_eq!(player.outcome, None);
    }
    player.plays(Command::Reset, DONE);
    assert_eq!(player.outcome, Some(Err(CardFault::Unreadable)));
}

#[test]
fn a_try_is_made_a_second_later() {
    let mut player = Player::new();
    player.plays(Command::Find, FOUND);
    player.plays(Command::Select, 0x81);
    assert_eq!(player.asks(), (Command::Find, Duration::from_secs(1)));
    player.hears(&[0, 0, FOUND]);
    player.plays(Command::Select, DONE);
    assert_eq!(player.asks().0, Command::Read);
    player.hears(&card(ONE));
    assert_eq!(player.outcome, Some(Ok(ONE.to_owned())));
}

#[test]
fn a_card_taken_away_too_soon_is_unreadable() {
    let mut player = Player::new();
    player.plays(Command::Find, FOUND);
    player.plays(Command::Select, 0x81);
    player.plays(Command::Find, NO_CARD);
    player.plays(Command::Find, NO_CARD);
    player.plays(Command::Reset, DONE);
    assert_eq!(player.outcome, Some(Err(CardFault::Unreadable)));
}

#[test]
fn a_card_that_will_not_is_said_once_as_long_as_it_lies_there() {
    let mut player = Player::new();
    for said in [Some(Err(CardFault::Unreadable)), None, None] {
        player.plays(Command::Find, FOUND);
        player.plays(Command::Select, 0x40);
        assert_eq!(player.outcome, said);
    }
    player.plays(Command::Find, NO_CARD);
    player.plays(Command::Find, FOUND);
    player.plays(Command::Select, 0x40);
    assert_eq!(player.outcome, Some(Err(CardFault::Unreadable)), "another one");
}

#[test]
fn a_data_block_of_the_wrong_length_is_read_again() {
    let mut player = Player::new();
    let mut short = card(ONE);
    short.truncate(900);
    player.reads(&short);
    assert_eq!(player.outcome, None);
    player.reads(&card(ONE));
    assert_eq!(player.outcome, Some(Ok(ONE.to_owned())));
}

#[test]
fn a_wrong_check_digit_is_no_card() {
    let mut player = Player::new();
    player.reads(&card("219900198005020011"));
    assert_eq!(player.outcome, Some(Err(CardFault::Invalid)));
}

#[test]
fn the_same_card_counts_again_after_three_seconds_and_an_absence() {
    let mut player = Player::new();
    let begun = player.now;
    player.reads(&card(ONE));
    assert_eq!(player.outcome, Some(Ok(ONE.to_owned())));
    // It wobbles on the reader: found again and again, for four seconds.
    while player.now - begun < Duration::from_secs(4) {
        player.reads(&card(ONE));
        assert_eq!(player.outcome, None);
    }
    player.now += Duration::from_secs(1);
    player.reads(&card(ONE));
    assert_eq!(player.outcome, Some(Ok(ONE.to_owned())), "it had left");
    player.now += Duration::from_secs(2);
    player.reads(&card(ONE));
    assert_eq!(player.outcome, None, "it had left, but a moment ago it was read");
}

#[test]
fn silence_leads_to_a_reset_and_then_the_reader_is_gone() {
    let mut player = Player::new();
    for _ in 0..3 {
        assert_eq!(player.asks().0, Command::Find);
        player.waits_in_vain();
        assert_eq!(player.outcome, None);
    }
    assert_eq!(player.asks().0, Command::Reset);
    player.waits_in_vain();
    assert_eq!(player.outcome, Some(Err(CardFault::ReaderGone)));
}

#[test]
fn a_lost_answer_with_no_card_there_is_not_a_cards_fault() {
    let mut player = Player::new();
    for _ in 0..5 {
        assert_eq!(player.asks().0, Command::Find);
        player.waits_in_vain();
        player.plays(Command::Find, NO_CARD);
        assert_eq!(player.outcome, None);
    }
}

#[test]
fn broken_answers_lead_to_a_reset_that_helps() {
    let mut player = Player::new();
    for _ in 0..3 {
        assert_eq!(player.asks().0, Command::Find);
        player.takes(&Heard::Broken);
    }
    player.plays(Command::Reset, DONE);
    assert_eq!(player.outcome, None);
    player.reads(&card(ONE));
    assert_eq!(player.outcome, Some(Ok(ONE.to_owned())));
}

#[test]
fn a_reader_that_may_not_work_is_gone() {
    let mut player = Player::new();
    player.plays(Command::Find, 0x66);
    assert_eq!(player.outcome, Some(Err(CardFault::ReaderGone)));
}

#[test]
fn what_was_going_on_long_ago_is_not_gone_on_with() {
    let mut player = Player::new();
    player.plays(Command::Find, FOUND);
    player.plays(Command::Select, DONE);
    assert_eq!(player.asks().0, Command::Read);
    // Whoever waited went away and came back at once: the answer is still theirs.
    player.now += Duration::from_millis(100);
    player.cycle.begin(player.now);
    assert!(matches!(player.cycle.step(player.now), Step::Listen(_)));
    // The next visitor must not get it.
    player.now += Duration::from_secs(2);
    player.cycle.begin(player.now);
    assert_eq!(player.asks().0, Command::Find);
}
