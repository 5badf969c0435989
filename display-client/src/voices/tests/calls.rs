//! Calls, boards and layouts for the tests.

use std::sync::Arc;

use protocol::live::{Announcement, CallCell, Cell, HallCell, Phrase, WindowRef};
use protocol::wall::{Layout, Screen};
use protocol::{Label, Language, Number, Phase, Seq, TicketId, Timestamp};

use crate::board::Board;
use crate::outputs::News;

/// What the hall's clock shows: 2026-11-23 12:00 in China.
pub(super) const NOON: Timestamp = Timestamp(1_795_406_400_000);

/// A call by its event: the ticket with this number goes to the window with this one.
pub(super) fn call(seq: u64, ticket: u64, window: u32) -> Announcement {
    Announcement {
        seq: Seq(seq),
        ticket: TicketId(ticket),
        number: number(ticket),
        window: format!("w{window}").as_str().into(),
        window_name: Label::new(&window.to_string(), &window.to_string()),
        zone: "f1".into(),
        service: "passport".into(),
        language: Language::Zh,
        at: NOON,
        recall: 0,
        voice: Some(Phrase {
            zh: "请{number}号到{window}号窗口".to_owned(), en: None, times: 2
        }),
        by_light: false,
    }
}

pub(super) fn number(ticket: u64) -> Number {
    format!("A{ticket:03}").as_str().into()
}

/// A board as of an event, on which windows call tickets.
pub(super) fn board(seq: u64, calls: &[(u32, u64)]) -> Arc<Board> {
    let hall = Cell::Hall(HallCell {
        name: Label::new("大厅", "Hall"),
        date: "2026-11-23".to_owned(),
        time_zone: "Asia/Shanghai".to_owned(),
        running: true,
    });
    let cells = calls.iter().map(|(window, ticket)| {
        let at = WindowRef {
            window: format!("w{window}").as_str().into(),
            name: Label::new("1", "1"),
            zone: "f1".into(),
            zone_name: Label::new("一楼", "1F"),
            floor: "1F".to_owned(),
        };
        let cell = CallCell {
            at,
            number: number(*ticket),
            holder: None,
            phase: Phase::Called,
            called_at: NOON,
            recalls: 0,
        };
        (format!("call/w{window}"), Cell::Call(cell))
    });
    let cells = cells.chain([("hall".to_owned(), hall)]).collect();
    Arc::new(Board { seq: Seq(seq), at: NOON, cells })
}

/// The display gets this layout.
pub(super) fn screen(layout: Layout) -> News {
    News::Screen(Arc::new(Screen {
        name: Label::new("大屏", "Wall"),
        layout,
        notices: Vec::new(),
        media: Vec::new(),
        emergency: None,
        identify_until: None,
        restart: None,
    }))
}
