//! Cards on a simulated reader that speaks the real bytes, on a pseudo-terminal and over TCP, through the
//! driver a kiosk uses.

#[path = "card/bench.rs"]
mod bench;

use std::time::Duration;

use bench::{Bench, quick, until};
use hardware::card::sam::Timing;
use hardware::card::{
    Card, CardFault, CardKind, CardReader, Day, SamReader, SyntheticCard, Trouble, identity,
};

const ALWAYS: u32 = u32::MAX;
const TODAY: Day = Day { year: 2026, month: 6, day: 1 };

#[tokio::test]
async fn the_four_kinds_of_cards_are_read() {
    let bench = Bench::on_a_pty(quick());
    for (card, kind) in [
        (SyntheticCard::Next, CardKind::Resident),
        (SyntheticCard::HmtResident, CardKind::HmtResident),
        (SyntheticCard::Foreigner2017, CardKind::Foreigner2017),
        (SyntheticCard::Foreigner2023, CardKind::Foreigner2023),
    ] {
        let read = bench.reads(card).await.expect("a good card");
        assert_eq!(read.kind, kind);
        assert_eq!(identity::check(kind, &read.number), Ok(read.birth));
        assert!(!read.name.is_empty() && read.valid_on(TODAY));
    }
    let elder = bench.reads(SyntheticCard::Elder).await.expect("a good card");
    assert!(elder.birth.year < 1960 && elder.valid_until.is_none());
    let expired = bench.reads(SyntheticCard::Expired).await.expect("a card that was good");
    assert!(!expired.valid_on(TODAY));
    assert_eq!(bench.reads(SyntheticCard::Unreadable).await, Err(CardFault::Unreadable));
}

#[tokio::test]
async fn over_tcp_it_is_the_same() {
    let bench = Bench::on_tcp(Timing::default()).await;
    let first = bench.reads(SyntheticCard::Next).await.expect("a good card");
    let second = bench.reads(SyntheticCard::Next).await.expect("a good card");
    assert!(first != second);
}

#[tokio::test]
async fn a_card_that_stays_is_read_once() {
    let bench = Bench::on_a_pty(quick());
    let first = {
        let reading = bench.reader.read();
        let left = until(|| bench.sam.leave(SyntheticCard::Next));
        tokio::join!(reading, left).0.expect("a good card")
    };
    let more = bench.sam.asked().find + 10;
    tokio::select! {
        _ = bench.reader.read() => panic!("nobody placed another card"),
        () = until(|| bench.sam.asked().find > more) => {}
    }
    assert_eq!(bench.sam.asked().read, 1);
    // Lifted and placed again, it counts.
    bench.sam.lift();
    let second = bench.reads_until(SyntheticCard::Same, |read| read.is_ok()).await;
    assert!(second == Ok(first), "the same card");
}

#[tokio::test]
async fn nobody_is_asked_for_a_card_while_nobody_waits_for_one() {
    let bench = Bench::on_a_pty(quick());
    bench.reads(SyntheticCard::Next).await.expect("a good card");
    let asked = bench.sam.asked();
    for _ in 0..5 {
        assert_eq!(bench.reader.status().await, Ok(()));
    }
    assert_eq!(bench.sam.asked(), asked);
}

#[tokio::test]
async fn a_card_that_fails_is_tried_again() {
    for (trouble, times) in [
        (Trouble::SelectFails, 1),
        (Trouble::SelectFails, 2),
        (Trouble::ReadFails, 2),
        (Trouble::BadChecksum, 1),
        (Trouble::WrongLength, 1),
    ] {
        let bench = Bench::on_a_pty(quick());
        bench.sam.trouble(trouble, times);
        assert!(bench.reads(SyntheticCard::Next).await.is_ok(), "{trouble:?}");
        let asked = bench.sam.asked();
        assert_eq!((asked.select, asked.reset), (times + 1, 0), "{trouble:?}");
    }
}

#[tokio::test]
async fn after_three_failures_the_module_is_reset_and_the_card_can_be_read() {
    let bench = Bench::on_a_pty(quick());
    bench.sam.trouble(Trouble::ReadFails, 3);
    assert_eq!(bench.reads(SyntheticCard::Next).await, Err(CardFault::Unreadable));
    assert_eq!((bench.sam.asked().read, bench.sam.asked().reset), (3, 1));
    assert!(bench.reader.read().await.is_ok(), "it is still lying there");
}

#[tokio::test]
async fn garbage_pieces_and_slowness_do_no_harm() {
    for trouble in [Trouble::Garbage, Trouble::Split, Trouble::Slow] {
        let bench = Bench::on_a_pty(quick());
        bench.sam.trouble(trouble, ALWAYS);
        assert!(bench.reads(SyntheticCard::Next).await.is_ok(), "{trouble:?}");
        assert_eq!(bench.sam.asked().reset, 0, "{trouble:?}");
    }
}

#[tokio::test]
async fn a_silent_reader_is_gone_until_it_speaks() {
    let bench = Bench::on_a_pty(quick());
    assert_eq!(bench.reader.status().await, Ok(()));
    bench.sam.trouble(Trouble::Silent, ALWAYS);
    assert_eq!(bench.reader.read().await, Err(CardFault::ReaderGone));
    assert_eq!(bench.reader.status().await, Err(CardFault::ReaderGone));
    bench.sam.trouble(Trouble::Silent, 0);
    assert!(bench.reads(SyntheticCard::Next).await.is_ok());
    assert_eq!(bench.reader.status().await, Ok(()));
}

#[tokio::test]
async fn one_lost_answer_is_not_noticed() {
    let bench = Bench::on_a_pty(quick());
    bench.reads(SyntheticCard::Next).await.expect("a good card");
    bench.sam.trouble(Trouble::Silent, 1);
    assert!(bench.reads(SyntheticCard::Next).await.is_ok());
    assert_eq!(bench.sam.asked().reset, 0);
}

#[tokio::test]
async fn an_unplugged_reader_is_gone_and_returns_on_tcp() {
    let bench = Bench::on_tcp(quick()).await;
    bench.reads(SyntheticCard::Next).await.expect("a good card");
    let pulled = async {
        let asked = bench.sam.asked().find;
        until(|| bench.sam.asked().find > asked).await;
        bench.sam.unplug();
    };
    let (read, ()) = tokio::join!(bench.reader.read(), pulled);
    assert_eq!(read, Err(CardFault::ReaderGone));
    assert_eq!(bench.reader.status().await, Err(CardFault::ReaderGone));
    bench.sam.plug_in();
    let back = bench.reads_until(SyntheticCard::Next, |read| read.is_ok()).await;
    assert!(back.is_ok());
}

#[tokio::test]
async fn an_unplugged_reader_is_gone_and_returns_on_its_serial_port() {
    let mut bench = Bench::on_a_pty(quick());
    bench.reads(SyntheticCard::Next).await.expect("a good card");
    let pulled = async {
        let asked = bench.sam.asked().find;
        until(|| bench.sam.asked().find > asked).await;
        bench.sam.unplug();
    };
    let (read, ()) = tokio::join!(bench.reader.read(), pulled);
    assert_eq!(read, Err(CardFault::ReaderGone));
    assert_eq!(bench.reader.read().await, Err(CardFault::ReaderGone), "it is not there");
    bench.plug_in_elsewhere();
    assert!(bench.reads_until(SyntheticCard::Next, |read| read.is_ok()).await.is_ok());
}

#[tokio::test]
async fn a_reading_that_is_taken_up_again_is_not_lost() {
    let bench = Bench::on_a_pty(Timing { lapse: Duration::from_secs(60), ..quick() });
    {
        let reading = bench.reader.read();
        let asked = async {
            until(|| bench.sam.place(SyntheticCard::Next)).await;
            bench.sam.trouble(Trouble::Slow, ALWAYS);
            until(|| bench.sam.asked().read > 0).await;
        };
        tokio::select! {
            _ = reading => panic!("an answer takes longer"),
            () = asked => {}
        }
    }
    assert!(bench.reader.read().await.is_ok());
    assert_eq!(bench.sam.asked().read, 1);
}

#[tokio::test]
async fn a_reader_says_what_it_is() {
    let bench = Bench::on_a_pty(quick());
    assert_eq!(bench.reader.about().firmware, None, "nobody has asked it yet");
    assert_eq!(bench.reader.status().await, Ok(()));
    let about = bench.reader.about();
    assert!(about.address.starts_with("serial:/"), "{}", about.address);
    assert_eq!(about.firmware.as_deref(), Some("05.03-20120101-0000000001-0000000001"));
}

#[tokio::test]
async fn where_nothing_is_the_reader_is_gone() {
    let nowhere = "serial:/dev/does-not-exist".parse().expect("an address");
    let reader = SamReader::with_timing(nowhere, quick());
    assert_eq!(reader.status().await, Err(CardFault::ReaderGone));
    assert_eq!(reader.read().await, Err(CardFault::ReaderGone));
}

#[tokio::test]
async fn no_log_says_whose_card_it_was() {
    let (log, _guard) = bench::Log::listen();
    let bench = Bench::on_a_pty(quick());
    let mut cards: Vec<Card> = Vec::new();
    for trouble in [Trouble::BadChecksum, Trouble::SelectFails, Trouble::Garbage] {
        bench.sam.trouble(trouble, 1);
        cards.push(bench.reads(SyntheticCard::Next).await.expect("a good card"));
    }
    bench.sam.unplug();
    assert!(bench.reader.read().await.is_err());
    let log = log.text();
    assert!(log.contains("card reader"), "it was listening: {log}");
    for card in &cards {
        assert!(!log.contains(&card.number) && !log.contains(&card.name), "{log}");
        let shown = format!("{card:?}");
        assert!(!shown.contains(&card.number) && !shown.contains(&card.name), "{shown}");
    }
}
