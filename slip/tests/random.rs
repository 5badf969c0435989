//! Any text under any template: a slip never panics, always ends in a cut, never leaves the paper.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod printed;

use printed::Printed;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use protocol::{Label, Language};
use slip::{Align, Content, FEED_AND_CUT, Glyphs, Line, Mode, Paper, Part, Press, Template, What};

/// Texts as administrators and visitors could bring them: both scripts, rare characters, commands.
fn text() -> impl Strategy<Value = String> {
    "[A-Za-z0-9 ,.:\u{1b}\u{1d}\n–大东区政务服务中心社会保障卡，、。（）龘䶮𠮷é€🙂]{0,60}"
}

fn line() -> impl Strategy<Value = Line> {
    let label = prop_oneof!["[a-z等候地点𠮷]{0,7}", text()];
    (label, text()).prop_map(|(label, value)| Line { label, value })
}

fn part() -> impl Strategy<Value = Part> {
    use What::{
        Ahead, Caption, Class, Code, CodeCaption, Hall, LastFour, NotBefore, Number, OtherServices,
        Places, Reprint, Rule, Service, Space, Text, Time, Tip,
    };
    let what = prop::sample::select(vec![
        Hall,
        Caption,
        Number,
        Reprint,
        Service,
        OtherServices,
        Class,
        Ahead,
        Places,
        NotBefore,
        Time,
        LastFour,
        Code,
        CodeCaption,
        Tip,
        Text,
        Rule,
        Space,
    ]);
    let align = prop::sample::select(vec![Align::Left, Align::Centre, Align::Right]);
    (what, 1..=8u8, align, any::<bool>(), text()).prop_map(|(what, size, align, bold, text)| {
        let text = (what == Text).then(|| Label::new(&text, &text));
        Part { what, size, align, bold, text }
    })
}

fn content() -> impl Strategy<Value = Content> {
    let texts = (text(), text(), "[A-Z]{0,3}[0-9]{1,6}", option::of(text()), vec(text(), 0..4));
    let lines = (option::of(line()), line(), vec(line(), 0..4), option::of(line()), line());
    let foot = (option::of(line()), "[a-zA-Z0-9:/._-]{0,100}", text(), text());
    (texts, lines, foot, any::<bool>()).prop_map(|(texts, lines, foot, english)| Content {
        language: if english { Language::En } else { Language::Zh },
        hall: texts.0,
        caption: texts.1,
        number: texts.2,
        reprint: texts.3,
        services: texts.4,
        class: lines.0,
        ahead: lines.1,
        places: lines.2,
        not_before: lines.3,
        time: lines.4,
        last_four: foot.0,
        url: foot.1,
        url_caption: foot.2,
        tip: foot.3,
    })
}

fn press() -> impl Strategy<Value = Press> {
    let paper = prop::sample::select(vec![Paper::Mm58, Paper::Mm80]);
    let glyphs = prop::sample::select(vec![Glyphs::Gb2312, Glyphs::Gbk, Glyphs::Gb18030]);
    let mode = prop::sample::select(vec![Mode::Text, Mode::Raster]);
    (paper, glyphs, mode).prop_map(|(paper, glyphs, mode)| Press {
        paper,
        mode,
        glyphs,
        font: None,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_slip_prints(
        press in press(),
        parts in vec(part(), 0..12),
        content in content(),
    ) {
        let job = press.write(&Template { parts }, &content).unwrap();
        prop_assert!(job.bytes.ends_with(FEED_AND_CUT));
        let printed = Printed::of(&job.bytes, press.paper).unwrap();
        prop_assert_eq!(printed.cuts, 1);
        prop_assert!(printed.widest_row <= press.paper.columns(), "{} columns", printed.widest_row);
        prop_assert!(job.mode == Mode::Text || printed.texts == 0);
    }

    #[test]
    fn a_picture_is_printed_dot_by_dot(
        paper in prop::sample::select(vec![Paper::Mm58, Paper::Mm80]),
        parts in vec(part(), 0..12),
        content in content(),
    ) {
        let press = Press { paper, mode: Mode::Raster, ..Press::default() };
        let template = Template { parts };
        let printed = Printed::of(&press.write(&template, &content).unwrap().bytes, paper).unwrap();
        let picture = press.picture(&template, &content).unwrap();
        prop_assert_eq!(picture.height() as usize, printed.rows.len());
        for (y, row) in (0..).zip(&printed.rows) {
            for (x, black) in (0..).zip(row) {
                prop_assert_eq!(*black, picture.is_black(x, y), "at {}, {}", x, y);
            }
        }
        prop_assert!(printed.highest_band <= 128);
    }
}
