//! What a serial scanner sends: the same in one piece and byte by byte, and a good code after it.
#![no_main]

use hardware::scanner::{LONGEST_CODE, SerialDecoder};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut whole = SerialDecoder::default();
    let codes = whole.feed(bytes);
    assert!(codes.iter().all(|code| code.chars().count() <= LONGEST_CODE));
    let mut split = SerialDecoder::default();
    let found: Vec<_> = bytes.chunks(1).flat_map(|byte| split.feed(byte)).collect();
    assert_eq!(found, codes);
    split.end();
    assert_eq!(split.feed(b"apt:123456\r\n"), ["apt:123456"]);
});
