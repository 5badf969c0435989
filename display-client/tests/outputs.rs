//! What a display gives calls out with besides its page: each output says for itself that it did, once, and one
//! that does not work keeps nobody else waiting.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]

mod support;

use std::collections::BTreeSet;

use display_client::Running;
use protocol::Seq;
use protocol::live::{Announcement, ClientMessage, Output, Phrase, ServerMessage};
use protocol::wall::OutputState;
use support::{FakeHall, Scratch, announcement, at, delta, display_with, get, screen, snapshot};

const EVERYTHING: &str = r#"
[[voices]]
name = "hall"
kind = "simulated"

[[lamps]]
name = "w1"
line = "simulated"
windows = ["w01"]

[[strips]]
name = "east"
driver = "simulated"
windows = [{ window = "w01", address = 1, width = 12 }]
"#;

#[tokio::test]
async fn each_output_acknowledges_a_call_once_and_no_old_one() {
    let (hall, data) = (FakeHall::new().await, Scratch::new());
    let display = display_with(&hall.url, &data, EVERYTHING).await;
    let (mut line, _) = hall.accept().await;
    line.says(&support::order(screen())).await;
    line.says(&snapshot(1)).await;
    let ready = line.hears_report(|it| it.outputs.len() == 3).await;
    assert!(ready.outputs.iter().all(|it| it.state == OutputState::Ready), "{ready:?}");
    for message in [spoken(2), spoken(2), delta(2, "A001")] {
        line.says(&message).await;
    }
    assert_eq!(given_out(&mut line, 3).await, by_all(2));

    // After a cut the hall repeats what it cannot know to have been heard.
    drop(line);
    let (mut line, _) = hall.accept().await;
    for message in [spoken(2), spoken(3), snapshot(90), spoken(91), delta(91, "A001")] {
        line.says(&message).await;
    }
    // The third is over: the hall's present does not have it.
    let mut given = BTreeSet::new();
    while given.len() < 3 {
        given.extend(given_out(&mut line, 1).await);
        // What may have been lost with the line is said again.
        given.retain(|(seq, _)| *seq != Seq(2));
    }
    assert_eq!(given, by_all(91));
    let shown = bench(&display).await;
    assert!(shown.contains("\"kind\":\"lamp\"") && shown.contains("\"lit\":true"), "{shown}");
    assert!(shown.contains("\"kind\":\"voice\"") && shown.contains("A001"), "{shown}");
    display.stop().await;
}

#[tokio::test]
async fn an_output_that_is_not_there_is_named_and_the_display_goes_on() {
    let (hall, data) = (FakeHall::new().await, Scratch::new());
    let missing = "[[lamps]]\nname = \"w1\"\nline = \"gpio:NO-SUCH-LINE\"\nwindows = [\"w01\"]\n\
        [[voices]]\nname = \"hall\"\nplayer = [\"no-such-player\"]\n";
    let display = display_with(&hall.url, &data, missing).await;
    let (mut line, _) = hall.accept().await;
    line.says(&snapshot(1)).await;
    let is_faulty = |name: &str, report: &protocol::wall::DisplayReport| {
        let output = report.outputs.iter().find(|it| it.name == name);
        output.is_some_and(|it| it.state == OutputState::Faulty)
    };
    let report = line.hears_report(|it| is_faulty("w1", it)).await;
    let lamp = report.outputs.iter().find(|it| it.name == "w1").unwrap();
    assert!(lamp.fault.as_ref().is_some_and(|it| !it.is_empty() && !it.contains('\n')), "{lamp:?}");
    line.says(&spoken(2)).await;
    line.hears_report(|it| is_faulty("hall", it)).await;
    let (head, _) = get(&display, "/", "").await;
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    display.stop().await;
}

/// A call that is to be spoken.
fn spoken(seq: u64) -> ServerMessage {
    let ServerMessage::Announce(call) = announcement(seq, "A001") else { unreachable!() };
    let phrase = Phrase { zh: "{number}".to_owned(), en: None, times: 1 };
    ServerMessage::Announce(Announcement { voice: Some(phrase), at: at(seq), ..call })
}

fn by_all(seq: u64) -> BTreeSet<(Seq, Output)> {
    [Output::Spoken, Output::Strip, Output::Lamp].map(|output| (Seq(seq), output)).into()
}

/// The next acknowledgements, none of them twice.
async fn given_out(
    line: &mut support::Line<tokio::net::TcpStream>,
    count: usize,
) -> BTreeSet<(Seq, Output)> {
    let mut given = BTreeSet::new();
    while given.len() < count {
        match line.hears_acknowledgement().await {
            ClientMessage::Acknowledge { announcement, output, .. } => {
                assert!(given.insert((announcement, output)), "{output:?} twice");
            }
            other => panic!("expected an acknowledgement, got {other:?}"),
        }
    }
    given
}

async fn bench(display: &Running) -> String {
    let (head, _) = get(display, "/bench", "").await;
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    String::from_utf8(get(display, "/bench/devices", "").await.1).unwrap()
}
