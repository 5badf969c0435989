//! What outputs hear of a hall, and what the hall hears of them.

use std::collections::BTreeMap;

use protocol::live::{Announcement, CallCell, Cell, CellKey, Output, WindowRef};
use protocol::wall::{Layout, OutputReport, OutputState};
use protocol::{Language, Number, Phase, TicketId, Timestamp};
use tokio::sync::broadcast::Receiver;

use super::*;
use crate::health::Health;
use crate::outputs::Told;

/// The hall's time when everything begins.
const START: i64 = 1_795_000_000_000;

fn snapshot(seq: u64, at: i64) -> ServerMessage {
    ServerMessage::Snapshot { seq: Seq(seq), at: Timestamp(START + at), cells: [].into() }
}

fn delta(seq: u64, at: i64, set: &[BTreeMap<CellKey, Cell>]) -> ServerMessage {
    let set = set.iter().flatten().map(|(key, cell)| (key.clone(), cell.clone())).collect();
    ServerMessage::Delta { seq: Seq(seq), at: Timestamp(START + at), set, gone: Vec::new() }
}

/// The present, with somebody at the first window.
fn calling(seq: u64, at: i64, phase: Phase) -> ServerMessage {
    let cell = CallCell {
        at: WindowRef {
            window: "w01".into(),
            name: Label::new("1", "1"),
            zone: "f1".into(),
            zone_name: Label::new("1", "1"),
            floor: "1F".to_owned(),
        },
        number: Number::from("A001"),
        holder: None,
        phase,
        called_at: Timestamp(START),
        recalls: 0,
    };
    let cells = [("call/w01".to_owned(), Cell::Call(cell))].into();
    ServerMessage::Snapshot { seq: Seq(seq), at: Timestamp(START + at), cells }
}

fn call(seq: u64, at: i64) -> ServerMessage {
    ServerMessage::Announce(Announcement {
        seq: Seq(seq),
        ticket: TicketId(seq),
        number: Number::from("A001"),
        window: "w01".into(),
        window_name: Label::new("1", "1"),
        zone: "f1".into(),
        service: "passport".into(),
        language: Language::Zh,
        at: Timestamp(START + at),
        recall: 0,
        voice: None,
        by_light: false,
    })
}

fn screen(name: &str) -> Screen {
    Screen {
        name: Label::new(name, name),
        layout: Layout::default(),
        notices: Vec::new(),
        media: Vec::new(),
        emergency: None,
        identify_until: None,
        restart: None,
    }
}

/// What an output has heard, in few words.
fn heard(news: &mut Receiver<News>) -> Vec<String> {
    let say = |news| match news {
        News::Call(call) => format!("call {}", call.seq.0),
        News::Board(board) => format!("board {}", board.seq.0),
        News::Screen(screen) => format!("screen {}", screen.name.en),
        News::HallAway => "away".to_owned(),
    };
    std::iter::from_fn(|| news.try_recv().ok()).map(say).collect()
}

fn says(relay: &Relay, messages: &[ServerMessage]) {
    for message in messages {
        relay.heard(message, "");
    }
}

#[test]
fn outputs_hear_each_young_call_once_and_whole_boards() {
    let (relay, _upward) = Relay::new(Kept::default());
    let mut news = relay.news();
    says(
        &relay,
        &[
            snapshot(3, 0),
            call(4, 0),
            call(4, 0),
            ServerMessage::Ping { at: Timestamp(START + 100_000) },
        ],
    );
    relay.silent();
    relay.silent();
    // Repeated after the cut, missed and old by now, missed and still young.
    says(&relay, &[call(4, 0), call(5, 39_000), call(6, 41_000)]);
    says(&relay, &[calling(6, 100_000, Phase::Called)]);
    says(&relay, &[ServerMessage::Screen(Box::new(screen("lobby")))]);
    assert_eq!(
        heard(&mut news),
        ["board 3", "call 4", "away", "board 6", "call 6", "screen lobby"]
    );
}

#[test]
fn what_the_hall_repeats_after_a_cut_is_judged_by_the_present() {
    let (relay, _upward) = Relay::new(Kept::default());
    let mut news = relay.news();
    says(&relay, &[snapshot(3, 0), ServerMessage::Ping { at: Timestamp(START + 600_000) }]);
    relay.silent();
    // Deltas of ten minutes ago come first; they tell old times and old cells.
    says(&relay, &[delta(3, 0, &[]), call(4, 1_000), delta(4, 1_000, &[])]);
    assert_eq!(heard(&mut news), ["board 3", "away"], "the present is not known yet");
    let ping = ServerMessage::Ping { at: Timestamp(START + 600_000) };
    says(&relay, &[ping, call(5, 600_000)]);
    assert_eq!(heard(&mut news), ["board 4", "call 5"]);
}

#[test]
fn whoever_was_called_during_a_cut_and_has_come_is_not_called_again() {
    for (phase, expected) in
        [(Phase::Called, vec!["board 4", "call 4"]), (Phase::Serving, vec!["board 4"])]
    {
        let (relay, _upward) = Relay::new(Kept::default());
        let mut news = relay.news();
        says(&relay, &[snapshot(3, 0)]);
        relay.silent();
        heard(&mut news);
        let ServerMessage::Snapshot { cells, .. } = calling(4, 0, phase) else { unreachable!() };
        let now = ServerMessage::Ping { at: Timestamp(START + 2_000) };
        says(&relay, &[call(4, 1_000), delta(4, 1_000, &[cells]), now]);
        assert_eq!(heard(&mut news), expected);
    }
}

#[test]
fn a_call_that_runs_ahead_of_its_cells_after_a_cut_is_news() {
    let (relay, _upward) = Relay::new(Kept::default());
    let mut news = relay.news();
    says(&relay, &[snapshot(3, 0)]);
    relay.silent();
    let now = ServerMessage::Ping { at: Timestamp(START + 2_000) };
    says(&relay, &[call(4, 1_000), now, delta(4, 2_000, &[])]);
    assert_eq!(heard(&mut news), ["board 3", "away", "board 3", "call 4", "board 4"]);
}

#[test]
fn after_a_restart_outputs_begin_with_what_was_kept_and_repeat_no_call() {
    let board = Board { seq: Seq(6), at: Timestamp(START), cells: [].into() };
    let kept = Kept { board: Some(board), screen: Some(screen("kept")) };
    let (relay, _upward) = Relay::new(kept);
    let mut news = relay.news();
    relay.tell_what_is_known();
    says(&relay, &[call(6, 0), snapshot(6, 10), call(7, 10)]);
    assert_eq!(heard(&mut news), ["screen kept", "board 6", "away", "board 6", "call 7"]);
    let (first, _) = relay.join();
    assert!(first[0].contains("kept"), "a page learns first what it is to be: {first:?}");
}

#[tokio::test]
async fn what_outputs_tell_becomes_acknowledgements_and_the_report() {
    let (relay, mut upward) = Relay::new(Kept::default());
    says(&relay, &[snapshot(1, 0)]);
    let health = Health::new(relay.clone(), Some(4));
    let mut changes = health.changes();
    let (told, hears) = mpsc::channel(8);
    let (stop, stopped) = watch::channel(false);
    let listening = tokio::spawn(health.clone().listen(hears, stopped));
    let report = |name: &str, state, fault: Option<&str>| OutputReport {
        output: Output::Strip,
        name: name.to_owned(),
        address: "udp:10.0.0.9:5005".to_owned(),
        state,
        fault: fault.map(str::to_owned),
        since: Timestamp(START),
        windows: Vec::new(),
        zones: Vec::new(),
        by_light: false,
    };
    let faulty = report("b", OutputState::Faulty, Some("no answer"));
    let said = [
        report("b", OutputState::Ready, None),
        report("a", OutputState::Quiet, None),
        faulty.clone(),
    ];
    for report in said {
        told.send(Told::Report(report)).await.unwrap();
    }
    for output in [Output::Spoken, Output::Strip] {
        let at = Timestamp(START + 5);
        told.send(Told::GivenOut { announcement: Seq(2), output, at }).await.unwrap();
        let up = upward.recv().await.unwrap();
        assert_eq!(up, ClientMessage::Acknowledge { announcement: Seq(2), output, at });
    }
    changes.changed().await.unwrap();
    let open = [relay.open_page(), relay.open_page()];
    let all = health.report();
    assert_eq!((all.pages, all.restarted), (2, Some(4)));
    assert!(all.started_at.since(Timestamp(START)) < 60_000, "told by the hall's clock");
    assert_eq!(all.outputs.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(all.outputs[1], faulty, "the last word of each counts");
    drop(open);
    assert_eq!(health.report().pages, 0);
    assert_eq!(health.report().started_at, all.started_at, "a start never moves");
    stop.send_replace(true);
    listening.await.unwrap();
}
