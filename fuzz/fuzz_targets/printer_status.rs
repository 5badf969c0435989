//! What a printer sends.
#![no_main]

use std::time::Duration;

use hardware::printer::{Condition, LONGEST_BLOCK, Report, StatusReader};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut reader = StatusReader::default();
    for byte in bytes {
        if let Some(Report::Automatic(status)) = reader.feed(*byte) {
            let _ = Condition::automatic(status).status(Duration::ZERO);
        }
        assert!(reader.held() <= LONGEST_BLOCK);
    }
});
