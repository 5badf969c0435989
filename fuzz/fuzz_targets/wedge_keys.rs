//! What a scanner types that pretends to be a keyboard: a key in two bytes, and whether it went down or up.
#![no_main]

use hardware::scanner::{KeyDecoder, LONGEST_CODE};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut keys = KeyDecoder::default();
    for event in bytes.chunks_exact(3) {
        let key = u16::from_le_bytes([event[0], event[1]]);
        let code = keys.feed(key, i32::from(event[2]));
        assert!(code.is_none_or(|code| code.len() <= LONGEST_CODE));
    }
});
