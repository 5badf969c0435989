//! Random texts and random bytes for the strips: what is sent is what is understood, and nothing that comes
//! over a line panics, hangs or grows. (The same under a fuzzer, which looks further: `fuzz/`.)

#[path = "strip/bench.rs"]
#[expect(dead_code, reason = "only its makes are used here")]
mod bench;

use std::sync::Arc;

use bench::{board, makes};
use hardware::strip::{
    Charset, Colour, Decoder, Driver, Face, Seen, Strip, Template, crc16, fit, width_of,
};
use proptest::collection::vec;
use proptest::prelude::*;

/// More than a decoder may keep.
const LONGEST: usize = 1_024;

fn colour() -> impl Strategy<Value = Colour> {
    prop_oneof![Just(Colour::Red), Just(Colour::Green), Just(Colour::Yellow)]
}

/// Texts as they are, and with anything in them.
fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[A-Z0-9请号到窗口热情为您服务暂停 ]{0,20}", any::<String>()]
}

fn all_makes() -> Vec<Arc<dyn Driver>> {
    makes().into_iter().chain([board()]).map(|(driver, _)| driver).collect()
}

/// A CRC bit by bit from the highest, with everything turned round by hand: another way to the same sum.
fn crc_the_long_way(bytes: &[u8]) -> u16 {
    let mut crc = 0u16;
    for byte in bytes {
        for bit in 0..8 {
            let top = crc >> 15 ^ u16::from(byte >> bit & 1);
            crc = crc << 1 ^ if top == 1 { 0x8005 } else { 0 };
        }
    }
    crc.reverse_bits()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn what_is_sent_is_what_is_understood(
        text in text(),
        colour in colour(),
        flashing: bool,
        address in 1u16..16,
        width in 0u16..20,
    ) {
        let strip = Strip { address, width };
        for (index, (driver, _)) in makes().into_iter().enumerate() {
            let face = Face { text: text.clone(), colour, flashing };
            let frame = driver.frame(strip, &face);
            let mut decoder = Decoder::new(driver);
            let seen = decoder.push(&frame);
            prop_assert_eq!(seen.len(), 1);
            let Seen { address: seen_by, face } = seen[0].clone();
            prop_assert_eq!(seen_by, address);
            prop_assert_eq!(face.text, fit(&text, Charset::Gbk, width));
            // Without marks, a BX card knows no colours; an empty strip has none.
            let colourless = index == 1 || (index == 0 && width == 0);
            prop_assert_eq!(face.colour, if colourless { Colour::Red } else { colour });
            prop_assert_eq!(face.flashing, flashing && index == 4);
            prop_assert_eq!(decoder.held(), 0);
        }
    }

    #[test]
    fn a_fitted_text_is_as_wide_as_its_strip(text in text(), width in 0u16..100) {
        for charset in [Charset::Gbk, Charset::Gb18030] {
            let fitted = fit(&text, charset, width);
            prop_assert_eq!(fitted.chars().map(width_of).sum::<u16>(), width);
            prop_assert_eq!(fit(&fitted, charset, width), fitted);
        }
    }

    #[test]
    fn a_number_board_is_told_any_number(number in 0u16..1_000, address in 1u16..=255) {
        let (driver, _) = board();
        let face = Face::steady(format!("请A{number:03}号"), Colour::Red);
        let frame = driver.frame(Strip { address, width: 3 }, &face);
        let seen = Decoder::new(driver).push(&frame);
        let expected = Seen { address, face: Face::steady(number.to_string(), Colour::Red) };
        prop_assert_eq!(seen, [expected]);
    }

    #[test]
    fn after_anything_and_a_pause_a_frame_is_understood(
        pieces in vec(vec(any::<u8>(), 0..400), 0..6),
        begun in any::<prop::sample::Index>(),
        text in text(),
    ) {
        let strip = Strip { address: 5, width: 12 };
        let face = Face::steady(text, Colour::Red);
        for driver in all_makes() {
            let frame = driver.frame(strip, &face);
            let mut decoder = Decoder::new(driver);
            for piece in &pieces {
                decoder.push(piece);
                prop_assert!(decoder.held() <= LONGEST);
            }
            decoder.push(&frame[..begun.index(frame.len())]);
            decoder.pause();
            prop_assert_eq!(decoder.held(), 0);
            let seen = decoder.push(&frame);
            prop_assert_eq!(seen.last().map(|seen| seen.address), Some(5));
        }
    }

    #[test]
    fn a_frame_directly_after_rubbish_is_found_where_frames_can_be_told_from_it(
        rubbish in vec(any::<u8>(), 0..200),
        text in text(),
    ) {
        let strip = Strip { address: 5, width: 12 };
        let face = Face::steady(text, Colour::Red);
        for (driver, _) in makes() {
            let frame = driver.frame(strip, &face);
            let mut decoder = Decoder::new(driver);
            let mut seen = decoder.push(&rubbish);
            seen.extend(decoder.push(&frame));
            seen.extend(decoder.pause());
            let found = seen.last().map(|seen| seen.face.text.clone());
            prop_assert_eq!(found, Some(fit(&face.text, Charset::Gbk, 12)));
        }
    }

    #[test]
    fn the_checksum_is_the_one_of_the_books(bytes in vec(any::<u8>(), 0..100)) {
        prop_assert_eq!(crc16(&bytes), crc_the_long_way(&bytes));
    }

    #[test]
    fn templates_without_a_length_end_where_they_say_or_with_the_line(
        text in text(),
        address in 0u16..=255,
    ) {
        let strip = Strip { address, width: 12 };
        let face = Face::steady(text, Colour::Red);
        let shown = fit(&face.text, Charset::Gbk, 12);
        for words in ["'@' {addr} {gbk} 0D", "AA {addr} {text} {sum8}", "[ 7E {addr} ] {gbk} {xor8} 0D 0A"] {
            let driver = Arc::new(Template::new(words, Vec::new()).unwrap());
            let frame = driver.frame(strip, &face);
            let mut decoder = Decoder::new(driver);
            let mut seen = decoder.push(&frame);
            seen.extend(decoder.pause());
            let seen: Vec<_> = seen.into_iter().map(|it| (it.address, it.face.text)).collect();
            prop_assert_eq!(seen, [(address, shown.clone())]);
        }
    }
}
