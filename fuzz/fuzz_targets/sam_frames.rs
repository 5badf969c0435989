//! What a card reader sends: pieces of which each is sent as it is or in a sound frame, then one more frame,
//! which must be found again.
#![no_main]

use hardware::card::sam::command::{Command, Reply};
use hardware::card::sam::frame::{Decoder, KEPT, encode};
use hardware::card::sam::text;
use libfuzzer_sys::fuzz_target;

/// The longest body of a frame.
const LONGEST: usize = 2313;
/// A piece begins with a byte: this bit says that it is sent in a frame, the others how long it is, in steps.
const FRAMED: u8 = 0x80;
const STEP: usize = 13;

fuzz_target!(|bytes: &[u8]| {
    let mut decoder = Decoder::default();
    let mut rest = bytes;
    while let [head, more @ ..] = rest {
        let length = usize::from(head & !FRAMED) * STEP;
        let (piece, after) = more.split_at_checked(length).unwrap_or((more, &[]));
        rest = after;
        if head & FRAMED == 0 {
            feed(&mut decoder, piece);
        } else {
            feed(&mut decoder, &encode(piece));
        }
    }
    let body = &bytes[..bytes.len().min(LONGEST)];
    if body.len() >= 2 {
        decoder.forget();
        let frame = encode(body).into_iter().filter_map(|byte| decoder.push(byte)).last();
        let frame = frame.expect("a frame").expect("no fault");
        assert_eq!(frame.length(), body.len());
        assert_eq!(frame.body(), &body[..body.len().min(KEPT)]);
    }
});

fn feed(decoder: &mut Decoder, bytes: &[u8]) {
    for byte in bytes {
        if let Some(Ok(frame)) = decoder.push(*byte) {
            let _ = Command::from_frame(&frame);
            if let Some(reply) = Reply::from_frame(frame) {
                let _ = reply.word();
                let _ = reply.card_text().map(text::parse);
            }
        }
        assert!(decoder.held() <= KEPT);
    }
}
