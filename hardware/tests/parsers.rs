//! Random bytes in random pieces, with good ones among them: nothing that reads a card reader or a scanner
//! panics, hangs or grows, and what is good is still found. (Printers: `printer_random.rs`. The same under a
//! fuzzer, which looks further: `fuzz/`.)

use std::time::{Duration, Instant};

use hardware::card::identity;
use hardware::card::sam::Timing;
use hardware::card::sam::command::{Command, Reply};
use hardware::card::sam::cycle::{Cycle, Heard, Step};
use hardware::card::sam::frame::{Decoder, KEPT, encode};
use hardware::card::sam::text::parse;
use hardware::scanner::{KEY_DOWN, KEY_UP, KeyDecoder, LONGEST_CODE, SerialDecoder};
use proptest::collection::vec;
use proptest::prelude::*;

/// Something on a line, and whether it is a frame that must be found.
#[derive(Clone, Debug)]
enum Piece {
    Frame(Vec<u8>),
    Noise(Vec<u8>),
}

fn body() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![4 => vec(any::<u8>(), 2..20), 1 => vec(any::<u8>(), 1_280..1_300)]
}

/// Frames, and noise without the byte that frames begin with.
fn frames_and_noise() -> impl Strategy<Value = Vec<Piece>> {
    let noise = vec(any::<u8>().prop_map(|byte| if byte == 0xaa { 0 } else { byte }), 0..40);
    vec(prop_oneof![body().prop_map(Piece::Frame), noise.prop_map(Piece::Noise)], 0..20)
}

/// Frames that were cut off or changed, beginnings of frames, and anything else.
fn rubbish() -> impl Strategy<Value = Vec<u8>> {
    let cut = (body(), any::<prop::sample::Index>()).prop_map(|(body, at)| {
        let mut frame = encode(&body);
        frame.truncate(at.index(frame.len()));
        frame
    });
    let changed = (body(), any::<prop::sample::Index>(), 1u8..).prop_map(|(body, at, by)| {
        let mut frame = encode(&body);
        let at = at.index(frame.len());
        frame[at] ^= by;
        frame
    });
    let begun = vec(prop::sample::select(vec![0xaau8, 0xaa, 0xaa, 0x96, 0x69, 0, 4, 9]), 0..30);
    let piece = prop_oneof![cut, changed, begun, vec(any::<u8>(), 0..30)];
    vec(piece, 0..10).prop_map(|pieces| pieces.concat())
}

/// The text of a made-up card.
fn good_text() -> Vec<u8> {
    let mut text = [b' ', 0].repeat(128);
    for (at, field) in [
        (0, "-"),
        (36, "19800502"),
        (122, "219900198005020012"),
        (188, "20150601"),
        (204, "20350601"),
    ] {
        text.splice(at..at + 2 * field.len(), field.bytes().flat_map(|byte| [byte, 0]));
    }
    text
}

fn reply(body: &[u8]) -> Option<Reply> {
    let mut decoder = Decoder::default();
    let frame = encode(body).into_iter().find_map(|byte| decoder.push(byte));
    Reply::from_frame(frame?.ok()?)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn every_frame_is_found_among_noise(pieces in frames_and_noise()) {
        let mut decoder = Decoder::default();
        for piece in pieces {
            let (bytes, expected) = match piece {
                Piece::Frame(body) => (encode(&body), Some(body)),
                Piece::Noise(bytes) => (bytes, None),
            };
            let found: Vec<_> = bytes.iter().filter_map(|byte| decoder.push(*byte)).collect();
            let found: Vec<_> = found.into_iter().map(|it| it.expect("no fault")).collect();
            prop_assert_eq!(found.len(), usize::from(expected.is_some()));
            for (frame, body) in found.iter().zip(expected) {
                prop_assert_eq!(frame.length(), body.len());
                prop_assert_eq!(frame.body(), &body[..body.len().min(KEPT)]);
            }
        }
    }

    #[test]
    fn rubbish_is_survived_and_forgotten(rubbish in rubbish(), body in body()) {
        let mut decoder = Decoder::default();
        for byte in rubbish {
            if let Some(Ok(frame)) = decoder.push(byte) {
                prop_assert!(frame.body().len() <= KEPT);
                let reply = Reply::from_frame(frame);
                prop_assert!(reply.is_none_or(|it| it.card_text().is_none_or(|it| it.len() <= 256)));
            }
            prop_assert!(decoder.held() <= KEPT);
        }
        // As the driver does when its patience is over.
        decoder.forget();
        let found = encode(&body).into_iter().filter_map(|byte| decoder.push(byte)).last();
        prop_assert_eq!(found.map(|it| it.expect("no fault").length()), Some(body.len()));
    }

    #[test]
    fn only_valid_cards_come_out_of_a_text(
        changes in vec((0usize..256, any::<u8>()), 0..4),
        kind in prop::sample::select(b" IJY ".to_vec()),
        noise in vec(any::<u8>(), 0..300),
    ) {
        prop_assert!(parse(&good_text()).is_ok());
        prop_assert!(parse(&noise).is_err());
        let mut text = good_text();
        text[248] = kind;
        for (at, byte) in changes {
            text[at] = byte;
        }
        if let Ok(card) = parse(&text) {
            prop_assert!(identity::check(card.kind, &card.number).is_ok());
            prop_assert!(!card.name.is_empty());
        }
    }

    #[test]
    fn whatever_a_reader_answers_it_is_asked_at_its_pace(
        answers in vec((any::<u8>(), prop_oneof![
            Just(0x90u8), Just(0x9f), Just(0x80), Just(0x81), Just(0x41), Just(0x40), any::<u8>()
        ]), 0..100),
    ) {
        let round = Timing::default().round;
        let mut cycle = Cycle::new(Timing::default());
        let mut now = Instant::now();
        let mut last_find: Option<Instant> = None;
        for (how, word) in answers {
            cycle.begin(now);
            let command = loop {
                match cycle.step(now) {
                    Step::Send(command) => break command,
                    Step::Rest(until) => now = until,
                    Step::Listen(_) => prop_assert!(false, "every answer was heard"),
                }
            };
            if command == Command::Find {
                prop_assert!(last_find.is_none_or(|last| now - last >= round));
                last_find = Some(now);
            }
            let Step::Listen(until) = cycle.step(now) else { panic!("it listens") };
            prop_assert!(until - now <= Duration::from_secs(3));
            let reply = reply(&[0, 0, word]).expect("an answer");
            match how {
                0..16 => {
                    now = until;
                    cycle.heard(&Heard::Nothing, now);
                }
                16..32 => {
                    cycle.heard(&Heard::Broken, now);
                }
                _ => {
                    now += Duration::from_millis(how.into());
                    cycle.heard(&Heard::Reply(reply), now);
                }
            }
        }
    }

    #[test]
    fn a_scanners_bytes_mean_the_same_in_any_pieces(
        bytes in vec(prop_oneof![4 => any::<u8>(), 1 => Just(b'\r')], 0..2_000),
        pieces in vec(1usize..50, 1..50),
    ) {
        let mut whole = SerialDecoder::default();
        let codes = whole.feed(&bytes);
        prop_assert!(codes.iter().all(|code| code.chars().count() <= LONGEST_CODE));
        let mut split = SerialDecoder::default();
        let (mut found, mut rest) = (Vec::new(), &bytes[..]);
        for length in pieces.iter().cycle() {
            let (piece, more) = rest.split_at(rest.len().min(*length));
            found.extend(split.feed(piece));
            rest = more;
            if rest.is_empty() {
                break;
            }
        }
        prop_assert_eq!(found, codes);
        split.end();
        prop_assert_eq!(split.feed(b"apt:123456\r\n"), ["apt:123456"]);
    }

    #[test]
    fn a_keyboard_scanner_is_understood_after_anything(
        events in vec((0u16..130, prop_oneof![Just(KEY_DOWN), Just(KEY_UP), any::<i32>()]), 0..2_000),
    ) {
        let mut keys = KeyDecoder::default();
        for (key, value) in events {
            let code = keys.feed(key, value);
            prop_assert!(code.is_none_or(|code| code.len() <= LONGEST_CODE));
        }
        for key in 0..130 {
            keys.feed(key, KEY_UP);
        }
        keys.end();
        // The digits 1 to 6, and Enter.
        let typed = [2, 3, 4, 5, 6, 7, 28].into_iter().filter_map(|key| keys.feed(key, KEY_DOWN));
        prop_assert_eq!(typed.last(), Some("123456".to_owned()));
    }
}
