//! The values of a topic's cells: what pages show, ready to be shown. Nothing here names a person in full.

use serde::{Deserialize, Serialize};

use super::Output;
use crate::kiosk::{Condition, DeviceKind};
use crate::{
    Class, ClerkId, DepartmentId, DisplayId, Identity, Label, Language, Number, Outcome, Phase,
    Rule, ServiceId, TicketId, Timestamp, WindowId, WindowMode, ZoneId,
};

/// One cell of a topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "cell", rename_all = "kebab-case")]
pub enum Cell {
    /// The hall itself.
    Hall(HallCell),
    /// The present call of a window.
    Call(CallCell),
    /// A service's queue.
    Queue(QueueCell),
    /// A window.
    Window(WindowCell),
    /// A clerk's console.
    Console(Box<ConsoleCell>),
    /// Today's figures.
    Totals(TotalsCell),
    /// Something the duty manager should look at.
    Alert(AlertCell),
    /// A visitor's ticket.
    Ticket(TicketCell),
}

/// The hall itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct HallCell {
    /// Its name.
    pub name: Label,
    /// The business day, `2026-11-23`.
    pub date: String,
    /// The hall's zone, `Asia/Shanghai`.
    pub time_zone: String,
    /// Whether the day has begun and not ended.
    pub running: bool,
}

/// An expected wait, as a range of seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct WaitRange {
    /// At least, probably.
    pub low_s: i64,
    /// At most, probably.
    pub high_s: i64,
}

/// Whether a service gives tickets now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Availability {
    /// It does.
    Open,
    /// Not at this time of day.
    OutsideHours {
        /// When it opens again today, `13:00`.
        opens: Option<String>,
    },
    /// The tickets for this time or this day are used up.
    UsedUp {
        /// When there are more today.
        opens: Option<String>,
    },
    /// Somebody closed it for today.
    Closed {
        /// Why.
        reason: Label,
    },
    /// No window takes it now.
    NoWindow,
}

/// A window and what people call it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct WindowRef {
    /// Which.
    pub window: WindowId,
    /// What people call it.
    pub name: Label,
    /// Its zone.
    pub zone: ZoneId,
    /// The zone's name.
    pub zone_name: Label,
    /// Its floor, `1F`.
    pub floor: String,
}

/// The present call of a window, as a wall shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallCell {
    /// The window.
    pub at: WindowRef,
    /// The number.
    pub number: Number,
    /// The visitor's name, masked (张*); only where the service knows it.
    pub holder: Option<String>,
    /// Called or being served.
    pub phase: Phase,
    /// When it was called, the last time.
    pub called_at: Timestamp,
    /// Recalls so far.
    pub recalls: u8,
}

/// A service's queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct QueueCell {
    /// The service.
    pub service: ServiceId,
    /// Its name.
    pub name: Label,
    /// Its department.
    pub department: DepartmentId,
    /// How many wait.
    pub waiting: u32,
    /// Since when the one who has waited longest has.
    pub oldest: Option<Timestamp>,
    /// How long somebody waits who comes now; `None` if nobody can say.
    pub wait: Option<WaitRange>,
    /// The next numbers, at most three.
    pub next: Vec<Number>,
    /// Windows open for it.
    pub open_windows: u32,
    /// Whether it gives tickets.
    pub availability: Availability,
}

/// A window, as its clerk and the duty manager see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct WindowCell {
    /// The window.
    pub at: WindowRef,
    /// Whether it is at work.
    pub mode: WindowMode,
    /// Since when.
    pub since: Timestamp,
    /// Why it is paused or closed.
    pub reason: Option<Label>,
    /// Who works there. Not on boards.
    pub clerk: Option<ClerkId>,
    /// Their name. Not on boards.
    pub clerk_name: Option<Label>,
    /// The services it takes today.
    pub services: Vec<ServiceId>,
    /// Whom it has.
    pub current: Option<CurrentTicket>,
    /// How many wait for it.
    pub waiting: u32,
    /// Today's figures. Zeroes on boards.
    pub figures: Figures,
    /// Send it back as `seen` with an action, so that a stale page is noticed.
    pub revision: u32,
}

/// What a window did today.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Figures {
    /// Calls.
    pub called: u32,
    /// Services done.
    pub served: u32,
    /// Mean seconds of one.
    pub mean_service_s: Option<i64>,
    /// Calls nobody answered.
    pub passed: u32,
    /// Visitors sent on.
    pub transferred: u32,
}

/// Whom a window has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CurrentTicket {
    /// The ticket.
    pub ticket: TicketId,
    /// Its number.
    pub number: Number,
    /// Called or being served.
    pub phase: Phase,
    /// Since when.
    pub since: Timestamp,
    /// Recalls so far.
    pub recalls: u8,
    /// What for.
    pub service: Label,
    /// What else the ticket carries.
    pub pending: Vec<Label>,
    /// Why it is ahead of others.
    pub class: Class,
    /// The visitor's name, masked.
    pub holder: Option<String>,
    /// How they made themselves known.
    pub identity: Identity,
    /// Their language.
    pub language: Language,
    /// When the number was taken.
    pub taken_at: Timestamp,
    /// What the window before wrote.
    pub note: Option<String>,
}

/// A clerk's console: everything on that page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ConsoleCell {
    /// The clerk's own window.
    pub window: WindowCell,
    /// Who will be next, and why.
    pub next: Option<NextTicket>,
    /// Who is waiting for this window, in the one order; at most fifty.
    pub line: Vec<LineTicket>,
    /// How many wait in all.
    pub waiting: u32,
    /// Who is set aside and may be taken back here.
    pub held: Vec<HeldTicket>,
    /// What undo would take back.
    pub undo: Option<Undo>,
    /// Where the present call has been shown and spoken.
    pub shown: Option<ShownOn>,
    /// Tickets that missed their call here and can still come back, latest first.
    pub missed: Vec<RecentTicket>,
}

/// A ticket in a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LineTicket {
    /// The ticket.
    pub ticket: TicketId,
    /// Its number.
    pub number: Number,
    /// What for.
    pub service: Label,
    /// Why it is ahead of others.
    pub class: Class,
    /// Whether the duty manager pinned it.
    pub pinned: bool,
    /// Whether it was sent to this window.
    pub bound: bool,
    /// Whether it came from an appointment.
    pub appointment: bool,
    /// From when its waiting counts.
    pub joined_at: Timestamp,
    /// Calls it missed.
    pub passes: u8,
    /// The visitor's name, masked.
    pub holder: Option<String>,
}

/// Who is next, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NextTicket {
    /// The ticket.
    pub ticket: LineTicket,
    /// The rule that decided.
    pub rule: Rule,
    /// Seconds of waiting its class was credited with.
    pub credit_s: i64,
    /// Who would have been next.
    pub runners_up: Vec<LineTicket>,
}

/// A ticket that was set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct HeldTicket {
    /// The ticket.
    pub ticket: TicketId,
    /// Its number.
    pub number: Number,
    /// What for.
    pub service: Label,
    /// The window that set it aside.
    pub window: Label,
    /// Whether only that window may take it back.
    pub private: bool,
    /// Why.
    pub reason: Label,
    /// When it goes back to the queue by itself.
    pub until: Option<Timestamp>,
    /// Since when.
    pub since: Timestamp,
}

/// A ticket that missed its call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RecentTicket {
    /// The ticket.
    pub ticket: TicketId,
    /// Its number.
    pub number: Number,
    /// What for.
    pub service: Label,
    /// When it closed.
    pub at: Timestamp,
}

/// What undo would take back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Undo {
    /// `call`, `start`, `finish`, `pass`, `hold`, `take-back`, `transfer` or `walk-up`.
    pub action: String,
    /// Whom it concerned.
    pub number: Number,
    /// Until when.
    pub until: Timestamp,
}

/// Where a call has been given out: everything that should, screens first, with what it said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ShownOn {
    /// Displays that should show it.
    pub displays: u32,
    /// Displays that have said they did.
    pub shown: u32,
    /// When it was first spoken.
    pub spoken_at: Option<Timestamp>,
    /// Each of them: screens, voices, strips and lamps.
    pub outputs: Vec<GivenOut>,
}

/// Whether one output has given a call out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct GivenOut {
    /// Whose output.
    pub display: DisplayId,
    /// What people call the display.
    pub name: Label,
    /// Which.
    pub output: Output,
    /// When it did; `None` while it has not.
    pub at: Option<Timestamp>,
    /// Whether the display has lost its connection or the output says that it does not work.
    pub faulty: bool,
    /// Whether it is the display that has lost its connection.
    pub gone: bool,
}

/// Today's figures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TotalsCell {
    /// Tickets taken.
    pub taken: u32,
    /// In the queue.
    pub waiting: u32,
    /// Invited.
    pub called: u32,
    /// At a window.
    pub serving: u32,
    /// Set aside.
    pub held: u32,
    /// Over, by outcome.
    pub closed: Vec<(Outcome, u32)>,
    /// Mean seconds of waiting of those called today.
    pub mean_wait_s: Option<i64>,
    /// Windows open, paused, closed.
    pub windows: [u32; 3],
}

/// Something the duty manager should look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AlertCell {
    /// What.
    pub kind: AlertKind,
    /// The ticket, if it is about one.
    pub ticket: Option<LineTicket>,
    /// The service, if it is about one.
    pub service: Option<ServiceId>,
    /// Its name, or the machine's.
    pub name: Option<Label>,
    /// The device of the kiosk it is about.
    pub device: Option<DeviceKind>,
    /// What is the matter with it.
    pub condition: Option<Condition>,
    /// The kind of a display's output it is about.
    pub output: Option<Output>,
    /// How many it concerns.
    pub count: u32,
    /// Since when.
    pub since: Timestamp,
}

/// What an alert is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AlertKind {
    /// Somebody has waited beyond the limit.
    WaitsTooLong,
    /// People wait for a service that no open window takes.
    NobodyServes,
    /// A display has lost its connection.
    DisplayGone,
    /// A visitor at a kiosk asks for help.
    KioskNeedsHelp,
    /// A kiosk has fallen silent.
    KioskGone,
    /// A device of a kiosk does not work, or soon will not.
    DeviceNeedsHelp,
    /// A voice, strip or lamp of a display does not work, or none of its pages is open.
    OutputNeedsHelp,
    /// The calendar of this year has not been entered.
    CalendarMissing,
}

/// A visitor's ticket, as their phone shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TicketCell {
    /// The number.
    pub number: Number,
    /// What for, now.
    pub service: Label,
    /// What comes after.
    pub pending: Vec<Label>,
    /// Where in its life it is.
    pub phase: Phase,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// Why it is ahead of others.
    pub class: Class,
    /// How many stand before it.
    pub ahead: u32,
    /// How long it still waits.
    pub wait: Option<WaitRange>,
    /// The window it is called to.
    pub window: Option<WindowRef>,
    /// Where to wait: windows that may call it.
    pub windows: Vec<WindowRef>,
    /// When the number was taken.
    pub taken_at: Timestamp,
    /// When it was called.
    pub called_at: Option<Timestamp>,
    /// When it is set aside until.
    pub held_until: Option<Timestamp>,
    /// When an appointment may first be called.
    pub not_before: Option<Timestamp>,
    /// Whether its visitor may give it back.
    pub may_withdraw: bool,
    /// Whether its visitor may come back after a missed call.
    pub may_return: bool,
}
