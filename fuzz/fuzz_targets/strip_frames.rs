//! What comes over a line to simulated strips of every make: nothing panics or grows, and after a silence a good
//! frame is understood.
#![no_main]

use std::sync::Arc;

use hardware::strip::{
    Bx5k, Colour, Cx, Decoder, Driver, Face, Hall69, NumberBoard, Strip, Template,
};
use libfuzzer_sys::fuzz_target;

/// More than a decoder may keep.
const LONGEST: usize = 1_024;

fuzz_target!(|bytes: &[u8]| {
    for driver in makes() {
        let strip = Strip { address: 5, width: 12 };
        let good = driver.frame(strip, &Face::steady("A005", Colour::Red));
        let mut decoder = Decoder::new(driver);
        for seen in decoder.push(bytes) {
            assert!(!seen.face.text.chars().any(char::is_control));
        }
        assert!(decoder.held() <= LONGEST);
        decoder.pause();
        assert_eq!(decoder.held(), 0);
        let seen = decoder.push(&good);
        assert!(seen.last().is_some_and(|seen| seen.address == 5 && seen.face.text.contains('5')));
    }
});

fn makes() -> [Arc<dyn Driver>; 5] {
    let words = "02 < [ {addr:2} {colour} {effect} {gbk} ] {crc16} > 03";
    let escapes = vec![(2, vec![0x10, 0x42]), (3, vec![0x10, 0x43]), (0x10, vec![0x10, 0x50])];
    let template = Template::new(words, escapes).expect("a template");
    [
        Arc::new(Hall69::default()),
        Arc::new(Bx5k::default()),
        Arc::new(Cx::default()),
        Arc::new(NumberBoard),
        Arc::new(template),
    ]
}
