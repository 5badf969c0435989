//! The text blocks of the four kinds of cards, laid out by hand as the published tables say.

use hardware::card::sam::text::{TextFault, parse};
use hardware::card::{CardFault, CardKind, Day, identity::NumberFault};

const NUMBER: &str = "219900198005020012";
const LONG: &str = "长期";

/// A block of blanks with texts at some bytes.
fn block(fields: &[(usize, &str)]) -> Vec<u8> {
    let mut block = [b' ', 0].repeat(128);
    put(&mut block, fields);
    block
}

fn put(block: &mut [u8], fields: &[(usize, &str)]) {
    for (at, text) in fields {
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        block[*at..*at + bytes.len()].copy_from_slice(&bytes);
    }
}

fn resident() -> Vec<u8> {
    block(&[
        (0, "𠮷䶮"),
        (30, "1"),
        (32, "01"),
        (36, "19800502"),
        (52, "-"),
        (122, NUMBER),
        (158, "-"),
        (188, "20150601"),
        (204, "20350601"),
    ])
}

fn with(fields: &[(usize, &str)]) -> Vec<u8> {
    let mut block = resident();
    put(&mut block, fields);
    block
}

fn day(year: u16, month: u8, day: u8) -> Day {
    Day { year, month, day }
}

#[test]
fn a_residents_card() {
    let card = parse(&resident()).expect("a valid card");
    assert_eq!((card.kind, &*card.name, &*card.number), (CardKind::Resident, "𠮷䶮", NUMBER));
    assert_eq!((card.birth, card.valid_until), (day(1980, 5, 2), Some(day(2035, 6, 1))));
    assert!(card.valid_on(day(2035, 6, 1)) && !card.valid_on(day(2035, 6, 2)));
}

#[test]
fn a_card_without_end_never_expires() {
    let card = parse(&with(&[(204, "长期      ")])).expect("a valid card");
    assert_eq!(card.valid_until, None);
    assert!(card.valid_on(day(2999, 1, 1)));
}

#[test]
fn a_residence_permit_of_hong_kong_macau_and_taiwan() {
    let fields = [(36, "19940823"), (122, "810000199408230021"), (220, "H00000000"), (248, "J")];
    let card = parse(&with(&fields)).expect("a valid card");
    assert_eq!((card.kind, &*card.number), (CardKind::HmtResident, "810000199408230021"));
    let wrong = parse(&with(&[(248, "J")]));
    assert_eq!(wrong, Err(TextFault::Number(NumberFault::Kind)), "a resident's number on it");
}

#[test]
fn a_foreigners_card_of_2017() {
    let mut fields = vec![
        (0, "SYNTHETIC, BEATRICE"),
        (120, "2"),
        (122, "XXX000080050219"),
        (152, "XXX"),
        (188, "20190601"),
        (204, "20290601"),
        (220, "19800502"),
        (236, "01"),
        (240, "0000"),
        (248, "I"),
    ];
    let card = parse(&block(&fields)).expect("a valid card");
    assert_eq!((card.kind, &*card.name), (CardKind::Foreigner2017, "SYNTHETIC, BEATRICE"));
    assert_eq!((&*card.number, card.birth), ("XXX000080050219", day(1980, 5, 2)));
    fields.push((158, "合成"));
    assert_eq!(parse(&block(&fields)).map(|card| card.name.clone()).as_deref(), Ok("合成"));
    fields.push((220, "18800502"));
    assert!(parse(&block(&fields)).is_ok(), "the number says no century");
    fields.push((220, "19810502"));
    assert_eq!(parse(&block(&fields)), Err(TextFault::Birth));
}

#[test]
fn a_foreigners_card_of_2023() {
    let fields = [
        (30, "1"),
        (36, "19810803"),
        (52, "SYNTHETIC, ALEXANDRA MAXIMILIANA FR"),
        (122, "911124198108030024"),
        (188, "20240601"),
        (204, "20340601"),
        (220, "EDERICA"),
        (242, "XXX"),
        (248, "Y"),
    ];
    let card = parse(&block(&fields)).expect("a valid card");
    let name = "SYNTHETIC, ALEXANDRA MAXIMILIANA FREDERICA";
    assert_eq!((card.kind, &*card.name), (CardKind::Foreigner2023, name));
    assert_eq!(card.birth, day(1981, 8, 3));
}

#[test]
fn what_cannot_be_is_named() {
    for (fields, fault) in [
        (vec![(248, "Z")], TextFault::Kind),
        (vec![(248, "\0")], TextFault::Kind),
        (vec![(0, "   ")], TextFault::Name),
        (vec![(0, "\u{7}  ")], TextFault::Text),
        (vec![(0, "一\0一")], TextFault::Text),
        (vec![(36, "19800532")], TextFault::Date),
        (vec![(36, LONG)], TextFault::Date),
        (vec![(36, "19800503")], TextFault::Birth),
        (vec![(188, "20150229")], TextFault::Date),
        (vec![(204, "长期了")], TextFault::Date),
        (vec![(204, "20150531")], TextFault::Date),
        (vec![(122, "219900198005020011")], TextFault::Number(NumberFault::CheckDigit)),
        (vec![(122, "XXX000080050219   ")], TextFault::Number(NumberFault::Kind)),
        (vec![(122, "                  ")], TextFault::Number(NumberFault::Length)),
    ] {
        assert_eq!(parse(&with(&fields)), Err(fault), "{fields:?}");
    }
    let mut half = resident();
    // Half of a surrogate pair.
    half[0..2].copy_from_slice(&[0x00, 0xd8]);
    half[2..4].copy_from_slice(&[0x20, 0x00]);
    assert_eq!(parse(&half), Err(TextFault::Text));
    assert_eq!(parse(&resident()[..255]), Err(TextFault::Length));
}

#[test]
fn names_padded_with_zeros_are_trimmed() {
    let card = parse(&with(&[(0, "合成\0\0\0\0\0\0\0\0\0\0\0\0\0")])).expect("a valid card");
    assert_eq!(card.name, "合成");
}

#[test]
fn a_visitor_is_told_to_try_again_or_that_the_card_is_not_valid() {
    assert_eq!(CardFault::from(TextFault::Kind), CardFault::Unreadable);
    assert_eq!(CardFault::from(TextFault::Birth), CardFault::Invalid);
}
