//! A usual slip.

use slip::{Content, Line, Mode, Paper, Press};

/// An address as long as the hall's own.
pub(crate) const URL: &str = "http://hall.example:8080/t/6sB2yQm0c1xN4nA8wq_2Zk";

/// A press with the defaults.
pub(crate) fn press(paper: Paper, mode: Mode) -> Press {
    Press { paper, mode, ..Press::default() }
}

/// What a usual slip says.
pub(crate) fn content() -> Content {
    Content {
        hall: "大东区政务服务中心".to_owned(),
        caption: "您的号码".to_owned(),
        number: "A001".to_owned(),
        services: vec!["社会保障卡申领".to_owned()],
        ahead: Line::new("等候", "前面 12 人，约 15–25 分钟"),
        places: vec![Line::new("地点", "1F 综合服务区 1、2、3 号窗口")],
        time: Line::new("取号", "2026-11-23 09:31"),
        last_four: Some(Line::new("尾号", "002X")),
        url: URL.to_owned(),
        url_caption: "手机扫码，查看排队进度".to_owned(),
        tip: "请留意屏幕与语音叫号，过号请到导服台".to_owned(),
        ..Content::default()
    }
}

/// Whether a part stands somewhere in the whole.
pub(crate) fn has(whole: &[u8], part: &[u8]) -> bool {
    whole.windows(part.len()).any(|it| it == part)
}
