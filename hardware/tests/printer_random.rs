//! Rubbish on the line: neither what reads a printer's answers nor what stands in for a printer panics, hangs
//! or grows.

use hardware::printer::{LONGEST_BLOCK, Report, Row, Slip, StatusReader, interpret};
use proptest::collection::vec;
use proptest::prelude::*;

/// The most bytes of pictures on one slip.
const MOST_PICTURE: usize = 1024 * 1024;

/// Bytes among which the ones that begin commands are frequent.
fn commands() -> impl Strategy<Value = Vec<u8>> {
    let lead = prop::sample::select(vec![0x10u8, 0x1b, 0x1c, 0x1d, b'(', b'k', b'v', b'0', b'V']);
    vec(prop_oneof![2 => lead, 1 => any::<u8>(), 1 => 0u8..4], 0..2_000)
}

fn picture_bytes(slip: &Slip) -> usize {
    let bytes = |row: &Row| if let Row::Raster { dots, .. } = row { dots.len() } else { 0 };
    slip.rows.iter().map(bytes).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn the_reader_holds_little_and_finds_its_way_back(noise in vec(any::<u8>(), 0..4_000)) {
        let mut reader = StatusReader::default();
        for byte in noise {
            reader.feed(byte);
            prop_assert!(reader.held() <= LONGEST_BLOCK);
        }
        // Zeros end whatever has begun.
        for _ in 0..4 {
            reader.feed(0);
        }
        prop_assert_eq!(reader.feed(0x12), Some(Report::Realtime(0x12)));
    }

    #[test]
    fn the_answers_that_matter_are_read_between_each_other(
        answers in vec(prop_oneof![Just(vec![0x12]), Just(vec![0x18, 0, 0x0f, 0]), Just(vec![0x0c]),
            Just(b"\x37\x22A001\x00".to_vec()), Just(b"\x5fTM\x00".to_vec())], 0..50)
    ) {
        let mut reader = StatusReader::default();
        let read = answers.concat().into_iter().filter_map(|byte| reader.feed(byte)).count();
        prop_assert_eq!(read, answers.len());
        prop_assert_eq!(reader.held(), 0);
    }

    #[test]
    fn the_simulated_printer_makes_something_of_every_job(job in commands()) {
        let (cut, rest) = interpret(&job);
        for slip in cut.iter().chain([&rest]) {
            prop_assert!(slip.rows.len() <= 4_096);
            prop_assert!(picture_bytes(slip) <= MOST_PICTURE);
        }
    }
}
