//! Keypads, raters and buttons beside clerks: what is pressed on a real serial line reaches the hall once, and
//! what the hall says stands on the keypad.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]

#[path = "keypads/hall.rs"]
mod hall;
mod support;

use std::collections::BTreeSet;
use std::os::unix::fs::symlink;
use std::path::Path;

use display_client::Running;
use hall::{Asked, Hall, Mood, NUMBER, PATIENCE, WAITING};
use hardware::keypad::{Display, Key as Pressed, Keypad, SimulatedKeypads, Stars};
use hardware::line::Address;
use protocol::live::{Cell, Figures, ServerMessage, WindowCell, WindowRef};
use protocol::wall::{Key, Rating};
use protocol::{Label, WindowMode};
use support::{Scratch, at, delta, display_with, get, snapshot};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// What the keypads' keys mean to the hall, in the order of `Pressed::ALL`.
const MEANINGS: [Key; 8] = [
    Key::Call,
    Key::Recall,
    Key::Rate,
    Key::Pause,
    Key::Transfer,
    Key::Pass,
    Key::Hold,
    Key::Resume,
];
/// What stands on a keypad after a key was carried out.
const ANSWERED: Display = Display { waiting: Some(WAITING), number: Some(42) };

/// Two keypads on a bus at a line, for the windows w01 and w02.
fn bus(line: &str) -> String {
    format!(
        "[[keypads]]\nname = \"east\"\nline = \"{line}\"\nkeypads = [\n\
         {{ address = 1, window = \"w01\" }},\n{{ address = 2, window = \"w02\" }},\n]\n"
    )
}

/// Waits until a keypad is as wanted.
async fn until(keypads: &SimulatedKeypads, address: u8, wanted: impl Fn(&Keypad) -> bool) {
    let mut changes = keypads.changes();
    let wait = changes.wait_for(|_| wanted(&keypads.keypad(address)));
    let became = timeout(PATIENCE, wait).await.is_ok();
    assert!(became, "it stays as {:?}", keypads.keypad(address));
}

/// A board on which so many wait for w01.
fn waiting(seq: u64, waiting: u32) -> ServerMessage {
    let ServerMessage::Snapshot { seq, at: time, mut cells } = snapshot(seq) else {
        unreachable!()
    };
    let window = WindowCell {
        at: WindowRef {
            window: "w01".into(),
            name: Label::new("1", "1"),
            zone: "f1".into(),
            zone_name: Label::new("一楼", "First floor"),
            floor: "1F".to_owned(),
        },
        mode: WindowMode::Open,
        since: at(0),
        reason: None,
        clerk: None,
        clerk_name: None,
        services: Vec::new(),
        current: None,
        waiting,
        figures: Figures::default(),
        revision: 0,
    };
    cells.insert("window/w01".to_owned(), Cell::Window(window));
    ServerMessage::Snapshot { seq, at: time, cells }
}

#[tokio::test]
async fn every_key_and_every_rating_reaches_the_hall_once() {
    let (mut hall, data) = (Hall::new(snapshot(1)).await, Scratch::new());
    let (keypads, line) = SimulatedKeypads::serve([1, 2]).unwrap();
    let display = display_with(&hall.url, &data, &bus(&line.to_string())).await;
    let mut names = BTreeSet::new();
    // What came twice would stand in the way of the next.
    for (pressed, key) in Pressed::ALL.into_iter().zip(MEANINGS) {
        keypads.press(2, pressed);
        let (name, asked) = hall.asked().await;
        assert_eq!(asked, Asked::Key("w02".into(), key));
        assert!(names.insert(name), "each press has a name of its own");
    }
    until(&keypads, 2, |it| it.display == ANSWERED && it.asked == 1).await;
    assert!(NUMBER.ends_with("42"), "the digits are the number's");
    // A visitor who gives no grade has given none.
    for (stars, rating) in [
        (Stars::Bad, Some(Rating::Bad)),
        (Stars::NotRated, None),
        (Stars::Good, Some(Rating::Good)),
        (Stars::VeryGood, Some(Rating::VeryGood)),
    ] {
        keypads.rate(1, stars);
        if let Some(rating) = rating {
            assert_eq!(hall.asked().await.1, Asked::Rated("w01".into(), rating));
        }
    }
    keypads.press(1, Pressed::Call);
    assert_eq!(hall.asked().await.1, Asked::Key("w01".into(), Key::Call));
    until(&keypads, 1, |it| it.display == ANSWERED && it.acknowledged == 5).await;
    assert_eq!((keypads.keypad(1).beeps, keypads.keypad(2).beeps), (0, 0));
    display.stop().await;
}

#[tokio::test]
async fn a_refusal_beeps_and_what_was_not_answered_is_asked_again_under_its_name() {
    let (mut hall, data) = (Hall::new(waiting(1, 3)).await, Scratch::new());
    let (keypads, line) = SimulatedKeypads::serve([1, 2]).unwrap();
    let display = display_with(&hall.url, &data, &bus(&line.to_string())).await;
    let board = Display { waiting: Some(3), number: None };
    until(&keypads, 1, |it| it.display == board).await;

    hall.is(Mood::Refuses);
    keypads.press(1, Pressed::Call);
    hall.asked().await;
    until(&keypads, 1, |it| it.beeps == 3).await;
    assert_eq!(keypads.keypad(1).display, board, "it shows what is so");
    assert_eq!(keypads.keypad(2).beeps, 0);

    hall.is(Mood::Stumbles);
    keypads.press(1, Pressed::Recall);
    assert_eq!(hall.asked().await, hall.asked().await, "the same press, not a second one");
    until(&keypads, 1, |it| it.beeps == 6).await;

    hall.is(Mood::Does);
    keypads.press(1, Pressed::Pass);
    assert_eq!(hall.asked().await.1, Asked::Key("w01".into(), Key::Pass));
    until(&keypads, 1, |it| it.display == ANSWERED).await;
    display.stop().await;
}

#[tokio::test]
async fn what_was_pressed_while_the_hall_was_away_is_not_made_up_for() {
    let (mut hall, data) = (Hall::new(snapshot(1)).await, Scratch::new());
    let (keypads, line) = SimulatedKeypads::serve([1, 2]).unwrap();
    let button = "[[buttons]]\nname = \"next\"\nline = \"simulated\"\nwindow = \"w02\"\n";
    let more = button.to_owned() + &bus(&line.to_string());
    let display = display_with(&hall.url, &data, &more).await;
    // The hall hears a press and says nothing; somebody presses on.
    hall.is(Mood::Hangs);
    keypads.press(1, Pressed::Call);
    let first = hall.asked().await;
    while !press(&display, 0, "call").await.starts_with("HTTP/1.1 204") {}
    let second = hall.asked().await;
    for key in [Pressed::Pass, Pressed::Recall] {
        keypads.press(1, key);
    }
    until(&keypads, 1, |it| it.acknowledged == 3).await;
    press(&display, 0, "call").await;
    // Both are asked again, and that is all.
    let again = [hall.asked().await, hall.asked().await];
    assert_eq!(again.clone().map(|it| it.0), [first.0, second.0]);
    until(&keypads, 1, |it| it.beeps == 3).await;
    hall.is(Mood::Does);
    keypads.press(1, Pressed::Hold);
    assert_eq!(hall.asked().await.1, Asked::Key("w01".into(), Key::Hold));
    display.stop().await;
}

#[tokio::test]
async fn a_keypad_shows_whom_its_window_has_and_how_many_wait() {
    let (hall, data) = (Hall::new(waiting(1, 1_200)).await, Scratch::new());
    let (keypads, line) = SimulatedKeypads::serve([1, 2]).unwrap();
    let display = display_with(&hall.url, &data, &bus(&line.to_string())).await;
    until(&keypads, 1, |it| it.display == Display { waiting: Some(999), number: None }).await;
    hall.says(delta(2, "A005"));
    until(&keypads, 1, |it| it.display == Display { waiting: Some(999), number: Some(5) }).await;
    assert_eq!(keypads.keypad(2).display, Display::default(), "another window's");
    display.stop().await;
}

#[tokio::test]
async fn a_line_that_was_lost_is_found_again_and_its_displays_are_told_anew() {
    let (mut hall, data) = (Hall::new(waiting(1, 12)).await, Scratch::new());
    std::fs::create_dir_all(&data.0).unwrap();
    let port = data.0.join("port");
    let plugged = plug(&port);
    let line = format!("serial:{}@9600", port.display());
    let display = display_with(&hall.url, &data, &bus(&line)).await;
    let board = Display { waiting: Some(12), number: None };
    until(&plugged, 1, |it| it.display == board).await;

    drop(plugged);
    std::fs::remove_file(&port).unwrap();
    let plugged = plug(&port);
    until(&plugged, 1, |it| it.display == board).await;
    plugged.press(2, Pressed::Call);
    assert_eq!(hall.asked().await.1, Asked::Key("w02".into(), Key::Call));
    display.stop().await;
}

/// Puts keypads on a port of this name.
fn plug(port: &Path) -> SimulatedKeypads {
    let (keypads, line) = SimulatedKeypads::serve([1, 2]).unwrap();
    let Address::Serial { path, .. } = line else { panic!("a serial line") };
    symlink(path, port).unwrap();
    keypads
}

#[tokio::test]
async fn a_button_is_a_key_and_what_is_not_there_stops_nothing() {
    let (mut hall, data) = (Hall::new(snapshot(1)).await, Scratch::new());
    let devices = "[[buttons]]\nname = \"next\"\nline = \"simulated\"\nwindow = \"w01\"\n\
        [[buttons]]\nname = \"gone\"\nline = \"gpio:NO-SUCH-LINE\"\nwindow = \"w02\"\n\
        [[lamps]]\nname = \"gone\"\nline = \"bcm:17\"\nwindows = [\"w01\"]\n";
    let more = devices.to_owned() + &bus("serial:/dev/no-such-port@9600");
    let display = display_with(&hall.url, &data, &more).await;
    assert!(get(&display, "/", "").await.0.starts_with("HTTP/1.1 200"));
    while !press(&display, 0, "call").await.starts_with("HTTP/1.1 204") {}
    assert_eq!(hall.asked().await.1, Asked::Key("w01".into(), Key::Call));
    assert!(press(&display, 0, "pass").await.starts_with("HTTP/1.1 422"), "it has one key");
    display.stop().await;
}

/// Presses a key of a device on the bench; answers with the head of the answer. A device takes a moment to be
/// there.
async fn press(display: &Running, place: usize, key: &str) -> String {
    let mut stream = TcpStream::connect(display.addr).await.unwrap();
    let body = format!("key={key}");
    let request = format!(
        "POST /bench/devices/{place}/press HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    timeout(PATIENCE, stream.read_to_string(&mut answer)).await.unwrap().unwrap();
    answer
}
