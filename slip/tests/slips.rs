//! Slips from texts to bytes and to pictures: what a visitor and a printer would notice.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod support;

use std::path::PathBuf;

use protocol::Label;
use slip::{
    Align, FEED_AND_CUT, Glyphs, Line, Mode, Paper, Part, Press, SlipFault, Template, What,
};
use support::{URL, content, has, press};

#[test]
fn a_usual_text_slip_is_short_and_complete() {
    for paper in [Paper::Mm58, Paper::Mm80] {
        let job = press(paper, Mode::Text).write(&Template::default(), &content()).unwrap();
        assert_eq!(job.mode, Mode::Text);
        assert!(job.bytes.len() < 500, "{} bytes", job.bytes.len());
        assert!(job.bytes.starts_with(b"\x1b@"), "it begins from the printer's own settings");
        assert!(has(&job.bytes, b"\x1c&"), "Chinese is on");
        assert!(has(&job.bytes, b"\x1d!\x55A001"), "the number is six times as large");
        assert!(has(&job.bytes, b"\x1d(k\x04\x001A2\x00"), "the code is Model 2");
        assert!(has(&job.bytes, URL.as_bytes()), "the code holds the address");
        assert!(job.bytes.ends_with(FEED_AND_CUT));
    }
}

#[test]
fn a_usual_picture_is_short_and_complete() {
    for paper in [Paper::Mm58, Paper::Mm80] {
        let job = press(paper, Mode::Raster).write(&Template::default(), &content()).unwrap();
        assert_eq!(job.mode, Mode::Raster);
        assert!(job.bytes.len() < 26_000, "{} bytes", job.bytes.len());
        assert!(job.bytes.starts_with(b"\x1b@") && job.bytes.ends_with(FEED_AND_CUT));
    }
}

#[test]
fn labels_stand_in_one_column() {
    let job = press(Paper::Mm80, Mode::Text).write(&Template::default(), &content()).unwrap();
    let start = |value: &str| {
        let row = job.rows.iter().find(|row| row.contains(value)).unwrap();
        row.split(value).next().unwrap().chars().map(|it| 1 + usize::from(!it.is_ascii())).sum()
    };
    let columns: [usize; 3] = [start("前面"), start("2026"), start("002X")];
    assert_eq!(columns, [6, 6, 6]);
}

#[test]
fn the_template_decides_what_is_there_and_where() {
    let part = |what| Part { what, size: 1, align: Align::Right, bold: false, text: None };
    let mut own = part(What::Text);
    own.text = Some(Label::new("祝您顺利", "Good luck"));
    let template =
        Template { parts: vec![part(What::Code), own, part(What::Rule), part(What::Number)] };
    let job = press(Paper::Mm80, Mode::Text).write(&template, &content()).unwrap();
    assert_eq!(job.rows, ["祝您顺利", "A001"]);
    assert!(has(&job.bytes, b"\x1ba\x02"), "at the right edge");
}

#[test]
fn what_there_is_nothing_to_say_about_leaves_no_gap() {
    let press = press(Paper::Mm80, Mode::Raster);
    let shortest = press.picture(&Template::default(), &content()).unwrap();
    let mut full = content();
    full.reprint = Some("补打".to_owned());
    full.class = Some(Line::new("优先", "老年人"));
    full.not_before = Some(Line::new("最早叫号", "10:30"));
    let longest = press.picture(&Template::default(), &full).unwrap();
    // Two rows of 34 dots, and one of double height.
    assert_eq!(longest.height() - shortest.height(), 2 * 34 + 58);
}

#[test]
fn rare_characters_turn_text_into_a_picture_if_the_printer_lacks_them() {
    let mut rare = content();
    rare.services = vec!["𠮷祥物业备案".to_owned()];
    let made = |glyphs, font: Option<&str>| {
        let font = font.map(PathBuf::from);
        let press = Press { glyphs, font, ..press(Paper::Mm80, Mode::Text) };
        press.write(&Template::default(), &rare).unwrap().mode
    };
    assert_eq!(made(Glyphs::Gb18030, None), Mode::Text);
    assert_eq!(made(Glyphs::Gbk, None), Mode::Raster);
    assert_eq!(made(Glyphs::Gb2312, Some("/no/such/font.ttf")), Mode::Raster);
}

#[test]
fn pictures_of_both_modes_are_as_wide_as_the_paper_and_about_as_long() {
    for paper in [Paper::Mm58, Paper::Mm80] {
        let picture = |mode| press(paper, mode).picture(&Template::default(), &content()).unwrap();
        let (text, raster) = (picture(Mode::Text), picture(Mode::Raster));
        assert_eq!((text.width(), raster.width()), (paper.dots(), paper.dots()));
        assert!(text.height().abs_diff(raster.height()) < 100);
        assert!((0..raster.width()).any(|x| raster.is_black(x, raster.height() - 1)));
    }
}

#[test]
fn a_name_cannot_smuggle_a_command() {
    let mut slip = content();
    slip.hall = "大厅\u{1b}p\u{0}\n".to_owned();
    let job = press(Paper::Mm80, Mode::Text).write(&Template::default(), &slip).unwrap();
    assert!(!has(&job.bytes, b"\x1bp"));
}

#[test]
fn an_address_too_long_for_a_code_is_an_error_not_half_a_slip() {
    for (mode, length) in [(Mode::Text, 8000), (Mode::Raster, 2000)] {
        let mut slip = content();
        slip.url = "x".repeat(length);
        let fault = press(Paper::Mm58, mode).write(&Template::default(), &slip).unwrap_err();
        assert!(matches!(fault, SlipFault::Unwritable(_)), "{fault}");
    }
}

#[test]
fn a_font_is_found_and_its_want_is_said() {
    let press = press(Paper::Mm80, Mode::Raster);
    assert!(!press.needs_font());
    assert!(press.find_font().unwrap().is_file());
    let fault = SlipFault::NoFont { package: "fonts-noto-cjk" };
    assert!(fault.to_string().contains("apt install fonts-noto-cjk"));
}
