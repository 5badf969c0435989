//! A feed by itself: what changes is sent, who comes back gets what they missed.

use protocol::Label;
use protocol::live::{Cell, HallCell};

use super::*;

const NOW: Timestamp = Timestamp(1_000_000);

/// Cells whose names stand for their values.
fn cells(named: &[(&str, &str)]) -> Cells {
    let cell = |value: &str| {
        Cell::Hall(HallCell {
            name: Label::new(value, value),
            date: String::new(),
            time_zone: String::new(),
            running: true,
        })
    };
    named.iter().map(|(key, value)| ((*key).to_owned(), cell(value))).collect()
}

/// What a batch says, shortly: `snapshot 3`, `delta 4 set a gone b`, `announce 5`.
fn said(batch: &Batch) -> Vec<String> {
    batch.texts.iter().map(|text| summary(text)).collect()
}

fn summary(text: &str) -> String {
    match serde_json::from_str(text) {
        Ok(ServerMessage::Snapshot { seq, .. }) => format!("snapshot {seq}"),
        Ok(ServerMessage::Delta { seq, set, gone, .. }) => {
            let set: Vec<&str> = set.keys().map(String::as_str).collect();
            format!("delta {seq} set {} gone {}", set.join(","), gone.join(","))
        }
        Ok(other) => panic!("no message of a feed: {other:?}"),
        Err(_) => text.to_owned(),
    }
}

/// A feed of capacity 4 that began at 10 and has had: delta 11, announce 12, delta 12, announce 14.
fn feed() -> Feed {
    let mut feed = Feed::new(cells(&[("a", "1")]), Seq(10), 4);
    assert!(feed.show(cells(&[("a", "2")]), Seq(11), NOW));
    feed.announce(Seq(12), "announce 12".into());
    assert!(feed.show(cells(&[("b", "1")]), Seq(12), NOW));
    feed.announce(Seq(14), "announce 14".into());
    assert!(!feed.show(cells(&[("b", "1")]), Seq(14), NOW));
    feed
}

#[test]
fn a_newcomer_gets_a_snapshot() {
    let mut feed = feed();
    assert_eq!(said(&feed.join(None, NOW)), ["snapshot 14"]);
}

#[test]
fn a_delta_names_what_changed_and_what_is_gone() {
    let mut feed = feed();
    assert_eq!(said(&feed.join(Some(Seq(11)), NOW))[2], "delta 12 set b gone a");
}

#[test]
fn who_comes_back_gets_exactly_what_they_missed() {
    let mut feed = feed();
    // The delta of the very sequence they saw may or may not have reached them.
    let after_11 = ["delta 11 set a gone ", "announce 12", "delta 12 set b gone a", "announce 14"];
    assert_eq!(said(&feed.join(Some(Seq(11)), NOW)), after_11);
    assert_eq!(said(&feed.join(Some(Seq(12)), NOW)), ["delta 12 set b gone a", "announce 14"]);
    assert_eq!(said(&feed.join(Some(Seq(13)), NOW)), ["announce 14"]);
    assert!(said(&feed.join(Some(Seq(14)), NOW)).is_empty());
}

#[test]
fn who_saw_something_else_gets_a_snapshot() {
    let mut feed = feed();
    for seen in [0, 10, 15] {
        assert_eq!(said(&feed.join(Some(Seq(seen)), NOW)), ["snapshot 14"], "saw {seen}");
    }
    // A fifth message pushes the first out: who saw 11 may have missed it.
    feed.announce(Seq(15), "announce 15".into());
    feed.show(cells(&[("b", "1")]), Seq(15), NOW);
    assert_eq!(said(&feed.join(Some(Seq(11)), NOW)), ["snapshot 15"]);
    assert_eq!(said(&feed.join(Some(Seq(13)), NOW)), ["announce 14", "announce 15"]);
}

#[test]
fn a_reader_gets_what_is_new_since_its_place() {
    let mut feed = feed();
    let place = feed.join(None, NOW).position;
    assert!(said(&feed.after(place, 9, NOW)).is_empty());
    feed.announce(Seq(16), "announce 16".into());
    feed.show(cells(&[]), Seq(16), NOW);
    let batch = feed.after(place, 9, NOW);
    assert_eq!(said(&batch), ["announce 16", "delta 16 set  gone b"]);
    assert!(said(&feed.after(batch.position, 9, NOW)).is_empty());
}

#[test]
fn a_slow_reader_gets_the_announcements_and_a_snapshot() {
    let mut feed = Feed::new(cells(&[]), Seq(1), 4);
    let place = feed.join(None, NOW).position;
    feed.announce(Seq(2), "announce 2".into());
    feed.show(cells(&[("a", "1")]), Seq(2), NOW);
    feed.show(cells(&[("a", "2")]), Seq(3), NOW);
    assert_eq!(said(&feed.after(place, 2, NOW)), ["announce 2", "snapshot 3"], "too far behind");
    for seq in 4..9 {
        feed.announce(Seq(seq), format!("announce {seq}").into());
    }
    feed.show(cells(&[("a", "2")]), Seq(8), NOW);
    let batch = feed.after(place, 9, NOW);
    let kept = ["announce 5", "announce 6", "announce 7", "announce 8", "snapshot 8"];
    assert_eq!(said(&batch), kept, "some are no longer kept");
    assert!(said(&feed.after(batch.position, 9, NOW)).is_empty());
}

#[test]
fn a_feed_that_begins_again_gives_everybody_a_snapshot() {
    let mut feed = feed();
    let (behind, up_to_date) = (Position(0), feed.join(None, NOW).position);
    feed.begin_again(cells(&[("c", "1")]), Seq(40));
    for place in [behind, up_to_date] {
        let batch = feed.after(place, 9, NOW);
        assert_eq!(said(&batch), ["snapshot 40"]);
        assert!(said(&feed.after(batch.position, 9, NOW)).is_empty());
    }
    assert_eq!(said(&feed.join(Some(Seq(14)), NOW)), ["snapshot 40"]);
}

#[test]
fn a_snapshot_is_shared_while_nothing_changes_and_its_time_is_fresh() {
    let mut feed = feed();
    let first = feed.join(None, NOW).texts.remove(0);
    let second = feed.join(None, NOW).texts.remove(0);
    assert_eq!(first.as_str().as_ptr(), second.as_str().as_ptr(), "serialised once");
    let later = feed.join(None, NOW.plus_s(60)).texts.remove(0);
    assert_ne!(first, later, "it tells the time");
}

#[test]
fn a_snapshot_older_than_a_call_comes_before_it() {
    let mut feed = feed();
    let place = feed.join(None, NOW).position;
    feed.announce(Seq(16), "announce 16".into());
    // The cells of 16 are still being made.
    assert_eq!(said(&feed.join(None, NOW)), ["snapshot 14", "announce 16"]);
    assert_eq!(said(&feed.after(place, 0, NOW)), ["snapshot 14", "announce 16"]);
}

#[test]
fn a_call_that_was_seen_is_not_sent_again_while_its_cells_are_being_made() {
    let mut feed = feed();
    feed.announce(Seq(16), "announce 16".into());
    let batch = feed.join(Some(Seq(16)), NOW);
    assert!(said(&batch).is_empty());
    feed.show(cells(&[("b", "2")]), Seq(16), NOW);
    assert_eq!(said(&feed.after(batch.position, 9, NOW)), ["delta 16 set b gone "]);
}
