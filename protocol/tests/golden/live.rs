//! Examples of the live connection.

use std::collections::BTreeMap;

use protocol::kiosk::{Condition, DeviceKind};
use protocol::live::{
    AlertCell, AlertKind, Announcement, Availability, CallCell, Cell, ClientMessage, ConsoleCell,
    CurrentTicket, Figures, GivenOut, HallCell, HeldTicket, LineTicket, NextTicket, Output, Phrase,
    QueueCell, RecentTicket, ServerMessage, ShownOn, TicketCell, Topic, TotalsCell, Undo, VERSION,
    WaitRange, WindowCell, WindowRef,
};
use protocol::{
    Class, Identity, Label, Language, Outcome, Phase, Rule, Seq, TicketId, Timestamp, WindowMode,
};

use crate::{Examples, wall};

/// 2026-11-23 09:31:00 in Shanghai.
pub(crate) const NOW: Timestamp = Timestamp(1_795_397_460_000);

pub(crate) fn check(examples: &mut Examples) {
    for message in client_messages() {
        examples.check(&format!("client-{}", client_name(&message)), &message);
    }
    for message in server_messages() {
        examples.check(&format!("server-{}", server_name(&message)), &message);
    }
    for cell in cells() {
        examples.check(&format!("cell-{}", cell_name(&cell)), &cell);
    }
    examples.check("cell-alert-device", &Cell::Alert(device_alert()));
    examples.check("cell-alert-output", &Cell::Alert(output_alert()));
    for (name, availability) in availabilities() {
        examples.check(&format!("availability-{name}"), &availability);
    }
}

// The matches below have no catch-all: a new message does not compile without its example's name.

fn client_name(message: &ClientMessage) -> &'static str {
    match message {
        ClientMessage::Hello { topic, .. } => match topic {
            Topic::Board { .. } => "hello-board",
            Topic::Console { .. } => "hello-console",
            Topic::Hall => "hello-hall",
            Topic::Ticket { .. } => "hello-ticket",
        },
        ClientMessage::Acknowledge { output, .. } => match output {
            Output::Shown => "acknowledge-shown",
            Output::Spoken => "acknowledge-spoken",
            Output::Strip => "acknowledge-strip",
            Output::Lamp => "acknowledge-lamp",
            Output::Keys => unreachable!("keys give nothing out"),
        },
        ClientMessage::AcknowledgeEmergency { .. } => "acknowledge-emergency",
        ClientMessage::Report(_) => "report",
        ClientMessage::Pong => "pong",
    }
}

fn server_name(message: &ServerMessage) -> &'static str {
    match message {
        ServerMessage::Snapshot { .. } => "snapshot",
        ServerMessage::Delta { .. } => "delta",
        ServerMessage::Announce(_) => "announce",
        ServerMessage::Screen(_) => "screen",
        ServerMessage::Ping { .. } => "ping",
        ServerMessage::Stale { .. } => "stale",
        ServerMessage::Bye { .. } => "bye",
    }
}

fn cell_name(cell: &Cell) -> &'static str {
    match cell {
        Cell::Hall(_) => "hall",
        Cell::Call(_) => "call",
        Cell::Queue(_) => "queue",
        Cell::Window(_) => "window",
        Cell::Console(_) => "console",
        Cell::Totals(_) => "totals",
        Cell::Alert(_) => "alert",
        Cell::Ticket(_) => "ticket",
    }
}

fn client_messages() -> Vec<ClientMessage> {
    let hello = |topic, seen| ClientMessage::Hello { version: VERSION, topic, seen };
    let acknowledge = |output| ClientMessage::Acknowledge {
        announcement: Seq(4711),
        output,
        at: Timestamp(NOW.0 + 230),
    };
    vec![
        hello(Topic::Board { display: "lobby".into() }, Some(Seq(4709))),
        hello(Topic::Console { window: "w03".into() }, None),
        hello(Topic::Hall, None),
        hello(Topic::Ticket { token: "AAAAAAAAACo3f0yZJc1r0uQ5Yq8wX2bN".to_owned() }, None),
        acknowledge(Output::Shown),
        acknowledge(Output::Spoken),
        acknowledge(Output::Strip),
        acknowledge(Output::Lamp),
        ClientMessage::AcknowledgeEmergency { emergency: 3, at: Timestamp(NOW.0 + 180) },
        ClientMessage::Report(wall::report()),
        ClientMessage::Pong,
    ]
}

fn server_messages() -> Vec<ServerMessage> {
    let board = [("hall", Cell::Hall(hall())), ("call/w03", Cell::Call(call()))];
    let named = |cells: Vec<(&str, Cell)>| -> BTreeMap<String, Cell> {
        cells.into_iter().map(|(key, cell)| (key.to_owned(), cell)).collect()
    };
    vec![
        ServerMessage::Snapshot { seq: Seq(4711), at: NOW, cells: named(board.to_vec()) },
        ServerMessage::Delta {
            seq: Seq(4712),
            at: NOW.plus_s(2),
            set: named(vec![("queue/passport", Cell::Queue(queue()))]),
            gone: vec!["call/w07".to_owned()],
        },
        ServerMessage::Announce(announcement()),
        ServerMessage::Screen(Box::new(wall::screen())),
        ServerMessage::Ping { at: NOW },
        ServerMessage::Stale { since: NOW.minus_s(9) },
        ServerMessage::Bye {
            code: "stopping".to_owned(),
            message: "The hall is stopping. The connection will be made again by itself."
                .to_owned(),
        },
    ]
}

fn cells() -> Vec<Cell> {
    vec![
        Cell::Hall(hall()),
        Cell::Call(call()),
        Cell::Queue(queue()),
        Cell::Window(window()),
        Cell::Console(Box::new(console())),
        Cell::Totals(totals()),
        Cell::Alert(alert()),
        Cell::Ticket(ticket()),
    ]
}

fn availabilities() -> Vec<(&'static str, Availability)> {
    let opens = Some("13:00".to_owned());
    let name = |availability: &Availability| match availability {
        Availability::Open => "open",
        Availability::OutsideHours { .. } => "outside-hours",
        Availability::UsedUp { .. } => "used-up",
        Availability::Closed { .. } => "closed",
        Availability::NoWindow => "no-window",
    };
    let all = [
        Availability::Open,
        Availability::OutsideHours { opens: opens.clone() },
        Availability::UsedUp { opens },
        Availability::Closed { reason: Label::new("系统检修", "Maintenance") },
        Availability::NoWindow,
    ];
    all.into_iter().map(|availability| (name(&availability), availability)).collect()
}

fn announcement() -> Announcement {
    Announcement {
        seq: Seq(4711),
        ticket: TicketId(42),
        number: "A012".into(),
        window: "w03".into(),
        window_name: Label::new("3", "3"),
        zone: "east".into(),
        language: Language::Zh,
        at: NOW,
        recall: 0,
        service: "passport".into(),
        voice: Some(Phrase {
            zh: "请{number}号到{window}号窗口".to_owned(),
            en: Some("Number {number}, window {window}, please.".to_owned()),
            times: 2,
        }),
        by_light: false,
    }
}

fn hall() -> HallCell {
    HallCell {
        name: Label::new("大东区政务服务中心", "Dadong District Service Hall"),
        date: "2026-11-23".to_owned(),
        time_zone: "Asia/Shanghai".to_owned(),
        running: true,
    }
}

pub(crate) fn place() -> WindowRef {
    WindowRef {
        window: "w03".into(),
        name: Label::new("3", "3"),
        zone: "east".into(),
        zone_name: Label::new("东区", "East"),
        floor: "1F".to_owned(),
    }
}

fn call() -> CallCell {
    CallCell {
        at: place(),
        number: "A012".into(),
        holder: Some("张*明".to_owned()),
        phase: Phase::Called,
        called_at: NOW,
        recalls: 1,
    }
}

fn queue() -> QueueCell {
    QueueCell {
        service: "passport".into(),
        name: passport(),
        department: "entry-exit".into(),
        waiting: 14,
        oldest: Some(NOW.minus_s(1_500)),
        wait: Some(WaitRange { low_s: 1_200, high_s: 2_220 }),
        next: vec!["A013".into(), "A014".into(), "A015".into()],
        open_windows: 3,
        availability: Availability::Open,
    }
}

fn window() -> WindowCell {
    WindowCell {
        at: place(),
        mode: WindowMode::Open,
        since: NOW.minus_s(5_400),
        reason: None,
        clerk: Some("c03".into()),
        clerk_name: Some(Label::new("王芳", "Wang Fang")),
        services: vec!["passport".into(), "permit".into()],
        current: Some(current()),
        waiting: 14,
        figures: Figures {
            called: 12,
            served: 11,
            mean_service_s: Some(412),
            passed: 1,
            transferred: 0,
        },
        revision: 37,
    }
}

fn current() -> CurrentTicket {
    CurrentTicket {
        ticket: TicketId(42),
        number: "A012".into(),
        phase: Phase::Called,
        since: NOW,
        recalls: 1,
        service: passport(),
        pending: vec![Label::new("港澳通行证", "Exit-entry permit")],
        class: Class::Elder,
        holder: Some("张*明".to_owned()),
        identity: Identity::Card,
        language: Language::Zh,
        taken_at: NOW.minus_s(1_620),
        note: Some("材料已在5号窗口核对".to_owned()),
    }
}

fn console() -> ConsoleCell {
    ConsoleCell {
        window: window(),
        next: Some(NextTicket {
            ticket: in_line(43, "A013", Class::Veteran),
            rule: Rule::Order,
            credit_s: 600,
            runners_up: vec![in_line(44, "A014", Class::Ordinary)],
        }),
        line: vec![in_line(43, "A013", Class::Veteran), in_line(44, "A014", Class::Ordinary)],
        waiting: 14,
        held: vec![HeldTicket {
            ticket: TicketId(40),
            number: "A010".into(),
            service: passport(),
            window: Label::new("3", "3"),
            private: true,
            reason: Label::new("补材料", "Missing papers"),
            until: Some(NOW.plus_s(600)),
            since: NOW.minus_s(300),
        }],
        undo: Some(Undo {
            action: "call".to_owned(),
            number: "A012".into(),
            until: NOW.plus_s(120),
        }),
        shown: Some(shown()),
        missed: vec![RecentTicket {
            ticket: TicketId(39),
            number: "A009".into(),
            service: passport(),
            at: NOW.minus_s(900),
        }],
    }
}

fn in_line(ticket: u64, number: &str, class: Class) -> LineTicket {
    LineTicket {
        ticket: TicketId(ticket),
        number: number.into(),
        service: passport(),
        class,
        pinned: false,
        bound: false,
        appointment: false,
        joined_at: NOW.minus_s(1_500),
        passes: 0,
        holder: None,
    }
}

/// Three of four: the lobby's strip is broken.
fn shown() -> ShownOn {
    let given_out = |display: &str, name, output, at| GivenOut {
        display: display.into(),
        name,
        output,
        at,
        faulty: at.is_none(),
        gone: false,
    };
    let (lobby, east) =
        (Label::new("大厅综合屏", "Lobby board"), Label::new("东区屏", "East board"));
    ShownOn {
        displays: 2,
        shown: 2,
        spoken_at: Some(NOW.plus_s(2)),
        outputs: vec![
            given_out("lobby", lobby.clone(), Output::Shown, Some(NOW.plus_s(1))),
            given_out("east", east, Output::Shown, Some(NOW.plus_s(1))),
            given_out("lobby", lobby.clone(), Output::Spoken, Some(NOW.plus_s(2))),
            given_out("lobby", lobby, Output::Strip, None),
        ],
    }
}

fn totals() -> TotalsCell {
    TotalsCell {
        taken: 118,
        waiting: 31,
        called: 2,
        serving: 9,
        held: 3,
        closed: vec![(Outcome::Served, 68), (Outcome::NoShow, 4), (Outcome::Withdrawn, 1)],
        mean_wait_s: Some(734),
        windows: [11, 2, 11],
    }
}

fn alert() -> AlertCell {
    AlertCell {
        kind: AlertKind::WaitsTooLong,
        ticket: Some(in_line(31, "A001", Class::Ordinary)),
        service: Some("passport".into()),
        name: Some(passport()),
        device: None,
        condition: None,
        output: None,
        count: 3,
        since: NOW.minus_s(60),
    }
}

fn device_alert() -> AlertCell {
    AlertCell {
        kind: AlertKind::DeviceNeedsHelp,
        ticket: None,
        service: None,
        name: Some(Label::new("一楼取号机", "Kiosk on the ground floor")),
        device: Some(DeviceKind::Printer),
        condition: Some(Condition::PaperOut),
        output: None,
        count: 1,
        since: NOW.minus_s(60),
    }
}

fn output_alert() -> AlertCell {
    AlertCell {
        kind: AlertKind::OutputNeedsHelp,
        name: Some(Label::new("大厅综合屏", "Lobby board")),
        device: None,
        condition: None,
        output: Some(Output::Strip),
        count: 2,
        ..device_alert()
    }
}

fn ticket() -> TicketCell {
    TicketCell {
        number: "A012".into(),
        service: passport(),
        pending: Vec::new(),
        phase: Phase::Called,
        outcome: None,
        class: Class::Elder,
        ahead: 0,
        wait: None,
        window: Some(place()),
        windows: vec![place()],
        taken_at: NOW.minus_s(1_620),
        called_at: Some(NOW),
        held_until: None,
        not_before: None,
        may_withdraw: false,
        may_return: false,
    }
}

pub(crate) fn passport() -> Label {
    Label::new("普通护照", "Passport")
}
