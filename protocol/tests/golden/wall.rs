//! Examples of the wall: what a display is to be, how it is, and the keys beside a clerk.

use protocol::Label;
use protocol::WindowMode;
use protocol::live::Output;
use protocol::wall::{
    DisplayReport, Emergency, Key, KeyPress, KeypadView, Layout, LayoutKind, Media, MediaKind,
    Notice, OutputReport, OutputState, QuietHours, Rating, RatingGiven, Screen,
};

use crate::Examples;
use crate::live::NOW;

pub(crate) fn check(examples: &mut Examples) {
    examples.check("wall-layout", &layout());
    examples.check("wall-emergency", &emergency());
    let press = KeyPress { window: "w03".into(), key: Key::Call };
    examples.check("wall-key-press", &press);
    let view = KeypadView {
        window: "w03".into(),
        mode: WindowMode::Open,
        number: Some("A012".into()),
        waiting: 14,
        may_rate: false,
    };
    examples.check("wall-keypad-view", &view);
    examples.check(
        "wall-rating-given",
        &RatingGiven { window: "w03".into(), rating: Rating::VeryGood },
    );
}

/// What a display is to be.
pub(crate) fn screen() -> Screen {
    Screen {
        name: Label::new("大厅综合屏", "Lobby board"),
        layout: layout(),
        notices: vec![Notice {
            id: 12,
            title: Label::new("午间延时服务", "Open at noon"),
            text: Label::new("1至4号窗口中午不休息。", "Windows 1 to 4 stay open at noon."),
        }],
        media: vec![Media {
            name: "guide.webm".to_owned(),
            kind: MediaKind::Video,
            revision: "5f2c91".to_owned(),
        }],
        emergency: Some(emergency()),
        identify_until: Some(NOW.plus_s(20)),
        restart: Some(4),
    }
}

/// How a display is.
pub(crate) fn report() -> DisplayReport {
    let voice = OutputReport {
        output: Output::Spoken,
        name: "east".to_owned(),
        address: "aplay:default".to_owned(),
        state: OutputState::Ready,
        fault: None,
        since: NOW.minus_s(7_200),
        windows: Vec::new(),
        zones: vec!["east".into()],
        by_light: false,
    };
    let strip = OutputReport {
        output: Output::Strip,
        name: "w03".to_owned(),
        address: "tcp:192.0.2.21:5005".to_owned(),
        state: OutputState::Faulty,
        fault: Some(
            "192.0.2.21:5005 does not answer; check its power and network cable".to_owned(),
        ),
        since: NOW.minus_s(45),
        windows: vec!["w03".into()],
        zones: Vec::new(),
        by_light: false,
    };
    DisplayReport {
        version: "0.1.0".to_owned(),
        started_at: NOW.minus_s(7_260),
        pages: 1,
        outputs: vec![voice, strip],
        restarted: Some(3),
    }
}

fn layout() -> Layout {
    Layout {
        marquee: Some(Label::new("请带好随身物品。", "Please mind your belongings.")),
        quiet: vec![QuietHours { from: "12:00".to_owned(), to: "13:30".to_owned() }],
        ..Layout::of_kind(LayoutKind::Lobby)
    }
}

fn emergency() -> Emergency {
    Emergency {
        id: 3,
        text: Label::new("请从最近的安全出口离开大厅。", "Please leave by the nearest exit."),
        since: NOW.minus_s(2),
    }
}
