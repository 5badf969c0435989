//! Keypads on a bus: real bytes over a real serial line, at the speed of the real one.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]

use std::collections::BTreeSet;
use std::time::Duration;

use hardware::keypad::{
    BAUD, Decoder, Display, Frame, Key, Keypad, KeypadBus, LONGEST_DATA, Pressed, SimulatedKeypads,
    Stars,
};
use proptest::prelude::*;
use tokio::time::timeout;

/// Longer than anything here may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(10);
/// Keypads on the fullest bus.
const MANY: u8 = 30;

async fn pressed(bus: &mut KeypadBus) -> (u8, Pressed) {
    timeout(PATIENCE, bus.pressed()).await.expect("a press").expect("a bus")
}

/// Waits until a keypad is as wanted.
async fn until(keypads: &SimulatedKeypads, address: u8, wanted: impl Fn(&Keypad) -> bool) {
    let mut changes = keypads.changes();
    let wait = changes.wait_for(|_| wanted(&keypads.keypad(address)));
    timeout(PATIENCE, wait).await.expect("a keypad that changes").expect("a bus");
}

#[tokio::test]
async fn every_key_and_every_opinion_is_heard_once_and_acknowledged() {
    let (keypads, address) = SimulatedKeypads::serve([7]).unwrap();
    let mut bus = KeypadBus::start(address);
    for (count, key) in (1..).zip(Key::ALL) {
        keypads.press(7, key);
        assert_eq!(pressed(&mut bus).await, (7, Pressed::Key(key)));
        until(&keypads, 7, |keypad| keypad.acknowledged == count).await;
    }
    for stars in Stars::ALL {
        keypads.rate(7, stars);
        assert_eq!(pressed(&mut bus).await, (7, Pressed::Stars(stars)));
    }
    let all = u32::try_from(Key::ALL.len() + Stars::ALL.len()).unwrap();
    until(&keypads, 7, |keypad| keypad.acknowledged == all).await;
    assert!(timeout(Duration::from_millis(600), bus.pressed()).await.is_err(), "nothing twice");
}

#[tokio::test]
async fn a_keypad_shows_beeps_and_asks() {
    let (keypads, address) = SimulatedKeypads::serve([1, 2]).unwrap();
    let bus = KeypadBus::start(address);
    let display = Display { waiting: Some(12), number: Some(5) };
    bus.show(2, display);
    bus.beep(2);
    bus.ask(2);
    until(&keypads, 2, |it| (it.display, it.beeps, it.asked) == (display, 1, 1)).await;
    assert_eq!(keypads.keypad(1), Keypad::default(), "it is not meant");
}

/// Thirty clerks press at once: each is heard and answered, and every display is told anew, in bytes that the
/// real bus carries in the time that was promised.
#[tokio::test]
async fn thirty_keypads_are_served_within_a_second_of_the_bus() {
    let (keypads, address) = SimulatedKeypads::serve(1..=MANY).unwrap();
    let mut bus = KeypadBus::start(address);
    for keypad in 1..=MANY {
        keypads.press(keypad, Key::Call);
    }
    let mut heard = BTreeSet::new();
    for _ in 1..=MANY {
        heard.insert(pressed(&mut bus).await.0);
    }
    for keypad in 1..=MANY {
        until(&keypads, keypad, |it| it.acknowledged == 1).await;
    }
    assert_eq!(heard.len(), usize::from(MANY));
    let traffic = keypads.traffic();
    let seconds = |bytes: usize| bytes as f64 * 10.0 / f64::from(BAUD);
    let least = Frame::key(1, Key::Call).bytes().len() * usize::from(MANY);
    // A keypad that was kept waiting repeats itself and is echoed again.
    assert!(traffic.down >= least, "each is echoed");
    assert!(seconds(least * 2) < 1.0);

    let before = keypads.traffic().down;
    for keypad in 1..=MANY {
        bus.show(keypad, Display { waiting: Some(3), number: Some(u32::from(keypad)) });
    }
    for keypad in 1..=MANY {
        until(&keypads, keypad, |it| it.display.number == Some(u32::from(keypad))).await;
    }
    assert!(seconds(keypads.traffic().down - before) < 0.5);
}

#[tokio::test]
async fn a_bus_that_is_not_there_says_so_in_one_sentence() {
    let bus = KeypadBus::start("serial:/dev/no-such-port@9600".parse().unwrap());
    let mut health = bus.health();
    let health = timeout(PATIENCE, health.wait_for(Option::is_some)).await.unwrap().unwrap();
    let fault = health.clone().unwrap().unwrap_err();
    assert!(fault.contains("/dev/no-such-port") && !fault.contains('\n'), "{fault}");
}

fn frames() -> impl Strategy<Value = Frame> {
    (any::<u8>(), any::<u8>(), prop::collection::vec(any::<u8>(), 0..=LONGEST_DATA))
        .prop_map(|(address, function, data)| Frame { address, function, data })
}

proptest! {
    #[test]
    fn frames_come_through_however_they_are_cut(
        frames in prop::collection::vec(frames(), 1..6),
        piece in 1_usize..40,
    ) {
        let bytes: Vec<u8> = frames.iter().flat_map(Frame::bytes).collect();
        let mut decoder = Decoder::default();
        let heard: Vec<Frame> = bytes.chunks(piece).flat_map(|it| decoder.feed(it)).collect();
        prop_assert_eq!(heard, frames);
    }

    #[test]
    fn after_any_noise_and_a_pause_the_next_frame_is_heard(
        noise in prop::collection::vec(any::<u8>(), 0..200),
        frame in frames(),
    ) {
        let mut decoder = Decoder::default();
        decoder.feed(&noise);
        decoder.pause();
        prop_assert!(!decoder.has_begun());
        prop_assert_eq!(decoder.feed(&frame.bytes()), [frame]);
    }
}
