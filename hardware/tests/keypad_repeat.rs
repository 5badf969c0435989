//! A keypad that does not hear its answers, and a converter that hears itself: a key is one press all the same.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]

use std::time::Duration;

use hardware::keypad::{BAUD, Decoder, Frame, Key, KeypadBus, Pressed};
use hardware::line::{Address, Pty, pty};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::{interval, timeout};

/// Longer than anything here may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(10);

#[tokio::test]
async fn a_key_is_one_press_however_often_its_answer_is_lost() {
    let Pty { mut line, path } = pty().unwrap();
    let mut bus = KeypadBus::start(Address::Serial { path, baud: BAUD });
    let mut repeat = interval(Duration::from_millis(250));
    for _ in 0..6 {
        repeat.tick().await;
        line.write_all(&Frame::key(7, Key::Call).bytes()).await.unwrap();
    }
    line.write_all(&Frame::key(7, Key::Recall).bytes()).await.unwrap();
    for key in [Key::Call, Key::Recall] {
        let pressed = timeout(PATIENCE, bus.pressed()).await.unwrap();
        assert_eq!(pressed, Some((7, Pressed::Key(key))));
    }
}

#[tokio::test]
async fn what_a_converter_hands_back_is_no_key() {
    let Pty { mut line, path } = pty().unwrap();
    let mut bus = KeypadBus::start(Address::Serial { path, baud: BAUD });
    // What the host asks a rater with has the bytes of the key that begins a rating.
    bus.ask(7);
    let mut said = [0; 10];
    timeout(PATIENCE, line.read_exact(&mut said)).await.unwrap().unwrap();
    assert_eq!(Decoder::default().feed(&said), [Frame::ask(7)]);
    line.write_all(&said).await.unwrap();
    line.write_all(&Frame::key(8, Key::Call).bytes()).await.unwrap();
    let pressed = timeout(PATIENCE, bus.pressed()).await.unwrap();
    assert_eq!(pressed, Some((8, Pressed::Key(Key::Call))));
}
