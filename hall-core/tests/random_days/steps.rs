//! Random steps. A step is a few small numbers that mean a command only in the hall as it is by then:
//! so most commands concern something real, and a failing day shrinks well.

use hall_core::plan::{DayKind, Profile};
use hall_core::{
    Command, HallDay, HoldScope, Leased, Place, Slot, Take, TransferTo, Window, WindowAct,
};
use jiff::civil::date;
use proptest::prelude::*;
use protocol::wall::{Key, Rating};
use protocol::{Class, PersonId, Phase, ServiceId, TicketId, Timestamp, WindowId, WindowMode};

use super::halls::{self, SERVICES, WINDOWS};

/// The first moment of the first day.
const FIRST_MIDNIGHT: i64 = 1_780_000_000_000;
const DAY_MS: i64 = 86_400_000;
const KEYS: [Key; 8] = [
    Key::Call,
    Key::Recall,
    Key::Rate,
    Key::Pause,
    Key::Transfer,
    Key::Hold,
    Key::Resume,
    Key::Pass,
];

/// A day to be lived through.
#[derive(Clone, Debug)]
pub(crate) struct RandomDay {
    /// Under which plan it begins.
    pub(crate) plan: u8,
    /// What is asked, one after the other.
    pub(crate) steps: Vec<Step>,
}

/// Something asked of the hall.
#[derive(Clone)]
pub(crate) struct Step {
    /// What, out of a hundred.
    what: u8,
    /// Details.
    one: u8,
    two: u8,
    /// Seconds since the step before.
    pause_s: u16,
}

impl std::fmt::Debug for Step {
    /// On one line, as a failing day has many.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { what, one, two, pause_s } = self;
        write!(f, "{what}({one}, {two}) after {pause_s} s")
    }
}

/// Days of up to 80 steps.
pub(crate) fn random_day() -> impl Strategy<Value = RandomDay> {
    let pause = prop_oneof![6 => 0u16..60, 3 => 60u16..300, 1 => 300u16..1500];
    let step = (0u8..100, any::<u8>(), any::<u8>(), pause)
        .prop_map(|(what, one, two, pause_s)| Step { what, one, two, pause_s });
    (0..halls::PLANS, prop::collection::vec(step, 1..80))
        .prop_map(|(plan, steps)| RandomDay { plan, steps })
}

/// The commands that open the hall.
pub(crate) fn opening(day: &RandomDay) -> Vec<Command> {
    let mut commands = vec![start_day(1, day.plan)];
    for window in halls::plan(day.plan).windows.keys() {
        let act = WindowAct::Open { clerk: window.as_str().into() };
        commands.push(Command::AtWindow { window: window.clone(), seen: None, act });
    }
    commands
}

/// The time at which the first day opens.
pub(crate) fn opening_time() -> Timestamp {
    midnight(1).plus_s(9 * 3600)
}

fn midnight(day: i64) -> Timestamp {
    Timestamp(FIRST_MIDNIGHT + day * DAY_MS)
}

/// The number of the day after this one.
fn next_number(day: &HallDay) -> i64 {
    (day.midnight.0 - FIRST_MIDNIGHT) / DAY_MS + 1
}

fn start_day(number: i64, plan: u8) -> Command {
    Command::StartDay {
        date: date(2026, 6, 1),
        midnight: midnight(number),
        kind: DayKind::Working,
        plan: halls::plan(plan),
    }
}

fn reason() -> String {
    "r".to_owned()
}

impl Step {
    /// The time of this step, after one before; a new day begins in the morning.
    pub(crate) fn time_after(&self, day: &HallDay, before: Timestamp) -> Timestamp {
        match day.running {
            true => before.plus_s(i64::from(self.pause_s)),
            false => midnight(next_number(day)).plus_s(8 * 3600),
        }
    }

    /// What this step asks of the hall as it is.
    pub(crate) fn command(&self, day: &HallDay, now: Timestamp) -> Command {
        if !day.running {
            return start_day(next_number(day), self.one);
        }
        match self.what {
            0..=27 => Command::Take(self.take(day, now)),
            28..=29 => Command::LeaseNumbers {
                kiosk: "k".into(),
                series: ["A", "B", "C"][usize::from(self.one) % 3].into(),
                count: u32::from(self.two % 4) + 1,
            },
            33 if self.one < 128 => {
                let ticket = self.ticket(day, |place| !closed(place));
                Command::ReprintSlip { ticket, kiosk: "k".into() }
            }
            30..=32 => Command::Return { ticket: self.ticket(day, closed) },
            33 => Command::Withdraw { ticket: self.ticket(day, away) },
            34..=35 => Command::Leave { ticket: self.ticket(day, away) },
            36..=38 => Command::GrantClass {
                ticket: self.ticket(day, |place| !closed(place)),
                class: self.class(),
                reason: reason(),
                note: None,
            },
            39..=40 => {
                let ticket = self.ticket(day, |place| *place == Place::Waiting);
                Command::Pin { ticket, reason: reason(), note: None }
            }
            41 => {
                let pinned = day.tickets.values().find(|ticket| ticket.key.is_pinned());
                Command::Unpin { ticket: pinned.map_or(TicketId(1), |ticket| ticket.id) }
            }
            42..=43 => Command::Merge { keep: self.ticket(day, away), drop: self.other(day) },
            44 if self.one < 100 => {
                Command::CloseService { service: self.service(), reason: reason() }
            }
            44..=46 => Command::ReopenService {
                service: day
                    .services
                    .iter()
                    .find(|(_, today)| today.closed.is_some())
                    .map_or_else(|| self.service(), |(id, _)| id.clone()),
            },
            47 => Command::SetProfile { window: self.window(), profile: self.profile() },
            48 => Command::ChangePlan { plan: halls::plan(self.one) },
            49..=51 => Command::SettleDue,
            52 if self.one < 100 => Command::EndDay,
            _ => self.at_window(day, now),
        }
    }

    fn take(&self, day: &HallDay, now: Timestamp) -> Take {
        let count = if self.one >= 200 { 3 } else { usize::from(self.one >= 120) + 1 };
        let first = usize::from(self.one);
        let services = (0..count).map(|more| SERVICES[(first + more) % 4].into()).collect();
        let start = now.plus_s(i64::from(self.two) * 30 - 3600);
        let slot = Slot { start, end: start.plus_s(900) };
        let leased = day.leases.first_key_value().filter(|_| self.two.is_multiple_of(2));
        Take {
            services,
            person: (!self.two.is_multiple_of(3)).then(|| PersonId(u128::from(self.two % 8))),
            class: self.class(),
            slot: (self.two % 5 == 1).then_some(slot),
            kiosk: Some("k".into()),
            leased: leased.map(|(ticket, _)| Leased { ticket: *ticket, taken_at: start }),
            ..Take::default()
        }
    }

    fn at_window(&self, day: &HallDay, now: Timestamp) -> Command {
        let window = self.fitting_window(day);
        let reason = reason();
        let act = match self.what {
            52..=66 => WindowAct::CallNext,
            67..=69 => {
                let ticket = self.ticket(day, |place| *place == Place::Waiting);
                WindowAct::CallTicket { ticket, reason }
            }
            70 => WindowAct::Recall,
            71..=73 => WindowAct::Start,
            74 => WindowAct::Press { key: KEYS[usize::from(self.two) % KEYS.len()] },
            75..=76 => WindowAct::Finish,
            77 => WindowAct::Rate { rating: Rating::Good },
            78..=81 => WindowAct::Pass,
            82..=84 => {
                let scope = [HoldScope::Private, HoldScope::Shared][usize::from(self.two % 2)];
                let until = self.two.is_multiple_of(3).then(|| now.plus_s(i64::from(self.two)));
                WindowAct::Hold { scope, reason, until }
            }
            85..=86 => {
                let ticket = self.ticket(day, |place| matches!(place, Place::Held(_)));
                WindowAct::TakeBack { ticket }
            }
            87..=90 => WindowAct::Transfer {
                to: match self.two % 3 {
                    0 => TransferTo::Window(WINDOWS[usize::from(self.two / 3) % 4].into()),
                    _ => TransferTo::Service(self.service()),
                },
                note: None,
                come_back: self.two % 4 < 2,
            },
            91 => WindowAct::WalkUp { service: self.service() },
            92..=95 => WindowAct::Undo,
            96 if self.two < 128 => WindowAct::Pause { reason },
            96..=97 => WindowAct::Resume,
            98 if self.two < 128 => WindowAct::Close { reason },
            _ => WindowAct::Open { clerk: window.as_str().into() },
        };
        Command::AtWindow { window, seen: None, act }
    }

    fn service(&self) -> ServiceId {
        SERVICES[usize::from(self.two / 4) % 4].into()
    }

    fn window(&self) -> WindowId {
        WINDOWS[usize::from(self.one) % 4].into()
    }

    /// A window where the act makes sense, if there is one.
    fn fitting_window(&self, day: &HallDay) -> WindowId {
        let phase = |window: &Window| {
            let current = window.work.current.and_then(|id| day.tickets.get(&id));
            current.map(|ticket| ticket.phase())
        };
        let fits = |window: &&Window| match self.what {
            52..=69 => window.is_open() && phase(window) != Some(Phase::Called),
            77 => window.work.unrated.is_some(),
            70..=75 | 78..=81 => phase(window) == Some(Phase::Called),
            76 | 82..=84 | 87..=90 => window.work.current.is_some(),
            85..=86 | 91 => window.is_open() && window.work.current.is_none(),
            92..=95 => !window.undo.is_empty(),
            96..=97 => window.work.mode == WindowMode::Paused,
            98..=99 => window.work.mode == WindowMode::Closed,
            _ => false,
        };
        let fitting: Vec<_> = day.windows.values().filter(fits).collect();
        let count = fitting.len().max(1);
        fitting.get(usize::from(self.one) % count).map_or_else(|| self.window(), |it| it.id.clone())
    }

    fn class(&self) -> Class {
        let classes = [Class::Ordinary, Class::Ordinary, Class::Elder, Class::GreenChannel];
        classes[usize::from(self.two) % 4]
    }

    fn profile(&self) -> Option<Profile> {
        let services = SERVICES[..=usize::from(self.two) % 3].iter().map(|&id| id.into());
        (self.two >= 60).then(|| Profile::longest_wait(services.collect()))
    }

    /// Some ticket in a place like this, or any, or one that never was.
    fn ticket(&self, day: &HallDay, like: impl Fn(&Place) -> bool) -> TicketId {
        let fitting: Vec<_> = day.tickets.values().filter(|it| like(&it.place)).collect();
        let pool = match fitting.is_empty() || self.two == 255 {
            true => day.tickets.values().collect(),
            false => fitting,
        };
        let count = pool.len().max(1);
        pool.get(usize::from(self.two) % count).map_or(TicketId(0), |ticket| ticket.id)
    }

    /// Another ticket that is away from the windows.
    fn other(&self, day: &HallDay) -> TicketId {
        let step = Self { two: self.one, ..self.clone() };
        step.ticket(day, away)
    }
}

fn closed(place: &Place) -> bool {
    matches!(place, Place::Closed { .. })
}

fn away(place: &Place) -> bool {
    matches!(place, Place::Waiting | Place::Held(_))
}
