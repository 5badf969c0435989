//! What a printer is sent, as the simulated one understands it.
#![no_main]

use hardware::printer::interpret;
use libfuzzer_sys::fuzz_target;

/// The most rows of one slip.
const MOST_ROWS: usize = 4_096;

fuzz_target!(|bytes: &[u8]| {
    let (cut, rest) = interpret(bytes);
    for slip in cut.iter().chain([&rest]) {
        assert!(slip.rows.len() <= MOST_ROWS);
    }
});
