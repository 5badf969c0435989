//! The text of a card: the input itself, and a good card on which it changes bytes (place, value, …).
#![no_main]

use hardware::card::identity;
use hardware::card::sam::text::{BLOCK, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    check(bytes);
    let mut card = good_card();
    for change in bytes.chunks_exact(2) {
        card[usize::from(change[0])] = change[1];
    }
    check(&card);
});

fn check(text: &[u8]) {
    if let Ok(card) = parse(text) {
        assert!(identity::check(card.kind, &card.number).is_ok());
        assert!(!card.name.is_empty());
    }
}

/// A made-up resident's.
fn good_card() -> [u8; BLOCK] {
    let mut card = [0; BLOCK];
    for place in (0..BLOCK).step_by(2) {
        card[place] = b' ';
    }
    for (at, field) in [
        (0, "-"),
        (36, "19800502"),
        (122, "219900198005020012"),
        (188, "20150601"),
        (204, "20350601"),
    ] {
        for (place, byte) in field.bytes().enumerate() {
            card[at + 2 * place] = byte;
        }
    }
    card
}
